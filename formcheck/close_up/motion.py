"""Numbers read off one frame of a close-up: pure functions, in sizes or shares of the picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from formcheck.close_up.direction import Direction
from formcheck.close_up.flow import FOUND_CELL, Field

HIGHEST_PERCENT = 75
"""The quarter of the moving cells that goes up most: a foot turns, its pivot stays."""
MOVES = 0.3
"""A cell moves when it goes by this share of what the moving cells do on average."""


@dataclass(frozen=True)
class Motion:
    """One frame: the field of shifts, and the direction that they are measured along."""

    field: Field
    direction: Direction


def travel_share(motion: Motion) -> float:
    """How far the moving part of the foot is from its rest, in picture sizes."""
    return motion.direction.travel(motion.field)


def lift_share(motion: Motion) -> float:
    """How far up the part of the foot goes that goes up most, in picture sizes."""
    field, moving = motion.field, motion.direction.cells
    up = -field.shift[..., 1][moving & (field.found > FOUND_CELL)]
    return float(np.percentile(up, HIGHEST_PERCENT)) if len(up) else 0.0


def moving_share(motion: Motion) -> float:
    """Share of the picture that is followed and moves."""
    length = np.hypot(*np.moveaxis(motion.field.shift, 2, 0))
    least = MOVES * abs(travel_share(motion))
    return float(((length > least) & motion.direction.cells).mean())


def explained_share(motion: Motion) -> float:
    """Share of the followed parts' motion that is along the learned direction."""
    return motion.direction.explained(motion.field)


def gone_share(motion: Motion) -> float:
    """Share of what the picture showed at rest that is hidden."""
    return motion.field.gone
