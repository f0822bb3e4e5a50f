"""Draws on a picture what the engine says of it; what is not known just now is not shown."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import cv2

from formcheck.drawing.bones import BONES
from formcheck.drawing.pen import (
    CAP_HEIGHT,
    GREEN,
    GREY,
    INK,
    ORANGE,
    SKY,
    VERMILLION,
    WHITE,
    YELLOW,
    Colour,
    Pen,
    Point,
    Rectangle,
    diamond,
    dot,
    line,
    panel,
    ring,
)
from formcheck.pose.pose import LANDMARKS, Pose
from formcheck.pose.side_view import Side
from formcheck.results import Outline, Snapshot, Status
from formcheck.video.picture import Image

COUNT_SHARE = 0.17
"""Height of the count over the height of the picture, to be read from three metres."""
WORDS_SHARE = 0.058
TITLE_SHARE = 0.038
GAP_SHARE = 0.03
"""Sizes of a cue's letters, of the title's and of margins over `_unit` of the picture."""
IN_VIEW = 0.5
"""Landmarks of which the model is less sure are not drawn (a hidden heel is drawn wrong)."""
BESIDE_SHARE = 0.5
"""A cue stands beside the count where at least this share of the width is left."""
FULL_LEVEL = 1.25
"""Level at the upper end of the bar: there is room above the target."""


class Overlay:
    """Draws one exercise. title: its name for people. mirrored: the picture is a mirror's."""

    def __init__(self, title: str, *, mirrored: bool = False) -> None:
        self._title = title
        self._mirrored = mirrored
        self._pen = Pen()

    def draw(self, image: Image, snapshot: Snapshot) -> None:
        """Paint `snapshot` on `image` (h, w, 3) RGB, in place."""
        if snapshot.pose is not None and snapshot.status is not Status.NOT_SEEN:
            self.skeleton(image, snapshot.pose, snapshot.marked)
        self.outline(image, snapshot.outlines)
        box = self._count(image, snapshot)
        if snapshot.level is not None:
            self._bar(image, snapshot.level)
        if snapshot.message is not None:
            self._banner(image, snapshot.message, box, YELLOW, INK)
        elif snapshot.cue is not None:
            self._banner(image, snapshot.cue, box, VERMILLION, WHITE)

    def skeleton(self, image: Image, pose: Pose, marked: tuple[str, ...]) -> None:
        """Paint the body's bones in place; a diamond stands on each landmark in `marked`."""
        places = self._places(image, pose)
        width = max(2.0, 0.007 * min(image.shape[:2]))
        bones = [(a, b) for a, b in BONES if a in places and b in places]
        for a, b in bones:
            line(image, places[a], places[b], INK, 2.2 * width)
        for a, b in bones:
            line(image, places[a], places[b], _colour_of(a, b), width)
        # In the order of the bones: where dots overlap, a set's order would differ from run to run.
        joints = dict.fromkeys(name for bone in bones for name in bone if name not in marked)
        for name in joints:
            dot(image, places[name], 1.1 * width, WHITE)
        for name in marked:
            if name in places:
                diamond(image, places[name], 6 * width, INK, 2.6 * width)
                diamond(image, places[name], 6 * width, VERMILLION, 1.5 * width)
                dot(image, places[name], 2 * width, VERMILLION)

    def outline(self, image: Image, outlines: Iterable[Outline]) -> None:
        """Paint in place lines round what is followed where no body is seen."""
        height, width = image.shape[:2]
        thick = max(2.0, 0.007 * min(height, width))
        for corners in outlines:
            at = [((1 - x if self._mirrored else x) * width, y * height) for x, y in corners]
            for colour, wide in ((INK, 2.2 * thick), (SKY, thick)):
                for a, b in pairwise([*at, at[0]]):
                    line(image, a, b, colour, wide)

    def _places(self, image: Image, pose: Pose) -> dict[str, Point]:
        """Where the landmarks in view are in this picture, which may be a smaller copy."""
        height, width = image.shape[:2]
        scale_x, scale_y = width / pose.size[0], height / pose.size[1]
        seen = [n for n in LANDMARKS if pose.visibility(n) >= IN_VIEW and pose.in_frame(n)]
        places = {}
        for name in seen:
            x, y = pose.xy(name)
            x = pose.size[0] - 1 - x if self._mirrored else x
            places[name] = (float(x * scale_x), float(y * scale_y))
        return places

    def _count(self, image: Image, snapshot: Snapshot) -> Rectangle:
        """The number and under it the exercise; no number while nobody is seen."""
        height, width = image.shape[:2]
        gap, high = GAP_SHARE * _unit(image), COUNT_SHARE * height
        number, size = str(snapshot.count), high / CAP_HEIGHT
        title = self._titled(snapshot.side)
        small = self._pen.fitting(title, TITLE_SHARE * _unit(image), 0.62 * width)
        wide, foot = self._pen.width(title, small), 2 * gap + small * CAP_HEIGHT
        if snapshot.status is Status.NOT_SEEN:
            box = Rectangle(gap, gap, wide + 2 * gap, foot)
            panel(image, box)
        else:
            clock = 0.0 if snapshot.hold_s is None else high + gap
            wide = max(wide, self._pen.width(number, size) + clock)
            box = Rectangle(gap, gap, wide + 2 * gap, high + foot + 1.2 * gap)
            panel(image, box)
            colour = GREY if snapshot.status is Status.NOT_READY else WHITE
            baseline = box.y + 1.2 * gap + high
            self._pen.write(image, number, (box.x + gap, baseline), size, colour=colour, weight=700)
            if snapshot.hold_s is not None:
                middle = (box.right - gap - high / 2, baseline - high / 2)
                self._clock(image, middle, high / 2, snapshot.hold_s, snapshot.target_hold_s)
        self._pen.write(image, title, (box.x + gap, box.bottom - gap), small, colour=WHITE)
        return box

    def _titled(self, side: Side | None) -> str:
        return self._title if side in (None, Side.BOTH) else f"{self._title} · {side}"

    def _clock(
        self, image: Image, middle: Point, radius: float, hold_s: float, target_s: float | None
    ) -> None:
        share = hold_s / target_s if target_s else 0.0
        ring(image, middle, 0.88 * radius, share, GREEN if share >= 1 else SKY)
        text = f"{hold_s:.0f}"
        size = self._pen.fitting(text, radius, 1.1 * radius)
        self._pen.centre(image, text, middle, size, colour=WHITE)

    def _bar(self, image: Image, level: float) -> None:
        """A column on the right; the line across it is the target."""
        height, width = image.shape[:2]
        gap, wide = GAP_SHARE * _unit(image), max(8.0, 0.045 * min(height, width))
        high = 0.6 * height
        box = Rectangle(width - gap - 2 * wide, 0.14 * height, wide, high)
        panel(image, Rectangle(box.x - wide / 2, box.y - wide / 2, 2 * wide, high + wide))
        share = min(max(level, 0.0), FULL_LEVEL) / FULL_LEVEL
        top = box.bottom - share * box.h
        colour = GREEN if level >= 1 else SKY
        corners = ((round(box.x), round(top)), (round(box.right), round(box.bottom)))
        cv2.rectangle(image, *corners, colour, cv2.FILLED)
        target = box.bottom - box.h / FULL_LEVEL
        ends = ((box.x - 0.4 * wide, target), (box.right + 0.4 * wide, target))
        line(image, *ends, INK, 0.5 * wide)
        line(image, *ends, YELLOW, 0.26 * wide)

    def _banner(
        self, image: Image, text: str, count: Rectangle, colour: Colour, ink: Colour
    ) -> None:
        """One sentence at the top, beside the count or below it: never over the feet."""
        height, width = image.shape[:2]
        gap, size = GAP_SHARE * _unit(image), WORDS_SHARE * _unit(image)
        column = 0.12 * min(height, width) + gap  # the bar's
        beside = width - count.right - column - gap
        below = beside < BESIDE_SHARE * width
        inside = (width - column if below else beside) - 3 * gap
        lines = self._pen.wrapped(text, size, inside)
        size = min(self._pen.fitting(words, size, inside) for words in lines)
        wide = max(self._pen.width(words, size) for words in lines) + 2 * gap
        high = len(lines) * 1.25 * size + 1.2 * gap
        left, top = (count.x, count.bottom + gap) if below else (count.right + gap, count.y)
        box = Rectangle(left if below else left + (beside - wide) / 2, top, wide, high)
        panel(image, box, colour, opacity=0.9)
        for i, words in enumerate(lines):
            y = box.y + 0.6 * gap + (i + 0.5) * 1.25 * size
            self._pen.centre(image, words, (box.middle[0], y), size, colour=ink)


def _unit(image: Image) -> float:
    """What sizes are a share of: the height, or somewhat more than the width of an upright one."""
    height, width = image.shape[:2]
    return float(min(height, 1.15 * width))


def _colour_of(a: str, b: str) -> Colour:
    """Left and right in different colours, and white across."""
    if a.startswith("left") and b.startswith("left"):
        return ORANGE
    return SKY if a.startswith("right") and b.startswith("right") else WHITE
