"""Sitting with one foot on the other knee, of the toe stretch: which leg, and where the hands are.

Where the toes are is read from the leg underneath; their own landmark jumps from place to place
under a hand.
"""

from __future__ import annotations

import math

import numpy as np

from formcheck.body import measure_scale
from formcheck.measures import Moment, Scale, middle_xy
from formcheck.poses import Array, Pose
from formcheck.postures import seated
from formcheck.results import Side

OTHER = {"left": "right", "right": "left"}
HAND = ("wrist", "index", "pinky", "thumb")
UP = np.array([0.0, -1.0])
CROSSED_SHANK = 0.5
"""An ankle this much higher than the other is on the way to the knee (measured: on it 1.0-1.4,
both feet on the floor 0-0.15)."""
ON_KNEE_SHANK, OFF_KNEE_SHANK = 0.2, 0.5
"""An ankle this near the other thigh lies on it, and this far does not (measured: on it 0-0.25,
slid off 0.4 and more)."""
NEAR_KNEE_SHANK = 1.0
"""An ankle farther than this is not being crossed over it."""
BEYOND_KNEE_THIGH, OUTWARD_HIPS, OVER_KNEE_SHANK = 0.3, 0.2, 0.5
"""Where the toes are when their ankle lies on the other thigh: beyond its knee, outward of it and
above it, in thighs, in widths of the hips and in shanks (measured: see samples)."""
AT_TOES_SHANK, OFF_TOES_SHANK = 0.27, 0.40
"""A hand this near is at the toes, and this far is not (measured: at the toes 0.02-0.23, on the
thighs 0.34 and more)."""
SHIN_SHOWN_SHANK, UP_THE_SHIN = 0.6, 0.55
"""A shin that appears at least this long shows whether a hand is on it: farther up than this
(measured: at the toes 0.25 and less, on shin or knee 0.7 and more)."""
SHANK_OF_SEATED = 0.461
"""Of trunk and shank together (Drillis & Contini 1966: 0.246 and 0.288 of the stature)."""


def seated_scale(pose: Pose) -> Scale:
    """Lengths of a seated body, from trunk and shank together: bowing shortens only the trunk."""
    scale = measure_scale(pose)
    whole = scale.torso_px + scale.shank_px
    shank = SHANK_OF_SEATED * whole
    return Scale(shank, shank, scale.torso_px, whole_px=whole)


def crossed_leg(pose: Pose, scale: Scale) -> Side:
    """The leg whose foot is far above the other one; both while neither is."""
    left, right = (float(pose.xy(f"{side}_ankle")[1]) for side in ("left", "right"))
    if abs(left - right) < CROSSED_SHANK * scale.shank_px:
        return Side.BOTH
    return Side.LEFT if left < right else Side.RIGHT


def foot_off_knee(moment: Moment) -> float:
    """Whether the crossed ankle is off the thigh underneath: 0 on it, 1 off it, and between."""
    if moment.side is Side.BOTH:
        return math.nan
    gap = _ankle_gap_shank(moment)
    return max(0.0, min(1.0, (gap - ON_KNEE_SHANK) / (OFF_KNEE_SHANK - ON_KNEE_SHANK)))


def _ankle_gap_shank(moment: Moment) -> float:
    """Distance of the crossed ankle from the thigh underneath, in shank lengths."""
    under, pose = OTHER[moment.side.value], moment.pose
    ankle, heel = (pose.xy(f"{moment.side.value}_{joint}") for joint in ("ankle", "heel"))
    hip, knee = pose.xy(f"{under}_hip"), pose.xy(f"{under}_knee")
    foot, thigh = (ankle + heel) / 2, knee - hip
    along = float(np.clip((foot - hip) @ thigh / max(float(thigh @ thigh), 1.0), 0.0, 1.0))
    return math.dist(foot, hip + along * thigh) / moment.scale.shank_px


def hand_at_toes(moment: Moment) -> float:
    """Whether a hand is at the crossed foot's toes: 1 when it is, 0 when it is not, and between."""
    if moment.side is Side.BOTH:
        return math.nan
    toes = _toes_xy(moment)
    hand = min((_hand_xy(moment.pose, side) for side in OTHER), key=lambda p: math.dist(p, toes))
    if _over_shin(moment, hand):
        return 0.0
    gap = math.dist(hand, toes) / moment.scale.shank_px
    share = (OFF_TOES_SHANK - gap) / (OFF_TOES_SHANK - AT_TOES_SHANK)
    return max(0.0, min(1.0, share))


def _toes_xy(moment: Moment) -> Array:
    """Where the crossed foot's toes must be, (2,) px."""
    under, pose = OTHER[moment.side.value], moment.pose
    hip, knee = pose.xy(f"{under}_hip"), pose.xy(f"{under}_knee")
    outward = hip - pose.xy(f"{moment.side.value}_hip")
    above = OVER_KNEE_SHANK * moment.scale.shank_px * UP
    return np.asarray(knee + BEYOND_KNEE_THIGH * (knee - hip) + OUTWARD_HIPS * outward + above)


def _hand_xy(pose: Pose, side: str) -> Array:
    """The middle (2,) px of a hand."""
    return np.asarray(np.mean([pose.xy(f"{side}_{joint}") for joint in HAND], axis=0))


def _over_shin(moment: Moment, hand: Array) -> bool:
    """Whether a hand is over the crossed shin or its knee, where the image shows the shin."""
    leg, pose = moment.side.value, moment.pose
    ankle, shin = pose.xy(f"{leg}_ankle"), pose.xy(f"{leg}_knee") - pose.xy(f"{leg}_ankle")
    length = float(np.hypot(*shin))
    shown = length > SHIN_SHOWN_SHANK * moment.scale.shank_px
    return shown and float((hand - ankle) @ shin) > UP_THE_SHIN * length**2


def hands_right_shank(moment: Moment) -> float:
    """How far right of the shoulders both hands are in the image, in shank lengths."""
    return float(_hands_shank(moment)[0])


def hands_down_shank(moment: Moment) -> float:
    """How far below the shoulders both hands are in the image, in shank lengths."""
    return float(_hands_shank(moment)[1])


def _hands_shank(moment: Moment) -> Array:
    """The middle of both hands: one that holds a foot is often taken for the other."""
    hands = np.mean([_hand_xy(moment.pose, side) for side in OTHER], axis=0)
    return np.asarray(hands - middle_xy(moment.pose, "shoulder")) / moment.scale.shank_px


def crossed(moment: Moment) -> str | None:
    """Why this is no toe stretch, in words: seated, one foot on or near the other knee; or None."""
    reason = seated(moment)
    if reason:
        return reason
    if moment.side is Side.BOTH or _ankle_gap_shank(moment) > NEAR_KNEE_SHANK:
        return "Lay one foot on the other knee"
    return None
