"""Numbers read off one moment of a body: pure functions, the unit in the name.

All lengths are measured in the image and divided by a length of the same body (`_shank`,
`_thigh`), because image coordinates are what the pose model gets right; its world coordinates
are wrong by 7-9 degrees at the knee (measured on rendered people). Angles are those of the
image plane. Heights are positive upwards. What cannot be seen is NaN, never a guess.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from formcheck.poses import Array, Pose
from formcheck.results import Side, View


@dataclass(frozen=True)
class Scale:
    """Typical lengths of the followed body in the image, pixels, steady over seconds."""

    shank_px: float
    thigh_px: float
    torso_px: float


@dataclass(frozen=True)
class Moment:
    """One pose with what is known of the body and camera: all that a measure may use."""

    pose: Pose
    scale: Scale
    view: View
    side: Side

    @property
    def legs(self) -> tuple[str, ...]:
        """Names of the working legs: ("left", "right") for both."""
        return ("left", "right") if self.side is Side.BOTH else (self.side.value,)

    def mean_xy(self, joint: str) -> Array:
        """(2,) px, the mean of `joint` over the working legs."""
        points: Array = np.mean([self.pose.xy(f"{leg}_{joint}") for leg in self.legs], axis=0)
        return points


def middle_xy(pose: Pose, joint: str) -> Array:
    """(2,) px midpoint of the left and right `joint`."""
    middle: Array = (pose.xy(f"left_{joint}") + pose.xy(f"right_{joint}")) / 2
    return middle


def length_px(pose: Pose, start: str, end: str) -> float:
    """Distance between two landmarks in the image, pixels."""
    return float(math.dist(pose.xy(start), pose.xy(end)))


def angle_deg(first: Array, vertex: Array, last: Array) -> float:
    """Angle at `vertex` between two points, (2,) or (3,), 0..180 degrees."""
    a, b = first - vertex, last - vertex
    norm = float(np.linalg.norm(a) * np.linalg.norm(b))
    if norm == 0:
        return math.nan
    return math.degrees(math.acos(max(-1.0, min(1.0, float(a @ b) / norm))))


def flexion_deg(pose: Pose, leg: str) -> float:
    """Knee flexion of one leg in the image, degrees: 0 is straight."""
    hip, knee, ankle = (pose.xy(f"{leg}_{joint}") for joint in ("hip", "knee", "ankle"))
    return 180.0 - angle_deg(hip, knee, ankle)


def world_flexion_deg(pose: Pose, leg: str) -> float:
    """Knee flexion of one leg in the model's world, degrees: coarse, but seen from any side."""
    hip, knee, ankle = (pose.xyz_m(f"{leg}_{joint}") for joint in ("hip", "knee", "ankle"))
    return 180.0 - angle_deg(hip, knee, ankle)


def hip_height_shank(moment: Moment) -> float:
    """Height of the hips over the toe line of the working feet, in shank lengths."""
    hip = middle_xy(moment.pose, "hip")
    return float(moment.mean_xy("foot_index")[1] - hip[1]) / moment.scale.shank_px


def ankle_height_shank(moment: Moment) -> float:
    """Height of the working ankles over their toes, in shank lengths."""
    return _height_over_toe(moment, "ankle")


def heel_height_shank(moment: Moment) -> float:
    """Height of the working heels over their toes, in shank lengths."""
    return _height_over_toe(moment, "heel")


def left_heel_height_shank(moment: Moment) -> float:
    """Height of the left ankle and heel over the left toe, in shank lengths."""
    return _foot_height(moment, "left")


def right_heel_height_shank(moment: Moment) -> float:
    """Height of the right ankle and heel over the right toe, in shank lengths."""
    return _foot_height(moment, "right")


def knee_flexion_deg(moment: Moment) -> float:
    """Flexion of the knee nearest the camera among the working legs, degrees."""
    leg = max(moment.legs, key=lambda name: moment.pose.visibility(f"{name}_knee"))
    return flexion_deg(moment.pose, leg)


def trunk_lean_deg(moment: Moment) -> float:
    """Tilt of the line from hips to shoulders away from the image's vertical, degrees >= 0."""
    return trunk_tilt_deg(moment.pose)


def trunk_tilt_deg(pose: Pose) -> float:
    """Tilt of the trunk from the image's vertical, 0 upright, 90 lying, 180 upside down."""
    along = middle_xy(pose, "shoulder") - middle_xy(pose, "hip")
    return math.degrees(math.atan2(abs(float(along[0])), -float(along[1])))


def _height_over_toe(moment: Moment, joint: str) -> float:
    rise = moment.mean_xy("foot_index")[1] - moment.mean_xy(joint)[1]
    return float(rise) / moment.scale.shank_px


def _foot_height(moment: Moment, leg: str) -> float:
    pose = moment.pose
    back = (pose.xy(f"{leg}_ankle")[1] + pose.xy(f"{leg}_heel")[1]) / 2
    return float(pose.xy(f"{leg}_foot_index")[1] - back) / moment.scale.shank_px
