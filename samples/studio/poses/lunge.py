"""Lunge on the spot: one foot ahead, the hips sink, the back heel is off the floor."""

from __future__ import annotations

from dataclasses import dataclass

from samples.studio.body import SIDES, Body
from samples.studio.movement import Movement, Rep
from samples.studio.poses.stance import HALF_STANCE_M, planted, reach_m, sign, trunk, upright
from samples.studio.posture import Posture
from samples.studio.rotations import vec

HALF_STRIDE_M = 0.33
BACK_HEEL_DEG = 25.0  # how far the back heel is up at the start
BACK_HEEL_PER_M = 60.0  # how much further it comes up for every metre of sinking
FRONT_KNEE_DEG = 30.0  # at the start


@dataclass(frozen=True)
class Lunge:
    """Hips sunk by `drop_m`; `side` is the leg in front."""

    drop_m: float = 0.0
    side: str = "left"

    def posture(self, body: Body) -> Posture:
        """The posture of a person who stands at the origin and faces +z."""
        heel = BACK_HEEL_DEG + BACK_HEEL_PER_M * self.drop_m
        legs = {
            s: planted(
                body,
                s,
                sign(s) * HALF_STANCE_M,
                HALF_STRIDE_M if s == self.side else -HALF_STRIDE_M,
                pitch_deg=0.0 if s == self.side else heel,
            )
            for s in SIDES
        }
        front = legs[self.side].ankle
        height = front[1] + (reach_m(body, FRONT_KNEE_DEG) ** 2 - HALF_STRIDE_M**2) ** 0.5
        return upright(vec(0, height - self.drop_m, 0.02), legs, chest=trunk(6.0))


MOVEMENTS = (
    Movement(
        "lunge",
        Lunge,
        drive="drop_m",
        rep=Rep(amplitude=0.28, up_s=1.3, hold_s=0.3, down_s=1.3, gap_s=0.4),
        signal="{side}_knee_flexion_deg",
    ),
)
