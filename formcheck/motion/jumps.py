"""What no body can do: a signal that jumps is the model's mistake, and the body is where it was."""

from __future__ import annotations

import math

LONGEST_S = 1.5
"""A jump that is not taken back for so long was no mistake: the signal was wrong before."""
BACK_SHARE = 0.5
"""Back to this share of the jump, the signal is believed again."""
SEEN_S = 0.2
"""After a longer gap nothing is known of the way between."""


class JumpGuard:
    """Takes a signal; gives its last believed value while it has jumped.

    fastest: per second, that the body can do; least: a smaller jump is noise. In its unit.
    """

    def __init__(self, fastest: float, least: float) -> None:
        self._fastest, self._least = fastest, least
        self._believed, self._jump = math.nan, 0.0
        self._last_s = self._jumped_s = -math.inf

    def update(self, x: float, t_s: float) -> float:
        """Take one sample, NaN where it is not seen; give what is believed."""
        gap_s, self._last_s = t_s - self._last_s, t_s
        if not (math.isfinite(x) and math.isfinite(self._believed)) or gap_s > SEEN_S:
            self._believed, self._jump = x, 0.0
            return x
        off = x - self._believed
        if self._jump:
            back = abs(off) < BACK_SHARE * abs(self._jump)
            if not back and t_s - self._jumped_s <= LONGEST_S:
                return self._believed
            self._jump = 0.0
        elif abs(off) > max(self._least, self._fastest * gap_s):
            self._jump, self._jumped_s = off, t_s
            return self._believed
        self._believed = x
        return x
