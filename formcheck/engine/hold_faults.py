"""Where in a stay at a stretch its faults show: frame by frame, from the signals of the stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.exercises.card import HoldFault
from formcheck.pose.pose import Array

REST_PERCENTILE = 5
EVEN_S = 1.0
"""Signals that are taken over their level in the hold are averaged over this time: landmarks
wander by the tenths of a shank that tell a heel's lift for a few frames."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Held:
    """The frames (n,) of a stay: which of them hold the stretch, whether rest was seen before."""

    t_s: Array
    frames: Mask
    rested: bool

    def tells(self, fault: HoldFault) -> bool:
        """Whether this stay shows the level that the fault is taken over."""
        return self.rested or not fault.over_rest or fault.within is not None

    def beyond(self, fault: HoldFault, signals: Mapping[str, Array]) -> Mask:
        """In which frames (n,) a fault is beyond its limits."""
        shows = np.ones(len(self.t_s), bool)
        for x in _of(fault, signals):
            over = self._over_rest(x) if fault.over_rest else x
            high = over > fault.above if fault.above is not None else np.zeros(len(x), bool)
            low = over < fault.below if fault.below is not None else np.zeros(len(x), bool)
            shows &= high | low
        return shows

    def beyond_within(self, fault: HoldFault, signals: Mapping[str, Array]) -> Mask:
        """In which frames (n,) of the hold a fault is over its limit within the hold."""
        shows = self.frames.copy()
        if fault.within is None or not shows.any():
            return np.zeros(len(shows), bool)
        for x in _of(fault, signals):
            held = even(self.t_s[self.frames], x[self.frames], EVEN_S)
            shows[self.frames] &= held - np.nanpercentile(held, REST_PERCENTILE) > fault.within
        return shows

    def _over_rest(self, x: Array) -> Array:
        """A signal over its low level: of the whole stay, or of the hold where rest is not seen."""
        x, whole = even(self.t_s, x, EVEN_S), self.rested or not self.frames.any()
        over: Array = x - np.nanpercentile(x if whole else x[self.frames], REST_PERCENTILE)
        return over


def _of(fault: HoldFault, signals: Mapping[str, Array]) -> Iterator[Array]:
    yield from (signals[name] for name in (fault.signal, fault.confirmed_by) if name)


def even(t_s: Array, x: Array, window_s: float) -> Array:
    """Means (n,) of a signal over a time."""
    usual_s = float(np.median(np.diff(t_s))) if len(t_s) > 1 else window_s
    width = max(1, round(window_s / max(usual_s, 1e-3)))
    padded = np.pad(x, (width // 2, width - 1 - width // 2), mode="edge")
    sums = np.cumsum(np.insert(padded, 0, 0.0))
    means: Array = (sums[width:] - sums[:-width]) / width
    return means
