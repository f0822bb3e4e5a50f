"""What a plot is made of, in per cent of its width and height: axes, bands, marks."""

from __future__ import annotations

from dataclasses import dataclass

from formcheck.report.figures import clock

TICKS_S = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600)
MAX_TICKS = 8


@dataclass(frozen=True)
class Axis:
    """What the horizontal axis shows, seconds."""

    start_s: float
    end_s: float

    def percent(self, t_s: float) -> float:
        """Place of a time, from the left."""
        return round(100 * (t_s - self.start_s) / (self.end_s - self.start_s), 2)


@dataclass(frozen=True)
class Levels:
    """What the vertical axis shows, in the unit of the signal."""

    low: float
    high: float

    def percent(self, level: float) -> float:
        """Place of a level, from the top."""
        return round(100 * (self.high - level) / (self.high - self.low), 2)


@dataclass(frozen=True)
class Band:
    """A repetition, a hold, or a time without a body. All places in per cent.

    minor: its label is left out where space is short.
    """

    x: float
    width: float
    y: float = 0.0
    height: float = 100.0
    label: str = ""
    good: bool = True
    minor: bool = False


@dataclass(frozen=True)
class Mark:
    """A line across (at per cent from the top) or a tick (from the left), with its text."""

    at: float
    text: str
    kind: str = "tick"


def ticks(axis: Axis) -> tuple[Mark, ...]:
    """Round times along the axis."""
    length = axis.end_s - axis.start_s
    step = next((s for s in TICKS_S if length / s <= MAX_TICKS), TICKS_S[-1])
    first = int(-(-axis.start_s // step)) * step
    times = range(first, int(axis.end_s) + 1, step)
    return tuple(Mark(axis.percent(t), clock(t)) for t in times)
