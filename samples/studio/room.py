"""The room and the things in it that stand still, as one coloured mesh in world metres."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from samples.studio.body import Points, Triangles

Colour = tuple[float, float, float]  # linear red, green, blue, 0 to 1
Corner = Sequence[float]  # (3,) metres

WALL_HEIGHT_M = 3.2
FLOOR_HALF_M = 7.0
MAT_THICK_M = 0.012
CHAIR_SEAT_M, CHAIR_WIDE_M, CHAIR_DEEP_M, CHAIR_BACK_M = 0.04, 0.44, 0.42, 0.45
LEG_THICK_M = 0.04


class Pattern(IntEnum):
    """What `room.frag` draws on a surface."""

    PLAIN = 0
    PLANKS = 1
    WALL = 2
    TILES = 3
    CARPET = 4
    WOOD = 5


FLOORS: Mapping[str, tuple[Pattern, Colour]] = MappingProxyType({
    "planks": (Pattern.PLANKS, (0.45, 0.30, 0.18)),
    "tiles": (Pattern.TILES, (0.50, 0.49, 0.47)),
    "carpet": (Pattern.CARPET, (0.22, 0.25, 0.30)),
})  # fmt: skip
WALLS: Mapping[str, Colour] = MappingProxyType({
    "cream": (0.62, 0.60, 0.55),
    "white": (0.78, 0.78, 0.77),
    "blue": (0.35, 0.45, 0.55),
    "green": (0.42, 0.50, 0.40),
    "brick": (0.42, 0.22, 0.17),
    "grey": (0.35, 0.36, 0.38),
})  # fmt: skip
WOOD: Colour = (0.42, 0.27, 0.16)
MAT: Colour = (0.15, 0.30, 0.32)
STEP: Colour = (0.30, 0.20, 0.12)


@dataclass(frozen=True)
class Scenery:
    """Flat-shaded triangles, three vertices each; n vertices."""

    points: Points  # (n, 3)
    normals: Points  # (n, 3)
    colours: Points  # (n, 3) linear
    patterns: npt.NDArray[np.int64]  # (n,) Pattern
    casts: npt.NDArray[np.bool_]  # (n,): throws a shadow

    @property
    def triangles(self) -> Triangles:
        """Vertex indices (n / 3, 3)."""
        return np.arange(len(self.points)).reshape(-1, 3)


def _flat(corners: Points, colour: Colour, pattern: Pattern, casts: bool) -> Scenery:
    """Triangles from corners (t, 3, 3), counter-clockwise seen from outside."""
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    count = corners.shape[0] * 3
    return Scenery(
        corners.reshape(-1, 3),
        np.repeat(normal, 3, axis=0),
        np.tile(colour, (count, 1)),
        np.full(count, int(pattern)),
        np.full(count, casts),
    )


def panel(corners: Points, colour: Colour, pattern: Pattern) -> Scenery:
    """A rectangle (4, 3) that throws no shadow; counter-clockwise seen from its front."""
    return _flat(corners[[[0, 1, 2], [0, 2, 3]]], colour, pattern, casts=False)


def box(low: Corner, high: Corner, colour: Colour, pattern: Pattern = Pattern.PLAIN) -> Scenery:
    """A box between two opposite corners."""
    ends = np.array([low, high], dtype=float)
    faces = []
    for axis in range(3):
        u, v = (axis + 1) % 3, (axis + 2) % 3
        for end in (0, 1):
            square = []
            for i, j in ((0, 0), (1, 0), (1, 1), (0, 1)):
                corner = np.empty(3)
                corner[axis], corner[u], corner[v] = ends[end, axis], ends[i, u], ends[j, v]
                square.append(corner)
            ring = square if end else square[::-1]
            faces += [[ring[0], ring[1], ring[2]], [ring[0], ring[2], ring[3]]]
    return _flat(np.array(faces), colour, pattern, casts=True)


def joined(parts: Sequence[Scenery]) -> Scenery:
    """One scenery of several."""
    return Scenery(
        np.concatenate([p.points for p in parts]),
        np.concatenate([p.normals for p in parts]),
        np.concatenate([p.colours for p in parts]),
        np.concatenate([p.patterns for p in parts]),
        np.concatenate([p.casts for p in parts]),
    )


def chair(x: float, z: float, seat_m: float) -> Scenery:
    """A chair whose seat is centred on (x, z), its back towards -z."""
    wide, deep, half = CHAIR_WIDE_M / 2, CHAIR_DEEP_M / 2, LEG_THICK_M / 2
    top, under = seat_m, seat_m - CHAIR_SEAT_M
    legs = []
    for i, k in ((-1, -1), (-1, 1), (1, -1), (1, 1)):
        leg_x, leg_z = x + i * (wide - half), z + k * (deep - half)
        low, high = (leg_x - half, 0, leg_z - half), (leg_x + half, under, leg_z + half)
        legs.append(box(low, high, WOOD, Pattern.WOOD))
    seat = box((x - wide, under, z - deep), (x + wide, top, z + deep), WOOD, Pattern.WOOD)
    back = box(
        (x - wide, top + 0.12, z - deep - LEG_THICK_M),
        (x + wide, top + CHAIR_BACK_M, z - deep),
        WOOD,
        Pattern.WOOD,
    )
    return joined([*legs, seat, back])


def mat(x: float, z: float, wide_m: float, deep_m: float) -> Scenery:
    """An exercise mat centred on (x, z)."""
    low = (x - wide_m / 2, 0, z - deep_m / 2)
    return box(low, (x + wide_m / 2, MAT_THICK_M, z + deep_m / 2), MAT)


def step(edge_z: float, height_m: float) -> Scenery:
    """A low step whose edge the heels hang over, at `edge_z`."""
    return box((-0.45, 0, edge_z), (0.45, height_m, edge_z + 0.40), STEP, Pattern.WOOD)


def floor(name: str) -> Scenery:
    """A floor, named in FLOORS."""
    pattern, colour = FLOORS[name]
    s = FLOOR_HALF_M
    return panel(np.array([(-s, 0, -s), (-s, 0, s), (s, 0, s), (s, 0, -s)]), colour, pattern)


def wall(name: str, azimuth_deg: float, away_m: float) -> Scenery:
    """A wall that faces the origin from `away_m` in a direction (0: +z, 90: +x)."""
    a = np.radians(azimuth_deg)
    out, along = np.array([np.sin(a), 0, np.cos(a)]), np.array([np.cos(a), 0, -np.sin(a)])
    left, right = (out * away_m + along * side * FLOOR_HALF_M for side in (1, -1))
    up = np.array([0, WALL_HEIGHT_M, 0])
    return panel(np.stack([left, right, right + up, left + up]), WALLS[name], Pattern.WALL)
