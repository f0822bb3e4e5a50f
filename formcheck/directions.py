"""The vocabulary of repetitions that go several ways in turn: a foot up, down, in and out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from formcheck.motion import RepWindow
from formcheck.results import Side, View

LEGS = (Side.LEFT, Side.RIGHT)
DIRECTION_S, RANGE_SHARE = "direction_s", "range_share"
CYCLED = (DIRECTION_S, RANGE_SHARE)
"""Measures of every such repetition: mean seconds of one way out and back; mean range of the ways
that the view shows, as a share of the full ranges."""


@dataclass(frozen=True)
class Direction:
    """One way out of rest and back.

    signal: that shows it, of one foot: the card has it as left_SIGNAL and right_SIGNAL. per_deg:
    how much the signal changes with a degree of the joint, negative when it falls. start_deg: way
    from the person's own rest that can be a movement at all. norm_deg: full range. views: those
    that tell it from the other directions. genuine: whether the foot's other signals agree; the
    window's columns are one foot's, without left_ or right_. against: signal in the same unit;
    while that one is farther out of rest, this is only its trace.
    """

    name: str
    signal: str
    per_deg: float
    start_deg: float
    norm_deg: float
    views: frozenset[View]
    genuine: Callable[[RepWindow], bool]
    against: str = ""

    @property
    def range_name(self) -> str:
        """The card's measure of its range, degrees."""
        return f"{self.name}_deg"

    @property
    def share_name(self) -> str:
        """A measure of every such repetition: the range as a share of the largest so far."""
        return f"{self.name}_share"


@dataclass(frozen=True)
class Cycles:
    """What counts repetitions that go several ways in turn, each way from rest and back to it.

    A repetition begins with the direction that began the set, or with one that it already has; it
    is over when it has all those that the view shows. signal: what is drawn over time. min_s and
    max_s: of one direction.
    """

    directions: tuple[Direction, ...]
    signal: str
    source: str
    min_s: float = 0.45
    max_s: float = 12.0

    def shown(self, view: View) -> tuple[Direction, ...]:
        """The directions that can be told apart in a view."""
        return tuple(way for way in self.directions if view in way.views)
