"""The body: shape a person from named parts, move its bones, and skin its surface.

Frame: x to the person's left, y up, z forward, metres. At rest the person stands on y = 0
with straight legs, flat feet and the arms a little out from the sides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse

from samples.studio.rotations import Mat, Vec

PACK = Path(__file__).with_name("body.npz")
YOUNG_YEARS, OLD_YEARS = 25.0, 90.0  # the ages of the pack's two sets of shapes

Points = npt.NDArray[np.float64]  # (n, 3)
Triangles = npt.NDArray[np.int64]  # (n, 3) vertex indices

SIDES = ("left", "right")
BONES = {
    f"{side}_{joint}": f"{bone}.{side[0].upper()}"
    for side in SIDES
    for joint, bone in {
        "hip": "upperleg01",
        "knee": "lowerleg01",
        "ankle": "foot",
        "big_toe": "toe1-1",
        "second_toe": "toe2-1",
        "second_toe_middle": "toe2-2",
        "shoulder": "upperarm01",
        "elbow": "lowerarm01",
        "wrist": "wrist",
        "thumb": "finger1-2",
        "index": "finger2-1",
        "middle": "finger3-1",
        "pinky": "finger5-1",
    }.items()
}


@dataclass(frozen=True)
class Shape:
    """What a body looks like without its clothes."""

    sex: str = "female"  # or "male"
    height_cm: float = 170.0
    weight: float = 0.5  # 0 slight, 0.5 average, 1 heavy
    muscle: float = 0.5  # 0 little, 0.5 average, 1 much
    age_years: float = 35.0
    ancestry: str = "caucasian"  # or "african", "asian": the face


@dataclass(frozen=True)
class Skeleton:
    """A moved skeleton: one rigid motion per bone, x_world = rotation @ x_rest + offset."""

    bones: Mapping[str, int]
    rotation: npt.NDArray[np.float64]  # (bones, 3, 3)
    offset: Points  # (bones, 3)
    heads: Points  # (bones, 3): where each bone begins

    def joint(self, name: str) -> Vec:
        """World position (3,) of a joint such as "left_knee", in metres."""
        head: Vec = self.heads[self.bones[BONES[name]]]
        return head

    def turn(self, name: str) -> Mat:
        """World rotation of the bone that begins at a joint, relative to rest."""
        turn: Mat = self.rotation[self.bones[BONES[name]]]
        return turn

    @property
    def hips(self) -> Vec:
        """The midpoint between the hip joints."""
        return (self.joint("left_hip") + self.joint("right_hip")) / 2


def _levels(value: float) -> dict[str, float]:
    """Weights of the shapes at 0, 0.5 and 1 that a value lies between."""
    return {
        "min": max(0.0, 1 - 2 * value),
        "average": 1 - abs(2 * value - 1),
        "max": max(0.0, 2 * value - 1),
    }


def target_weights(shape: Shape) -> dict[str, float]:
    """How much of each of the pack's targets makes this shape."""
    old = float(np.clip((shape.age_years - YOUNG_YEARS) / (OLD_YEARS - YOUNG_YEARS), 0, 1))
    weights: dict[str, float] = {}
    for sex in ("female", "male"):
        for age, age_share in (("young", 1 - old), ("old", old)):
            share = age_share * (sex == shape.sex)
            weights[f"{shape.ancestry}-{sex}-{age}"] = share
            for muscle, muscle_share in _levels(shape.muscle).items():
                for weight, weight_share in _levels(shape.weight).items():
                    name = f"universal-{sex}-{age}-{muscle}muscle-{weight}weight"
                    weights[name] = share * muscle_share * weight_share
    return weights


