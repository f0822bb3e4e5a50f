"""One foot that moves out of its rest in several directions: every direction counted apart."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from statistics import median

import numpy as np

from formcheck.engine.reps import RawRep, RepTracker
from formcheck.exercises.card import Exercise, RepMeasure, Reps
from formcheck.exercises.directions import Cycles, Direction, Gauge
from formcheck.motion.counter import MAX_GAP_S, RepCounter, RepWindow
from formcheck.motion.jumps import JumpGuard
from formcheck.pose.pose import Array
from formcheck.pose.side_view import Side
from formcheck.results import Seen

REST_WINDOW_S = 2.0
REST_MIN_S = 0.4
"""Rest must be seen this long before anything counts."""
DRIFT_S = 3.0
"""Rest follows a drift no faster than by a least movement in this time."""
SHORT_LEAD_S = 0.5
"""Rest before a movement that follows another one closely."""

Offs = dict[Gauge, Array]


@dataclass(frozen=True)
class Way:
    """One direction gone by one foot, or by both at once. `raw` is in the gauge's unit.

    moved: how far each signal of the gauge went. share: how far the foot went, 1: the full range.
    """

    direction: Direction | None
    raw: RawRep
    moved: tuple[float, ...]
    share: float

    @property
    def start_s(self) -> float:
        """When the foot left its rest."""
        return self.raw.pulse.start_s

    @property
    def end_s(self) -> float:
        """When it was back."""
        return self.raw.pulse.end_s


class Neutral:
    """The level that a signal leaves in both directions: the median of its last rest."""

    def __init__(self, drift_per_s: float) -> None:
        self._drift_per_s = drift_per_s
        self._recent: deque[tuple[float, float]] = deque()
        self.level: float | None = None

    def update(self, x: float, t_s: float) -> None:
        """Take one sample at rest."""
        before_s = self._recent[-1][0] if self._recent else t_s
        self._recent.append((t_s, x))
        while t_s - self._recent[0][0] > REST_WINDOW_S:
            self._recent.popleft()
        if t_s - self._recent[0][0] < REST_MIN_S:
            return
        level = median(value for _, value in self._recent)
        if self.level is not None:
            # A movement that has begun slowly must not take its own rest along.
            step = self._drift_per_s * (t_s - before_s)
            level = min(max(level, self.level - step), self.level + step)
        self.level = level

    def left(self) -> None:
        """The signal is on its way: what was rest before is kept, what comes now is none."""
        self._recent.clear()


class AnySizeCounter(RepCounter):
    """Counts movements of different kinds: how far one goes says nothing about the next."""

    def accept(self, height: float) -> None:
        """Learn nothing from a movement that was judged real."""


class FootTracker:
    """Counts every way of one foot out of the foot's own rest."""

    def __init__(self, exercise: Exercise, counts: Cycles, side: Side) -> None:
        self._counts, self._prefix = counts, f"{side}_"
        names = [n.removeprefix(self._prefix) for n in exercise.signals if self._prefix in n]
        self._names = tuple(names)
        self._trackers = {gauge: self._tracker(exercise, gauge) for gauge in counts.gauges}
        self._own: dict[str, float] = {}
        self._ready_s = -math.inf
        self._forget()

    def _tracker(self, exercise: Exercise, gauge: Gauge) -> RepTracker:
        """A counter of what the gauge shows; it sees the foot's other signals too."""
        c = self._counts
        reps = Reps(gauge.name, gauge.start, c.source, c.genuine, c.min_s, c.max_s)
        own = gauge.direction.range_name if gauge.direction else ""
        measures = (
            *(measure for measure in exercise.measures if measure.name == own),
            *(RepMeasure(name, partial(_moved, name)) for name in gauge.signals),
        )
        signals = dict.fromkeys((gauge.name, *self._names), lambda _moment: math.nan)
        card = replace(exercise, signals=signals, measures=measures)
        if gauge.direction is None:
            return RepTracker(card, reps, AnySizeCounter, SHORT_LEAD_S)
        return RepTracker(card, reps)

    def _forget(self) -> None:
        self._neutrals = {
            signal: Neutral(gauge.unit * gauge.start / DRIFT_S)
            for gauge in self._counts.gauges
            for signal in gauge.signals
        }
        self._out: dict[Gauge, float] = {}
        self._guards = {
            signal: JumpGuard(gauge.fastest, gauge.unit * gauge.start)
            for gauge in self._counts.gauges
            if math.isfinite(gauge.fastest)
            for signal in gauge.signals
        }

    @property
    def moving(self) -> bool:
        """Whether the foot is on its way."""
        return any(tracker.moving for tracker in self._trackers.values())

    @property
    def share(self) -> float | None:
        """How far out the foot is, 1: as far as it ever went that way; None while unknown."""
        shares = [self._trackers[g].share({g.name: out}) for g, out in self._out.items()]
        return max((s for s in shares if s is not None and math.isfinite(s)), default=None)

    def reset(self) -> list[Way]:
        """Forget the baselines; what was nearly over is still given."""
        self._forget()
        return _gone({gauge: tracker.reset() for gauge, tracker in self._trackers.items()})

    def unseen(self, t_s: float) -> list[Way]:
        """Take one frame that did not show the body."""
        return _gone({gauge: tracker.unseen(t_s) for gauge, tracker in self._trackers.items()})

    def look(self, seen: Seen, values: Mapping[str, float], *, ready: bool) -> Offs:
        """Take one frame's signals; give how far they are out of rest, by every gauge."""
        self._own = {name: values[self._prefix + name] for name in self._names}
        for signal, guard in self._guards.items():
            self._own[signal] = guard.update(self._own[signal], seen.t_s)
        if ready:
            self._ready_s = seen.t_s
        elif seen.t_s - self._ready_s > MAX_GAP_S:
            self._forget()
        for signal, neutral in self._neutrals.items():
            x = self._own[signal]
            if self.moving:
                neutral.left()
            elif ready and math.isfinite(x):
                neutral.update(x, seen.t_s)
        shown = (gauge for gauge in self._counts.gauges if seen.view in gauge.views)
        return {gauge: off for gauge in shown if (off := self._off(gauge)) is not None}

    def _off(self, gauge: Gauge) -> Array | None:
        """(k,) each signal over its rest; None while one of them is unknown."""
        levels = [self._neutrals[signal].level for signal in gauge.signals]
        values = [self._own[signal] for signal in gauge.signals]
        if None in levels or not np.isfinite(values).all():
            return None
        off: Array = np.array(values) - np.array(levels, float)
        return off

    def update(self, seen: Seen, outs: Mapping[Gauge, float], *, ready: bool) -> list[Way]:
        """Count what was looked at. outs: how far out the foot is, by the gauges that show it."""
        self._out = {gauge: outs.get(gauge, math.nan) for gauge in self._trackers}
        found = {}
        for gauge, tracker in self._trackers.items():
            out = self._out[gauge]
            there = ready and math.isfinite(out)
            found[gauge] = tracker.update(seen, {**self._own, gauge.name: out}, ready=there)
        return _gone(found)


def _moved(name: str, way: RepWindow) -> float:
    return way.change(name)


def _gone(found: Mapping[Gauge, RawRep | None]) -> list[Way]:
    """What ended, each with the measures that are for people and the rest apart."""
    ways = []
    for gauge, raw in found.items():
        if raw is not None:
            moved = tuple(raw.measures.get(name, 0.0) for name in gauge.signals)
            shown = {k: v for k, v in raw.measures.items() if k not in gauge.signals}
            height = raw.pulse.height if gauge.direction else math.hypot(*moved)
            ways.append(
                Way(gauge.direction, replace(raw, measures=shown), moved, height / gauge.full)
            )
    return ways
