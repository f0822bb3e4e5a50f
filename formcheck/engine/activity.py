"""What is done over and over: repetitions or holds, tracked, judged and ready to be shown.

The engine decides what can be seen and whether the person is in position; an activity makes
repetitions or holds of it. Both kinds look the same from the engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Generic, Protocol, TypeVar

from formcheck.engine.cycles.both_feet import CycleTracker
from formcheck.engine.hold_measuring import EASED, RawHold
from formcheck.engine.holds import HoldTracker
from formcheck.engine.judging import (
    SHORT_BY_S,
    first_cue,
    hold_findings,
    judge,
    judge_hold,
    judge_set,
    own_best,
)
from formcheck.engine.part import Part
from formcheck.engine.reps import RawRep, RepTracker
from formcheck.engine.why_none import Miss
from formcheck.exercises.card import Exercise, Holds, Reps
from formcheck.exercises.directions import Cycles
from formcheck.results import Finding, Hold, Rep, Seen, Snapshot

Raw = TypeVar("Raw")
Given_co = TypeVar("Given_co", covariant=True)

CUE_SHOWN_S = 4.0
"""How long the correction of a finished repetition stays."""


class Activity(Protocol):
    """Takes frames in time order; tells what ended, and what may be shown."""

    @property
    def moving(self) -> bool:
        """Whether a repetition or hold is under way."""

    @property
    def misses(self) -> Sequence[Miss]:
        """What was nearly one, and why it was none."""

    def reset(self) -> None:
        """Forget the baselines (cut)."""

    def turn(self) -> None:
        """Take a change of the working side."""

    def exchange_sides(self, since_s: float) -> None:
        """Left was right since then: correct what ended, and what is under way."""

    def unseen(self, t_s: float) -> None:
        """Take a frame that did not show the body."""

    def update(self, seen: Seen, values: Mapping[str, float], *, ready: bool) -> None:
        """Take a frame that did."""

    def show(self, snapshot: Snapshot, values: Mapping[str, float] | None) -> Snapshot:
        """The snapshot of this frame with what is known of the activity."""

    def close(self, part: Part) -> tuple[tuple[Rep, ...], tuple[Hold, ...], tuple[Finding, ...]]:
        """The repetitions and holds of a part, judged against their final target."""


def activity_of(exercise: Exercise, target: float | None, hold_s: float | None) -> Activity:
    """The activity that the card counts. target: graded measure; hold_s: prescribed time."""
    if isinstance(exercise.counts, Reps):
        tracker = RepTracker(exercise, exercise.counts)
        return RepActivity(exercise, tracker, target, hold_s or exercise.counts.hold_s)
    if isinstance(exercise.counts, Cycles):
        return RepActivity(exercise, CycleTracker(exercise, exercise.counts), target, 0.0)
    return HoldActivity(exercise, exercise.counts, hold_s)


class _Tracker(Protocol[Given_co]):
    def reset(self) -> Given_co | None: ...

    def unseen(self, t_s: float) -> Given_co | None: ...

    def update(
        self, seen: Seen, values: Mapping[str, float], *, ready: bool
    ) -> Given_co | None: ...


class _Tracked(Generic[Raw]):
    """Hands every frame to a tracker, and what that gives to `_take`."""

    _tracker: _Tracker[Raw]

    def _take(self, raw: Raw | None) -> None:
        raise NotImplementedError

    def reset(self) -> None:
        """Forget what was learned; what was nearly over, or long enough, still counts."""
        while (raw := self._tracker.reset()) is not None:
            self._take(raw)

    @property
    def misses(self) -> Sequence[Miss]:
        """What was nearly one, and why it was none: unknown, unless the tracker says."""
        return ()

    def turn(self) -> None:
        """Take a change of the working side: what goes by sides begins anew."""
        self.reset()

    def unseen(self, t_s: float) -> None:
        """Take a frame that did not show the body."""
        self._take(self._tracker.unseen(t_s))

    def update(self, seen: Seen, values: Mapping[str, float], *, ready: bool) -> None:
        """Take a frame that did."""
        self._take(self._tracker.update(seen, values, ready=ready))


class RepActivity(_Tracked[RawRep]):
    """Repetitions, each judged when it ends against the best so far or the prescribed target."""

    def __init__(
        self,
        exercise: Exercise,
        tracker: RepTracker | CycleTracker,
        target: float | None,
        hold_s: float,
    ) -> None:
        self._exercise = exercise
        self._prescribed = target
        self._hold_s = hold_s
        self._tracker: RepTracker | CycleTracker = tracker
        self._raw: list[RawRep] = []
        self._best = 0.0
        self._highest: RawRep | None = None
        self._new: list[Rep] = []
        self._cue: tuple[str, tuple[str, ...], float] | None = None

    @property
    def moving(self) -> bool:
        """Whether a repetition is under way."""
        return self._tracker.moving

    @property
    def misses(self) -> Sequence[Miss]:
        """Movements that were looked at and were no repetitions."""
        return self._tracker.misses if isinstance(self._tracker, RepTracker) else ()

    def _take(self, raw: RawRep | None) -> None:
        if raw is not None:
            self._raw.append(raw)
            self._best = max(self._best, own_best(self._exercise, [raw]))
            if self._highest is None or raw.pulse.height > self._highest.pulse.height:
                self._highest = raw
            self._new.append(self._judge(raw, len(self._raw), self._target()))

    def turn(self) -> None:
        """Take a change of the working side: a repetition is one whichever leg it is said to be."""
        if not isinstance(self._tracker, RepTracker):
            super().turn()

    def exchange_sides(self, since_s: float) -> None:
        """The other leg did what was done since then."""
        if isinstance(self._tracker, RepTracker):
            self._tracker.exchange_sides(since_s)
        else:
            self.reset()
        self._raw = [
            replace(raw, side=raw.side.other) if raw.pulse.start_s >= since_s else raw
            for raw in self._raw
        ]

    def _judge(self, raw: RawRep, number: int, target: float) -> Rep:
        return judge(self._exercise, raw, number, target, self._hold_s)

    def _target(self) -> float:
        return self._prescribed or self._best

    def show(self, snapshot: Snapshot, values: Mapping[str, float] | None) -> Snapshot:
        """Count, level against the target, new repetitions and the cue of the last one."""
        new, self._new = tuple(self._new), []
        for rep in new:
            fault = first_cue(self._exercise, rep)
            self._cue = (fault.cue, fault.joints, snapshot.t_s) if fault else None
        snapshot = replace(snapshot, count=len(self._raw), new_reps=new)
        if self._cue and snapshot.t_s - self._cue[2] < CUE_SHOWN_S:
            snapshot = replace(snapshot, cue=self._cue[0], marked=self._cue[1])
        return snapshot if values is None else replace(snapshot, level=self._level(values))

    def _level(self, values: Mapping[str, float]) -> float | None:
        """Share of the target, by way of the highest repetition so far; None before the first."""
        target, share = self._target(), self._tracker.share(values)
        if share is None or self._highest is None or target <= 0:
            return None
        return share * self._highest.measures.get(self._exercise.graded, 0.0) / target

    def close(self, part: Part) -> tuple[tuple[Rep, ...], tuple[Hold, ...], tuple[Finding, ...]]:
        """The repetitions of a part, judged against the same, final target."""
        self.reset()
        raws = [raw for raw in self._raw if part.has_most(raw.pulse.start_s, raw.pulse.end_s)]
        target = self._prescribed or own_best(self._exercise, raws)
        reps = tuple(self._judge(raw, i + 1, target) for i, raw in enumerate(raws))
        return reps, (), judge_set(self._exercise, reps)


class HoldActivity(_Tracked[RawHold]):
    """Holds, with a clock that runs only while the posture is right."""

    def __init__(self, exercise: Exercise, holds: Holds, hold_s: float | None) -> None:
        self._exercise = exercise
        self._holds = holds
        self._target_s = hold_s or holds.target_s
        self._tracker: HoldTracker = HoldTracker(exercise, holds, self._target_s - SHORT_BY_S)
        self._raw: list[RawHold] = []
        self._new: list[Hold] = []

    @property
    def moving(self) -> bool:
        """Whether a stretch is being held."""
        return self._tracker.running is not None and self._tracker.running.held_s > 0

    def _take(self, raw: RawHold | None) -> None:
        if raw is not None:
            self._raw.append(raw)
            self._new.append(judge_hold(raw, self._target_s))

    def exchange_sides(self, since_s: float) -> None:
        """The other leg did what was done since then; the stretch under way goes on as that one."""
        self.turn()
        self._raw = [
            replace(raw, side=raw.side.other) if raw.start_s >= since_s else raw
            for raw in self._raw
        ]

    def show(self, snapshot: Snapshot, values: Mapping[str, float] | None) -> Snapshot:
        """The clock, and what stops it."""
        new, self._new = tuple(self._new), []
        snapshot = replace(
            snapshot, count=len(self._raw), new_holds=new, target_hold_s=self._target_s
        )
        running = self._tracker.running
        if values is None or running is None:
            return snapshot
        level = values[self._holds.driver] / max(self._holds.enter, 1e-6)
        snapshot = replace(snapshot, hold_s=self._tracker.clock_s, level=level)
        stopped_by = running.shown if self._tracker.waits else running.stopped_by
        if stopped_by == EASED and self._holds.deepen:
            return replace(snapshot, cue=self._holds.deepen)
        stop = next((f for f in self._holds.faults if f.name == stopped_by), None)
        return replace(snapshot, cue=stop.cue, marked=stop.joints) if stop else snapshot

    def close(self, part: Part) -> tuple[tuple[Rep, ...], tuple[Hold, ...], tuple[Finding, ...]]:
        """The holds of a part, judged against the prescribed time."""
        self.reset()
        raws = [raw for raw in self._raw if part.has_most(raw.start_s, raw.end_s)]
        holds = tuple(judge_hold(raw, self._target_s) for raw in raws)
        return (), holds, hold_findings(self._holds, raws, self._target_s)