@dataclass(frozen=True)
class Body:
    """A shaped person at rest."""

    vertices: Points  # (n, 3)
    generic: Points  # (n, 3): the same vertices on the unshaped body, 1.65 m tall
    surfaces: Mapping[str, Triangles]  # "skin", "tights", "hair", "eyes"
    bones: Mapping[str, int]
    parents: tuple[int, ...]
    heads: Points  # (bones, 3)
    weights: sparse.csr_array  # (n, bones): rows sum to 1
    sole_m: float = 0.0  # how much the shoes raise the feet

    def joint(self, name: str) -> Vec:
        """Rest position (3,) of a joint such as "left_knee", in metres."""
        head: Vec = self.heads[self.bones[BONES[name]]]
        return head

    @property
    def hips(self) -> Vec:
        """The midpoint between the hip joints at rest."""
        return (self.joint("left_hip") + self.joint("right_hip")) / 2

    def length(self, start: str, end: str) -> float:
        """The distance between two joints at rest in metres."""
        return float(np.linalg.norm(self.joint(end) - self.joint(start)))

    @property
    def thigh_m(self) -> float:
        """Hip to knee."""
        return self.length("left_hip", "left_knee")

    @property
    def shank_m(self) -> float:
        """Knee to ankle."""
        return self.length("left_knee", "left_ankle")

    def foot_yaw_deg(self, side: str) -> float:
        """How far left of straight ahead a resting foot points, ankle to second toe."""
        way = self.joint(f"{side}_second_toe") - self.joint(f"{side}_ankle")
        return float(np.degrees(np.arctan2(way[0], way[2])))

    def toes_of(self, side: str) -> list[str]:
        """The bones that begin at the balls of one foot."""
        return [f"toe{i}-1.{side[0].upper()}" for i in range(1, 6)]

    def move(self, turns: Mapping[str, Mat], hips: Vec) -> Skeleton:
        """Forward kinematics: `turns` gives world rotations (relative to rest) of some bones.

        A bone that is not named follows its parent. The hip midpoint comes to `hips`.
        """
        count = len(self.parents)
        rotation = np.empty((count, 3, 3))
        heads = np.empty((count, 3))
        for name, i in self.bones.items():
            parent = self.parents[i]
            inherited = rotation[parent] if parent >= 0 else np.eye(3)
            rotation[i] = turns.get(name, inherited)
            if parent >= 0:
                heads[i] = heads[parent] + inherited @ (self.heads[i] - self.heads[parent])
            else:
                heads[i] = hips + rotation[i] @ (self.heads[i] - self.hips)
        offset = heads - np.einsum("bij,bj->bi", rotation, self.heads)
        return Skeleton(self.bones, rotation, offset, heads)


def skin(
    skeleton: Skeleton, weights: sparse.csr_array, points: Points, directions: Points
) -> tuple[Points, Points]:
    """Linear blend skinning of rest points and rest normals, each (n, 3), to the world."""
    motions = np.concatenate([skeleton.rotation.reshape(-1, 9), skeleton.offset], axis=1)
    blended = weights @ motions.astype(weights.dtype)
    rotation = blended[:, :9].reshape(-1, 3, 3)
    moved = np.matmul(rotation, points[:, :, None])[:, :, 0] + blended[:, 9:]
    return moved, np.matmul(rotation, directions[:, :, None])[:, :, 0]


def build(shape: Shape, sole_m: float = 0.0, pack: Path = PACK) -> Body:
    """Shape a body from the pack and scale it to its height."""
    with np.load(pack) as data:
        amounts = target_weights(shape)
        mix = np.array([amounts.get(str(name), 0.0) for name in data["target_names"]])
        generic = data["points"].astype(float)
        points = generic + np.tensordot(mix, data["targets"], axes=1) * float(data["target_step_m"])
        names = [str(name) for name in data["bone_names"]]
        bones = {name: i for i, name in enumerate(names)}
        shares = data["weight_shares"].astype(float)
        count = len(shares)
        surfaces = {
            key.removeprefix("triangles_"): data[key].astype(np.int64)
            for key in data.files
            if key.startswith("triangles_")
        }
        rows = np.repeat(np.arange(count), shares.shape[1])
        weights = sparse.csr_array(
            ((shares / shares.sum(axis=1, keepdims=True)).ravel(),
             (rows, data["weight_bones"].astype(np.int64).ravel())),
            shape=(count, len(names)),
        )  # fmt: skip
        parents = tuple(int(p) for p in data["bone_parents"])
    weights.eliminate_zeros()
    skin_points = points[np.unique(surfaces["skin"])]
    floor, crown = skin_points[:, 1].min(), skin_points[:, 1].max()
    scaled = (points - [0.0, floor, 0.0]) * (shape.height_cm / 100 / (crown - floor))
    return Body(
        scaled[:count], generic[:count], surfaces, bones, parents, scaled[count:], weights, sole_m
    )
