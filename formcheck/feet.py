"""One foot that moves out of its rest in several directions: every direction counted apart."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from statistics import median

from formcheck.directions import Cycles, Direction
from formcheck.exercise import Exercise, Reps
from formcheck.motion import MAX_GAP_S
from formcheck.reps import RawRep, RepTracker
from formcheck.results import Seen, Side

REST_WINDOW_S = 2.0
REST_MIN_S = 0.4
"""Rest must be seen this long before anything counts."""
DRIFT_S = 3.0
"""Rest follows a drift no faster than by a least movement in this time."""


@dataclass(frozen=True)
class Way:
    """One direction gone by one foot, or by both at once. `raw` is in degrees of the joint."""

    direction: Direction
    raw: RawRep

    @property
    def start_s(self) -> float:
        """When the foot left its rest."""
        return self.raw.pulse.start_s

    @property
    def end_s(self) -> float:
        """When it was back."""
        return self.raw.pulse.end_s

    @property
    def share(self) -> float:
        """How far it went, as a share of the full range."""
        return self.raw.pulse.height / self.direction.norm_deg


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


class FootTracker:
    """Counts every direction of one foot over the foot's own rest."""

    def __init__(self, exercise: Exercise, counts: Cycles, side: Side) -> None:
        self._counts, self._prefix = counts, f"{side}_"
        names = [n.removeprefix(self._prefix) for n in exercise.signals if self._prefix in n]
        self._names = tuple(names)
        self._trackers = {way: self._tracker(exercise, way) for way in counts.directions}
        self._own: dict[str, float] = {}
        self._ready_s = -math.inf
        self._forget()

    def _tracker(self, exercise: Exercise, way: Direction) -> RepTracker:
        """A counter of degrees out of rest; it sees the foot's other signals too."""
        c = self._counts
        reps = Reps(way.name, way.start_deg, c.source, way.genuine, c.min_s, c.max_s)
        measures = tuple(m for m in exercise.measures if m.name == way.range_name)
        signals = dict.fromkeys((way.name, *self._names), lambda _moment: math.nan)
        return RepTracker(replace(exercise, signals=signals, measures=measures), reps)

    def _forget(self) -> None:
        self._neutrals = {
            signal: Neutral(abs(way.per_deg) * way.start_deg / DRIFT_S)
            for way in self._counts.directions
            for signal in (way.signal, way.against)
            if signal
        }
        self._off: dict[str, float] = {}
        self._out: dict[Direction, float] = {}

    @property
    def moving(self) -> bool:
        """Whether the foot is on its way in any direction."""
        return any(tracker.moving for tracker in self._trackers.values())

    @property
    def share(self) -> float | None:
        """How far out the foot is, 1: as far as it ever went that way; None while unknown."""
        shares = [self._trackers[w].share({w.name: out}) for w, out in self._out.items()]
        return max((s for s in shares if s is not None and math.isfinite(s)), default=None)

    def reset(self) -> list[Way]:
        """Forget the baselines; what was nearly over is still given."""
        self._forget()
        return _gone({way: tracker.reset() for way, tracker in self._trackers.items()})

    def unseen(self, t_s: float) -> list[Way]:
        """Take one frame that did not show the body."""
        return _gone({way: tracker.unseen(t_s) for way, tracker in self._trackers.items()})

    def look(self, seen: Seen, values: Mapping[str, float], *, ready: bool) -> float:
        """Take one frame's signals; give how far the foot is out of rest, in the signals' unit."""
        self._own = {name: values[self._prefix + name] for name in self._names}
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
            self._off[signal] = math.nan if neutral.level is None else x - neutral.level
        shown = [self._off[way.signal] for way in self._counts.shown(seen.view)]
        against = [self._off[way.against] for way in self._counts.shown(seen.view) if way.against]
        return max((abs(off) for off in (*shown, *against) if math.isfinite(off)), default=0.0)

    def update(self, seen: Seen, *, ready: bool, carried: bool) -> list[Way]:
        """Count what was looked at. carried: the other foot moves and takes this one along."""
        found = {}
        for way, tracker in self._trackers.items():
            out = self._out_deg(way) * (not carried) if seen.view in way.views else math.nan
            self._out[way] = out
            there = ready and math.isfinite(out)
            found[way] = tracker.update(seen, {**self._own, way.name: out}, ready=there)
        return _gone(found)

    def _out_deg(self, way: Direction) -> float:
        """Degrees out of rest in one direction; 0 on the other side of rest."""
        off = self._off[way.signal]
        if way.against and abs(self._off[way.against]) > abs(off):
            return 0.0
        return max(0.0, off / way.per_deg) if math.isfinite(off) else math.nan


def _gone(found: Mapping[Direction, RawRep | None]) -> list[Way]:
    return [Way(way, raw) for way, raw in found.items() if raw is not None]
