"""Turns a stream's timestamps into seconds that start at 0 and always increase."""

from __future__ import annotations

from fractions import Fraction

MIN_STEP_S = 0.001
"""Shortest time between two frames: MediaPipe counts whole milliseconds."""
JUMP_BACK_S = 1.0
JUMP_FRAMES = 3
"""Times that stay back by more than this for so many frames begin another recording, joined to
the first; a single one is a late frame of a damaged place."""
LEAP_S = 10.0
"""A time that is farther ahead is not believed before JUMP_FRAMES frames say so: damage in a
transport stream makes single frames of hours later."""


class Timeline:
    """Places one frame after the other; remembers where the last one was.

    time_base: seconds per tick. interval_s: time from frame to frame where the stream is silent.
    """

    def __init__(self, time_base: Fraction, interval_s: float) -> None:
        self._time_base = time_base
        self._interval_s = interval_s
        self._origin: Fraction | None = None
        self._last_s: float | None = None
        self._late = 0
        self._far = 0

    def place(self, stamp: int | None) -> float:
        """Seconds of the frame with this timestamp (ticks), or with none."""
        t_s = self._stamped(stamp)
        if self._last_s is not None:
            t_s = max(t_s, self._last_s + MIN_STEP_S)
        self._last_s = t_s
        return t_s

    def _stamped(self, stamp: int | None) -> float:
        next_s = 0.0 if self._last_s is None else self._last_s + self._interval_s
        if stamp is None:
            return next_s
        moment = stamp * self._time_base
        if self._origin is None:
            self._origin = moment - Fraction(next_s)
        is_late = float(moment - self._origin) < next_s - JUMP_BACK_S
        self._late = self._late + 1 if is_late else 0
        if self._late == JUMP_FRAMES:
            self._origin = moment - Fraction(next_s)
        is_far = float(moment - self._origin) > next_s + LEAP_S
        self._far = self._far + 1 if is_far else 0
        if is_far and self._far < JUMP_FRAMES:
            return next_s
        return float(moment - self._origin)
