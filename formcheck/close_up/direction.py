"""The main direction of a movement: which cells move together, and which way each of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import median_filter

from formcheck.close_up.flow import Field, Plane

MOVING_SHARE = 0.15
"""The cells that move most, of all: a foot's share of the picture at most."""
MOVING_ENERGY = 0.2
"""And of those the ones with this share of the liveliest cells' energy: a toe has but a few."""
LIVELIEST = 4
"""Cells that say how lively: a single one may be a mistake."""
MOST_FIELDS = 120
"""Fields that a direction is learned from; more only cost time."""
FAR, RETURNED = 0.6, 0.4
"""A cell was far, and is back, at these shares of its farthest way from rest."""
MOST_BACK = 0.7
"""Where more of the energy than this came back, what did not is a mistake here and there."""
LEAST_BACK = 0.06
"""Energy, of the liveliest cells', from which what came back is the foot and what did not was
moved by it, as a towel is."""
LEAST_FOUND = 0.35
"""Share of the moving cells that must be found, or nothing is known of them: what is gone has not
come back (samples: 0.5 and more at the top of a heel raise)."""


@dataclass(frozen=True)
class Direction:
    """The first principal component of the shifts, as a pattern over the moving cells.

    cells: (h, w) which belong to it. pattern: (n, 2) their shifts, right and down, with a root
    mean square of 1. A foot turns about its heel or ball, so that its parts move different ways;
    one direction for all of them would miss half of it.
    """

    cells: NDArray[np.bool_]
    pattern: Plane

    def travel(self, field: Field) -> float:
        """How far along the pattern the cells have moved, in picture sizes; NaN: not seen."""
        shift, weight = field.shift[self.cells], field.found[self.cells]
        along = float((weight * (shift * self.pattern).sum(axis=1)).sum())
        size = (self.pattern**2).sum(axis=1)
        seen = float((weight * size).sum())
        return along / seen if seen >= LEAST_FOUND * float(size.sum()) else math.nan

    def explained(self, field: Field) -> float:
        """Share of the cells' motion that is along the pattern, 0..1."""
        shift, weight = field.shift[self.cells], field.found[self.cells][:, None]
        rest = shift - self.travel(field) * self.pattern
        total = float((weight * shift**2).sum())
        return 1 - float((weight * rest**2).sum()) / max(total, 1e-9)


def learn(fields: Sequence[Field]) -> Direction:
    """The direction of the movement in `fields`, away from rest being positive."""
    picked = fields[:: 1 + len(fields) // MOST_FIELDS]
    shift = np.stack([field.shift for field in picked])
    found = np.stack([field.found for field in picked])
    energy = (found * (shift**2).sum(axis=3)).mean(axis=0)
    back = _returned(shift, found)
    some = float(np.sort(energy * back, axis=None)[-LIVELIEST]) > LEAST_BACK * energy.max()
    if some and (energy * back).sum() < MOST_BACK * energy.sum():
        energy = energy * back
    lively = float(np.sort(energy, axis=None)[-LIVELIEST])
    least = max(float(np.quantile(energy, 1 - MOVING_SHARE)), MOVING_ENERGY * lively)
    cells = energy >= least
    rows = (shift * found[..., None])[:, cells].reshape(len(picked), -1)
    first = np.linalg.svd(rows, full_matrices=False)[2][0]
    travel = rows @ first
    away = 1.0 if abs(travel.max()) >= abs(travel.min()) else -1.0
    pattern = (away * first).reshape(-1, 2)
    size = float(np.sqrt((pattern**2).sum(axis=1).mean()))
    return Direction(cells, (pattern / max(size, 1e-9)).astype(np.float32))


def _returned(shift: Plane, found: Plane) -> NDArray[np.bool_]:
    """Which cells (h, w) came back to rest at any time after they had been far from it.

    shift: (n, h, w, 2), found: (n, h, w), in time order.
    """
    length = np.hypot(shift[..., 0], shift[..., 1])
    length = median_filter(np.where(found > 0, length, 0.0), (3, 1, 1), mode="nearest")
    farthest = length.max(axis=0)
    far = (length >= FAR * farthest).argmax(axis=0)[None]
    nearest = np.minimum.accumulate(np.where(found > 0, length, np.inf)[::-1])[::-1]
    after = np.take_along_axis(nearest, far, axis=0)[0]
    back: NDArray[np.bool_] = after <= RETURNED * farthest
    return back
