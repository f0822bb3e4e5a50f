"""Small clocks for the coach; they are told the time, as everything is."""

from __future__ import annotations

import math


class Doubt:
    """How long something has been wrong without a break."""

    def __init__(self) -> None:
        self._since_s: float | None = None

    def clear(self) -> None:
        """Nothing is wrong."""
        self._since_s = None

    def lasts(self, for_s: float, t_s: float, *, wrong: bool) -> bool:
        """Take one frame; whether it has been wrong for `for_s` seconds."""
        if not wrong:
            self._since_s = None
            return False
        if self._since_s is None:
            self._since_s = t_s
        return t_s - self._since_s >= for_s


class Countdown:
    """Seconds that run down, and can be stopped. It begins at zero."""

    def __init__(self) -> None:
        self._ends_s = -math.inf
        self._stopped_s = 0.0
        self._called_s = 0.0

    def start(self, seconds: float, t_s: float) -> None:
        """Begin anew."""
        self._ends_s, self._called_s, self._stopped_s = t_s + seconds, seconds + 1, 0.0

    def stop(self, t_s: float) -> None:
        """Keep what is left."""
        self._stopped_s = self.left_s(t_s)

    def go_on(self, t_s: float) -> bool:
        """Run on after `stop`; whether there was anything left."""
        left_s, self._stopped_s = self._stopped_s, 0.0
        self._ends_s = t_s + left_s
        return left_s > 0

    def left_s(self, t_s: float) -> float:
        """Seconds left."""
        return max(0.0, self._ends_s - t_s)

    def calls(self, t_s: float, below_s: float) -> int | None:
        """The whole seconds left, once each, at `below_s` and under; else None."""
        left = math.ceil(self.left_s(t_s))
        if not 0 < left <= below_s or left >= self._called_s:
            return None
        self._called_s = left
        return left
