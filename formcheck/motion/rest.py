"""What a signal is at rest, and without its jumps: of the person in the picture, not of a norm."""

from __future__ import annotations

import math
from collections import deque

SMOOTHING_S = 0.15
"""Median filter: passes a 0.5 s movement, drops the one- and two-frame jumps of the model."""
SMOOTHING_SAMPLES = 3
"""At least as many, so that a jump next to a gap is dropped too."""
REST_WINDOW_S = 3.0
REST_MIN_S = 0.4
"""Rest must be seen this long before anything counts (real clips start 0.4-0.8 s before)."""
REST_SHARE = 0.2
"""A level this far up the sorted ones stays the rest's while a slow rise (3 s) has begun."""

FLAT_S = 0.4
FLAT_SHARE = 0.25
"""A level is held when the signal stays for FLAT_S within this share of the least repetition."""
MOST_LEDGE = 3.0
"""A ledge at most this many times as high over the ground as the movement over the ledge is one on
which somebody stands who bent the knees before; a higher one is a top at which he sways."""


class Smoother:
    """Median over the last SMOOTHING_S of a signal, or its last SMOOTHING_SAMPLES."""

    def __init__(self) -> None:
        self._recent: deque[tuple[float, float]] = deque()

    def update(self, x: float, t_s: float) -> float:
        """Take one finite sample; give the filtered value."""
        self._recent.append((t_s, x))
        while len(self._recent) > SMOOTHING_SAMPLES and t_s - self._recent[0][0] > SMOOTHING_S:
            self._recent.popleft()
        values = sorted(value for _, value in self._recent)
        middle = len(values) // 2
        return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


class RestLevel:
    """The person's own rest: one of the lower levels of the last seconds spent not moving."""

    def __init__(self, climb_per_s: float, fall: float = math.inf) -> None:
        """fall: so far below the level, it was no rest but a top, and rest is where it ends."""
        self._climb_per_s = climb_per_s
        self._fall = fall
        self._falling = False
        self._recent: deque[tuple[float, float]] = deque()
        self._updated_s = 0.0
        self.level: float | None = None

    def update(self, x: float, t_s: float) -> None:
        """Take one sample of a person at rest, or on the way down to it."""
        if self.level is not None and x < self.level - (0.0 if self._falling else self._fall):
            self._falling = True
            self.land(x, t_s)
            return
        self._recent.append((t_s, x))
        while t_s - self._recent[0][0] > REST_WINDOW_S:
            self._recent.popleft()
        if t_s - self._recent[0][0] < REST_MIN_S:
            return
        self._falling = False
        levels = sorted(v for _, v in self._recent)
        self._move(levels[int(REST_SHARE * (len(levels) - 1))], t_s)

    def stand(self, x: float, t_s: float) -> None:
        """Rest is at `x`, however much higher than thought."""
        self.level = None
        self.land(x, t_s)

    def land(self, x: float, t_s: float) -> None:
        """A repetition ended at `x`: that is what is known of rest now."""
        self._recent = deque([(t_s, x)])
        self._move(x, t_s)

    def _move(self, level: float, t_s: float) -> None:
        if self.level is not None:
            # Down at once, up slowly: a rise that has begun must not lift its own rest.
            level = min(level, self.level + self._climb_per_s * (t_s - self._updated_s))
        self.level, self._updated_s = level, t_s


class Ledges:
    """Levels that are held on the way up: a top, or the rest of who came up from bent knees."""

    def __init__(self, least: float) -> None:
        self._least = least
        self._recent: deque[tuple[float, float]] = deque()
        self._levels: list[float] = []

    def update(self, x: float, t_s: float, peak: float) -> None:
        """Take one sample of a movement that has come as high as `peak`."""
        self._recent.append((t_s, x))
        while t_s - self._recent[0][0] > FLAT_S:
            self._recent.popleft()
        low, high = min(v for _, v in self._recent), max(v for _, v in self._recent)
        lasted = len(self._recent) > SMOOTHING_SAMPLES and t_s - self._recent[0][0] > FLAT_S / 2
        known = any(abs(x - level) < self._least / 2 for level in self._levels)
        sunk = peak - x > self._least / 2
        if lasted and high - low < FLAT_SHARE * self._least and not known and not sunk:
            self._levels.append(x)

    def below(self, peak: float, ground: float, fallen_to: float, share: float) -> float | None:
        """The highest ledge to which a fall from `peak` goes back by `share`; None: none is meant.

        ground: the level from which the movement began.
        """
        meant = [
            level
            for level in self._levels
            if peak - level >= self._least
            and level - ground <= MOST_LEDGE * (peak - level)
            and peak - fallen_to > share * (peak - level)
        ]
        return max(meant, default=None)
