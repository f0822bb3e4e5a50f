"""A live session in which nobody says what is done: it watches, recognises, and counts along.

All engines count from the beginning. When it is sure of an exercise, its engine goes on counting
in a live session of that exercise, and what it has counted so far counts there: so do the first
repetitions. When the set is over, or the person does something else, it watches again.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from formcheck import exercises
from formcheck.analysis.recognition import Done, Recognised, Recogniser
from formcheck.analysis.request import AUTO
from formcheck.engine.engine import Options
from formcheck.engine.part import WHOLE, Part
from formcheck.exercises.card import ALL_VIEWS, Exercise, Reps
from formcheck.live.coach.gestures import Gesture, GestureReader
from formcheck.live.coach.prompter import Line, LineKind
from formcheck.live.coach.records import SetRecord
from formcheck.live.coach.session import Camera, LiveSession, Scene
from formcheck.live.coach.setup_check import advise
from formcheck.live.coach.stages import Command, Stage, Timing
from formcheck.pose.pose import Sighting
from formcheck.programmes.plan import Bout, Dose, bouts
from formcheck.results import SessionResult, Snapshot, Status
from formcheck.words import Words

AT_ONCE = Timing(ready_s=0.0, count_in_s=0)
"""Who is recognised has begun already, and goes on at once after having been out of sight."""
SURE = 0.75
"""Surer than for a file: a wrong voice in the middle of an exercise disturbs."""
LEAD_S = 3.0
"""What is kept in the record of the time before the first repetition: rest, to compare with."""
FORGOTTEN_S = 120.0
"""When nothing was done for so long, the engines begin anew, or their logs would fill the memory
of a machine that watches an empty room."""
ANY = "Any exercise"


def _nothing() -> Bout:
    """What is under way while it watches."""
    card = Exercise(
        name=AUTO,
        title=ANY,
        counts=Reps("", math.inf, "counts nothing", genuine=lambda _rep: False),
        signals={},
        posture=lambda _moment: None,
        needs=(),
    )
    return Bout(card, None, 1, 1, 1, None, 0.0, None, None)


def _seen_from_anywhere(bout: Bout) -> Bout:
    """Where it was recognised from, it can be counted: nobody is made to turn who has begun."""
    return replace(bout, exercise=replace(bout.exercise, camera=ALL_VIEWS))


class WatchingSession:
    """One person, no plan. `records` grows by one per set.

    dose: how much of each exercise is a set.
    """

    def __init__(
        self, words: Words, dose: Callable[[str], Dose], height_cm: float | None = None
    ) -> None:
        self._words, self._dose, self._height_cm = words, dose, height_cm
        self.exercises = tuple(exercises.load(name) for name in exercises.names())
        self._signs = GestureReader()
        self._nothing = _nothing()
        self._session: LiveSession | None = None
        self.records: list[SetRecord] = []
        self.over = False
        self._line: Line | None = None
        self.snapshots: Mapping[str, Snapshot] = {}
        self._forget(0.0)
        self._watch()

    @property
    def planned(self) -> tuple[str, ...]:
        """Nothing is, but to recognise it."""
        return (AUTO,)

    @property
    def bout(self) -> Bout:
        """The set under way, or one that counts nothing."""
        return self._session.bout if self._session else self._nothing

    def update(self, sighting: Sighting, brightness: float, *, speaking: bool = False) -> Scene:
        """Take one frame, in time order. brightness: mean grey level of its picture, 0..255."""
        self.snapshots = self._recogniser.update(sighting)
        found = self._recogniser.now
        if found and found.confidence >= SURE and found.exercise != self.bout.exercise.name:
            return self._begin(found, sighting)
        if self._session is None:
            self._forget_long_ago(sighting.t_s)
            return self._watching(sighting, speaking=speaking)
        scene = self._session.update(sighting, brightness, speaking=speaking)
        if scene.records:
            self._keep(scene.records)
            self._forget(sighting.t_s)
        if self._session.over:
            self._watch()
        return scene

    def lose_camera(self, t_s: float, *, speaking: bool = False) -> Scene:
        """Take the news that no frame arrives any more."""
        if self._session is not None:
            return self._session.lose_camera(t_s, speaking=speaking)
        blank = Snapshot(t_s, Status.NOT_SEEN, 0)
        advice = self._words.say("no_camera")
        return Scene(t_s, Stage.SETUP, self._nothing, blank, 0, advice=advice)

    def tell(self, kind: LineKind, key: str) -> None:
        """Have the coach's sentence `key` said with the next frame."""
        self._line = Line(kind, self._words.say(key))

    def command(self, command: Command) -> tuple[SetRecord, ...]:
        """Take a key; give the set that it ended, if any."""
        records = self._session.command(command) if self._session else ()
        self._keep(records)
        self.over = self.over or command is Command.QUIT
        return records

    def _keep(self, records: tuple[SetRecord, ...]) -> None:
        self.records += records

    def _forget(self, t_s: float) -> None:
        """What was done up to here is no reason for a new set."""
        self._since_s, self._recogniser = t_s, Recogniser(self.exercises, self._options)

    def _options(self, card: Exercise) -> Options:
        bout = self._plan(card.name)[0]
        return Options(bout.side, bout.target, self._height_cm, bout.hold_s)

    def _plan(self, exercise: str) -> Sequence[Bout]:
        return [_seen_from_anywhere(bout) for bout in bouts([self._dose(exercise)])]

    def _forget_long_ago(self, t_s: float) -> None:
        moving = any(snapshot.status is Status.ACTIVE for snapshot in self.snapshots.values())
        if not moving and t_s - max(self._since_s, self._recogniser.claimed_s) > FORGOTTEN_S:
            self._forget(t_s)

    def _watch(self) -> None:
        self._session = None
        self._line = Line(LineKind.INSTRUCTION, self._words.say("watching"))

    def _watching(self, sighting: Sighting, *, speaking: bool) -> Scene:
        pose = sighting.pose
        status = Status.NOT_SEEN if pose is None else Status.READY
        reading = self._signs.update(pose, sighting.t_s)
        self.over = reading.given is Gesture.END
        line, self._line = (None, self._line) if speaking else (self._line, None)
        return Scene(
            t_s=sighting.t_s,
            stage=Stage.SETUP,
            bout=self._nothing,
            snapshot=Snapshot(sighting.t_s, status, 0, pose),
            count=0,
            advice=self._words.say("watching"),
            reading=reading,
            line=line,
        )

    def _begin(self, found: Recognised, sighting: Sighting) -> Scene:
        """Count along in what was recognised, from its beginning."""
        records = self._session.command(Command.QUIT) if self._session else ()
        self._keep(records)
        if self._session is not None:
            self._recogniser.renew(self.bout.exercise.name)
        begin_s = max(self._since_s, found.start_s - LEAD_S)
        camera = Camera(lambda card, _options: Handed(self, card.name, begin_s), advise)
        plan = self._plan(found.exercise)
        self._session = LiveSession(plan, self._words, AT_ONCE, self._height_cm, camera)
        scene = self._session.join(sighting, begin_s, self._recogniser.ended(found.exercise))
        title, sure = self._words.card(plan[0].exercise.title), round(100 * found.confidence)
        line = Line(LineKind.ANNOUNCEMENT, self._words.say("recognised", exercise=title, sure=sure))
        return replace(scene, line=line, records=records)

    def result(self, exercise: str, part: Part) -> SessionResult:
        """What was counted of an exercise in a part of the session."""
        return self._recogniser.result(Done(exercise, part))


class Handed:
    """The engine of what was recognised, handed to a live session: it counts where it always did.

    since_s: when the set began that it counts in.
    """

    def __init__(self, watching: WatchingSession, exercise: str, since_s: float) -> None:
        self._watching, self._exercise = watching, exercise
        self._since_s = since_s

    def update(self, _sighting: Sighting) -> Snapshot:
        """What it said of the frame that was just taken."""
        return self._watching.snapshots[self._exercise]

    def finish(self, part: Part = WHOLE) -> SessionResult:
        """What it has counted since the set began."""
        mine = Part(((self._since_s, math.inf),)) if part is WHOLE else part
        return self._watching.result(self._exercise, mine)
