"""The directions of movements: which cells move together, and which way each of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import eigh
from scipy.ndimage import uniform_filter

from formcheck.close_up.flow import Field, Plane

Mask = NDArray[np.bool_]

MOST_FIELDS = 120
"""Fields that directions are learned from; more only cost time."""
MOST_GROUPS = 8
"""Groups that are looked at, the liveliest first: feet, legs, a towel, shadows (samples: the
foot is the sixth at most)."""
NOISE = 0.0012
"""Root mean square shift (picture sizes) of a cell that does not move (samples)."""
ALIKE = 0.85
"""Share of a cell's motion that goes with the group's, for it to be one of the group."""
LIVELY = 0.1
"""And at least this share of the liveliest cells' energy: the rest only adds noise."""
FEWEST_CELLS = 4
"""In a group: a single cell may be a mistake."""
LEAST_FOUND = 0.35
"""Share of the moving cells that must be found, or nothing is known of them: what is gone has not
come back (samples: 0.5 and more at the top of a heel raise)."""


@dataclass(frozen=True)
class Direction:
    """The first principal component of the shifts, as a pattern over the moving cells.

    cells: (h, w) which belong to it. pattern: (n, 2) their shifts, right and down, with a root
    mean square of 1. A foot turns about its heel or ball, so that its parts move different ways;
    one direction for all of them would miss half of it. energy: of all its cells where they were
    farthest, squares of picture sizes.
    """

    cells: Mask
    pattern: Plane
    energy: float

    def travel(self, field: Field) -> float:
        """How far along the pattern the cells have moved, in picture sizes; NaN: not seen."""
        weight = field.found[self.cells]
        along = float(weight @ (field.shift[self.cells] * self.pattern).sum(axis=1))
        seen = float(weight @ self._size)
        return along / seen if seen >= LEAST_FOUND * float(self._size.sum()) else math.nan

    def explained(self, field: Field, travel: float) -> float:
        """Share of the cells' motion that is along the pattern, 0..1."""
        shift, weight = field.shift[self.cells], field.found[self.cells]
        rest = float(weight @ ((shift - travel * self.pattern) ** 2).sum(axis=1))
        return 1 - rest / max(float(weight @ (shift**2).sum(axis=1)), 1e-9)

    @cached_property
    def _size(self) -> Plane:
        """Squared lengths (n,) of the pattern's shifts."""
        return np.asarray((self.pattern**2).sum(axis=1), np.float32)

    @cached_property
    def upper_share(self) -> float:
        """Share of the pattern that is in the upper quarter of the picture."""
        rows = np.nonzero(self.cells)[0]
        return float(self._size[rows < self.cells.shape[0] // 4].sum() / self._size.sum())


def directions(fields: Sequence[Field]) -> Iterator[Direction]:
    """The movements in `fields`, away from rest being positive, as they are found.

    Cells that move in time with each other make a movement: toes that curl, the towel that creeps
    along with them and a shadow that sways are told apart, wherever they touch.
    """
    picked = fields[:: 1 + len(fields) // MOST_FIELDS]
    shift = np.stack([field.shift * field.found[..., None] for field in picked])
    shape = shift.shape[1:3]
    rows = shift.reshape(len(picked), -1, 2)
    energy = (rows**2).sum(axis=2).mean(axis=0)
    left: Mask = energy > NOISE**2
    for _ in range(MOST_GROUPS):
        seed = _liveliest(energy * left, shape) & left
        if not seed.any():
            break
        cells = _group(rows, energy, seed, left)
        left &= ~(cells | seed)
        if cells.sum() >= FEWEST_CELLS:
            travel, pattern = _component(rows[:, cells])
            farthest = float((travel**2).max())
            yield Direction(cells.reshape(shape), pattern, farthest)


def _liveliest(energy: Plane, shape: tuple[int, ...]) -> Mask:
    """The 3 x 3 cells (n,) that move most."""
    block = uniform_filter(energy.reshape(shape), 3, mode="constant")
    seed = np.zeros(shape, np.bool_)
    i, j = divmod(int(block.argmax()), shape[1])
    seed[max(i - 1, 0) : i + 2, max(j - 1, 0) : j + 2] = True
    return seed.ravel()


def _group(rows: Plane, energy: Plane, seed: Mask, left: Mask) -> Mask:
    """The cells (n,) of those left that move in time with the seed; rows: (frames, n, 2)."""
    cells = seed
    for _ in range(2):
        travel, _pattern = _component(rows[:, cells])
        along = np.einsum("n,nck->ck", travel, rows) / max(float(travel @ travel), 1e-12)
        share = (along**2).sum(axis=1) * (travel @ travel) / len(travel) / np.maximum(energy, 1e-12)
        cells = np.asarray((share > ALIKE) & left)
        if cells.sum() < FEWEST_CELLS:
            return cells
        cells &= energy > LIVELY * np.sort(energy[cells])[-FEWEST_CELLS]
    return cells


def _component(rows: Plane) -> tuple[Plane, Plane]:
    """First principal component of shifts (frames, n, 2): its travel (frames,), pattern (n, 2)."""
    # By way of the frames' products: there are far fewer frames than cells.
    flat = rows.reshape(len(rows), -1).astype(np.float64)
    last = len(flat) - 1
    _, along = eigh(flat @ flat.T, subset_by_index=[last, last])
    first = flat.T @ along[:, 0]
    first /= max(float(np.linalg.norm(first)), 1e-12)
    travel = (flat @ first).astype(np.float32)
    away = 1.0 if abs(travel.max()) >= abs(travel.min()) else -1.0
    pattern = (away * first).reshape(-1, 2)
    size = max(float(np.sqrt((pattern**2).sum(axis=1).mean())), 1e-9)
    return away * travel, (pattern / size).astype(np.float32)
