"""A stick figure on a chair with one foot crossed over the other knee, a hand at its toes."""

from __future__ import annotations

import math

import numpy as np

from tests.stick import SHANK_M, SIDES, THIGH_M, Array, Body, sitting

ALONG_THIGH, OVER_THIGH_M = 0.75, 0.10
"""Where the crossed ankle lies on the other thigh."""
TOES_AHEAD_M, HEEL_BEHIND_M = 0.15, 0.05
HAND_OVER_TOES_M = 0.09
LAP, LAP_OVER_M, UNDER_LAP = 0.6, 0.08, 0.3
"""Where the hands lie on the thighs, as shares of the way to the knee; UNDER: the lower leg's."""


def toe_stretching(
    *, side: str = "left", foot: float = 1.0, hand: float = 1.0, off_knee_m: float = 0.0
) -> Body:
    """Sitting, the ankle of `side` on the other thigh, the hand of that side at the toes.

    foot: from the floor (0) to the thigh (1); hand: from the own thigh (0) to the toes (1).
    off_knee_m: how far the foot has slid off the knee, forward and down.
    """
    body = dict(sitting())
    under, sign = ("right" if side == "left" else "left"), SIDES[side]
    hip, other_hip = body[f"{side}_hip"], body[f"{under}_hip"]
    thigh = body[f"{under}_knee"] - other_hip
    lying = other_hip + ALONG_THIGH * thigh + _to(-sign * 0.02, OVER_THIGH_M)
    slid = off_knee_m * _to(0.0, -1.0, 0.7)
    ankle = (1 - foot) * body[f"{side}_ankle"] + foot * (lying + slid)
    knee = _knee(hip, ankle, _to(sign * foot, 0.1 * foot, 1.0 - 0.7 * foot))
    toes = ankle + _to(0.0, 0.02 * foot - 0.04, TOES_AHEAD_M)
    body[f"{side}_knee"], body[f"{side}_ankle"] = knee, ankle
    body[f"{side}_heel"] = ankle + _to(0.0, -0.03, -HEEL_BEHIND_M)
    body[f"{side}_foot_index"] = toes
    lap = hip + LAP * (knee - hip) + _to(0.0, LAP_OVER_M)
    _lay(body, side, (1 - hand) * lap + hand * (toes + _to(-sign * 0.02, HAND_OVER_TOES_M)))
    _lay(body, under, other_hip + UNDER_LAP * thigh + _to(0.0, LAP_OVER_M))
    return body


def _to(left: float, up: float = 0.0, forward: float = 0.0) -> Array:
    return np.array([left, up, forward])


def _lay(body: Body, side: str, wrist: Array) -> None:
    """Bring one hand to a place."""
    body[f"{side}_elbow"] = (body[f"{side}_shoulder"] + wrist) / 2 + _to(SIDES[side] * 0.1)
    for joint in ("wrist", "index", "pinky", "thumb"):
        body[f"{side}_{joint}"] = wrist


def _knee(hip: Array, ankle: Array, towards: Array) -> Array:
    """The knee between a hip and an ankle, pointing in a direction."""
    way = ankle - hip
    reach = min(float(np.linalg.norm(way)), SHANK_M + THIGH_M - 1e-6)
    along = way / np.linalg.norm(way)
    aside = towards - along * (towards @ along)
    cosine = (THIGH_M**2 + reach**2 - SHANK_M**2) / (2 * THIGH_M * reach)
    turn = math.acos(max(-1.0, min(1.0, cosine)))
    bent: Array = along * math.cos(turn) + aside / np.linalg.norm(aside) * math.sin(turn)
    return hip + THIGH_M * bent
