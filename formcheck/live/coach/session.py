"""A live session without camera, window or voice: sightings go in, scenes come out.

Every sighting from the end of one set to the end of the next goes to that set's engine, in
whatever stage the coach is: so the engine finds what `analyze` would find in the same frames, and
the coach only says which of it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from formcheck.analysis.counter import Counter, counter
from formcheck.engine.engine import Options
from formcheck.exercises.card import Exercise
from formcheck.live.coach import phrases
from formcheck.live.coach.coach import Coach
from formcheck.live.coach.gestures import GestureReader, GestureReading
from formcheck.live.coach.pacer import Beat, Pacer
from formcheck.live.coach.prompter import CUES, Line, LineKind, Prompter
from formcheck.live.coach.records import SetRecord, record
from formcheck.live.coach.setup_check import SetupAdvice, advise
from formcheck.live.coach.stages import Command, Look, Stage, Timing
from formcheck.pose.pose import Sighting
from formcheck.programmes.plan import Bout
from formcheck.results import Hold, Rep, Snapshot, Status
from formcheck.words import Words

CUE_SHOWN_S = 4.0
NO_SIGN = GestureReading()


@dataclass(frozen=True)
class Scene:
    """All that is to be shown, said and kept of one frame.

    seconds_left: of the count-in or the rest. cue: the line last said about form, pace or praise,
    while it is fresh. line: what is to be said now. ended: repetitions and holds that ended with
    this frame and count, each with its set. records: sets that ended with it.
    """

    t_s: float
    stage: Stage
    bout: Bout
    snapshot: Snapshot
    count: int
    resuming: bool = False
    seconds_left: int | None = None
    advice: str | None = None
    cue: Line | None = None
    reading: GestureReading = NO_SIGN
    beat: Beat | None = None
    line: Line | None = None
    ended: tuple[tuple[Bout, Rep | Hold], ...] = ()
    records: tuple[SetRecord, ...] = ()
    farewell: str | None = None
    """What there is to say at the end of the session."""


@dataclass(frozen=True)
class Camera:
    """What follows from how it is filmed: what counts, and what must be right to begin."""

    counter: Callable[[Exercise, Options], Counter]
    advise: Callable[[Bout, Snapshot, float], SetupAdvice | None]


WHOLE_BODY = Camera(counter, advise)


class LiveSession:
    """One person, one plan. `records` grows by one per set."""

    def __init__(
        self,
        bouts: Sequence[Bout],
        words: Words,
        timing: Timing = Timing(),  # noqa: B008
        height_cm: float | None = None,
        camera: Camera = WHOLE_BODY,
    ) -> None:
        self._words = words
        self._camera = camera
        self._height_cm = height_cm
        self._coach = Coach(bouts, words, timing)
        self._signs = GestureReader()
        self._prompter = Prompter()
        self._cue: tuple[Line, float] | None = None
        self._waiting: list[Line] = []
        self._farewell: str | None = None
        self._lost = False
        self._t_s = 0.0
        self._sets_done = 0
        self.records: list[SetRecord] = []
        self._begin_set()

    @property
    def over(self) -> bool:
        """Whether there is nothing left to do."""
        return self._coach.stage is Stage.OVER

    @property
    def planned(self) -> tuple[str, ...]:
        """Names of all the exercises of the plan."""
        return self._coach.planned

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """What the person may be doing."""
        return (self.bout.exercise,)

    @property
    def bout(self) -> Bout:
        """The set under way or next."""
        return self._coach.bout

    def update(self, sighting: Sighting, brightness: float, *, speaking: bool = False) -> Scene:
        """Take one frame, in time order. brightness: mean grey level of its picture, 0..255."""
        self._t_s = sighting.t_s
        snapshot = self._engine.update(sighting)
        reading = self._signs.update(sighting.pose, sighting.t_s)
        if self._lost:
            self._lost = False
            self.tell(LineKind.INSTRUCTION, "camera_back")
        bout, tally = self._under_way
        advice = self._camera.advise(bout, snapshot, brightness)
        look = Look(sighting.t_s, snapshot, advice, reading.given, speaking)
        self._waiting += self._coach.update(look)
        records = self._collect()
        ended = tuple((bout, done) for done in tally.new)
        return self._scene(snapshot, reading, ended, records, speaking=speaking)

    def join(self, sighting: Sighting, since_s: float, done: Sequence[Rep | Hold]) -> Scene:
        """Begin with this frame, in the middle of a set.

        since_s: when it was begun. done: what its counter has counted before, which counts.
        """
        self._t_s = sighting.t_s
        snapshot = self._engine.update(sighting)
        reading = self._signs.update(sighting.pose, sighting.t_s)
        bout, tally = self._under_way
        self._coach.join(since_s, done, sighting.t_s)
        ended = tuple((bout, span) for span in tally.new)
        return self._scene(snapshot, reading, ended, (), speaking=False)

    def lose_camera(self, t_s: float, *, speaking: bool = False) -> Scene:
        """Take the news that no frame arrives any more."""
        self._t_s = t_s
        if not self._lost:
            self._lost = True
            self._waiting += self._coach.interrupt(t_s)
        blank = Snapshot(t_s, Status.NOT_SEEN, 0)
        scene = self._scene(blank, NO_SIGN, (), (), speaking=speaking)
        return replace(scene, advice=self._words.say("no_camera"))

    def tell(self, kind: LineKind, key: str) -> None:
        """Have the coach's sentence `key` said with the next frame."""
        self._waiting.append(Line(kind, self._words.say(key)))

    def command(self, command: Command) -> tuple[SetRecord, ...]:
        """Take a key; give the set that it ended, if any."""
        self._waiting += self._coach.command(command, self._t_s)
        return self._collect()

    def _begin_set(self) -> None:
        bout = self._coach.bout
        options = Options(bout.side, bout.target, self._height_cm, bout.hold_s)
        self._engine = self._camera.counter(bout.exercise, options)
        self._under_way = (bout, self._coach.tally)
        self._pacer = Pacer(bout.tempo) if bout.tempo else None
        self._paced = False

    def _collect(self) -> tuple[SetRecord, ...]:
        """The record of the set that has just ended."""
        if self._coach.sets_done == self._sets_done:
            return ()
        bout, tally = self._under_way
        done = record(bout, tally.spans, self._engine.finish(), self._t_s)
        self._sets_done = self._coach.sets_done
        self._prompter.end_set()
        self._waiting = [line for line in self._waiting if line.kind not in CUES]
        records = (done,) if done.reps or done.holds else ()
        self.records += records
        if self._coach.stage is Stage.SUMMARY:
            farewell = phrases.summary(self._words, self.records)
            self._farewell = farewell.text
            self._waiting.append(farewell)
        self._begin_set()
        return records

    def _scene(
        self,
        snapshot: Snapshot,
        reading: GestureReading,
        ended: tuple[tuple[Bout, Rep | Hold], ...],
        records: tuple[SetRecord, ...],
        *,
        speaking: bool,
    ) -> Scene:
        coach, t_s = self._coach, self._t_s
        lines, self._waiting = self._waiting, []
        line = self._prompter.update(lines, t_s, speaking=speaking)
        if line is not None and line.kind in CUES:
            self._cue = (line, t_s)
        cue = self._cue[0] if self._cue and t_s - self._cue[1] < CUE_SHOWN_S else None
        return Scene(
            t_s=t_s,
            stage=coach.stage,
            bout=coach.bout,
            snapshot=snapshot,
            count=coach.tally.count,
            resuming=coach.resuming,
            seconds_left=coach.seconds_left(t_s),
            advice=coach.advice,
            cue=cue if coach.stage is Stage.ACTIVE else None,
            reading=reading,
            beat=self._beat(snapshot),
            line=line,
            ended=ended,
            records=records,
            farewell=self._farewell,
        )

    def _beat(self, snapshot: Snapshot) -> Beat | None:
        if self._pacer is None or self._coach.stage is not Stage.ACTIVE:
            self._paced = False
            return None
        if not self._paced:
            self._paced = True
            self._pacer.start(snapshot.t_s)
        return self._pacer.update(snapshot.t_s, resting=snapshot.status is Status.READY)
