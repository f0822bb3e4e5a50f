"""Standing on one leg while the other moves: side-leg raise, and marching in place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from samples.studio.body import Body
from samples.studio.movement import Movement, Rep
from samples.studio.poses.stance import (
    HALF_STANCE_M,
    HIPS_BEFORE_ANKLES_M,
    STANDING_KNEE_DEG,
    free_leg,
    hip_height,
    planted,
    sign,
    trunk,
    upright,
)
from samples.studio.posture import Posture
from samples.studio.rotations import Mat, pitch, roll, vec

SHIFT_M = 0.05  # of the hips towards the standing foot when the other is up
LEAN_SHARE = 0.15  # of a side-leg raise that the trunk leans the other way
MARCH_KNEE_SHARE = 1.15  # knee bend for every degree of thigh lift


def _on_one_leg(
    body: Body, side: str, *, shift: float, turn: Mat, knee_deg: float, lean: Mat
) -> Posture:
    """The hips over the other foot by `shift` (0 to 1), the leg of `side` in the air."""
    other = "right" if side == "left" else "left"
    standing = planted(body, other, sign(other) * HALF_STANCE_M, 0.0)
    middle = sign(other) * SHIFT_M * shift
    hip_x = middle + body.joint(f"{other}_hip")[0]
    height = hip_height(body, standing, hip_x, HIPS_BEFORE_ANKLES_M, STANDING_KNEE_DEG)
    hips = vec(middle, height, HIPS_BEFORE_ANKLES_M)
    hip = hips + body.joint(f"{side}_hip") - body.hips
    legs = {other: standing, side: free_leg(body, side, hip, turn, knee_deg)}
    return upright(hips, legs, chest=lean)


@dataclass(frozen=True)
class SideLegRaise:
    """The straight leg of `side` lifted sideways by `angle_deg`."""

    angle_deg: float = 0.0
    side: str = "left"

    def posture(self, body: Body) -> Posture:
        """The posture of a person who stands at the origin and faces +z."""
        out = sign(self.side)
        turn = roll(out * self.angle_deg)
        lean = trunk(1.0, -out * LEAN_SHARE * self.angle_deg)
        knee = STANDING_KNEE_DEG + 1.0
        return _on_one_leg(body, self.side, shift=1.0, turn=turn, knee_deg=knee, lean=lean)


@dataclass(frozen=True)
class March:
    """Thighs lifted in turn; `beats` counts the steps taken so far."""

    beats: float = 0.0
    thigh_deg: float = 60.0

    def posture(self, body: Body) -> Posture:
        """The posture of a person who stands at the origin and faces +z."""
        side = "left" if int(self.beats) % 2 == 0 else "right"
        up = float(np.sin(np.pi * (self.beats % 1.0)) ** 2)
        thigh = self.thigh_deg * up
        knee = STANDING_KNEE_DEG + 1.0 + MARCH_KNEE_SHARE * thigh
        return _on_one_leg(body, side, shift=up, turn=pitch(-thigh), knee_deg=knee, lean=trunk(1.0))


MOVEMENTS = (
    Movement(
        "side-leg-raise",
        SideLegRaise,
        drive="angle_deg",
        rep=Rep(amplitude=30.0, up_s=1.1, hold_s=0.4, down_s=1.2, gap_s=0.4),
    ),
    Movement(
        "march",
        March,
        drive="beats",
        rep=Rep(amplitude=8.0, up_s=6.0, hold_s=0.3, down_s=6.0, gap_s=0.3),
    ),
)
