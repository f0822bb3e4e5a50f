"""On the knees, and sitting on one hip: helpers beside the mat, and the way down to it and up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from samples.studio.body import SIDES, Body
from samples.studio.movement import Movement, Rep
from samples.studio.poses.side_lying import Clamshell, half_hips_m
from samples.studio.poses.stance import arm_out, foot_turn, sign, trunk, upright
from samples.studio.posture import Leg, Posture, mirrored, reach
from samples.studio.room import MAT_THICK_M
from samples.studio.rotations import pitch, roll, vec

KNEE_HIGH_M, ANKLE_HIGH_M = 0.06, 0.07  # joints above the floor when the shin lies on it
HALF_KNEEL_M = 0.12  # each knee from the middle
FOOT_BACK_DEG = 155.0  # the foot lies on its back, the toes point away
HAND_FLAT_M = 0.05  # wrist above the mat when the palm rests on it
HIP_SHARE = 0.75  # of its height when standing upright on it, sat upon


@dataclass(frozen=True)
class Kneel:
    """On both knees; the thighs tip back towards the heels, the trunk leans, an arm reaches."""

    back_deg: float = 12.0  # 0: hips over the knees, 60: sitting on the heels
    lean_deg: float = 8.0
    reach: float = 0.0  # 0: hands before the thighs, 1: one arm stretched forward
    side: str = "right"  # the arm that reaches

    def posture(self, body: Body) -> Posture:
        """The posture of a person who kneels at the origin and faces +z."""
        tip = np.radians(self.back_deg)
        hips = vec(0, KNEE_HIGH_M + body.thigh_m * np.cos(tip), -body.thigh_m * np.sin(tip))
        legs = {
            s: Leg(
                ankle=vec(sign(s) * HALF_KNEEL_M, ANKLE_HIGH_M, -body.shank_m),
                knee_towards=vec(sign(s) * 0.05, -0.5, 1),
                foot=pitch(FOOT_BACK_DEG) @ foot_turn(body, s, 0.0),
            )
            for s in SIDES
        }
        arms = {s: arm_out(s, 0.16, 0.35, 1.0, 0.7) for s in SIDES}
        if self.reach:
            k = self.reach
            arms[self.side] = arm_out(self.side, 0.12, 0.35 + k, 1.0 - 0.4 * k, 0.7 - 0.5 * k)
        return upright(hips, legs, trunk(0.6 * self.lean_deg), trunk(self.lean_deg), arms)


@dataclass(frozen=True)
class SideSit:
    """On one hip, the legs as for lying down, the trunk propped up on the lower hand."""

    side: str = "right"  # the upper leg
    tilt_deg: float = 48.0  # of the trunk from upright

    def posture(self, body: Body) -> Posture:
        """The posture of a person whose hips are over the origin, facing +z."""
        lying = Clamshell(hip_deg=62.0, knee_deg=92.0).posture(body)
        hips = vec(0, HIP_SHARE * half_hips_m(body) + MAT_THICK_M + 0.04, 0)
        seated = upright(
            hips,
            {"left": lying.left_leg, "right": lying.right_leg},
            pelvis=roll(-0.5 * (self.tilt_deg + 90.0)),
            chest=roll(-self.tilt_deg),
            arms={s: arm_out(s, 0.2, 0.5, 1.0, 0.5) for s in SIDES},
        )
        shoulder = hips + seated.chest @ (body.joint("left_shoulder") - body.hips)
        propped = reach(
            body,
            seated,
            "left",
            vec(shoulder[0] + 0.10, MAT_THICK_M + HAND_FLAT_M, 0.12),
            elbow=vec(0.3, 0.1, -1),
            fingers=vec(0.6, -0.1, 1),
            palm=vec(0, -1, 0),
        )
        return propped if self.side == "right" else mirrored(propped)


MOVEMENTS = (
    Movement("kneel", Kneel, drive="reach", rep=Rep(amplitude=1.0, up_s=1.0, down_s=1.0)),
    Movement("kneel-lean", Kneel, drive="lean_deg", rep=Rep(amplitude=30.0, up_s=1.2, down_s=1.2)),
    Movement("side-sit", SideSit, drive="tilt_deg", rep=Rep(amplitude=10.0)),
)
