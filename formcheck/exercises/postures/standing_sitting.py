"""Why a posture cannot be the exercise's, in words for the patient, or None when it can."""

from __future__ import annotations

import math

import numpy as np

from formcheck.body.measures import (
    Moment,
    Scale,
    flexion_deg,
    length_px,
    trunk_tilt_deg,
    world_flexion_deg,
)
from formcheck.pose.pose import Array, Pose
from formcheck.pose.side_view import Side, View

MAX_STANDING_TILT_DEG = 50.0
MAX_STANDING_FLEXION_DEG = 60.0
"""Gates, far beyond what is judged: a bent knee at 25 deg is still a heel raise, at fault."""
STRIDE_SHANK = 0.6
"""Ankles this far apart, seen side-on, stand one before the other."""
FEET_APART_SHANK = 1.2
"""A lunge or a stride; hip-wide feet are 0.5 apart."""
CLEAR = 0.7
"""Visibility of both knees from which a lifted foot is believed (measured: a foot that really is
lifted 0.75 and more, a hidden leg taken from a passer-by 0.65 and less)."""
MAX_SEATED_TILT_DEG = 60.0
"""Sitting people bend down to their feet by this much."""
SEATED_DROP_TORSO = 0.55
"""Knees this far below the hips hang or stand (standing 0.85; on a high chair, the camera
in front and above the head, 0.5)."""
FOOT_DOWN_TORSO = 0.35
"""A foot that is on the floor is this far below its knee (a shank is 0.85, a leg stretched out on
the floor 0.1)."""
LIFTED_SHANK = 0.20
"""A foot is lifted when its ankle is this much higher than the other (measured: see samples)."""
HIDDEN_LIFTED_SHANK = 0.45
"""The same of a leg whose knee is hidden (measured: 0.34-0.71 behind the standing leg; 0.40 and
less when it is on the floor, or is a passer-by's)."""


def upright(moment: Moment) -> str | None:
    """Standing on the working leg: trunk up, hips over knees over ankles, knee nearly straight."""
    pose = moment.pose
    if trunk_tilt_deg(pose) > MAX_STANDING_TILT_DEG:
        return "Stand upright"
    for leg in moment.legs:
        hip, knee, ankle = (pose.xy(f"{leg}_{joint}")[1] for joint in ("hip", "knee", "ankle"))
        if not hip < knee < ankle:
            return "Stand upright"
    apart = length_px(pose, "left_ankle", "right_ankle") / moment.scale.shank_px
    lifted = abs(_left_lower_shank(pose, moment.scale.shank_px)) >= LIFTED_SHANK
    side_on = moment.view is View.SIDE and moment.side is Side.BOTH and not lifted
    if apart > (STRIDE_SHANK if side_on else FEET_APART_SHANK):
        return "Put your feet side by side"
    if knee_gate_deg(moment) > MAX_STANDING_FLEXION_DEG:
        return "Straighten your knees"
    return None


def seated(moment: Moment) -> str | None:
    """Sitting on a chair of any height: trunk up, both thighs about level, a foot on the floor.

    The thighs are told from below or before as well as from the side: in all views the knees of
    a sitting person are near the height of the hips.
    """
    pose, torso = moment.pose, moment.scale.torso_px
    if trunk_tilt_deg(pose) > MAX_SEATED_TILT_DEG:
        return "Sit upright"
    drops = [float(pose.xy(f"{s}_knee")[1] - pose.xy(f"{s}_hip")[1]) for s in ("left", "right")]
    if max(drops) > SEATED_DROP_TORSO * torso:
        return "Sit down on a chair"
    shins = [float(pose.xy(f"{s}_ankle")[1] - pose.xy(f"{s}_knee")[1]) for s in ("left", "right")]
    if max(shins) < FOOT_DOWN_TORSO * torso:
        return "Put a foot on the floor"
    return None


def knee_gate_deg(moment: Moment) -> float:
    """The straighter working knee, by image or world whichever bends more, degrees.

    The image shows bending side-on only; the model's world shows it, roughly, from the front.
    """
    return min(
        max(flexion_deg(moment.pose, leg), world_flexion_deg(moment.pose, leg) - 10.0)
        for leg in moment.legs
    )


def standing_side(pose: Pose, shank_px: float) -> Side:
    """Which leg stands: both, or the one whose foot is not lifted."""
    lower = _left_lower_shank(pose, shank_px)
    clear = min(pose.visibility(f"{side}_knee") for side in ("left", "right")) >= CLEAR
    if abs(lower) < (LIFTED_SHANK if clear else HIDDEN_LIFTED_SHANK):
        return Side.BOTH
    return Side.LEFT if lower > 0 else Side.RIGHT


def still_stands(pose: Pose, scale: Scale, side: Side) -> bool:
    """Whether the leg that stood alone still does: a foot in the air may sink towards the floor."""
    lower = _left_lower_shank(pose, scale.shank_px)
    return side is not Side.BOTH and (lower if side is Side.LEFT else -lower) >= LIFTED_SHANK


def _left_lower_shank(pose: Pose, shank_px: float) -> float:
    """How far the left ankle is below the right one in the image, in shank lengths."""
    left, right = (float(pose.xy(f"{s}_ankle")[1]) for s in ("left", "right"))
    return (left - right) / shank_px


def standing_toes(moment: Moment) -> tuple[Array]:
    """The middle of the toes that stand: it stays put in a heel raise and not in a step.

    From behind, where heels hide them and the model lifts them along, only how far to the side.
    """
    x, y = moment.mean_xy("foot_index").tolist()
    return (np.array([x, math.nan if moment.view is View.BACK else y]),)


def both_toes(moment: Moment) -> tuple[Array, Array]:
    """The toes of both feet, each of which stays put in a stretch."""
    return moment.pose.xy("left_foot_index"), moment.pose.xy("right_foot_index")
