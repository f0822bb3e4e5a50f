"""The live screen, made to be read from three metres away.

It shows the person as a mirror does; the joints are found before the picture is mirrored, so left
and right stay the person's own.
"""

from __future__ import annotations

import cv2
import numpy as np

from formcheck.drawing.canvas import Align, Canvas
from formcheck.drawing.overlay import Overlay
from formcheck.drawing.pen import GREY, INK, MINT, ORANGE, SKY, WHITE, YELLOW, Colour, Pen
from formcheck.exercises.card import ALL_VIEWS
from formcheck.live.coach import phrases
from formcheck.live.coach.gestures import Gesture, lies
from formcheck.live.coach.prompter import LineKind
from formcheck.live.coach.session import Scene
from formcheck.live.coach.stages import Stage
from formcheck.live.screen.camera_plan import draw_camera_plan
from formcheck.live.screen.count_place import CountPlace, Place
from formcheck.live.screen.demo import Demo
from formcheck.live.screen.gauges import draw_bar, draw_tally
from formcheck.results import Status
from formcheck.video.picture import Image
from formcheck.words import Words

DEMO_TOP, DEMO_HEIGHT, DEMO_WIDTH = 0.26, 0.56, 0.5
BAND_SIZES = (0.085, 0.07, 0.058, 0.048)
STRIP_TOP = 0.935
"""Sentences stand at the top and the title at the very bottom, so that the feet stay in sight."""
CUE_COLOURS = {LineKind.FORM: ORANGE, LineKind.PACE: YELLOW, LineKind.PRAISE: MINT}


