"""A towel on the floor, which toes gather under the foot or somebody pulls away."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from samples.studio.body import Points, Triangles
from samples.studio.look import vertex_normals
from samples.studio.profile import minimum_jerk
from samples.studio.script import TowelPlan
from samples.studio.timeline import Event
from samples.studio.wardrobe import CLOTH_COLOURS

CELL_M = 0.006
THICK_M = 0.004
HEEL_Z_M, TOES_Z_M = -0.03, 0.17  # it gathers between the heel and the toes of a foot
RIPPLE_M, RIPPLES = 0.03, 3  # height at most, and how many folds
STRIPE_M = 0.045
GLOSS = 0.02


class Towel:
    """A grid of n vertices; its shape depends on the time alone."""

    def __init__(self, plan: TowelPlan, events: Sequence[Event]) -> None:
        self._plan, self._events = plan, events
        across, along = (max(2, round(side / CELL_M)) for side in plan.size)
        x = np.linspace(-0.5, 0.5, across + 1) * plan.size[0] + plan.at[0]
        z = np.linspace(-0.5, 0.5, along + 1) * plan.size[1] + plan.at[1]
        grid_z, grid_x = np.meshgrid(z, x, indexing="ij")
        self._rest = np.stack([grid_x, np.full_like(grid_x, THICK_M), grid_z], -1).reshape(-1, 3)
        self.triangles = _grid(along + 1, across + 1)
        self.colours = self._woven()
        self.keep, self.gloss = np.ones(len(self._rest)), np.full(len(self._rest), GLOSS)

    def _woven(self) -> Points:
        """Coloured stripes and loops of thread (n, 3)."""
        x, z = self._rest[:, 0], self._rest[:, 2]
        stripe = np.modf(np.abs(z) / STRIPE_M)[0] > 0.7
        shade = 0.85 + 0.3 * np.random.default_rng(3).random(len(x))
        base = np.array(CLOTH_COLOURS[self._plan.colour])
        colours: Points = np.where(stripe[:, None], 0.5 * base + 0.1, base) * shade[:, None]
        return colours

    def at(self, t_s: float) -> tuple[Points, Points]:
        """World positions and normals (n, 3) at a time."""
        plan = self._plan
        pulls = sum(minimum_jerk((t_s - e.start_s) / e.rep.up_s) for e in self._events)
        gathered = _gathered(self._rest, plan.creep_m * pulls)
        begin, end = plan.pull_s
        away = minimum_jerk((t_s - begin) / (end - begin))
        points = gathered + away * np.array([plan.pull_m[0], 0.0, plan.pull_m[1]])
        return points, vertex_normals(points, self.triangles)


def _gathered(rest: Points, by_m: float) -> Points:
    """The towel (n, 3) with everything in front of the toes drawn to the heel by `by_m`."""
    share = np.clip((rest[:, 2] - HEEL_Z_M) / (TOES_Z_M - HEEL_Z_M), 0, 1)
    folds = np.sin(np.pi * RIPPLES * share) ** 2
    points = rest.copy()
    points[:, 2] -= by_m * share
    points[:, 1] += min(RIPPLE_M, 0.35 * by_m) * folds
    return points


def _grid(rows: int, columns: int) -> Triangles:
    """Triangles (t, 3) of a grid, counter-clockwise seen from above."""
    corner: npt.NDArray[np.int64] = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = corner[:-1, :-1], corner[:-1, 1:], corner[1:, 1:], corner[1:, :-1]
    halves = [np.stack([a, c, b], -1), np.stack([a, d, c], -1)]
    return np.concatenate([half.reshape(-1, 3) for half in halves])
