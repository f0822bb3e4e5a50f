"""A part of a recording: the spans of time in which one of its exercises was done."""

from __future__ import annotations

import math
from dataclasses import dataclass

Span = tuple[float, float]
"""From a time, included, to another, seconds."""


@dataclass(frozen=True)
class Part:
    """Spans of time, in order; without any named, the whole recording."""

    spans: tuple[Span, ...] = ((-math.inf, math.inf),)

    def has(self, t_s: float) -> bool:
        """Whether a moment is in it."""
        return any(start_s <= t_s < end_s for start_s, end_s in self.spans)

    def has_most(self, start_s: float, end_s: float) -> bool:
        """Whether what lasted from `start_s` to `end_s` was done in it: its middle was."""
        return self.has((start_s + end_s) / 2)


WHOLE = Part()
