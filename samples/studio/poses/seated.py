"""Sitting on a chair, both feet flat on the floor, hands on the thighs.

Movements made on a chair are subclasses that override `legs`, and `posture` for the arms.
"""

from __future__ import annotations

from dataclasses import dataclass

from samples.studio.body import SIDES, Body
from samples.studio.movement import Movement, Rep
from samples.studio.poses.stance import HALF_STANCE_M, planted, sign, trunk, upright
from samples.studio.posture import Leg, Posture, blend_direction, hip_joint, reach, two_bone
from samples.studio.rotations import UP, Vec, unit, vec

SEAT_BEHIND_M = 0.42  # hips behind the ankles when seated
SEATED_LEAN_DEG = 4.0
HIPS_ABOVE_KNEE_LEVEL_M = 0.02
HAND_ALONG_THIGH, HAND_OVER_THIGH_M = 0.62, 0.085  # the wrist: share of the way to the knee


@dataclass(frozen=True)
class Seated:
    """At rest on a chair, the hips `seat_behind_m` behind the ankles."""

    lean_deg: float = SEATED_LEAN_DEG
    seat_behind_m: float = SEAT_BEHIND_M

    def legs(self, body: Body) -> dict[str, Leg]:
        """The goals of both legs by side."""
        return {s: planted(body, s, sign(s) * HALF_STANCE_M, 0.0) for s in SIDES}

    def posture(self, body: Body) -> Posture:
        """The posture of a person who faces +z, the feet beside the origin."""
        posture = self.sitting(body)
        for side in SIDES:
            posture = thigh_grip(body, posture, side).of(body, posture, side)
        return posture

    def sitting(self, body: Body) -> Posture:
        """The same with the arms hanging."""
        flat = planted(body, "left", 0.0, 0.0).ankle[1]
        hips = vec(0, flat + body.shank_m + HIPS_ABOVE_KNEE_LEVEL_M, -self.seat_behind_m)
        return upright(hips, self.legs(body), trunk(0.7 * self.lean_deg), trunk(self.lean_deg))


def knee_of(body: Body, posture: Posture, side: str) -> Vec:
    """World position (3,) of a knee."""
    leg, hip = posture.leg(side), hip_joint(body, posture, side)
    return two_bone(hip, leg.ankle, body.thigh_m, body.shank_m, leg.knee_towards)[0]


@dataclass(frozen=True)
class Grip:
    """Where a hand is and how it is turned: world position and world directions (3,)."""

    wrist: Vec
    elbow: Vec
    fingers: Vec
    palm: Vec

    def towards(self, other: Grip, share: float) -> Grip:
        """The grip `share` (0 to 1) of the way to another one."""
        return Grip(
            (1 - share) * self.wrist + share * other.wrist,
            blend_direction(self.elbow, other.elbow, share),
            blend_direction(self.fingers, other.fingers, share),
            blend_direction(self.palm, other.palm, share),
        )

    def of(self, body: Body, posture: Posture, side: str) -> Posture:
        """The same posture with the hand of a side in this grip."""
        return reach(
            body,
            posture,
            side,
            self.wrist,
            elbow=self.elbow,
            fingers=self.fingers,
            palm=self.palm,
        )


def thigh_grip(body: Body, posture: Posture, side: str, along: float = HAND_ALONG_THIGH) -> Grip:
    """A hand that lies on the thigh of its side, `along` of the way to the knee."""
    hip, knee = hip_joint(body, posture, side), knee_of(body, posture, side)
    wrist = hip + along * (knee - hip) + HAND_OVER_THIGH_M * UP
    fingers = unit(unit(knee - hip) - 0.25 * UP)
    return Grip(wrist, vec(sign(side) * 0.8, -0.6, -0.6), fingers, -UP)


MOVEMENTS = (Movement("sit", Seated, drive="lean_deg", rep=Rep(amplitude=0.0)),)
