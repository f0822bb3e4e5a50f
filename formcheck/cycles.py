"""Repetitions that go several ways in turn, such as a foot up, down, in and out.

Each way is counted like a repetition of its own, foot by foot (feet.py); here what belongs
together is put together: both feet at once, and one way after the other.
"""

from __future__ import annotations

import math
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from statistics import fmean, median

from formcheck.directions import DIRECTION_S, LEGS, RANGE_SHARE, Cycles
from formcheck.exercise import Exercise
from formcheck.feet import FootTracker, Way
from formcheck.reps import RawRep
from formcheck.results import Seen, Side, View

WAIT_S = 2.5
"""How long one foot waits for the other."""
LONGEST_PAUSE_S = 4.0
"""Between two directions of one repetition; two to three seconds are common."""
ALONE_SHARE = 0.6
"""A single way counts from this share of the person's usual range (measured: turning in shows as
0.3 to 0.5 of the usual way up or down)."""
EVEN_SHARE = 0.5
"""A foot that moves less than this share of the other is only carried along by the model
(measured: see samples)."""


@dataclass(frozen=True)
class RawCycle(RawRep):
    """A repetition made of several ways."""

    ways: tuple[Way, ...] = ()

    @property
    def tempo(self) -> tuple[float, float, float]:
        """Mean seconds out, held and back of one way."""
        tempos = [way.raw.tempo for way in self.ways]
        up, hold, down = (fmean(column) for column in zip(*tempos, strict=True))
        return up, hold, down

    @property
    def peak_s(self) -> float:
        """When the way that went farthest was at its end."""
        return max(self.ways, key=lambda way: way.share).raw.peak_s


class CycleTracker:
    """Feeds both feet and puts what they do together."""

    def __init__(self, exercise: Exercise, counts: Cycles) -> None:
        self._feet = {side: FootTracker(exercise, counts, side) for side in LEGS}
        self._waiting: list[Way] = []
        self._course = _Course(exercise, counts)
        self._done: deque[RawRep] = deque()

    @property
    def moving(self) -> bool:
        """Whether a foot is on its way."""
        return any(foot.moving for foot in self._feet.values())

    def share(self, _values: Mapping[str, float]) -> float | None:
        """How far out a foot is, 1: as far as it ever went that way; None while unknown."""
        shares = [s for foot in self._feet.values() for s in (foot.share,) if s is not None]
        return max(shares, default=None)

    def reset(self) -> RawRep | None:
        """Forget the baselines; give what was nearly over, one at a time."""
        for foot in self._feet.values():
            self._waiting += foot.reset()
        self._release()
        self._done.extend(self._course.close())
        return self._next()

    def unseen(self, t_s: float) -> RawRep | None:
        """Take one frame that did not show the body."""
        for foot in self._feet.values():
            self._waiting += foot.unseen(t_s)
        return self._give(t_s)

    def update(self, seen: Seen, values: Mapping[str, float], *, ready: bool) -> RawRep | None:
        """Take one frame; not `ready`: seen, but not in the exercise's position."""
        feet = {s: foot for s, foot in self._feet.items() if seen.side in (s, Side.BOTH)}
        off = {side: foot.look(seen, values, ready=ready) for side, foot in feet.items()}
        for side, foot in feet.items():
            carried = off[side] < EVEN_SHARE * max(off.values())
            self._waiting += foot.update(replace(seen, side=side), ready=ready, carried=carried)
        return self._give(seen.t_s)

    def _give(self, t_s: float) -> RawRep | None:
        oldest = min((way.end_s for way in self._waiting), default=t_s)
        if not self.moving or t_s - oldest > WAIT_S:
            self._release()
        return self._next()

    def _release(self) -> None:
        for way in together(self._waiting):
            self._done.extend(self._course.take(way))
        self._waiting.clear()

    def _next(self) -> RawRep | None:
        return self._done.popleft() if self._done else None


def together(ways: Iterable[Way]) -> list[Way]:
    """Ways in the order of time; of two feet at once they are one."""
    found: list[Way] = []
    for way in sorted(ways, key=lambda way: way.start_s):
        i = next((i for i, other in enumerate(found) if _at_once(other, way)), None)
        if i is None:
            found.append(way)
        else:
            found[i] = _of_both(found[i], way)
    return found


