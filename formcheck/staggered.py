"""The staggered stance of the calf and soleus stretches: which leg is back, how far it leans.

Angles are in the image plane with the person's forward direction to the right, whichever way
the person faces.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable

from formcheck.exercise import SIDEWAYS
from formcheck.measures import Moment, Scale, flexion_deg, middle_xy, trunk_tilt_deg
from formcheck.poses import Pose
from formcheck.results import Side

MIN_STRIDE_SHANK = 0.4
"""Feet nearer than this, one before the other, are a normal stand (measured: stretches 0.9-1.9)."""
MIN_REACH_SHANK = 0.25
"""Hands on a wall are at least this far ahead of the shoulders (measured: 0.5-1.2)."""
MAX_TRUNK_TILT_DEG = 60.0


def forward(pose: Pose) -> float:
    """+1 when the person faces right in the image, -1 when left: where the toes point."""
    pointing = sum(
        float(pose.xy(f"{leg}_foot_index")[0] - pose.xy(f"{leg}_heel")[0])
        for leg in ("left", "right")
    )
    return 1.0 if pointing >= 0 else -1.0


def back_leg(pose: Pose, scale: Scale) -> Side:
    """The leg whose foot is behind; both while the feet are side by side."""
    ahead = forward(pose) * float(pose.xy("left_ankle")[0] - pose.xy("right_ankle")[0])
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
    ahead = forward(moment.pose) * float(knee[0] - ankle[0])
    return math.degrees(math.atan2(ahead, float(ankle[1] - knee[1])))


@_of_back_leg
def back_knee_deg(moment: Moment, leg: str) -> float:
    """Flexion of the back knee, degrees: 0 is straight."""
    return flexion_deg(moment.pose, leg)


@_of_back_leg
def lean_deg(moment: Moment, leg: str) -> float:
    """Forward tilt of the line from the back ankle to the shoulders, degrees."""
    shoulder, ankle = middle_xy(moment.pose, "shoulder"), moment.pose.xy(f"{leg}_ankle")
    ahead = forward(moment.pose) * float(shoulder[0] - ankle[0])
    return math.degrees(math.atan2(ahead, float(ankle[1] - shoulder[1])))


@_of_back_leg
def back_heel_shank(moment: Moment, leg: str) -> float:
    """Height of the back heel over its toe, in shank lengths."""
    rise = float(moment.pose.xy(f"{leg}_foot_index")[1] - moment.pose.xy(f"{leg}_heel")[1])
    return rise / moment.scale.shank_px
