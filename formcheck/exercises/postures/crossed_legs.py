"""Sitting with one foot on the other knee, of the toe stretch: which leg, and where the hands are.

All of single frames. A hand at the toes hides the foot, and the model then often lets the crossed
shin hang: whether foot and hand are where they belong is told from the whole stay (`grip.py`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial

import numpy as np

from formcheck.body.measures import Moment, Scale, middle_xy
from formcheck.body.tracking import measure_scale
from formcheck.exercises.card import Signal
from formcheck.exercises.postures.standing_sitting import seated
from formcheck.pose.pose import Array, Pose
from formcheck.pose.side_view import Side

OTHER = {"left": "right", "right": "left"}
HAND = ("wrist", "index", "pinky", "thumb")
UP = np.array([0.0, -1.0])
LIFTED_SHANK, STILL_LIFTED_SHANK = 0.25, 0.15
"""A leg is crossed from this lift on and stays so down to that one (measured: on the knee
0.7-0.9, with a shin that the model lets hang 0.25-0.55, slid off 0-0.55, both down 0-0.12)."""
NEAR_THIGH_SHANK = 1.0
"""An ankle farther than this from the other thigh is not crossed over it: a leg held out."""
ON_THIGH_SHANK = 0.35
"""An ankle this near the other thigh is where it is seen (measured: on it 0-0.35, of a shin that
the model lets hang 0.4 and more)."""
BEYOND_KNEE_THIGH, OUTWARD_HIPS, OVER_KNEE_SHANK = 0.3, 0.2, 0.5
"""Where the toes are when their ankle lies on the other thigh: beyond its knee, outward of it and
above it, in thighs, in widths of the hips and in shanks (measured: see samples)."""
AT_TOES_SHANK, OFF_TOES_SHANK = 0.27, 0.40
"""A hand this near looks as if it were at the toes, and this far not: for the curve on the page.
What counts is told from the whole stay."""
SHIN_SHOWN_SHANK, UP_THE_SHIN = 0.6, 0.55
"""A shin that appears at least this long shows whether a hand is on it: farther up than this
(measured: at the toes 0.25 and less, on shin or knee 0.7 and more)."""
ON_SHIN_SHANK = 1.0
"""How far from the toes a hand on the shin is taken to be: it is not there."""
SHANK_OF_SEATED = 0.461
"""Of trunk and shank together (Drillis & Contini 1966: 0.246 and 0.288 of the stature)."""


def seated_scale(pose: Pose) -> Scale:
    """Lengths of a seated body, from trunk and shank together: bowing shortens only the trunk."""
    scale = measure_scale(pose)
    whole = scale.torso_px + scale.shank_px
    shank = SHANK_OF_SEATED * whole
    return Scale(shank, shank, scale.torso_px, whole_px=whole)


def crossed_leg(pose: Pose, scale: Scale) -> Side:
    """The leg that is lifted over the other one's thigh; both while neither is."""
    leg = max(OTHER, key=lambda side: _lift_shank(pose, scale, side))
    lifted = _lift_shank(pose, scale, leg) >= LIFTED_SHANK
    near = _ankle_gap_shank(pose, scale, leg) <= NEAR_THIGH_SHANK
    return Side(leg) if lifted and near else Side.BOTH


def not_recrossed(pose: Pose, scale: Scale, before: Side) -> bool:
    """Whether the leg that was crossed is still the one, be it on the knee or put down."""
    return before is not Side.BOTH and crossed_leg(pose, scale) in (before, Side.BOTH)


def _lift_shank(pose: Pose, scale: Scale, leg: str) -> float:
    """How much higher knee and ankle of one leg are than those of the other, in shank lengths."""
    return (_leg_y(pose, OTHER[leg]) - _leg_y(pose, leg)) / scale.shank_px


def _leg_y(pose: Pose, leg: str) -> float:
    """The middle of knee and ankle, px down the image."""
    return float(pose.xy(f"{leg}_knee")[1] + pose.xy(f"{leg}_ankle")[1]) / 2


