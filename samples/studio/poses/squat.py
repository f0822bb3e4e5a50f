"""Squat: knees and hips bend, the feet stay flat."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from samples.studio.body import SIDES, Body
from samples.studio.movement import Movement, Rep
from samples.studio.poses.stance import (
    HALF_STANCE_M,
    STANDING_KNEE_DEG,
    arm_out,
    planted,
    sign,
    trunk,
    upright,
)
from samples.studio.posture import Posture
from samples.studio.rotations import vec

SHANK_SHARE = 0.34  # of the knee's bend that the shank tips forward
LEAN_SHARE = 0.42  # of the knee's bend that the trunk tips forward
ARMS_FORWARD_FROM_DEG = 20.0


@dataclass(frozen=True)
class Squat:
    """Knees bent by `knee_deg`."""

    knee_deg: float = STANDING_KNEE_DEG
    arms_forward: bool = False

    def posture(self, body: Body) -> Posture:
        """The posture of a person who stands at the origin and faces +z."""
        legs = {s: planted(body, s, sign(s) * HALF_STANCE_M * 1.3, 0.0) for s in SIDES}
        shank, knee = np.radians(SHANK_SHARE * self.knee_deg), np.radians(self.knee_deg)
        thigh = shank - knee
        along = body.shank_m * vec(0, np.cos(shank), np.sin(shank))
        along = along + body.thigh_m * vec(0, np.cos(thigh), np.sin(thigh))
        hips = vec(0, legs["left"].ankle[1], 0.01) + along
        share = min(max(self.knee_deg - ARMS_FORWARD_FROM_DEG, 0.0) / 60.0, 1.0)
        arms = None
        if self.arms_forward:
            arms = {s: arm_out(s, 0.14, 1.2 * share, 1.0 - 0.9 * share) for s in SIDES}
        return upright(hips, legs, trunk(0.6 * LEAN_SHARE * self.knee_deg),
                       trunk(LEAN_SHARE * self.knee_deg), arms)  # fmt: skip


MOVEMENTS = (
    Movement(
        "squat",
        Squat,
        drive="knee_deg",
        rep=Rep(amplitude=80.0, up_s=1.4, hold_s=0.4, down_s=1.3, gap_s=0.5),
        signal="both_knee_flexion_deg",
    ),
)
