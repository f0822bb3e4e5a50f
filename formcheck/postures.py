"""Why a posture cannot be the exercise's, in words for the patient, or None when it can."""

from __future__ import annotations

from formcheck.measures import (
    Moment,
    flexion_deg,
    trunk_tilt_deg,
    world_flexion_deg,
)
from formcheck.poses import Pose
from formcheck.results import Side

MAX_STANDING_TILT_DEG = 50.0
MAX_STANDING_FLEXION_DEG = 60.0
"""Gates, far beyond what is judged: a bent knee at 25 deg is still a heel raise, at fault."""
LIFTED_SHANK = 0.20
"""A foot is lifted when its ankle is this much higher than the other (measured: see samples)."""


def upright(moment: Moment) -> str | None:
    """Standing on the working leg: trunk up, hips over knees over ankles, knee nearly straight."""
    pose = moment.pose
    if trunk_tilt_deg(pose) > MAX_STANDING_TILT_DEG:
        return "Stand upright"
    for leg in moment.legs:
        hip, knee, ankle = (pose.xy(f"{leg}_{joint}")[1] for joint in ("hip", "knee", "ankle"))
        if not hip < knee < ankle:
            return "Stand upright"
    if knee_gate_deg(moment) > MAX_STANDING_FLEXION_DEG:
        return "Straighten your knees"
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
    left, right = (float(pose.xy(f"{s}_ankle")[1]) for s in ("left", "right"))
    difference = (left - right) / shank_px
    if abs(difference) < LIFTED_SHANK:
        return Side.BOTH
    return Side.LEFT if difference > 0 else Side.RIGHT


def standing_toes(moment: Moment) -> tuple[str, ...]:
    """The toes of the feet that stand: they stay put in a heel raise and not in a step."""
    return tuple(f"{leg}_foot_index" for leg in moment.legs)