def _ankle_gap_shank(pose: Pose, scale: Scale, leg: str) -> float:
    """Distance of a leg's ankle from the other thigh, in shank lengths."""
    hip, knee = (pose.xy(f"{OTHER[leg]}_{joint}") for joint in ("hip", "knee"))
    ankle, thigh = pose.xy(f"{leg}_ankle"), knee - hip
    along = float(np.clip((ankle - hip) @ thigh / max(float(thigh @ thigh), 1.0), 0.0, 1.0))
    return math.dist(ankle, hip + along * thigh) / scale.shank_px


def crossed_leg_lift_shank(moment: Moment) -> float:
    """How much higher knee and ankle of the crossed leg are than the other's, in shank lengths."""
    if moment.side is Side.BOTH:
        return math.nan
    return _lift_shank(moment.pose, moment.scale, moment.side.value)


def hand_at_toes(moment: Moment) -> float:
    """Whether a hand is at the crossed foot's toes: 1 when it is, 0 when it is not, and between."""
    if moment.side is Side.BOTH:
        return math.nan
    gap = min(_from_toes_shank(moment, side) for side in OTHER)
    share = (OFF_TOES_SHANK - gap) / (OFF_TOES_SHANK - AT_TOES_SHANK)
    return max(0.0, min(1.0, share))


def _from_toes_shank(moment: Moment, side: str) -> float:
    """Distance of a hand from the crossed foot's toes in the image, in shank lengths."""
    if moment.side is Side.BOTH:
        return math.nan
    hand = _hand_xy(moment.pose, side)
    if _over_shin(moment, hand):
        return ON_SHIN_SHANK
    return math.dist(hand, _toes_xy(moment)) / moment.scale.shank_px


def _toes_xy(moment: Moment) -> Array:
    """Where the crossed foot's toes must be, (2,) px, told from the leg underneath.

    Their own landmark jumps from place to place under a hand.
    """
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
    if _ankle_gap_shank(pose, moment.scale, leg) > ON_THIGH_SHANK:
        return False
    ankle, shin = pose.xy(f"{leg}_ankle"), pose.xy(f"{leg}_knee") - pose.xy(f"{leg}_ankle")
    length = float(np.hypot(*shin))
    shown = length > SHIN_SHOWN_SHANK * moment.scale.shank_px
    return shown and float((hand - ankle) @ shin) > UP_THE_SHIN * length**2


def _right_shank(moment: Moment, side: str) -> float:
    """How far right of the shoulders a hand is in the image, in shank lengths."""
    return float(_from_shoulders_shank(moment, side)[0])


def _down_shank(moment: Moment, side: str) -> float:
    """How far below the shoulders a hand is in the image, in shank lengths."""
    return float(_from_shoulders_shank(moment, side)[1])


def _from_shoulders_shank(moment: Moment, side: str) -> Array:
    hand, shoulders = _hand_xy(moment.pose, side), middle_xy(moment.pose, "shoulder")
    return np.asarray(hand - shoulders) / moment.scale.shank_px


HAND_SIGNALS: Mapping[str, Signal] = {
    f"{side}_hand_{name}": partial(signal, side=side)
    for side in OTHER
    for name, signal in (
        ("from_toes_shank", _from_toes_shank),
        ("right_shank", _right_shank),
        ("down_shank", _down_shank),
    )
}
"""Where each hand is: from the toes, and right of and below the shoulders."""


def shoulders_right_shank(moment: Moment) -> float:
    """How far right of the image's left edge the shoulders are, in shank lengths."""
    return float(middle_xy(moment.pose, "shoulder")[0]) / moment.scale.shank_px


def shoulders_down_shank(moment: Moment) -> float:
    """How far below the image's upper edge the shoulders are, in shank lengths."""
    return float(middle_xy(moment.pose, "shoulder")[1]) / moment.scale.shank_px


def crossed(moment: Moment) -> str | None:
    """Why this is no toe stretch, in words: seated, one foot on the other knee; or None."""
    reason = seated(moment)
    if reason:
        return reason
    up = crossed_leg_lift_shank(moment) >= STILL_LIFTED_SHANK
    return None if up else "Lay one foot on the other knee"
