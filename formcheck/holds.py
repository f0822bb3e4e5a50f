"""Stretches that are held: a clock that runs only while the posture is right, and says why not.

While the person is in position the frames are kept; the hold is measured from them in one pure
function, on every frame, so that the clock on the screen and the figure in the report are one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.exercise import Exercise, HoldFault, Holds
from formcheck.poses import Array
from formcheck.results import Seen, Side, View
from formcheck.rows import Rows

GRACE_S = 0.7
"""A wrong posture shorter than this does not stop the clock: landmarks wobble, people shift."""
LEAVE_S = 1.0
"""A stretch has ended when it was left for this long."""
LEAST_S = 1.5
LEAST_WRONG_S = 3.0
"""Shorter stays are passing through: held that long, or tried that long in a wrong posture."""
RAMP_END = 0.85
"""From 80 % of a rise to its end, in units of the time from 20 % to 80 %: 0.95 of that in a
minimum-jerk rise, 0.72 in a cosine, 0.33 at one speed. In between, no shape is far off."""
MAX_RAMP_S = 0.6
REST_PERCENTILE = 5

Span = tuple[float, float]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class RawHold:
    """A stretch that was held, before it is judged against the prescribed time.

    broken: for each fault, the time (s) from its first to its last sight. stopped_by: the fault
    that stops the clock at the end of the frames, or None. leave_below: level of the driver below
    which the stretch is left: half-way back.
    """

    side: Side
    view: View
    start_s: float
    end_s: float
    held_s: float
    measures: dict[str, float]
    broken: dict[str, Span]
    stopped_by: str | None
    leave_below: float


class HoldTracker:
    """One exercise's holds, from signals to `RawHold`s, for one side at a time."""

    def __init__(self, exercise: Exercise, holds: Holds) -> None:
        self._exercise = exercise
        self._holds = holds
        self._clear()

    def _clear(self) -> None:
        self._rows = Rows(tuple(self._exercise.signals))
        self._seen: Seen | None = None
        self._left_s: float | None = None
        self.running: RawHold | None = None

    def reset(self) -> RawHold | None:
        """Close the present stay (cut, change of side, end); give its hold if there was one."""
        hold = self.running
        self._clear()
        if hold is None:
            return None
        lasted = hold.end_s - hold.start_s
        return hold if hold.held_s >= LEAST_S or lasted >= LEAST_WRONG_S else None

    def unseen(self, t_s: float) -> RawHold | None:
        """Take one frame that did not show the body."""
        return self._left(t_s)

    def update(self, seen: Seen, values: Mapping[str, float], *, ready: bool) -> RawHold | None:
        """Take one frame; not `ready`: seen, but not in the stretch's position."""
        t_s = seen.t_s
        if not ready:
            return self._left(t_s)
        self._seen = seen
        self._rows.append(t_s, values)
        self.running = measure_hold(self._holds, seen, self._rows)
        hold = self.running
        inside = hold is None or values[self._holds.driver] >= hold.leave_below
        if inside or self._heel_is_up():
            self._left_s = None
            return None
        return self._left(t_s)

    def _heel_is_up(self) -> bool:
        """Whether a fault measured over rest shows now.

        A heel that lifts takes tilt off the leg; that is a stretch gone wrong, not one that ended.
        """
        faults = [f for f in self._holds.faults if f.over_rest and f.stops]
        return any(bool(_violates(f, self._rows)[-1]) for f in faults)

    def _left(self, t_s: float) -> RawHold | None:
        if self._seen is None:
            return None
        if self._left_s is None:
            self._left_s = t_s
        return self.reset() if t_s - self._left_s >= LEAVE_S else None


def measure_hold(holds: Holds, last: Seen, rows: Rows) -> RawHold | None:
    """The hold in the frames so far, or None while there is nothing to tell."""
    t_s, driver = rows.t_s, rows[holds.driver]
    low = float(np.nanpercentile(driver, REST_PERCENTILE))
    enter = min(holds.surely, max(holds.enter, low + holds.rise))
    span = _stretch(t_s, driver, enter)
    if span is None:
        return None
    start, end = span
    inside = (t_s >= start) & (t_s <= end)
    if not inside.any():
        return None  # less than a frame
    faults = [f for f in holds.faults if last.view in f.views]
    spans = {f.name: _runs(t_s, inside & _violates(f, rows)) for f in faults}
    stops = [s for f in faults if f.stops for s in spans[f.name]]
    held = end - start - _covered(stops)
    broken = {name: (runs[0][0], runs[-1][1]) for name, runs in spans.items() if runs}
    last_s = t_s[t_s <= end][-1]  # the end of the stretch lies between two frames
    stopped = [f.name for f in faults if f.stops and any(s[1] >= last_s for s in spans[f.name])]
    measures = {
        m: float(np.nanmedian(rows[m][inside]))
        for m, views in holds.measures.items()
        if last.view in views
    }
    level = float(np.nanmedian(driver[inside]))
    return RawHold(
        side=last.side,
        view=last.view,
        start_s=start,
        end_s=end,
        held_s=max(held, 0.0),
        measures=measures,
        broken=broken,
        stopped_by=stopped[0] if stopped else None,
        leave_below=(low + level) / 2,
    )


def _stretch(t_s: Array, driver: Array, enter: float) -> Span | None:
    """From the end of the way in to the beginning of the way out, seconds."""
    deep = t_s[driver >= enter]
    if len(deep) < 2:
        return None
    level = float(np.median(driver[(t_s >= deep[0]) & (t_s <= deep[-1])]))
    start = _ramp_end(t_s, driver, level)
    end = -_ramp_end(-t_s[::-1], driver[::-1], level)
    return (start, end) if end > start else None


def _ramp_end(t_s: Array, driver: Array, level: float) -> float:
    """When the driver has arrived at its level, from the crossings of 20 % and 80 % of the way."""
    arrived = t_s[driver >= 0.95 * level]
    first = float(arrived[0]) if len(arrived) else float(t_s[-1])
    before = driver[t_s < first]
    if len(before) < 3:
        return first
    low = float(np.percentile(before, 5))
    crossed = [float(t_s[driver >= low + share * (level - low)][0]) for share in (0.2, 0.8)]
    ramp = min(MAX_RAMP_S, RAMP_END * (crossed[1] - crossed[0]))
    return crossed[1] + ramp


def _violates(fault: HoldFault, rows: Rows) -> Mask:
    x = rows[fault.signal]
    if fault.over_rest:
        x = x - np.nanpercentile(x, REST_PERCENTILE)
    high = x > fault.above if fault.above is not None else np.zeros(len(x), bool)
    low = x < fault.below if fault.below is not None else np.zeros(len(x), bool)
    return high | low


def _runs(t_s: Array, wrong: Mask) -> list[Span]:
    """Spans of at least GRACE_S in which `wrong` holds."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], wrong, [False]]).astype(int)))
    spans = [(float(t_s[a]), float(t_s[b - 1])) for a, b in edges.reshape(-1, 2)]
    return [(a, b) for a, b in spans if b - a >= GRACE_S]


def _covered(spans: list[Span]) -> float:
    """Length of the union of spans, seconds."""
    total, reached = 0.0, -np.inf
    for start, end in sorted(spans):
        total += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return float(total)
