"""An elastic band round both thighs, just above the knees, that stretches as they part."""

from __future__ import annotations

import numpy as np

from samples.studio.body import SIDES, Body, Points, Skeleton, Triangles
from samples.studio.look import vertex_normals
from samples.studio.rotations import Vec, unit
from samples.studio.wardrobe import CLOTH_COLOURS

DOWN_THIGH = 0.80  # share of the way from hip to knee
WIDE_M = 0.065
LOOSE_M = 0.012  # the band stands off the cloth
AROUND = 24  # points round each thigh
GLOSS = 0.08


class Band:
    """A closed strip of n vertices, drawn tight round two thighs."""

    def __init__(self, body: Body, colour: str) -> None:
        self._radius_m = _thigh_radius_m(body) + LOOSE_M
        count = 2 * AROUND
        near, far = np.arange(count), np.roll(np.arange(count), -1)
        a, b, c, d = near, far, far + count, near + count
        self.triangles: Triangles = np.concatenate([np.stack(t, 1) for t in ((a, b, c), (a, c, d))])
        self.colours = np.tile(np.array(CLOTH_COLOURS[colour]), (2 * count, 1))
        self.keep, self.gloss = np.ones(2 * count), np.full(2 * count, GLOSS)

    def at(self, skeleton: Skeleton) -> tuple[Points, Points]:
        """World positions and normals (n, 3) on a moved skeleton."""
        hips = {s: skeleton.joint(f"{s}_hip") for s in SIDES}
        thighs = {s: skeleton.joint(f"{s}_knee") - hips[s] for s in SIDES}
        left, right = (hips[s] + DOWN_THIGH * thighs[s] for s in SIDES)
        edges = [
            np.concatenate([
                self._arc(left, unit(left - right), unit(thighs["left"]), shift),
                self._arc(right, unit(right - left), unit(thighs["right"]), shift),
            ])
            for shift in (-WIDE_M / 2, WIDE_M / 2)
        ]  # fmt: skip
        points = np.concatenate(edges)
        return points, vertex_normals(points, self.triangles)

    def _arc(self, centre: Vec, outward: Vec, along: Vec, shift_m: float) -> Points:
        """The half (AROUND, 3) of a ring round a thigh that faces away from the other thigh."""
        aside = unit(np.cross(along, outward))
        outward = np.cross(aside, along)
        a = np.linspace(-np.pi / 2, np.pi / 2, AROUND)[:, None]
        ring = self._radius_m * (np.cos(a) * outward + np.sin(a) * aside)
        points: Points = centre + ring + shift_m * along
        return points


def _thigh_radius_m(body: Body) -> float:
    """Half the thickness of a thigh where the band lies, at rest."""
    hip, knee = body.joint("left_hip"), body.joint("left_knee")
    middle = hip + DOWN_THIGH * (knee - hip)
    ring = body.vertices[np.abs(body.vertices[:, 1] - middle[1]) < 0.01]
    off = np.linalg.norm((ring - middle)[:, [0, 2]], axis=1)
    return float(np.percentile(off[off < 0.16], 90))
