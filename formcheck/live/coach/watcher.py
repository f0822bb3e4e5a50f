"""A live session in which nobody says what is done: it watches, recognises, and counts along.

When it is sure of an exercise, what it has seen of it is played to a live session of that
exercise, as if that had been asked for from the beginning: so the first repetitions count. When
the set is over, or the person does something else, it watches again.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import replace

from formcheck import exercises
from formcheck.analysis.recognition import Recognised, Recogniser
from formcheck.analysis.request import AUTO
from formcheck.exercises.card import ALL_VIEWS, Exercise, Reps
from formcheck.live.coach.gestures import Gesture, GestureReader
from formcheck.live.coach.prompter import Line, LineKind
from formcheck.live.coach.records import SetRecord
from formcheck.live.coach.session import LiveSession, Scene
from formcheck.live.coach.stages import Command, Stage, Timing
from formcheck.pose.pose import Sighting
from formcheck.programmes.plan import Bout, Dose, bouts
from formcheck.results import Snapshot, Status
from formcheck.words import Words

AT_ONCE = Timing(ready_s=0.0, count_in_s=0)
"""Who is recognised has begun already."""
SURE = 0.75
"""Surer than for a file: a wrong voice in the middle of an exercise disturbs."""
LEAD_S = 3.0
"""What is played of the time before the first repetition: rest, to learn the scale and level."""
KEPT_S = 90.0
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
        self._seen: deque[Sighting] = deque()
        self._nothing = _nothing()
        self._session: LiveSession | None = None
        self.records: list[SetRecord] = []
        self.over = False
        self._line: Line | None = None
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
        self._seen.append(sighting)
        while sighting.t_s - self._seen[0].t_s > KEPT_S:
            self._seen.popleft()
        self._recogniser.update(sighting)
        found = self._recogniser.now
        if found and found.confidence >= SURE and found.exercise != self.bout.exercise.name:
            return self._begin(found, brightness)
        if self._session is None:
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
        self._since_s, self._recogniser = t_s, Recogniser(self.exercises)

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

    def _begin(self, found: Recognised, brightness: float) -> Scene:
        """Count along in what was recognised, from its beginning."""
        records = self._session.command(Command.QUIT) if self._session else ()
        self._keep(records)
        plan = [_seen_from_anywhere(bout) for bout in bouts([self._dose(found.exercise)])]
        self._session = LiveSession(plan, self._words, AT_ONCE, self._height_cm)
        begin_s = max(self._since_s, found.start_s - LEAD_S)
        scenes = [self._session.update(s, brightness) for s in self._seen if s.t_s >= begin_s]
        title, sure = self._words.card(plan[0].exercise.title), round(100 * found.confidence)
        line = Line(LineKind.ANNOUNCEMENT, self._words.say("recognised", exercise=title, sure=sure))
        ended = tuple(done for scene in scenes for done in scene.ended)
        return replace(scenes[-1], line=line, ended=ended, records=records)
