"""One stay in position, read as a stretch: when it was held, what was wrong, and what is measured.

Pure functions of the frames of the stay; `holds.py` keeps those, `hold_faults.py` says where the
faults show.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.hold_faults import REST_PERCENTILE, Held, even
from formcheck.exercises.card import Holds
from formcheck.motion.frame_table import Rows
from formcheck.pose.pose import Array
from formcheck.pose.side_view import Side, View
from formcheck.results import Seen

GRACE_S = 0.7
"""A wrong posture shorter than this does not stop the clock: landmarks wobble, people shift."""
LONGEST_EXIT_S = 1.5
"""Nobody takes longer to leave a stretch."""
WOBBLE_S = 0.3
"""A right posture shorter than this, between two wrong ones, is the landmarks' doing."""
LEAST_S = 1.5
"""Less time in the right posture is passing through, and too little to measure."""
EASED = "eased"
"""What stops the clock when the stretch was let go of, and not left."""
KEPT_SHARE = 0.8
"""Share of the way in from which on the stretch is held."""
LEFT_SHARE = 0.5
"""Share of the way in below which it is left; in between it is eased."""
RAMP_END = 0.85
"""From 80 % of a rise to its end, in units of the time from 20 % to 80 %: 0.95 of that in a
minimum-jerk rise, 0.72 in a cosine, 0.33 at one speed. In between, no shape is far off."""
MAX_RAMP_S = 0.6
FIRST_S = 4.0
"""Who goes deeper later was in the stretch before, too: at the level of its first seconds."""
STILL_EVEN_S = 0.5
"""What tells a lunge from a stretch is averaged over this time: landmarks shake."""
LEAST_REST_S = 0.3
"""Less of the stance before the stretch tells nothing of its rest: who steps right into it."""

Span = tuple[float, float]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class RawHold:
    """A stretch that was held, before it is judged against the prescribed time.

    clock_s: held_s without a wrong spell that may still end within the grace. broken: for each
    fault, the time (s) from its first to its last sight. stopped_by: what stops the clock at the
    end of the frames (a fault or EASED), or None. left: whether the last frame is out of the
    stretch: more than half-way back. shown: the first clock-stopping fault in the last frame.
    """

    side: Side
    view: View
    start_s: float
    end_s: float
    held_s: float
    clock_s: float
    measures: dict[str, float]
    broken: dict[str, Span]
    stopped_by: str | None
    left: bool
    shown: str | None


@dataclass(frozen=True)
class _Way:
    """Levels of the driver: where the way into the stretch begins and where it ends."""

    low: float
    level: float

    def at(self, share: float) -> float:
        return self.low + share * (self.level - self.low)


def measure_hold(holds: Holds, last: Seen, rows: Rows) -> RawHold | None:
    """The hold in the frames so far, or None while there is nothing to tell."""
    t_s, signals = rows.t_s, {**rows.columns(), **holds.over_stay.tell(rows)}
    driver = signals[holds.driver]
    way = _way_in(holds, t_s, driver)
    if way is None:
        return None
    start = _ramp_end(t_s, driver, way) + holds.takes_s
    rested = _seconds(t_s, (t_s < start) & (driver < way.at(LEFT_SHARE))) >= LEAST_REST_S
    held = Held(t_s, (t_s >= start) & (driver >= way.at(KEPT_SHARE)), rested)
    faults = [f for f in holds.faults if last.view in f.views and held.tells(f)]
    plainly = {f.name: held.beyond(f, signals) for f in faults}
    lifts = [plainly[f.name] for f in faults if f.over_rest and f.stops]
    driver = _kept_by_lifts(t_s, driver, way, [lift & (t_s >= start) for lift in lifts])
    shows = {f.name: plainly[f.name] | held.beyond_within(f, signals) for f in faults}
    end = -_ramp_end(-t_s[::-1], driver[::-1], way) - holds.takes_s
    inside = (t_s >= start) & (t_s <= end)
    if not inside.any():
        return None  # less than a frame
    runs = {name: _long(t_s, inside & mask) for name, mask in shows.items()}
    eased = _long(t_s, driver < way.at(KEPT_SHARE))
    left = bool(driver[-1] < way.at(LEFT_SHARE)) and not any(lift[-1] for lift in lifts)
    stopping = [f.name for f in faults if f.stops]
    stops = [*(s for name in stopping for s in runs[name]), *eased]
    last_s = t_s[inside][-1]  # the end of the stretch lies between two frames
    pending = [s for n in stopping for s in _spells(t_s, inside & shows[n]) if s[1] >= last_s]
    return RawHold(
        side=last.side,
        view=last.view,
        start_s=start,
        end_s=end,
        held_s=_left_of((start, end), stops),
        clock_s=_left_of((start, end), [*stops, *pending]),
        measures=_measures(holds, last.view, rows, inside, runs),
        broken={name: (spells[0][0], spells[-1][1]) for name, spells in runs.items() if spells},
        stopped_by=next(
            (name for name in stopping if any(s[1] >= last_s for s in runs[name])),
            EASED if eased and eased[-1][1] >= t_s[-1] and not left else None,
        ),
        left=left,
        shown=next((name for name in stopping if shows[name][-1]), None),
    )


