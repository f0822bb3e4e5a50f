"""What is measured of a skeleton in every frame: joint angles and distances, by name.

Angles in degrees from the 3D joints, distances in centimetres. "left_" and "right_" are the
person's own sides.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from samples.studio.body import SIDES, Body, Skeleton
from samples.studio.poses.stance import plantarflexion_deg, sign
from samples.studio.rotations import UP, Mat, Vec, angle_deg, unit

BOTH = (
    "plantarflexion_deg",
    "inversion_deg",
    "knee_flexion_deg",
    "big_toe_extension_deg",
    "toe_curl_deg",
)
"""Channels of a side that are also given as the mean of both sides."""


def _of_side(body: Body, skeleton: Skeleton, side: str) -> dict[str, float]:
    hip, knee, ankle, shoulder = (
        skeleton.joint(f"{side}_{j}") for j in ("hip", "knee", "ankle", "shoulder")
    )
    foot = skeleton.turn(f"{side}_ankle")
    toes = foot.T @ skeleton.turn(f"{side}_big_toe")
    curl = skeleton.turn(f"{side}_second_toe").T @ skeleton.turn(f"{side}_second_toe_middle")
    return {
        "plantarflexion_deg": plantarflexion_deg(body, side, knee, ankle, foot),
        "inversion_deg": _inversion_deg(skeleton, side, foot),
        "knee_flexion_deg": 180 - angle_deg(hip - knee, ankle - knee),
        "hip_flexion_deg": 180 - angle_deg(shoulder - hip, knee - hip),
        "big_toe_extension_deg": float(np.degrees(np.arctan2(toes[1, 2], toes[2, 2]))),
        "toe_curl_deg": -float(np.degrees(np.arctan2(curl[1, 2], curl[2, 2]))),
        "shank_tilt_deg": angle_deg(knee - ankle, UP),
        "ankle_height_cm": 100 * float(ankle[1]),
    }


def _inversion_deg(skeleton: Skeleton, side: str, foot: Mat) -> float:
    """How far the sole faces inwards, seen along the foot of a shin at rest."""
    sole_up = (skeleton.turn(f"{side}_knee").T @ foot)[:, 1]
    return float(np.degrees(np.arcsin(sign(side) * sole_up[0])))


def _across(axis: Vec, line: Vec) -> Vec:
    """The part of a line that is perpendicular to an axis."""
    return line - axis * (line @ axis)


def measure(body: Body, skeleton: Skeleton) -> Mapping[str, float]:
    """Every channel of one frame."""
    found = {
        f"{side}_{name}": value
        for side in SIDES
        for name, value in _of_side(body, skeleton, side).items()
    }
    for name in BOTH:
        found[f"both_{name}"] = (found[f"left_{name}"] + found[f"right_{name}"]) / 2
    hips = {s: skeleton.joint(f"{s}_hip") for s in SIDES}
    knees = {s: skeleton.joint(f"{s}_knee") for s in SIDES}
    shoulders = {s: skeleton.joint(f"{s}_shoulder") for s in SIDES}
    ankles = {s: skeleton.joint(f"{s}_ankle") for s in SIDES}
    spine = unit((shoulders["left"] + shoulders["right"]) / 2 - skeleton.hips)
    found["lean_deg"] = angle_deg(spine, UP)
    found["hips_height_cm"] = 100 * float(skeleton.hips[1])
    found["knee_gap_cm"] = 100 * float(np.linalg.norm(knees["left"] - knees["right"]))
    found["ankle_gap_cm"] = 100 * float(np.linalg.norm(ankles["left"] - ankles["right"]))
    found["opening_deg"] = angle_deg(knees["left"] - hips["left"], knees["right"] - hips["right"])
    found["pelvis_twist_deg"] = angle_deg(
        _across(spine, hips["left"] - hips["right"]),
        _across(spine, shoulders["left"] - shoulders["right"]),
    )
    return found
