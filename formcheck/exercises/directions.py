"""The vocabulary of repetitions that go several ways in turn: a foot up, down, in and out."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from formcheck.exercises.counting import Repeated
from formcheck.motion.counter import RepWindow
from formcheck.pose.side_view import Side, View

LEGS = (Side.LEFT, Side.RIGHT)
DIRECTION_S, RANGE_SHARE = "direction_s", "range_share"
FASTEST_DEG_S = 300.0
"""Change of an ankle's angle in the image (measured: quick feet 140, the model's jumps 350-750)."""
CYCLED = (DIRECTION_S, RANGE_SHARE)
"""Measures of every such repetition: mean seconds of one way out and back; mean range of its ways,
as a share of the full ranges."""


@dataclass(frozen=True)
class Direction:
    """One way out of rest and back.

    norm_deg: full range. views: those in which its range is compared with the person's own.
    typical: what it does to the signals of a gauge that tells no direction, in the order of those
    signals and their unit.
    """

    name: str
    norm_deg: float
    views: frozenset[View]
    typical: tuple[float, ...]

    @property
    def range_name(self) -> str:
        """The card's measure of its range, degrees."""
        return f"{self.name}_deg"

    @property
    def share_name(self) -> str:
        """A measure of such repetitions: the range as a share of the largest so far."""
        return f"{self.name}_share"


Pair = tuple[Direction, Direction]


@dataclass(frozen=True)
class Gauge:
    """What shows that a foot is out of its rest.

    signals: of one foot; the card has each as left_SIGNAL and right_SIGNAL. out: how far out, never
    negative, from how far each signal is from its rest. unit: of a signal for one of `out`. start:
    way out that can be a movement at all. full: way out that is a full range. views: those in which
    it shows something. direction: which way the foot goes then; None: any, told by the order.
    """

    name: str
    signals: tuple[str, ...]
    out: Callable[[Sequence[float]], float]
    start: float
    full: float
    views: frozenset[View]
    unit: float = 1.0
    direction: Direction | None = None
    fastest: float = math.inf
    """How much of its signals a foot can change in a second; what changes faster has jumped."""


def angle_gauge(
    direction: Direction, signal: str, per_deg: float, start_deg: float, views: frozenset[View]
) -> Gauge:
    """Degrees in one direction. per_deg: change of the signal, negative when it falls."""

    def out(off: Sequence[float]) -> float:
        return max(0.0, off[0] / per_deg)

    full, unit = direction.norm_deg, abs(per_deg)
    return Gauge(
        direction.name, (signal,), out, start_deg, full, views, unit, direction, FASTEST_DEG_S
    )


def distance_gauge(
    name: str, signals: tuple[str, ...], start: float, full: float, views: frozenset[View]
) -> Gauge:
    """Distance from rest in any direction, of signals in one unit."""
    return Gauge(name, signals, lambda off: math.hypot(*off), start, full, views)


@dataclass(frozen=True)
class Cycles(Repeated):
    """What counts repetitions that go several ways in turn, each way from rest and back to it.

    pairs: directions and their opposites in the prescribed order; a set may have one pair alone.
    genuine: whether the foot's other signals agree; the window's columns are one foot's, without
    left_ or right_. driver: what is drawn over time. min_s and max_s: of one direction.
    """

    pairs: tuple[Pair, ...]
    gauges: tuple[Gauge, ...]
    genuine: Callable[[RepWindow], bool]
    driver: str
    source: str
    min_s: float = 0.45
    max_s: float = 12.0

    @property
    def directions(self) -> tuple[Direction, ...]:
        """All of them, in the prescribed order."""
        return tuple(way for pair in self.pairs for way in pair)

    def pairs_in(self, view: View) -> tuple[Pair, ...]:
        """The pairs that a view shows at all."""
        shown = {gauge.direction for gauge in self.gauges if view in gauge.views}
        return tuple(pair for pair in self.pairs if None in shown or shown & {*pair})