def _kept_by_lifts(t_s: Array, driver: Array, way: _Way, lifts: list[Mask]) -> Array:
    """The driver at its level where it is low only because a heel lifts, for longer than an exit.

    That takes tilt off the leg: a stretch gone wrong, not one that ended.
    """
    low = [_spells(t_s, lift & (driver < way.at(KEPT_SHARE))) for lift in lifts]
    stays = [s for spells in low for s in spells if s[1] - s[0] >= LONGEST_EXIT_S]
    kept: Array = np.where(_within(t_s, stays), way.level, driver)
    return kept


def _way_in(holds: Holds, t_s: Array, driver: Array) -> _Way | None:
    """Levels before and in the stretch, or None while there is none."""
    low = _lowest(t_s, driver)
    enter = min(holds.surely, max(holds.enter, low + holds.rise))
    deep = t_s[driver >= enter]
    if len(deep) < 2:
        return None
    spans = ((t_s >= deep[0]) & (t_s <= until_s) for until_s in (deep[0] + FIRST_S, deep[-1]))
    level = min(float(np.median(driver[span])) for span in spans)
    # Who steps right into the stretch shows no rest; it lies below by a rise at least.
    return _Way(min(max(low, holds.enter), level - holds.rise), level)


def _lowest(t_s: Array, driver: Array) -> float:
    """The level below which the driver was for LEAST_REST_S in all.

    It never rises as the stay goes on: what was a stretch remains one.
    """
    seen = np.sort(driver[np.isfinite(driver)])
    frames = int(LEAST_REST_S / max(float(np.median(np.diff(t_s))), 1e-3)) if len(t_s) > 1 else 0
    return float(seen[min(frames, len(seen) - 1)]) if len(seen) else math.inf


def _ramp_end(t_s: Array, driver: Array, way: _Way) -> float:
    """When the driver has arrived at its level, from the crossings of 20 % and 80 % of the way."""
    arrived = t_s[driver >= way.at(KEPT_SHARE)]
    first = float(arrived[0]) if len(arrived) else float(t_s[-1])
    before = driver[t_s < first]
    if len(before) < 3:
        return first
    low = max(way.low, float(np.percentile(before, REST_PERCENTILE)))
    setting_out = driver < low + (1 - KEPT_SHARE) * (way.level - low)
    below = t_s[(t_s < first) & setting_out]
    ramp_s = first - float(below[-1] if len(below) else t_s[0])
    return first + min(MAX_RAMP_S, RAMP_END * ramp_s)


def _measures(
    holds: Holds, view: View, rows: Rows, inside: Mask, runs: Mapping[str, list[Span]]
) -> dict[str, float]:
    """Medians over the hold, each without the time in which a fault makes it meaningless."""
    found = {}
    for name, views in holds.measures.items():
        spoiling = [s for f in holds.faults if name in f.spoils for s in runs.get(f.name, [])]
        used = inside & ~_within(rows.t_s, spoiling)
        enough = not spoiling or (used.any() and _seconds(rows.t_s, used) >= LEAST_S)
        if view in views and enough:
            found[name] = float(np.nanmedian(rows[name][used]))
    return found


def _within(t_s: Array, spans: Iterable[Span]) -> Mask:
    inside = np.zeros(len(t_s), bool)
    for start, end in spans:
        inside |= (t_s >= start) & (t_s <= end)
    return inside


def _seconds(t_s: Array, used: Mask) -> float:
    """Length of the spells of `used`, seconds."""
    return sum(end - start for start, end in _spells(t_s, used))


def _spells(t_s: Array, wrong: Mask) -> list[Span]:
    """From the first to the last frame of each run of `wrong`, wobbles bridged, seconds."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], wrong, [False]]).astype(int)))
    spells: list[Span] = []
    for first, after in edges.reshape(-1, 2):
        start, end = float(t_s[first]), float(t_s[after - 1])
        if spells and start - spells[-1][1] < WOBBLE_S:
            start = spells.pop()[0]
        spells.append((start, end))
    return spells


def _long(t_s: Array, wrong: Mask) -> list[Span]:
    """The spells that outlast the grace."""
    return [s for s in _spells(t_s, wrong) if s[1] - s[0] >= GRACE_S]


def _left_of(whole: Span, stops: list[Span]) -> float:
    """Length of a span without the union of others, seconds."""
    total, reached = 0.0, whole[0]
    for start, end in sorted(stops):
        total += max(0.0, min(end, whole[1]) - max(start, reached))
        reached = max(reached, end)
    return max(0.0, whole[1] - whole[0] - total)


def still_s(t_s: Array, driver: Array, wander: float) -> float:
    """The longest time in which the driver (n,) stays within `wander`, seconds."""
    driver = even(t_s, driver, STILL_EVEN_S)
    longest, first = 0.0, 0
    high: deque[int] = deque()
    low: deque[int] = deque()
    for i, x in enumerate(driver):
        while high and driver[high[-1]] <= x:
            high.pop()
        while low and driver[low[-1]] >= x:
            low.pop()
        high.append(i)
        low.append(i)
        while driver[high[0]] - driver[low[0]] > wander:
            first = min(high[0], low[0]) + 1
            for ends in (high, low):
                while ends[0] < first:
                    ends.popleft()
        longest = max(longest, float(t_s[i] - t_s[first]))
    return longest
