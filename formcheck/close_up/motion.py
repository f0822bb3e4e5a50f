"""Numbers read off one frame of a close-up: pure functions, in sizes or shares of the picture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from formcheck.close_up.direction import Direction
from formcheck.close_up.flow import FOUND_CELL, Field

HIGHEST_SHARE = 0.75
"""The quarter of the moving cells that goes up most: a foot turns, its pivot stays."""
MOVES = 0.3
"""A cell moves when it goes by this share of what the moving cells do on average."""


@dataclass(frozen=True)
class Motion:
    """One frame: the field of shifts, and the direction that they are measured along."""

    field: Field
    direction: Direction

    @cached_property
    def travel(self) -> float:
        """How far along the direction the cells have moved, in picture sizes; NaN: not seen."""
        return self.direction.travel(self.field)


def travel_share(motion: Motion) -> float:
    """How far the moving part of the foot is from its rest, in picture sizes."""
    return motion.travel


def lift_share(motion: Motion) -> float:
    """How far up the part of the foot goes that goes up most, in picture sizes."""
    cells = motion.direction.cells
    up = np.sort(-motion.field.shift[cells, 1][motion.field.found[cells] > FOUND_CELL])
    return float(up[int(HIGHEST_SHARE * (len(up) - 1))]) if len(up) else 0.0


def moving_share(motion: Motion) -> float:
    """Share of the picture that is followed and moves."""
    shift = motion.field.shift[motion.direction.cells]
    moves = (shift**2).sum(axis=1) > (MOVES * motion.travel) ** 2
    return float(moves.sum()) / motion.direction.cells.size


def explained_share(motion: Motion) -> float:
    """Share of the followed parts' motion that is along the learned direction."""
    return motion.direction.explained(motion.field, motion.travel)


def gone_share(motion: Motion) -> float:
    """Share of what the picture showed at rest that is hidden."""
    return motion.field.gone


def upper_share(motion: Motion) -> float:
    """Share of the direction that is in the upper quarter of the picture: legs, not feet."""
    return motion.direction.upper_share


def knees_shank(motion: Motion) -> float:
    """Height of the knees in shank lengths, where a body is seen."""
    return motion.field.knees_shank
