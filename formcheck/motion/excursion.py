"""How far something is out of its rest, along the way that it has gone: one number from several."""

from __future__ import annotations

import numpy as np

from formcheck.pose.pose import Array

RETURNED = 0.2
"""Back to this share of the way, the next movement may go any other way."""


class Excursion:
    """The way out of rest, by signals in one unit.

    Not their distance from rest: that also has the noise of all that does not move, and does not
    fall between one way out and the opposite one.
    """

    def __init__(self) -> None:
        self._gone, self._farthest = np.zeros(0), 0.0

    def update(self, off: Array) -> float:
        """Take how far each signal is out of its rest, (k,); give the way out, their unit."""
        if len(off) == len(self._gone):
            self._gone = self._gone + off
            along = float(off @ self._gone) / (float(np.linalg.norm(self._gone)) or 1.0)
            self._farthest = max(self._farthest, along)
            if along > RETURNED * self._farthest:
                return along
        self._gone, self._farthest = off, float(np.linalg.norm(off))
        return self._farthest
