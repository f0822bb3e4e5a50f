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

from formcheck.pose.pose import Array, Pose
from formcheck.pose.side_view import Side, View

LEAST_SHOWN = 0.5
HIDDEN, SHOWN = 0.7, 0.9
"""Visibility of a knee from which its leg counts at all, and fully (measured: far legs of side
views 0.2-0.7, both legs of other views 0.9 and more)."""
SEEN = 0.5
"""Visibility from which a knee may speak: the far one in a side view stays below (measured)."""


@dataclass(frozen=True)
class Scale:
    """Typical lengths of the followed body in the image, pixels, steady over seconds.

    whole_px: the longest length that the exercise itself does not change; it tells when the body
    has come nearer or gone away.
    """

    shank_px: float
    thigh_px: float
    torso_px: float
    whole_px: float


@dataclass(frozen=True)
class Moment:
    """One pose with what is known of the body and camera: all that a measure may use.

    bearing_deg: steady turn of the body, 0 faces the camera, 90 side-on, 180 away.
    roll_deg: of the camera, positive when upright things appear to tilt right.
    """

    pose: Pose
    scale: Scale
    view: View
    side: Side
    bearing_deg: float = 90.0
    roll_deg: float = 0.0

    @property
    def legs(self) -> tuple[str, ...]:
        """Names of the working legs: ("left", "right") for both."""
        return ("left", "right") if self.side is Side.BOTH else (self.side.value,)

    def mean_xy(self, joint: str) -> Array:
        """(2,) px, the mean of `joint` over the working legs, of a hidden leg next to nothing.

        The far leg of a side view is the model's guess, and may be a passer-by's (measured).
        """
        seen = [self.pose.visibility(f"{leg}_knee") for leg in self.legs]
        weights = [min(1.0, max(0.0, (v - HIDDEN) / (SHOWN - HIDDEN))) ** 2 + 1e-6 for v in seen]
        points = [self.pose.xy(f"{leg}_{joint}") for leg in self.legs]
        total = sum(w * point for w, point in zip(weights, points, strict=True))
        return np.asarray(total / sum(weights))


def middle_xy(pose: Pose, joint: str) -> Array:
    """(2,) px midpoint of the left and right `joint`."""
    middle: Array = (pose.xy(f"left_{joint}") + pose.xy(f"right_{joint}")) / 2
    return middle


def length_px(pose: Pose, start: str, end: str) -> float:
    """Distance between two landmarks in the image, pixels."""
    return float(math.dist(pose.xy(start), pose.xy(end)))


def angle_deg(first: Array, vertex: Array, last: Array) -> float:
    """Angle at `vertex` between two points, (2,) or (3,), 0..180 degrees."""
    a, b = (first - vertex).tolist(), (last - vertex).tolist()
    norm = math.hypot(*a) * math.hypot(*b)
    if norm == 0:
        return math.nan
    along = sum(u * v for u, v in zip(a, b, strict=True))
    return math.degrees(math.acos(max(-1.0, min(1.0, along / norm))))


def forward(pose: Pose) -> float:
    """+1 when the person faces right in the image, -1 when left: where the toes point."""
    pointing = sum(
        float(pose.xy(f"{leg}_foot_index")[0] - pose.xy(f"{leg}_heel")[0])
        for leg in ("left", "right")
    )
    return 1.0 if pointing >= 0 else -1.0


def flexion_deg(pose: Pose, leg: str) -> float:
    """Knee flexion of one leg in the image, degrees: 0 is straight."""
    hip, knee, ankle = (pose.xy(f"{leg}_{joint}") for joint in ("hip", "knee", "ankle"))
    return 180.0 - angle_deg(hip, knee, ankle)


def world_flexion_deg(pose: Pose, leg: str) -> float:
    """Knee flexion of one leg in the model's world, degrees: coarse, but seen from any side."""
    hip, knee, ankle = (pose.xyz_m(f"{leg}_{joint}") for joint in ("hip", "knee", "ankle"))
    return 180.0 - angle_deg(hip, knee, ankle)


def height_shank(moment: Moment, point: Array) -> float:
    """Height of a point (2,) px over the image's lower edge, in shank lengths."""
    return float(moment.pose.size[1] - point[1]) / moment.scale.shank_px


def hip_height_shank(moment: Moment) -> float:
    """Height of the hips in the image, in shank lengths."""
    return height_shank(moment, middle_xy(moment.pose, "hip"))


def shoulder_height_shank(moment: Moment) -> float:
    """Height that the shoulders would have were the trunk upright, in shank lengths."""
    height = height_shank(moment, middle_xy(moment.pose, "shoulder"))
    lost = 1 - math.cos(math.radians(min(60.0, trunk_lean_deg(moment))))
    return height + lost * moment.scale.torso_px / moment.scale.shank_px


def body_height_shank(moment: Moment) -> float:
    """Height of hips and shoulders together, in shank lengths.

    Two joints halve the model's error. The image's edge is a better ground than the toes, whose
    landmarks move with the foot (measured: rise within 10 %, against 30 % over the toe line).
    """
    return (hip_height_shank(moment) + shoulder_height_shank(moment)) / 2


def leg_height_shank(moment: Moment) -> float:
    """Mean height of the working knees, ankles and heels, in shank lengths."""
    joints = ("knee", "ankle", "heel")
    return sum(height_shank(moment, moment.mean_xy(joint)) for joint in joints) / len(joints)


def ankle_over_toe_shank(moment: Moment) -> float:
    """Height of the working ankles over their toes, in shank lengths."""
    ankle, toe = moment.mean_xy("ankle"), moment.mean_xy("foot_index")
    return height_shank(moment, ankle) - height_shank(moment, toe)


def left_hip_height_shank(moment: Moment) -> float:
    """Height of the left hip, in shank lengths."""
    return height_shank(moment, moment.pose.xy("left_hip"))


def right_hip_height_shank(moment: Moment) -> float:
    """Height of the right hip, in shank lengths."""
    return height_shank(moment, moment.pose.xy("right_hip"))


def foreshortening(moment: Moment) -> float:
    """Share of a bend or lean in the plane of the walk that the image shows, 0.5..1.

    Seen side-on it shows whole; turned by b degrees from facing the camera, its sine.
    """
    return max(LEAST_SHOWN, math.sin(math.radians(moment.bearing_deg)))


def knee_flexion_deg(moment: Moment) -> float:
    """Flexion of the more bent working knee that can be seen, degrees, foreshortening undone."""
    seen = [
        flexion_deg(moment.pose, leg)
        for leg in moment.legs
        if moment.pose.visibility(f"{leg}_knee") >= SEEN or len(moment.legs) == 1
    ]
    return max(seen, default=math.nan) / foreshortening(moment)


def trunk_lean_deg(moment: Moment) -> float:
    """Tilt of the trunk from the image's vertical, degrees >= 0, foreshortening undone."""
    return trunk_tilt_deg(moment.pose) / foreshortening(moment)


def trunk_tilt_deg(pose: Pose) -> float:
    """Tilt of the trunk from the image's vertical, 0 upright, 90 lying, 180 upside down."""
    along = middle_xy(pose, "shoulder") - middle_xy(pose, "hip")
    return math.degrees(math.atan2(abs(float(along[0])), -float(along[1])))
