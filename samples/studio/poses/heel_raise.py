"""Heel raise: on both feet, on one, or with the heels hanging over the edge of a step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from samples.studio.body import SIDES, Body
from samples.studio.movement import Movement, Rep, scaled, timed
from samples.studio.poses.stance import (
    HALF_STANCE_M,
    HIPS_BEFORE_ANKLES_M,
    STANDING_KNEE_DEG,
    STANDING_LEAN_DEG,
    free_leg,
    heel_lifted,
    hip_height,
    plantarflexion_deg,
    planted,
    sign,
    trunk,
    upright,
)
from samples.studio.posture import Leg, Posture, two_bone
from samples.studio.rotations import Mat, Vec, pitch, roll, vec

HIPS_BEHIND_BALL_M = 0.04  # at the top the weight is over the ball of the foot
TOP_PITCH_DEG = 45.0  # foot pitch at which the weight has arrived there
LEAN_MOVES_HIPS_M_DEG = -0.0025  # a trunk that leans forward pushes the hips back
PELVIS_LEAN_SHARE = 0.7  # of a trunk lean that the pelvis goes along with
PITCH_RANGE_DEG = (-35.0, 85.0)
ONE_LEG_SHIFT = 0.55  # how far over the standing foot the hips move, as a share
HANGING_HEELS_DEG = -14.0  # ankle angle at rest on a step: heels below the edge
LIFTED_THIGH_DEG, LIFTED_KNEE_DEG, LIFTED_FOOT_DEG = -6.0, 80.0, 25.0  # the other leg


@dataclass(frozen=True)
class HeelRaise:
    """Ankles extended by `angle_deg` from rest; the balls of the feet stay where they are."""

    angle_deg: float = 0.0
    side: str = "both"
    step_m: float = 0.0  # height of a step under the balls of the feet
    knee_deg: float = STANDING_KNEE_DEG
    lean_deg: float = STANDING_LEAN_DEG
    weak_side: str = "right"
    weak_share: float = 1.0  # of `angle_deg` that the weak side's ankle reaches

    def posture(self, body: Body) -> Posture:
        """The posture of a person who stands at the origin and faces +z."""
        lean = trunk(self.lean_deg)
        if self.side == "both":
            return self._on_both(body, lean)
        return self._on_one(body, lean)

    @property
    def _pelvis(self) -> Mat:
        return trunk(PELVIS_LEAN_SHARE * (self.lean_deg - STANDING_LEAN_DEG))

    def _extension_deg(self, side: str) -> float:
        return self.angle_deg * (self.weak_share if side == self.weak_side else 1.0)

    def _standing_leg(self, body: Body, side: str, x: float, hip_x: float) -> tuple[Leg, Vec]:
        """The leg whose ankle reads the wanted angle, and its hip joint.

        The foot is tipped until it does: the hips move forward over the ball as the heel
        rises, so the shank's slope is not known beforehand.
        """
        flat = planted(body, side, x, 0.0, floor_m=self.step_m)
        rest = HANGING_HEELS_DEG
        if not self.step_m:
            rest = HeelRaise(side=self.side)._tipped(body, side, flat, hip_x, 0.0)[2]
        wanted = rest + self._extension_deg(side)

        def error(pitch_deg: float) -> float:
            return self._tipped(body, side, flat, hip_x, pitch_deg)[2] - wanted

        leg, hip, _ = self._tipped(
            body, side, flat, hip_x, float(brentq(error, *PITCH_RANGE_DEG, xtol=1e-3))
        )
        return leg, hip

    def _tipped(
        self, body: Body, side: str, flat: Leg, hip_x: float, pitch_deg: float
    ) -> tuple[Leg, Vec, float]:
        """A leg with its heel raised, its hip joint, and what its ankle reads in degrees."""
        leg = heel_lifted(body, side, flat, pitch_deg)
        hip = self._hip_over(body, side, leg, hip_x, pitch_deg)
        knee, ankle = two_bone(hip, leg.ankle, body.thigh_m, body.shank_m, leg.knee_towards)
        return leg, hip, plantarflexion_deg(body, side, knee, ankle, leg.foot)

    def _hip_over(self, body: Body, side: str, leg: Leg, hip_x: float, pitch_deg: float) -> Vec:
        ball = leg.ankle + leg.foot @ (
            body.joint(f"{side}_second_toe") - body.joint(f"{side}_ankle")
        )
        forward = float(np.clip(pitch_deg / TOP_PITCH_DEG, 0, 1))
        z = (1 - forward) * HIPS_BEFORE_ANKLES_M + forward * (ball[2] - HIPS_BEHIND_BALL_M)
        z += LEAN_MOVES_HIPS_M_DEG * (self.lean_deg - STANDING_LEAN_DEG)
        return vec(hip_x, hip_height(body, leg, hip_x, z, self.knee_deg), z)

    def _on_both(self, body: Body, lean: Mat) -> Posture:
        found = {
            side: self._standing_leg(
                body, side, sign(side) * HALF_STANCE_M, body.joint(f"{side}_hip")[0]
            )
            for side in SIDES
        }
        left, right = found["left"][1], found["right"][1]
        tilt = roll(float(np.degrees(np.arctan2(left[1] - right[1], left[0] - right[0]))))
        legs = {side: leg for side, (leg, _) in found.items()}
        return upright((left + right) / 2, legs, pelvis=tilt @ self._pelvis, chest=lean)

    def _on_one(self, body: Body, lean: Mat) -> Posture:
        side = self.side
        other = "right" if self.side == "left" else "left"
        middle = ONE_LEG_SHIFT * sign(side) * HALF_STANCE_M
        offset = body.joint(f"{side}_hip")[0]
        leg, hip = self._standing_leg(body, side, sign(side) * HALF_STANCE_M, middle + offset)
        hips = hip - vec(offset, 0, 0)
        legs = {side: leg, other: lifted_behind(body, other, hips)}
        return upright(hips, legs, pelvis=self._pelvis, chest=lean)


def lifted_behind(body: Body, side: str, hips: Vec) -> Leg:
    """A leg whose foot is off the floor: thigh hanging, knee bent, foot behind."""
    hip = hips + body.joint(f"{side}_hip") - body.hips
    return free_leg(
        body, side, hip, pitch(LIFTED_THIGH_DEG), LIFTED_KNEE_DEG, ankle_deg=LIFTED_FOOT_DEG
    )


MOVEMENTS = (
    Movement(
        "heel-raise",
        HeelRaise,
        drive="angle_deg",
        rep=Rep(amplitude=36.0, up_s=1.2, hold_s=0.8, down_s=1.8, gap_s=0.6),
        signal="{side}_plantarflexion_deg",
        distance="hips_height_cm",
        measures=("rise_shank", "plantarflexion_deg", "knee_flexion_deg", "lean_deg"),
        bends={
            "knee_bend": {"knee_deg": 30.0},
            "trunk_lean": {"lean_deg": 24.0},
            "uneven": {"weak_share": -0.45},
        },
        changes={
            "shallow": scaled(0.42),
            "fast_lowering": timed(down_s=0.45),
            "no_pause": timed(hold_s=0.05),
        },
    ),
)
