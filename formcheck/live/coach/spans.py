"""The spans of time in which the coach lets things count."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from formcheck.results import Hold, Rep

HEAD_START_S = 0.5
"""A repetition begun on the last beat of the count-in is meant to count."""


class Spans:
    """Opened and closed by the coach; tells what lies inside."""

    def __init__(self) -> None:
        self._spans: list[tuple[float, float]] = []

    @property
    def is_open(self) -> bool:
        """Whether what happens now counts."""
        return bool(self._spans) and self._spans[-1][1] == math.inf

    def open(self, t_s: float) -> None:
        """From now on it counts."""
        self._spans.append((t_s - HEAD_START_S, math.inf))

    def close(self, t_s: float) -> None:
        """From now on nothing counts."""
        if self.is_open:
            self._spans[-1] = (self._spans[-1][0], t_s)

    def reps(self, reps: Iterable[Rep]) -> tuple[Rep, ...]:
        """Those that lie within one span, numbered from 1."""
        inside = [r for r in reps if any(a <= r.start_s and r.end_s <= b for a, b in self._spans)]
        return tuple(replace(rep, number=i + 1) for i, rep in enumerate(inside))

    def holds(self, holds: Iterable[Hold]) -> tuple[Hold, ...]:
        """Those that were under way in a span."""
        return tuple(
            h for h in holds if any(a <= h.end_s and h.start_s <= b for a, b in self._spans)
        )
