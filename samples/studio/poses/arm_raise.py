"""Arm raises: to the front, to the side, overhead; with one arm or both."""

from __future__ import annotations

from dataclasses import dataclass

from samples.studio.body import SIDES, Body
from samples.studio.movement import Movement, Rep
from samples.studio.poses.stance import sign
from samples.studio.poses.stand import Stand
from samples.studio.posture import Arm, Posture
from samples.studio.rotations import FORWARD, LEFT, about


@dataclass(frozen=True)
class ArmRaise:
    """Arms raised by `angle_deg`: 90 is level, 170 overhead."""

    angle_deg: float = 0.0
    to_side: float = 0.0  # 0: to the front, 1: to the side
    side: str = "both"

    def posture(self, body: Body) -> Posture:
        """The posture of a person who stands at the origin and faces +z."""
        posture = Stand().posture(body)
        for side in SIDES:
            if self.side in (side, "both"):
                posture = posture.with_arm(side, self._raised(side, posture.arm(side)))
        return posture

    def _raised(self, side: str, arm: Arm) -> Arm:
        forward = about(LEFT, -self.angle_deg * (1 - self.to_side))
        turn = about(FORWARD, sign(side) * self.angle_deg * self.to_side) @ forward
        return Arm(
            turn @ arm.upper, turn @ arm.fore, turn @ arm.fingers, turn @ arm.palm, busy=True
        )


MOVEMENTS = (
    Movement(
        "arm-raise",
        ArmRaise,
        drive="angle_deg",
        rep=Rep(amplitude=160.0, up_s=1.2, hold_s=0.4, down_s=1.2, gap_s=0.4),
    ),
)
