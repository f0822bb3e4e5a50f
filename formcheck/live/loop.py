"""The live loop: newest picture in; found, judged, drawn, shown, said, saved; and again.

The only file of the live coach that reads a clock for measuring. Nothing in it decides.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import cv2

from formcheck.drawing.faces import hide_faces
from formcheck.exercises.card import Exercise
from formcheck.live.camera.capture import Arrival, Capture
from formcheck.live.camera.eyes import Eyes
from formcheck.live.camera.stats import Stats
from formcheck.live.close_up import CloseUpEyes, FeetWatch
from formcheck.live.coach.prompter import LineKind
from formcheck.live.coach.records import SetRecord
from formcheck.live.coach.session import Scene
from formcheck.live.coach.stages import Command
from formcheck.live.keep import Keeper
from formcheck.live.recording import Recording
from formcheck.live.screen.screen import Screen
from formcheck.live.screen.window import Window
from formcheck.live.store import Store
from formcheck.pose.pose import Sighting
from formcheck.programmes.plan import Bout
from formcheck.report.peaks import Peaks
from formcheck.speech.voice import Voice
from formcheck.video.picture import Image

STALLED_S = 1.5
"""Without a picture for this long the camera counts as lost; in the dark it gives 5 a second."""
POLL_S = 0.25
COMMANDS = {" ": Command.PAUSE, "n": Command.NEXT, "q": Command.QUIT}
MUTE = "m"


class Session(Protocol):
    """Takes sightings; says what is to be shown, said and kept."""

    @property
    def over(self) -> bool:
        """Whether there is nothing left to do."""

    @property
    def planned(self) -> tuple[str, ...]:
        """Names of all that is planned."""

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """What the person may be doing."""

    @property
    def bout(self) -> Bout:
        """The set under way or next."""

    @property
    def records(self) -> list[SetRecord]:
        """The sets that are done."""

    def update(self, sighting: Sighting, brightness: float, *, speaking: bool = False) -> Scene:
        """Take one frame, in time order."""

    def lose_camera(self, t_s: float, *, speaking: bool = False) -> Scene:
        """Take the news that no frame arrives any more."""

    def tell(self, kind: LineKind, key: str) -> None:
        """Have a sentence of the coach said with the next frame."""

    def command(self, command: Command) -> tuple[SetRecord, ...]:
        """Take a key; give the set that it ended, if any."""


@dataclass
class Loop:
    """The parts of a running session. muted: the user wants no voice for now.

    blur_faces: in what is recorded; the window is a mirror and shows all.

    peaks: pictures for the reports, by exercise.
    """

    capture: Capture
    eyes: Eyes | CloseUpEyes
    session: Session
    screen: Screen
    window: Window
    voice: Voice
    store: Store
    stats: Stats
    keeper: Keeper
    tell: Callable[[str], None]
    recording: Recording | None = None
    muted: bool = False
    blur_faces: bool = False
    peaks: dict[str, Peaks] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    feet: FeetWatch = field(default_factory=FeetWatch)

    def run(self, arrival: Arrival | None) -> None:
        """Go on until the session is over, the source ends or the user quits (or Ctrl-C)."""
        try:
            self._go_on(arrival)
        except KeyboardInterrupt:
            self.tell("Interrupted; what was done is kept.")
        finally:  # whatever it was: what was measured is saved
            self._end_sets(self.session.command(Command.QUIT))
            self._complain()

    def _go_on(self, arrival: Arrival | None) -> None:
        last = arrival
        while not self.session.over and not (arrival is None and self.capture.over):
            if arrival is not None:
                last = arrival
                self._picture(arrival)
            elif last is not None and self.capture.now_s() - last.frame.t_s > STALLED_S:
                self._no_picture(last)
            self._complain()
            arrival = self.capture.newest(POLL_S)

    def _complain(self) -> None:
        """Tell what does not work, each trouble once."""
        troubles = (
            self.voice.problem,
            self.store.warning,
            self.keeper.warning,
            self.recording and self.recording.warning,
        )
        for trouble in troubles:
            if trouble and trouble not in self.told:
                self.told.add(trouble)
                self.tell(trouble)

    def _picture(self, arrival: Arrival) -> None:
        captured_s = arrival.frame.t_s
        begun_s = time.perf_counter()
        exercise = self.session.bout.exercise
        self.eyes.look_for(self.session.exercises)
        sighting = self.eyes.see(arrival)
        nobody = sighting.pose is None and isinstance(self.eyes, Eyes)
        if self.feet.update(arrival, exercise, nobody=nobody):
            self.session.tell(LineKind.INSTRUCTION, "close_up")
            self.tell(f"Only a foot is seen: try formcheck live {exercise.name} --close-up")
        if self.eyes.fall_back(self.capture.interval_s()):
            self.session.tell(LineKind.INSTRUCTION, "slower_model")
            self.tell(f"The model is too slow for this camera here: using {self.eyes.model}.")
        scene = self.session.update(
            sighting, brightness(arrival.frame.image), speaking=self._speaking()
        )
        self._say(scene, captured_s)
        peaks = self.peaks.setdefault(exercise.name, Peaks())
        peaks.update(arrival.frame.image, scene.snapshot)
        self._keep(scene)
        self._show(arrival.frame.image, scene)
        worked_s = time.perf_counter() - begun_s
        self.stats.add("model", self.eyes.spent_s)
        self.stats.add("everything else", worked_s - self.eyes.spent_s)
        self.stats.add("captured to shown", self.capture.now_s() - captured_s)

    def _no_picture(self, last: Arrival) -> None:
        scene = self.session.lose_camera(self.capture.now_s(), speaking=self._speaking())
        self._say(scene, scene.t_s)
        self._show(last.frame.image // 4, scene)

    def _speaking(self) -> bool:
        return self.voice.busy and not self.muted

    def _say(self, scene: Scene, captured_s: float) -> None:
        if scene.line is not None and not self.muted:
            self.voice.say(scene.line.text, interrupt=scene.line.interrupts)
            self.stats.add("event to cue", self.capture.now_s() - captured_s)
        if scene.beat is not None and scene.beat.tick and not self.muted:
            self.voice.tick()
        for delay_s in self.voice.delays_s():
            self.stats.add("cue to sound", delay_s)

    def _keep(self, scene: Scene) -> None:
        for bout, done in scene.ended:
            self.store.add(bout, done)
        self._end_sets(scene.records)

    def _end_sets(self, records: Sequence[SetRecord]) -> None:
        """Save the sets that have just ended, and what is made of their exercise."""
        for record in records:
            self.store.add_set(record)
        if records:
            self.keeper.set_done(self.session.records, self.peaks, self.eyes.model)

    def _show(self, image: Image, scene: Scene) -> None:
        shown = self.screen.draw(image, scene, muted=self.muted)
        if self.recording is not None:
            kept = self._hidden(image, scene) if self.blur_faces else shown
            self.recording.add(kept, scene.t_s)
        key = self.window.show(shown)
        if key == MUTE:
            self.muted = not self.muted
        elif key in COMMANDS:
            self._end_sets(self.session.command(COMMANDS[key]))

    def _hidden(self, image: Image, scene: Scene) -> Image:
        """What is kept of a picture in which faces are not to be seen."""
        return self.screen.draw(hide_faces(image, scene.snapshot.pose), scene, muted=self.muted)


def brightness(image: Image) -> float:
    """Mean grey level (0..255) of a picture, from every sixteenth pixel."""
    return float(cv2.mean(image[::4, ::4])[1])
