"""The staggered stance of the calf and soleus stretches: which leg is back, how far it leans.

Angles are in the image plane with the person's forward direction to the right, whichever way
the person faces.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable

from formcheck.body.measures import (
    Moment,
    Scale,
    flexion_deg,
    forward,
    height_shank,
    middle_xy,
    trunk_tilt_deg,
)
from formcheck.exercises.card import SIDEWAYS
from formcheck.exercises.postures.standing_sitting import seated
from formcheck.pose.pose import Array, Pose
from formcheck.pose.side_view import Side

MIN_STRIDE_SHANK = 0.28
"""Feet nearer than this, one before the other, are a normal stand (measured: strides 0.3-1.0)."""
KEPT_STRIDE_SHANK = 0.2
"""A stride that was seen is kept until the feet are nearer than this: toes wander by 0.05."""
MIN_REACH_SHANK = 0.25
"""Hands on a wall are at least this far ahead of the shoulders (measured: 0.5-1.2)."""
MIN_FROM_HIP_SHANK = 0.8
"""And this far from the hip (measured: 1.3-1.9; 0.4-0.5 with hands on the hips, real)."""
MAX_TRUNK_TILT_DEG = 60.0
ANKLE_DRIFT_SHANK_PER_DEG = 0.002
"""Apparent rise of the ankle per degree of knee flexion, heel down (measured: 0.06 at 28 deg)."""


def back_leg(pose: Pose, scale: Scale) -> Side:
    """The leg whose foot is behind; both while the feet are side by side."""
    ahead = _left_ahead_shank(pose, scale)
    if abs(ahead) < MIN_STRIDE_SHANK:
        return Side.BOTH
    return Side.RIGHT if ahead > 0 else Side.LEFT


def still_back(pose: Pose, scale: Scale, side: Side) -> bool:
    """Whether the leg that was back still is, though the stride has become small."""
    ahead = _left_ahead_shank(pose, scale)
    behind = {Side.RIGHT: ahead, Side.LEFT: -ahead, Side.BOTH: 0.0}[side]
    return behind >= KEPT_STRIDE_SHANK


def _left_ahead_shank(pose: Pose, scale: Scale) -> float:
    """How far the left toes are before the right ones, in shank lengths."""
    ahead = float(pose.xy("left_foot_index")[0] - pose.xy("right_foot_index")[0])
    return forward(pose) * ahead / scale.shank_px


def at_the_wall(moment: Moment) -> str | None:
    """In words why this is no wall stretch: one leg back, hands ahead, trunk up; or None."""
    pose = moment.pose
    if trunk_tilt_deg(pose) > MAX_TRUNK_TILT_DEG or seated(moment) is None:
        return "Stand at the wall"
    if moment.view not in SIDEWAYS:
        return "Turn side-on to the camera"
    if moment.side is Side.BOTH:
        return "Step one leg back"
    if not any(_reaches(moment, arm) for arm in ("left", "right")):
        return "Put your hands on the wall"
    return None


def _reaches(moment: Moment, arm: str) -> bool:
    """Whether a hand is ahead of the shoulders, and not on the hip of somebody seen aslant."""
    pose, shank_px = moment.pose, moment.scale.shank_px
    wrist, hip = pose.xy(f"{arm}_wrist"), pose.xy(f"{arm}_hip")
    ahead = forward(pose) * float(wrist[0] - middle_xy(pose, "shoulder")[0])
    away = math.dist(wrist, hip)
    return ahead >= MIN_REACH_SHANK * shank_px and away >= MIN_FROM_HIP_SHANK * shank_px


def tilt_deg(moment: Moment, low: Array, high: Array) -> float:
    """Forward tilt of the line from `low` to `high`, (2,) px, from the true vertical, degrees."""
    across, up = float(high[0] - low[0]), float(low[1] - high[1])
    return forward(moment.pose) * (math.degrees(math.atan2(across, up)) - moment.roll_deg)


def _shin_deg(moment: Moment, leg: str) -> float:
    return tilt_deg(moment, moment.pose.xy(f"{leg}_ankle"), moment.pose.xy(f"{leg}_knee"))


def _lean_deg(moment: Moment, leg: str) -> float:
    ankle = moment.pose.xy(f"{leg}_ankle")
    return tilt_deg(moment, ankle, middle_xy(moment.pose, "shoulder"))


def _of_back_leg(measure: Callable[[Moment, str], float]) -> Callable[[Moment], float]:
    """The measure of the back leg; NaN while the feet are side by side."""

    @functools.wraps(measure)
    def of_moment(moment: Moment) -> float:
        return math.nan if moment.side is Side.BOTH else measure(moment, moment.side.value)

    return of_moment


@_of_back_leg
def dorsiflexion_deg(moment: Moment, leg: str) -> float:
    """Forward tilt of the back shin from the vertical, over the flat foot, degrees."""
    return _shin_deg(moment, leg)


@_of_back_leg
def back_knee_deg(moment: Moment, leg: str) -> float:
    """Flexion of the back knee, degrees: 0 is straight."""
    return flexion_deg(moment.pose, leg)


@_of_back_leg
def lean_deg(moment: Moment, leg: str) -> float:
    """Forward tilt of the line from the back ankle to the shoulders, degrees."""
    return _lean_deg(moment, leg)


@_of_back_leg
def stretch_deg(moment: Moment, leg: str) -> float:
    """How deep the stretch is, degrees: the mean tilt of the shin and of the whole body.

    Either alone misses some: who bends the back knee hardly leans, who leaves the hips back hardly
    tilts the shin (measured: 3 to 5 degrees, where the mean goes up by 5 and more).
    """
    return (_shin_deg(moment, leg) + _lean_deg(moment, leg)) / 2


@_of_back_leg
def hips_back_deg(moment: Moment, leg: str) -> float:
    """How much more the trunk leans forward than the back shin, degrees.

    Who leans in brings the hips along, and the trunk stays behind the shin; who bends at the
    hips leaves them back.
    """
    shoulder, hip = middle_xy(moment.pose, "shoulder"), middle_xy(moment.pose, "hip")
    return tilt_deg(moment, hip, shoulder) - _shin_deg(moment, leg)


@_of_back_leg
def back_heel_shank(moment: Moment, leg: str) -> float:
    """Height of the back heel in the image, in shank lengths."""
    return height_shank(moment, moment.pose.xy(f"{leg}_heel"))


@_of_back_leg
def back_ankle_shank(moment: Moment, leg: str) -> float:
    """Height of the back ankle in the image, in shank lengths: rises when the heel lifts.

    It is drawn upwards as the knee bends; that part is taken out.
    """
    height = height_shank(moment, moment.pose.xy(f"{leg}_ankle"))
    return height - ANKLE_DRIFT_SHANK_PER_DEG * flexion_deg(moment.pose, leg)
