"""Repetitions that go several ways in turn, such as a foot up, down, in and out.

Each way is counted like a repetition of its own, foot by foot (feet.py). Here what both feet do at
once is put together, and then one way after the other (course.py).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from statistics import fmean

import numpy as np

from formcheck.engine.cycles.one_foot import FootTracker, Offs, Way
from formcheck.engine.cycles.repetitions import Course
from formcheck.engine.reps import RawRep
from formcheck.exercises.card import Exercise
from formcheck.exercises.directions import LEGS, Cycles, Gauge
from formcheck.motion.excursion import Excursion
from formcheck.pose.pose import Array
from formcheck.pose.side_view import Side
from formcheck.results import Seen

WAIT_S = 2.5
"""How long one foot waits for the other."""
EVEN_SHARE = 0.5
"""A foot that moves less than this share of the other is only carried along by the model
(measured: see samples)."""


class CycleTracker:
    """Feeds both feet and puts what they do together."""

    def __init__(self, exercise: Exercise, counts: Cycles) -> None:
        self._counts = counts
        self._feet = {side: FootTracker(exercise, counts, side) for side in LEGS}
        self._excursions = {gauge: Excursion() for gauge in counts.gauges}
        self._waiting: list[Way] = []
        self._course = Course(exercise, counts)
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
        offs = {side: foot.look(seen, values, ready=ready) for side, foot in feet.items()}
        for side, outs in self._outs(offs).items():
            self._waiting += feet[side].update(replace(seen, side=side), outs, ready=ready)
        return self._give(seen.t_s)

    def _outs(self, offs: Mapping[Side, Offs]) -> dict[Side, dict[Gauge, float]]:
        """How far each foot is out, by every gauge that shows it."""
        outs: dict[Side, dict[Gauge, float]] = {side: {} for side in offs}
        for gauge in self._counts.gauges:
            shown = {side: off[gauge] for side, off in offs.items() if gauge in off}
            for side, out in (_one_by_one if gauge.direction else self._as_one)(gauge, shown):
                outs[side][gauge] = out
        return outs

    def _as_one(self, gauge: Gauge, offs: Mapping[Side, Array]) -> Iterator[tuple[Side, float]]:
        """Both feet together, where no direction is told; they are told apart when they are back.

        The model carries the still foot along, now and then, and its own noise is no movement.
        """
        if offs:
            out = self._excursions[gauge].update(np.concatenate([*offs.values()]))
            yield from ((side, out) for side in offs)

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


def _one_by_one(gauge: Gauge, offs: Mapping[Side, Array]) -> Iterator[tuple[Side, float]]:
    """Each foot by itself; one that is hardly out is only taken along by the other."""
    outs = {side: gauge.out(off.tolist()) for side, off in offs.items()}
    farthest = max(outs.values(), default=0.0)
    yield from ((side, out * (out >= EVEN_SHARE * farthest)) for side, out in outs.items())


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
    moved = tuple(fmean(pair) for pair in zip(less.moved, more.moved, strict=True))
    raw = replace(more.raw, side=Side.BOTH, measures=measures)
    return replace(more, raw=raw, moved=moved)
