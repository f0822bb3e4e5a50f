"""Sitting down on a chair and standing up again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from samples.studio.body import SIDES, Body
from samples.studio.movement import Movement, Rep
from samples.studio.poses.seated import (
    HIPS_ABOVE_KNEE_LEVEL_M,
    SEAT_BEHIND_M,
    SEATED_LEAN_DEG,
)
from samples.studio.poses.stance import (
    HALF_STANCE_M,
    HIPS_BEFORE_ANKLES_M,
    STANDING_KNEE_DEG,
    planted,
    reach_m,
    sign,
    trunk,
    upright,
)
from samples.studio.posture import Posture, hanging_arm
from samples.studio.rotations import vec

LEAN_DEG = 38.0


@dataclass(frozen=True)
class SitDown:
    """`share` of the way from standing (0) to sitting (1)."""

    share: float = 0.0

    def posture(self, body: Body) -> Posture:
        """The posture of a person who stands at the origin and faces +z."""
        legs = {s: planted(body, s, sign(s) * HALF_STANCE_M, 0.0) for s in SIDES}
        floor = legs["left"].ankle[1]
        high = floor + reach_m(body, STANDING_KNEE_DEG + 2.0)
        low = floor + body.shank_m + HIPS_ABOVE_KNEE_LEVEL_M
        back = np.sin(np.pi / 2 * self.share)  # first back, then down
        hips = vec(
            0,
            (1 - self.share) * high + self.share * low,
            (1 - back) * HIPS_BEFORE_ANKLES_M - back * SEAT_BEHIND_M,
        )
        lean = LEAN_DEG * np.sin(np.pi * self.share) + SEATED_LEAN_DEG * self.share
        arms = {s: hanging_arm(s, 0.14, 0.18 + 0.8 * self.share) for s in SIDES}
        return upright(hips, legs, trunk(0.7 * lean), trunk(lean), arms)


MOVEMENTS = (
    Movement(
        "sit-down",
        SitDown,
        drive="share",
        rep=Rep(amplitude=1.0, up_s=1.8, hold_s=1.2, down_s=1.6, gap_s=0.8),
        signal="both_knee_flexion_deg",
    ),
)