class Screen:
    """Draws scenes. Demonstration loops are loaded when their exercise comes."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._pen = Pen()
        self._body = Overlay("", mirrored=True)
        self._demo: Demo | None = None
        self._count_place = CountPlace()
        self._place: Place = (0.0, 0.0)

    def draw(self, image_rgb: Image, scene: Scene, *, muted: bool = False) -> Image:
        """The screen (h, w, 3) RGB of a camera picture (h, w, 3) RGB, which is left as it is."""
        image = np.asarray(cv2.flip(image_rgb, 1), np.uint8)
        if scene.snapshot.pose is not None:
            marked = scene.cue.marked if scene.cue else ()
            self._body.skeleton(image, scene.snapshot.pose, marked)
        self._body.outline(image, scene.snapshot.outlines)
        canvas = Canvas(image, self._pen)
        marked = scene.cue.marked if scene.cue else scene.snapshot.marked
        self._place = self._count_place.update(scene.snapshot.pose, marked, scene.t_s, canvas.width)
        self._heading(canvas, scene, muted=muted)
        {
            Stage.SETUP: self._set_up,
            Stage.READY: self._set_up,
            Stage.COUNT_IN: self._count_in,
            Stage.ACTIVE: self._active,
            Stage.PAUSED: self._paused,
            Stage.REST: self._rest,
            Stage.SUMMARY: self._summary,
            Stage.OVER: self._summary,
        }[scene.stage](canvas, scene)
        self._sign(canvas, scene)
        return canvas.image

    def _heading(self, canvas: Canvas, scene: Scene, *, muted: bool) -> None:
        canvas.panel(0, STRIP_TOP, canvas.width, 1)
        title = phrases.name(self._words, scene.bout)
        canvas.text(title, (0.02, 0.983), 0.045)
        bout = scene.bout
        right = self._words.say("screen_set", number=bout.number, of=bout.of)
        if bout.is_hold and bout.goal > 1:
            right = self._words.say("screen_holds", count=scene.count, goal=bout.goal)
        if muted:
            right = f"{self._words.say('screen_muted')}   {right}"
        canvas.text(right, (canvas.width - 0.02, 0.983), 0.045, GREY, align=Align.RIGHT)

    def _set_up(self, canvas: Canvas, scene: Scene) -> None:
        if scene.resuming:
            draw_tally(canvas, scene, self._words, self._place)
        elif scene.stage is Stage.SETUP:
            self._show_how(canvas, scene)
        if scene.stage is Stage.READY:
            self._band(canvas, self._words.say("ready"), WHITE)
        elif scene.advice:
            self._band(canvas, scene.advice, ORANGE)
        elif scene.resuming and scene.snapshot.message:
            self._band(canvas, self._words.card(scene.snapshot.message), ORANGE)

    def _show_how(self, canvas: Canvas, scene: Scene) -> None:
        """The demonstration loop, and beside it where the camera should stand."""
        wanted = (scene.bout.exercise.name, scene.bout.side)
        if self._demo is None or self._demo.shows != wanted:
            self._demo = Demo(*wanted)
        picture = self._demo.picture(scene.t_s)
        if picture is not None:
            shape = int(picture.shape[1]) / int(picture.shape[0])
            height = min(DEMO_HEIGHT, DEMO_WIDTH / shape)
            canvas.box(
                0.012, DEMO_TOP - 0.008, 0.028 + height * shape, DEMO_TOP + height + 0.008, INK
            )
            canvas.paste(picture, 0.02, DEMO_TOP, height)
        views = scene.bout.exercise.camera
        if views != ALL_VIEWS:
            corner = (canvas.width - 0.32, DEMO_TOP)
            draw_camera_plan(canvas, corner, views, self._words.say("screen_camera"))
        self._signs(canvas, scene)

    def _signs(self, canvas: Canvas, scene: Scene) -> None:
        """What the hands can say."""
        pose = scene.snapshot.pose
        down = pose is not None and lies(pose)
        text = self._words.say("screen_signs_lying" if down else "screen_signs")
        size = canvas.fitting(text, 0.05, canvas.width - 0.08)
        canvas.panel(0, 0.865, canvas.width, STRIP_TOP)
        canvas.text(text, (canvas.width / 2, 0.915), size, align=Align.MIDDLE)

    def _count_in(self, canvas: Canvas, scene: Scene) -> None:
        self._huge(canvas, str(scene.seconds_left), WHITE)
        self._band(canvas, self._words.say("screen_get_ready"), WHITE)

    def _active(self, canvas: Canvas, scene: Scene) -> None:
        if scene.snapshot.status is Status.NOT_SEEN:
            message = scene.snapshot.message or "I can't see you"
            self._band(canvas, self._words.card(message), ORANGE)
            return
        draw_tally(canvas, scene, self._words, self._place)
        draw_bar(canvas, scene)
        if scene.cue is not None:
            self._band(canvas, scene.cue.text, CUE_COLOURS[scene.cue.kind])
        elif scene.snapshot.message:
            self._band(canvas, self._words.card(scene.snapshot.message), GREY)

    def _paused(self, canvas: Canvas, scene: Scene) -> None:
        draw_tally(canvas, scene, self._words, self._place)
        canvas.panel(0, 0.73, canvas.width, 0.92)
        middle = canvas.width / 2
        canvas.text(self._words.say("screen_paused"), (middle, 0.88), 0.16, align=Align.MIDDLE)
        self._band(canvas, self._words.say("screen_how_to_resume"), WHITE)

    def _rest(self, canvas: Canvas, scene: Scene) -> None:
        canvas.panel(0, 0.25, canvas.width, 0.92)
        middle = canvas.width / 2
        canvas.text(self._words.say("screen_rest"), (middle, 0.36), 0.1, SKY, align=Align.MIDDLE)
        self._huge(canvas, str(scene.seconds_left), WHITE)
        coming = phrases.name(self._words, scene.bout)
        self._band(canvas, self._words.say("screen_next", exercise=coming), WHITE)

    def _summary(self, canvas: Canvas, scene: Scene) -> None:
        canvas.panel(0, 0.25, canvas.width, 0.92)
        middle = canvas.width / 2
        canvas.text(self._words.say("screen_done"), (middle, 0.65), 0.2, MINT, align=Align.MIDDLE)
        if scene.farewell:
            self._band(canvas, scene.farewell, WHITE)

    def _huge(self, canvas: Canvas, text: str, colour: Colour) -> None:
        canvas.label(text, (canvas.width / 2, 0.6), 0.5, colour, air=0.1)

    def _band(self, canvas: Canvas, text: str, colour: Colour) -> None:
        """One short sentence along the top, as large as it fits in two lines."""
        room = canvas.width - 0.08
        fitting = (s for s in BAND_SIZES if len(canvas.wrapped(text, s, room)) <= 2)
        size = next(fitting, BAND_SIZES[-1])
        lines = canvas.wrapped(text, size, room)
        canvas.panel(0, 0, canvas.width, 0.06 + 1.25 * size * len(lines))
        for i, line in enumerate(lines):
            at = (canvas.width / 2, 0.03 + 1.25 * size * (i + 0.82))
            canvas.text(line, at, size, colour, align=Align.MIDDLE)

    def _sign(self, canvas: Canvas, scene: Scene) -> None:
        """The ring of a sign that is being given, filling until it is taken."""
        sign = scene.reading.sign
        if sign is None:
            return
        middle = (canvas.width / 2, 0.42)
        canvas.ring(middle, 0.1, scene.reading.progress, YELLOW)
        key = "screen_pause_sign" if sign is Gesture.PAUSE else "screen_end_sign"
        canvas.label(self._words.say(key), (middle[0], 0.62), 0.075, YELLOW)
