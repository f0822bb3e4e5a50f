"""How long things take: p50, p95 and p99 of each step, in milliseconds."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

KEPT = 100_000
"""Samples of a step that are kept: an hour at 25 pictures a second, under 1 MB."""


@dataclass(frozen=True)
class Spread:
    """Percentiles of one step, milliseconds, and how many samples they come from."""

    p50_ms: float
    p95_ms: float
    p99_ms: float
    samples: int


class Stats:
    """Durations by the name of the step, in the order in which the steps first came."""

    def __init__(self) -> None:
        self._seconds: dict[str, array[float]] = {}

    def add(self, step: str, seconds: float) -> None:
        """Take one duration; beyond KEPT the older half is let go."""
        kept = self._seconds.setdefault(step, array("d"))
        kept.append(seconds)
        if len(kept) > KEPT:
            del kept[: KEPT // 2]

    def spreads(self) -> Mapping[str, Spread]:
        """The percentiles of every step so far."""
        return {step: _spread(kept) for step, kept in self._seconds.items()}


def _spread(seconds: array[float]) -> Spread:
    p50, p95, p99 = np.percentile(np.asarray(seconds), (50, 95, 99)) * 1000
    return Spread(float(p50), float(p95), float(p99), len(seconds))
