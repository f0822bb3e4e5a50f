"""Nobody stands like a statue: seeded sway, breathing, and arms and head that never rest."""

from __future__ import annotations

from dataclasses import replace

from samples.studio.posture import Arm, Posture
from samples.studio.profile import wander
from samples.studio.rotations import Mat, Vec, pitch, roll, yaw

SWAY_FORWARD_DEG, SWAY_SIDE_DEG = 0.35, 0.15  # of the whole body about the ankles
BREATH_DEG, BREATH_S = 0.6, (3.9,)
HEAD_TURN_DEG, HEAD_NOD_DEG = 5.0, 3.0
ARM_DEG = 4.0
FOOT_OFF_FLOOR_M = 0.10  # a foot that is this much higher than the other carries nothing
SLOW_S = (7.0, 3.7, 1.9)


def _fidget(seed: int, t_s: float, degrees: float) -> Mat:
    forward = wander(t_s, seed, periods_s=SLOW_S)
    aside = wander(t_s, seed + 1, periods_s=SLOW_S)
    return pitch(degrees * forward) @ roll(degrees * 0.6 * aside)


def _restless(arm: Arm, seed: int, t_s: float, vigour: float) -> Arm:
    if arm.busy:
        return arm
    upper = _fidget(seed, t_s, ARM_DEG * vigour)
    fore = upper @ _fidget(seed + 2, t_s, 1.5 * ARM_DEG * vigour)
    return replace(
        arm, upper=upper @ arm.upper, fore=fore @ arm.fore, fingers=fore @ arm.fingers,
        palm=fore @ arm.palm,
    )  # fmt: skip


def _support(posture: Posture) -> Vec:
    """The point (3,) to sway about: between the ankles, or the one that carries alone."""
    left, right = posture.left_leg.ankle, posture.right_leg.ankle
    higher = float(left[1] - right[1]) / FOOT_OFF_FLOOR_M
    share = 0.5 + 0.5 * min(max(higher, -1.0), 1.0)  # of the right foot
    support: Vec = (1 - share) * left + share * right
    return support


def alive(posture: Posture, t_s: float, seed: int, vigour: float) -> Posture:
    """The posture with the small movements of a living person; a vigour of 1 is usual.

    The body sways about the ankles, so the planted feet and the leg lengths stay as they were.
    """
    forward = SWAY_FORWARD_DEG * vigour * wander(t_s, seed)
    aside = SWAY_SIDE_DEG * vigour * wander(t_s, seed + 1)
    sway = roll(aside) @ pitch(forward)
    feet = _support(posture)
    breath = pitch(-BREATH_DEG * wander(t_s, seed + 2, periods_s=BREATH_S))
    look = yaw(HEAD_TURN_DEG * vigour * wander(t_s, seed + 3, periods_s=SLOW_S)) @ pitch(
        HEAD_NOD_DEG * vigour * wander(t_s, seed + 4, periods_s=SLOW_S)
    )
    return replace(
        posture,
        hips=feet + sway @ (posture.hips - feet),
        pelvis=sway @ posture.pelvis,
        chest=sway @ posture.chest @ breath,
        head=sway @ posture.head @ look,
        left_arm=_restless(posture.left_arm, seed + 10, t_s, vigour),
        right_arm=_restless(posture.right_arm, seed + 20, t_s, vigour),
    )
