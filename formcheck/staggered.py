"""The staggered stance of the calf and soleus stretches: which leg is back, how far it leans.

Angles are in the image plane with the person's forward direction to the right, whichever way
the person faces.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable

from formcheck.exercise import SIDEWAYS
from formcheck.measures import (
    Moment,
    Scale,
    flexion_deg,
    forward,
    height_shank,
    middle_xy,
    trunk_tilt_deg,
)
from formcheck.poses import Array, Pose
from formcheck.results import Side

MIN_STRIDE_SHANK = 0.4
"""Feet nearer than this, one before the other, are a normal stand (measured: stretches 0.9-1.9)."""
MIN_REACH_SHANK = 0.25
"""Hands on a wall are at least this far ahead of the shoulders (measured: 0.5-1.2)."""
MAX_TRUNK_TILT_DEG = 60.0
ANKLE_DRIFT_SHANK_PER_DEG = 0.002
"""Apparent rise of the ankle per degree of knee flexion, heel down (measured: 0.06 at 28 deg)."""


def back_leg(pose: Pose, scale: Scale) -> Side:
    """The leg whose foot is behind; both while the feet are side by side."""
    ahead = forward(pose) * float(pose.xy("left_foot_index")[0] - pose.xy("right_foot_index")[0])
    if abs(ahead) < MIN_STRIDE_SHANK * scale.shank_px:
        return Side.BOTH
    return Side.RIGHT if ahead > 0 else Side.LEFT


def at_the_wall(moment: Moment) -> str | None:
    """In words why this is no wall stretch: one leg back, hands ahead, trunk up; or None."""
    pose = moment.pose
    if trunk_tilt_deg(pose) > MAX_TRUNK_TILT_DEG:
        return "Stand at the wall"
    if moment.view not in SIDEWAYS:
        return "Turn side-on to the camera"
    if moment.side is Side.BOTH:
        return "Step one leg back"
    reach = max(
        forward(pose) * float(pose.xy(f"{s}_wrist")[0] - middle_xy(pose, "shoulder")[0])
        for s in ("left", "right")
    )
    if reach < MIN_REACH_SHANK * moment.scale.shank_px:
        return "Put your hands on the wall"
    return None


def tilt_deg(moment: Moment, low: Array, high: Array) -> float:
    """Forward tilt of the line from `low` to `high`, (2,) px, from the true vertical, degrees."""
    across, up = float(high[0] - low[0]), float(low[1] - high[1])
    return forward(moment.pose) * (math.degrees(math.atan2(across, up)) - moment.roll_deg)


def _of_back_leg(measure: Callable[[Moment, str], float]) -> Callable[[Moment], float]:
    """The measure of the back leg; NaN while the feet are side by side."""

    @functools.wraps(measure)
    def of_moment(moment: Moment) -> float:
        return math.nan if moment.side is Side.BOTH else measure(moment, moment.side.value)

    return of_moment


@_of_back_leg
def dorsiflexion_deg(moment: Moment, leg: str) -> float:
    """Forward tilt of the back shin from the vertical, over the flat foot, degrees."""
    knee, ankle = moment.pose.xy(f"{leg}_knee"), moment.pose.xy(f"{leg}_ankle")
    return tilt_deg(moment, ankle, knee)


@_of_back_leg
def back_knee_deg(moment: Moment, leg: str) -> float:
    """Flexion of the back knee, degrees: 0 is straight."""
    return flexion_deg(moment.pose, leg)


@_of_back_leg
def lean_deg(moment: Moment, leg: str) -> float:
    """Forward tilt of the line from the back ankle to the shoulders, degrees."""
    shoulder, ankle = middle_xy(moment.pose, "shoulder"), moment.pose.xy(f"{leg}_ankle")
    return tilt_deg(moment, ankle, shoulder)


@_of_back_leg
def hips_back_deg(moment: Moment, leg: str) -> float:
    """How much more the trunk leans forward than the back shin, degrees.

    Who leans in brings the hips along, and the trunk stays behind the shin; who bends at the
    hips leaves them back.
    """
    shoulder, hip = middle_xy(moment.pose, "shoulder"), middle_xy(moment.pose, "hip")
    knee, ankle = moment.pose.xy(f"{leg}_knee"), moment.pose.xy(f"{leg}_ankle")
    return tilt_deg(moment, hip, shoulder) - tilt_deg(moment, ankle, knee)


@_of_back_leg
def back_heel_shank(moment: Moment, leg: str) -> float:
    """Height of the back ankle in the image, in shank lengths: rises when the heel lifts.

    The heel's own landmark wanders by as much as a lift (measured: see samples). The ankle's is
    steady, but is drawn upwards as the knee bends; that part is taken out.
    """
    height = height_shank(moment, moment.pose.xy(f"{leg}_ankle"))
    return height - ANKLE_DRIFT_SHANK_PER_DEG * flexion_deg(moment.pose, leg)
