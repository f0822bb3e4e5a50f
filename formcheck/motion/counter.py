"""From a number over time to repetitions: own rest, own amplitude, hysteresis, minimum times.

Nothing here knows a joint or an exercise. Levels are in the unit of the signal, times in s.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from statistics import median

import numpy as np

from formcheck.motion.pulse import Pulse
from formcheck.motion.rest import REST_WINDOW_S, Ledges, RestLevel, Smoother
from formcheck.pose.pose import Array

MAX_GAP_S = 0.4
"""A repetition survives not being seen for this long."""
BEGUN_SHARE = 0.3
"""A first rise that begins higher than this share of it over its end has begun before the video."""
START_SHARE = 0.25
"""A repetition starts above this share of the person's usual height."""
FALL_SHARE, AT_ONCE_SHARE = 0.68, 0.6
"""It is over when this share of its height has been given back: a wobble at the top is not. The
second where no rest need come first (measured: 0.55 in clamshells whose legs straighten meanwhile,
0.64 between two heel raises without rest)."""
MOST_GROWTH = 1.25
"""A movement this much higher than usual stands on a rest that has shifted (a nudged camera)."""
SETTLE_SHARE = 0.1
"""Back at rest, or turned upwards again, within this share of the height."""
TREMOR_SHARE = 0.03
"""A point is lower only by this share of the height: noise at rest must not delay the count."""
SETTLE_S = 1.0
"""No lower point for this long closes a repetition."""
LANDED_S = 0.3
LANDED_SHARE = 0.6
"""Back at rest it takes this long, or this share of the last third of the fall: where a slow fall
ends shows only in the rest after it."""


@dataclass(frozen=True)
class Stroke:
    """A rise and fall as the thresholds saw it: rough times (s) and levels."""

    start_s: float
    peak_s: float
    fall_s: float
    end_s: float
    rest: float
    peak: float
    low_s: float
    low: float
    """When and how low it was after the fall."""


@dataclass(frozen=True)
class RepWindow:
    """The frames of one repetition: t_s (n,), one column (n,) per signal, the fitted pulse."""

    t_s: Array
    columns: Mapping[str, Array]
    pulse: Pulse

    def rest(self, name: str) -> float:
        """Median of the signal just before and after the repetition."""
        before = (self.t_s <= self.pulse.start_s) & (self.t_s > self.pulse.start_s - 1.0)
        after = (self.t_s >= self.pulse.end_s) & (self.t_s < self.pulse.end_s + 0.5)
        if not (before | after).any():
            before[:2] = True
        return _median(self.columns[name][before | after])

    def top(self, name: str) -> float:
        """Median of the signal at the top, at least 0.2 s around its middle."""
        middle = (self.pulse.top_start_s + self.pulse.top_end_s) / 2
        half = max(0.1, (self.pulse.top_end_s - self.pulse.top_start_s) / 2)
        return _median(self.columns[name][np.abs(self.t_s - middle) <= half])

    def change(self, name: str) -> float:
        """Top minus rest."""
        return self.top(name) - self.rest(name)

    def seconds_at_top(self, name: str, share: float) -> float:
        """How long in the repetition the signal was within a share of the height of its top, s."""
        inside = (self.t_s >= self.pulse.start_s) & (self.t_s <= self.pulse.end_s)
        inside &= np.isfinite(self.columns[name])
        t_s, over = self.t_s[inside], self.columns[name][inside] - self.pulse.top
        over = over + share * self.pulse.height
        up, down = np.maximum(over, 0.0), np.maximum(-over, 0.0)
        # Between a frame above and one below, the level is crossed where a line crosses it.
        span = np.maximum(up[:-1] + up[1:] + down[:-1] + down[1:], 1e-9)
        return float(((up[:-1] + up[1:]) / span * np.diff(t_s)).sum())

    def shift(self, name: str) -> float:
        """How much higher the signal is just after the repetition than just before it."""
        p = self.pulse
        before = (self.t_s <= p.start_s + 0.1) & (self.t_s > p.start_s - 0.5)
        after = (self.t_s >= p.end_s - 0.1) & (self.t_s < p.end_s + 0.5)
        return _median(self.columns[name][after]) - _median(self.columns[name][before])

    def largest_change(self, name: str) -> float:
        """90th percentile, over the repetition, of the signal over its rest: one spike is noise."""
        inside = (self.t_s >= self.pulse.start_s) & (self.t_s <= self.pulse.end_s)
        values = self.columns[name][inside]
        values = values[np.isfinite(values)]
        if not len(values):
            return math.nan
        return float(np.percentile(values, 90)) - self.rest(name)


def _median(values: Array) -> float:
    values = values[np.isfinite(values)]
    return float(np.median(values)) if len(values) else math.nan


class _State(Enum):
    REST = auto()
    UP = auto()
    DOWN = auto()


