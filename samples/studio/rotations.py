"""Rotations as 3x3 matrices. World frame: x to the person's left, y up, z forward; degrees."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.spatial.transform import Rotation

Vec = npt.NDArray[np.float64]  # (3,)
Mat = npt.NDArray[np.float64]  # (3, 3)

LEFT: Vec = np.array([1.0, 0.0, 0.0])
UP: Vec = np.array([0.0, 1.0, 0.0])
FORWARD: Vec = np.array([0.0, 0.0, 1.0])
IDENTITY: Mat = np.eye(3)


def vec(x: float, y: float, z: float) -> Vec:
    """A vector (3,)."""
    return np.array([x, y, z], dtype=float)


def unit(v: Vec) -> Vec:
    """`v` with length 1."""
    length = float(np.linalg.norm(v))
    return v / length


def about(axis: Vec, degrees: float) -> Mat:
    """Right-handed rotation about a unit axis."""
    return Rotation.from_rotvec(np.radians(degrees) * axis).as_matrix()


def pitch(degrees: float) -> Mat:
    """Rotation about x: positive tips what points up forward, and toes down."""
    return about(LEFT, degrees)


def yaw(degrees: float) -> Mat:
    """Rotation about y: positive turns what points forward to the left."""
    return about(UP, degrees)


def roll(degrees: float) -> Mat:
    """Rotation about z: positive tips what points up to the right."""
    return about(FORWARD, degrees)


def swing(start: Vec, end: Vec) -> Mat:
    """The shortest rotation that turns direction `start` into direction `end`."""
    a, b = unit(start), unit(end)
    axis = np.cross(a, b)
    sine = float(np.linalg.norm(axis))
    if sine < 1e-9:
        return IDENTITY if a @ b > 0 else about(LEFT, 180.0)
    return about(axis / sine, float(np.degrees(np.arctan2(sine, a @ b))))


def frame(along: Vec, side: Vec) -> Mat:
    """Axes as columns: `along`, `side` made perpendicular to it, and their cross product."""
    x = unit(along)
    y = unit(side - x * (x @ side))
    return np.column_stack([x, y, np.cross(x, y)])


def between(a: Mat, b: Mat, share: float) -> Mat:
    """The rotation `share` (0 to 1) of the shortest way from `a` to `b`."""
    turn = Rotation.from_matrix(a.T @ b).as_rotvec()
    return np.asarray(a @ Rotation.from_rotvec(share * turn).as_matrix())


def angle_deg(a: Vec, b: Vec) -> float:
    """The angle between two vectors of any length, 0 to 180 degrees."""
    return float(np.degrees(np.arctan2(np.linalg.norm(np.cross(a, b)), a @ b)))
