"""Standing still, feet hip-wide: where the standing movements begin and end."""

from __future__ import annotations

from dataclasses import dataclass

from samples.studio.body import SIDES, Body
from samples.studio.movement import Movement, Rep
from samples.studio.poses.stance import (
    HALF_STANCE_M,
    HIPS_BEFORE_ANKLES_M,
    STANDING_KNEE_DEG,
    STANDING_LEAN_DEG,
    hip_height,
    planted,
    sign,
    trunk,
    upright,
)
from samples.studio.posture import Posture
from samples.studio.rotations import vec


@dataclass(frozen=True)
class Stand:
    """Both feet flat; the trunk may lean."""

    lean_deg: float = STANDING_LEAN_DEG
    side_lean_deg: float = 0.0
    floor_m: float = 0.0

    def posture(self, body: Body) -> Posture:
        """The posture of a person who stands at the origin and faces +z."""
        legs = {
            s: planted(body, s, sign(s) * HALF_STANCE_M, 0.0, floor_m=self.floor_m) for s in SIDES
        }
        hip_x = body.joint("left_hip")[0]
        height = hip_height(body, legs["left"], hip_x, HIPS_BEFORE_ANKLES_M, STANDING_KNEE_DEG)
        lean = trunk(self.lean_deg, self.side_lean_deg)
        return upright(vec(0, height, HIPS_BEFORE_ANKLES_M), legs, chest=lean)


MOVEMENTS = (Movement("stand", Stand, drive="lean_deg", rep=Rep(amplitude=4.0)),)
