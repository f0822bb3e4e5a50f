"""Sitting with straight legs: the four-way foot flex, and what must not count as one.

On the floor, or on a chair with one leg out, its foot in the air.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from samples.studio.body import SIDES, Body
from samples.studio.movement import Movement, Rep, Stroke, timed
from samples.studio.poses.seated import HIPS_ABOVE_KNEE_LEVEL_M, Grip, thigh_grip
from samples.studio.poses.stance import planted, reach_m, sign, trunk, upright
from samples.studio.posture import Leg, Posture, two_bone
from samples.studio.room import MAT_THICK_M
from samples.studio.rotations import LEFT, UP, Mat, Vec, about, frame, pitch, unit, vec

SEAT_BONES_M = 0.10  # hip joints over the floor that is sat on
HEEL_BACK_M = 0.055  # ankle joint over what the heel lies on
HALF_APART_M = 0.11  # each ankle from the middle
LEGS_OUT_DEG = 8.0  # relaxed legs fall outwards: kneecaps and toes turn out
STILL_KNEE_DEG = 5.0
CHAIR_LEAN_DEG = 3.0
SUBTALAR_UP_DEG, SUBTALAR_IN_DEG = 42.0, 23.0
"""Axis of in- and eversion in the foot: forward, up and inwards (Inman 1976, mean of 46 feet)."""
HAND_BEHIND_M = vec(0.26, 0.05, -0.36)  # left wrist on the floor, seen from below the hips


@dataclass(frozen=True)
class FootFlex:
    """Ankles turned from rest: `flex_deg` up (+) or down (-), `inversion_deg` in (+) or out (-)."""

    flex_deg: float = 0.0
    inversion_deg: float = 0.0
    side: str = "both"  # the foot that moves
    leg_share: float = 0.0  # of `inversion_deg` that the whole leg turns instead of the foot
    rest_deg: float = 12.0  # plantarflexion at rest: nobody sits with the feet at right angles
    knee_deg: float = STILL_KNEE_DEG
    lift_deg: float = 0.0  # of the straight leg from the floor
    lean_deg: float = -14.0
    chair: bool = False
    hands_behind: bool = True  # on the floor; else on the thighs

    def posture(self, body: Body) -> Posture:
        """The posture of a person who sits at the origin and faces +z."""
        hips = vec(0.0, MAT_THICK_M + SEAT_BONES_M, 0.0)
        lean = self.lean_deg
        if self.chair:
            knee = planted(body, "left", 0, 0).ankle[1] + body.shank_m
            hips, lean = vec(0.0, knee + HIPS_ABOVE_KNEE_LEVEL_M, 0.0), CHAIR_LEAN_DEG
        legs = {side: self._leg(body, side, hips) for side in SIDES}
        posture = upright(hips, legs, chest=trunk(lean))
        grip = _floor_grip if self.hands_behind and not self.chair else thigh_grip
        for side in SIDES:
            posture = grip(body, posture, side).of(body, posture, side)
        return posture

    def _leg(self, body: Body, side: str, hips: Vec) -> Leg:
        """A straight leg; on a chair, a foot that does not move stands flat."""
        moves = self.side in (side, "both")
        if self.chair and not moves:
            return planted(body, side, sign(side) * HALF_APART_M, body.thigh_m)
        knee_deg = self.knee_deg if moves else STILL_KNEE_DEG
        hip = hips + body.joint(f"{side}_hip") - body.hips
        across = sign(side) * HALF_APART_M - hip[0]
        down = HEEL_BACK_M + MAT_THICK_M - hip[1]
        if self.chair:  # the thigh lies on the seat, the foot is in the air
            down = -body.shank_m * np.sin(np.radians(knee_deg))
        ahead = np.sqrt(reach_m(body, knee_deg) ** 2 - down**2 - across**2)
        way = pitch(-self.lift_deg if moves else 0.0) @ vec(across, down, ahead)
        leg_in = self.leg_share * self.inversion_deg if moves else 0.0
        turn = about(unit(way), sign(side) * (leg_in - LEGS_OUT_DEG))
        towards = turn @ (UP - unit(way) * (UP @ unit(way)))
        knee, ankle = two_bone(hip, hip + way, body.thigh_m, body.shank_m, towards)
        rest = frame(body.joint(f"{side}_ankle") - body.joint(f"{side}_knee"), LEFT)
        shin = frame(ankle - knee, np.cross(towards, way)) @ rest.T
        return Leg(ankle, towards, shin @ (self._ankle(side) if moves else pitch(self.rest_deg)))

    def _ankle(self, side: str) -> Mat:
        """The foot's turn against the shin."""
        up, inwards = np.radians(SUBTALAR_UP_DEG), np.radians(SUBTALAR_IN_DEG)
        ahead = np.cos(up) * np.cos(inwards)
        axis = vec(-sign(side) * np.cos(up) * np.sin(inwards), np.sin(up), ahead)
        foot_deg = (1 - self.leg_share) * self.inversion_deg / ahead
        return pitch(self.rest_deg - self.flex_deg) @ about(axis, -sign(side) * foot_deg)


def _floor_grip(_body: Body, posture: Posture, side: str) -> Grip:
    """A hand on the floor behind the hips."""
    out = vec(sign(side), 1, 1)
    wrist = posture.hips * vec(1, 0, 1) + HAND_BEHIND_M * out + MAT_THICK_M * UP
    return Grip(wrist, vec(0.4, 0, -1) * out, unit(vec(0.6, -0.1, -1)) * out, -UP)


FLEX, TURN = "{side}_plantarflexion_deg", "{side}_inversion_deg"
MOVEMENTS = (
    Movement(
        "foot-flex",
        FootFlex,
        drive="flex_deg",
        rep=Rep(amplitude=1.0, up_s=0.8, hold_s=0.5, down_s=0.8, gap_s=0.4),
        strokes=(
            Stroke("dorsiflexion", "flex_deg", 18.0, FLEX),
            Stroke("plantarflexion", "flex_deg", -38.0, FLEX),
            Stroke("inversion", "inversion_deg", 26.0, TURN),
            Stroke("eversion", "inversion_deg", -13.0, TURN),
        ),
        bends={"leg_rotates": {"leg_share": 0.8}},
        changes={"rushed": timed(up_s=0.25, hold_s=0.03, down_s=0.25, gap_s=0.03)},
    ),
    Movement(
        "long-sit-leg-raise",
        FootFlex,
        drive="lift_deg",
        rep=Rep(amplitude=30.0, up_s=1.1, hold_s=0.5, down_s=1.2, gap_s=0.6),
    ),
    Movement(
        "long-sit-knee-bend",
        FootFlex,
        drive="knee_deg",
        rep=Rep(amplitude=75.0, up_s=1.1, hold_s=0.4, down_s=1.2, gap_s=0.6),
    ),
    Movement(
        "long-sit-reach",
        FootFlex,
        drive="lean_deg",
        rep=Rep(amplitude=45.0, up_s=1.3, hold_s=0.6, down_s=1.3, gap_s=0.6),
    ),
)