class RepCounter:
    """Turns one signal into strokes. Knows only this person's rest and usual height.

    at_once: rest need not be seen first, and may turn out to have been a top.
    """

    def __init__(self, start: float, max_s: float, *, at_once: bool = False) -> None:
        self._least_start = start
        self._max_s = max_s
        self._at_once = at_once
        self._fall_share = AT_ONCE_SHARE if at_once else FALL_SHARE
        self._heights: deque[float] = deque(maxlen=5)
        self._clear()

    def _clear(self) -> None:
        self._state = _State.REST
        self._smoother = Smoother()
        fall = self._least_start if self._at_once else math.inf
        self._rest = RestLevel(self._least_start / REST_WINDOW_S, fall)
        self._ledges = Ledges(self._least_start)
        self._lowest = math.inf
        self._begun_at: float | None = None
        self._last_s = -math.inf
        self._start_s = self._fall_s = 0.0
        self._peak = self._trough = (0.0, 0.0)

    @property
    def rest(self) -> float | None:
        """The present rest level, or None while it is not known yet."""
        return self._rest.level

    @property
    def moving(self) -> bool:
        """Whether a repetition is under way."""
        return self._state is not _State.REST

    def accept(self, height: float) -> None:
        """Learn the height of a repetition that was judged real."""
        self._heights.append(height)

    def interrupt(self) -> Stroke | None:
        """Forget rest and movement (cut, step, side change); a stroke already falling is kept."""
        stroke = self._finish(self._last_s) if self._state is _State.DOWN else None
        self._clear()
        return stroke

    def update(self, x: float, t_s: float) -> Stroke | None:
        """Take one sample (NaN: not seen, or not in the exercise's position)."""
        if not math.isfinite(x):
            if t_s - self._last_s > MAX_GAP_S and self._last_s > -math.inf:
                return self.interrupt()
            return None
        self._last_s = t_s
        x = self._smoother.update(x, t_s)
        if self._state is _State.REST:
            self._wait(x, t_s)
            return None
        if t_s - self._start_s > self._max_s:
            self._clear()
            return None
        return self._follow(x, t_s)

    def _wait(self, x: float, t_s: float) -> None:
        self._lowest = min(self._lowest, x)
        level = self._rest.level
        if level is None and self._at_once and x - self._lowest > self._start():
            self._rest.land(self._lowest, t_s)
            level = self._begun_at = self._lowest
        if level is not None and x - level > self._start():
            self._state = _State.UP
            self._start_s, self._peak = t_s, (x, t_s)
            self._ledges = Ledges(self._start())
        else:
            self._rest.update(x, t_s)

    def _usual(self) -> float | None:
        return median(self._heights) if self._heights else None

    def _start(self) -> float:
        return max(self._least_start, START_SHARE * (self._usual() or 0.0))

    def _height(self) -> float:
        """Of the present movement; no more than the usual allows, should rest have shifted."""
        height, usual = self._peak[0] - (self._rest.level or 0.0), self._usual()
        return height if usual is None else min(height, MOST_GROWTH * usual)

    def _follow(self, x: float, t_s: float) -> Stroke | None:
        if x > self._peak[0] and self._state is _State.UP:
            self._peak = (x, t_s)
        if self._at_once and self._state is _State.UP:
            self._stand_on_ledge(x, t_s)
        height = self._height()
        fallen = self._peak[0] - x
        if self._state is _State.UP:
            if fallen > self._fall_share * height:
                self._state = _State.DOWN
                self._fall_s, self._trough = t_s, (x, t_s)
            return None
        if x < self._trough[0] - TREMOR_SHARE * height:
            self._trough = (x, t_s)
        lowest, lowest_s = self._trough
        if self._peak[0] - lowest <= FALL_SHARE * height:
            self._fall_s = t_s
        landed = self._peak[0] - lowest > (1 - SETTLE_SHARE) * height
        slowly = LANDED_SHARE * (lowest_s - self._fall_s)
        settled = t_s - lowest_s > (min(SETTLE_S, max(LANDED_S, slowly)) if landed else SETTLE_S)
        turned = x - lowest > SETTLE_SHARE * height
        return self._finish(t_s) if settled or turned else None

    def _stand_on_ledge(self, x: float, t_s: float) -> None:
        """Rest is a ledge of the rise when the fall goes back to that, and not to its ground."""
        peak, rest = self._peak[0], self._rest.level or 0.0
        self._ledges.update(x, t_s, peak)
        ledge = self._ledges.below(peak, rest, x, self._fall_share)
        if ledge is not None and peak - x <= self._fall_share * self._height():
            self._rest.stand(ledge, t_s)
            self._begun_at = None

    def _finish(self, t_s: float) -> Stroke | None:
        """The stroke that ends now; None when it had begun before it was seen."""
        begun_at, self._begun_at = self._begun_at, None
        lowest = self._trough[0]
        late = begun_at is not None and begun_at - lowest > BEGUN_SHARE * (self._peak[0] - lowest)
        stroke = Stroke(
            self._start_s,
            self._peak[1],
            self._fall_s,
            t_s,
            self._rest.level or 0.0,
            self._peak[0],
            self._trough[1],
            self._trough[0],
        )
        self._state = _State.REST
        self._rest.land(*self._trough)
        return None if late else stroke
