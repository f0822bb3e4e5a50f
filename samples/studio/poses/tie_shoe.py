"""Bending down on a chair to a foot on the floor, as to tie a shoe: no exercise at all."""

from __future__ import annotations

from dataclasses import dataclass, replace

from samples.studio.body import SIDES, Body
from samples.studio.movement import Movement, Rep
from samples.studio.poses.seated import Grip, Seated, thigh_grip
from samples.studio.poses.stance import sign
from samples.studio.posture import Posture
from samples.studio.rotations import UP, vec

BOW_DEG = 72.0
HANDS_OVER_FOOT_M, HANDS_APART_M, HANDS_AHEAD_M = 0.12, 0.05, 0.07  # of the ankle


@dataclass(frozen=True)
class TieShoe(Seated):
    """Both hands at the foot of `side` at a `share` of 1."""

    share: float = 0.0
    side: str = "left"

    def posture(self, body: Body) -> Posture:
        """The posture of a person who faces +z, the feet beside the origin."""
        lean = self.lean_deg + self.share * BOW_DEG
        posture = replace(self, lean_deg=lean).sitting(body)
        foot = posture.leg(self.side).ankle
        for hand in SIDES:
            aside = sign(hand) * HANDS_APART_M
            goal = Grip(
                foot + vec(aside, HANDS_OVER_FOOT_M, HANDS_AHEAD_M),
                elbow=vec(sign(hand), -0.2, -0.2),
                fingers=vec(-sign(hand) * 0.4, -0.8, 0.4),
                palm=vec(-sign(hand), 0, 0) - 0.3 * UP,
            )
            grip = thigh_grip(body, posture, hand).towards(goal, self.share)
            posture = grip.of(body, posture, hand)
        return posture


MOVEMENTS = (
    Movement(
        "tie-shoe",
        TieShoe,
        drive="share",
        rep=Rep(amplitude=1.0, up_s=1.6, hold_s=4.0, down_s=1.5),
        signal="lean_deg",
    ),
)
