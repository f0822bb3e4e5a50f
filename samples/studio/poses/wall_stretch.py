"""Calf and soleus stretch: hands on a wall, one leg back, heel down, lean in.

The wall is in front of a person at the origin who faces +z; the ankle of the back foot is
at z = 0. The two stretches differ in the back knee: straight for the calf, bent for soleus.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from samples.studio.body import SIDES, Body
from samples.studio.movement import Movement, Rep, scaled, timed
from samples.studio.poses.stance import (
    STANDING_KNEE_DEG,
    heel_lifted,
    planted,
    sign,
    trunk,
    upright,
)
from samples.studio.posture import Posture, reach
from samples.studio.rotations import FORWARD, UP, Vec, vec

WALL_PER_HEIGHT = 0.50  # distance of the wall from the back ankle
HALF_WIDTH_M = 0.08
HAND_FROM_WALL_M, HAND_ASIDE_M, HAND_BELOW_SHOULDER_M = 0.05, 0.18, 0.04
LEAN_PER_TILT = 0.75  # the trunk goes along with the back leg
HIPS_BACK_LEAN_DEG = 20.0


def stature_m(body: Body) -> float:
    """How tall a body is."""
    return float(body.vertices[:, 1].max())


def wall_z(body: Body) -> float:
    """Where the wall must stand for a body to stretch at it."""
    return WALL_PER_HEIGHT * stature_m(body)


@dataclass(frozen=True)
class WallStretch:
    """The back shank tipped forward by `tilt_deg`; `side` is the leg behind."""

    tilt_deg: float = 14.0
    side: str = "left"
    knee_deg: float = STANDING_KNEE_DEG
    heel_deg: float = 0.0  # back heel off the floor
    turned_out_deg: float = 4.0  # back foot
    hips_back_deg: float = 0.0  # trunk bent forward instead of leaning in
    stride: float = 0.19  # front ankle before the back one, as a share of the body's height

    def posture(self, body: Body) -> Posture:
        """The posture of a person who stands at the origin and faces the wall at +z."""
        back, front = self.side, "right" if self.side == "left" else "left"
        flat = planted(body, back, sign(back) * HALF_WIDTH_M, 0.0, sign(back) * self.turned_out_deg)
        stride = self.stride * stature_m(body)
        legs = {
            back: heel_lifted(body, back, flat, self.heel_deg),
            front: planted(body, front, sign(front) * HALF_WIDTH_M, stride, 0.0),
        }
        shank, thigh = np.radians(self.tilt_deg), np.radians(self.tilt_deg - self.knee_deg)
        up = body.shank_m * np.cos(shank) + body.thigh_m * np.cos(thigh)
        forward = body.shank_m * np.sin(shank) + body.thigh_m * np.sin(thigh)
        aside = body.joint(f"{back}_hip")[0] - legs[back].ankle[0]
        ankle = legs[back].ankle
        hips = vec(0, ankle[1] + np.sqrt(up * up - aside * aside), ankle[2] + forward)
        lean = LEAN_PER_TILT * self.tilt_deg + self.hips_back_deg
        return self._hands_on_wall(body, upright(hips, legs, trunk(0.5 * lean), trunk(lean)))

    def _hands_on_wall(self, body: Body, posture: Posture) -> Posture:
        chest = posture.hips + posture.chest @ (
            (body.joint("left_shoulder") + body.joint("right_shoulder")) / 2 - body.hips
        )
        for side in SIDES:
            hand = _hand(body, side, float(chest[1]))
            elbow = vec(sign(side) * 0.6, -1, 0)
            posture = reach(body, posture, side, hand, elbow=elbow, fingers=UP, palm=FORWARD)
        return replace(posture, head=trunk(0.3 * self.tilt_deg))


def _hand(body: Body, side: str, shoulder_height: float) -> Vec:
    return vec(
        sign(side) * HAND_ASIDE_M,
        shoulder_height - HAND_BELOW_SHOULDER_M,
        wall_z(body) - HAND_FROM_WALL_M,
    )


HOLD = Rep(amplitude=14.0, up_s=1.6, hold_s=9.0, down_s=1.4, gap_s=0.8)
MEASURES = ("dorsiflexion_deg", "back_knee_deg", "held_lean_deg")
BENDS = {
    "heel_lift": {"heel_deg": 14.0},
    "foot_turned_out": {"turned_out_deg": 38.0},
    "no_lean": {"hips_back_deg": HIPS_BACK_LEAN_DEG},
}
CHANGES = {"short_hold": timed(hold_s=3.5), "no_lean": scaled(0.2)}


@dataclass(frozen=True)
class SoleusStretch(WallStretch):
    """The same with the back knee bent."""

    tilt_deg: float = 16.0
    knee_deg: float = 32.0
    stride: float = 0.12


MOVEMENTS = (
    Movement(
        "calf-stretch",
        WallStretch,
        drive="tilt_deg",
        rep=HOLD,
        signal="{side}_shank_tilt_deg",
        measures=MEASURES,
        counts="holds",
        bends={**BENDS, "knee_bend": {"knee_deg": 26.0}},
        changes=CHANGES,
    ),
    Movement(
        "soleus-stretch",
        SoleusStretch,
        drive="tilt_deg",
        rep=replace(HOLD, amplitude=13.0),
        signal="{side}_shank_tilt_deg",
        measures=MEASURES,
        counts="holds",
        bends={**BENDS, "knee_straight": {"knee_deg": -26.0}},
        changes=CHANGES,
    ),
)