def _at_once(a: Way, b: Way) -> bool:
    return a.raw.side is not b.raw.side and a.start_s < b.end_s and b.start_s < a.end_s


def _of_both(a: Way, b: Way) -> Way:
    """Both feet, if they go the same way; else the one that is not just carried along."""
    less, more = sorted((a, b), key=lambda way: way.share)
    if less.direction is not more.direction or less.share < EVEN_SHARE * more.share:
        return more
    measures = {name: fmean((v, more.raw.measures[name])) for name, v in less.raw.measures.items()}
    return replace(more, raw=replace(more.raw, side=Side.BOTH, measures=measures))


class _Course:
    """One way after the other: which ways make a repetition."""

    def __init__(self, exercise: Exercise, counts: Cycles) -> None:
        self._counts = counts
        self._views = {measure.name: measure.views for measure in exercise.measures}
        self._open: list[Way] = []
        self._first: str | None = None
        self._shares: dict[str, list[float]] = {}

    def take(self, way: Way) -> list[RawRep]:
        """Take the next way; give the repetitions that are over."""
        done = self.close() if self._begins(way) else []
        self._open.append(way)
        had = {other.direction for other in self._open}
        return [*done, *self.close()] if had >= {*self._counts.shown(way.raw.view)} else done

    def _begins(self, way: Way) -> bool:
        """Whether it belongs to the next repetition: by direction, foot, or after a pause."""
        if not self._open:
            return False
        name, had = way.direction.name, {other.direction.name for other in self._open}
        feet = {other.raw.side for other in self._open} | {way.raw.side}
        paused = way.start_s - self._open[-1].end_s > LONGEST_PAUSE_S
        return name in had or name == self._first or feet >= set(LEGS) or paused

    def close(self) -> list[RawRep]:
        """End the repetition that is open."""
        ways, self._open = tuple(self._open), []
        if len(ways) < 2 and not self._alone(ways):
            return []
        self._first = self._first or ways[0].direction.name
        for way in ways:
            self._shares.setdefault(way.direction.name, []).append(way.share)
        return [self._repetition(ways)]

    def _alone(self, ways: tuple[Way, ...]) -> bool:
        """Whether it is a repetition that lacks a direction, and no trace of another direction.

        Aslant, such traces are as large as the real thing.
        """
        if any(way.raw.view is View.OBLIQUE for way in ways):
            return False
        usual = [median(self._shares.get(way.direction.name, [math.inf])) for way in ways]
        return any(way.share > ALONE_SHARE * u for way, u in zip(ways, usual, strict=True))

    def _repetition(self, ways: tuple[Way, ...]) -> RawRep:
        first, last = ways[0].raw, ways[-1].raw
        share = fmean(way.share for way in ways)
        pulse = replace(first.pulse, top_end_s=last.pulse.top_end_s, end_s=last.pulse.end_s)
        return RawCycle(
            side=Counter(way.raw.side for way in ways).most_common(1)[0][0],
            view=last.view,
            pulse=replace(pulse, rest=0.0, top=share, fit=min(w.raw.pulse.fit for w in ways)),
            measures={
                **self._missing(last.view),
                **{name: value for way in ways for name, value in self._measures(way).items()},
                RANGE_SHARE: share,
                DIRECTION_S: fmean(way.end_s - way.start_s for way in ways),
            },
            confidence=min(way.raw.confidence for way in ways),
            ways=ways,
        )

    def _measures(self, way: Way) -> dict[str, float]:
        largest = max(self._shares[way.direction.name])
        return {**way.raw.measures, way.direction.share_name: way.share / largest}

    def _missing(self, view: View) -> dict[str, float]:
        """Nothing, for every direction that the view shows."""
        shown = self._counts.shown(view)
        graded = [way.range_name for way in shown if view in self._views[way.range_name]]
        return dict.fromkeys([*graded, *(way.share_name for way in shown)], 0.0)
