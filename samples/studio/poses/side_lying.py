"""Lying on the side: the clamshell, and the straight leg raise that must not count as one.

Worked out for someone who lies on the left side with the head towards +x, looks at +z and
moves the right leg; the other side is the mirror image. The hips are over the origin.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq, minimize_scalar

from samples.studio.body import Body
from samples.studio.movement import Movement, Rep, scaled, timed
from samples.studio.posture import Arm, Leg, Posture, hanging_arm, mirrored, reach, two_bone
from samples.studio.room import MAT_THICK_M
from samples.studio.rotations import Mat, Vec, about, angle_deg, roll, swing, unit, vec, yaw

CHEST_UP_DEG = 8.0  # the chest rests on the shoulder, which is broader than the hips
LYING: Mat = roll(-90)  # body frame to world: head to +x, left side down
DOWN_BODY, FLOOR_BODY = vec(0, -1, 0), vec(1, 0, 0)  # towards the feet; towards the floor
KNEE_THICK_M, ANKLE_THICK_M = 0.055, 0.045  # joint above the mat when it rests on it
FEET_STACKED_M = 0.085  # upper ankle above the lower one
PELVIS_SINKS_M = 0.02  # flesh gives way
WIDEST_DEG = 100.0  # of the turn of the leg about the line from hip to ankle
CLOSED_RANGE_DEG = (-25.0, 40.0)
HEAD_DROP_DEG = 16.0  # the head rests on the lower arm
HAND_BEFORE_CHEST_M = vec(0.28, -0.26, 0.30)  # the upper hand on the mat, in the body frame


def half_hips_m(body: Body) -> float:
    """Half the breadth of the hips."""
    level = np.abs(body.vertices[:, 1] - body.hips[1]) < 0.03
    across = np.abs(body.vertices[level, 0])
    return float(across[across < 0.26].max())  # the hands hang further out


@dataclass(frozen=True)
class _Lying:
    """What both movements share: a trunk on its side."""

    side: str = "right"  # the leg that moves: the upper one
    roll_deg: float = 0.0  # pelvis rolled backwards

    @property
    def _pelvis(self) -> Mat:
        return yaw(-self.roll_deg)

    def _hips(self, body: Body) -> Vec:
        return vec(0, half_hips_m(body) - PELVIS_SINKS_M + MAT_THICK_M, 0)

    def _hip(self, body: Body, side: str) -> Vec:
        """A hip joint in the body frame, seen from the hip midpoint."""
        return self._pelvis @ (body.joint(f"{side}_hip") - body.hips)

    def _lower_leg(self, body: Body, hip_deg: float, knee_deg: float) -> tuple[Vec, Vec]:
        """Knee and ankle of the leg on the mat, in the body frame."""
        hip, floor = self._hip(body, "left"), self._hips(body)[1] - MAT_THICK_M
        knee = _resting_end(hip, body.thigh_m, hip_deg, floor - KNEE_THICK_M)
        return knee, _resting_end(knee, body.shank_m, hip_deg - knee_deg, floor - ANKLE_THICK_M)

    def _lie(self, body: Body, legs: dict[str, Leg]) -> Posture:
        hips = self._hips(body)

        def world(leg: Leg) -> Leg:
            return Leg(hips + LYING @ leg.ankle, LYING @ leg.knee_towards, LYING @ leg.foot)

        chest = roll(CHEST_UP_DEG) @ LYING
        fore = unit(vec(0.12, 0.95, -0.25))
        under_head = Arm(unit(vec(0.14, 0.90, 0.42)), fore, fore, vec(-1, 0, 0), busy=True)
        posture = Posture(
            hips=hips,
            pelvis=LYING @ self._pelvis,
            chest=chest,
            head=chest @ roll(-HEAD_DROP_DEG),
            left_leg=world(legs["left"]),
            right_leg=world(legs["right"]),
            left_arm=under_head,
            right_arm=hanging_arm("right"),
        )
        shoulder = hips + chest @ (body.joint("right_shoulder") - body.hips)
        posture = reach(
            body,
            posture,
            "right",
            shoulder + LYING @ HAND_BEFORE_CHEST_M,
            elbow=LYING @ vec(-0.6, -0.4, 0.5),
            fingers=LYING @ unit(vec(0.3, -0.2, 1)),
            palm=vec(0, -1, 0),
        )
        return posture if self.side == "right" else mirrored(posture)


def _resting_end(start: Vec, length_m: float, forward_deg: float, depth_m: float) -> Vec:
    """The far end of a bone that sinks to `depth_m` towards the floor, bent forward."""
    sink = float(np.clip((depth_m - start[0]) / length_m, -0.5, 0.5))
    a = np.radians(forward_deg)
    flat = np.sqrt(1 - sink * sink)
    return start + length_m * vec(sink, -flat * np.cos(a), flat * np.sin(a))


def _foot(shin: Vec) -> Mat:
    """A relaxed foot on a shin, in the body frame."""
    return swing(DOWN_BODY, shin)


@dataclass(frozen=True)
class Clamshell(_Lying):
    """The thighs opened by `angle_deg` from rest, the feet together."""

    angle_deg: float = 0.0
    hip_deg: float = 50.0
    knee_deg: float = 80.0
    feet_gap_m: float = 0.0  # the upper foot lifted off the lower one

    def posture(self, body: Body) -> Posture:
        """The posture of a person who lies over the origin."""
        knee, ankle = self._lower_leg(body, self.hip_deg, self.knee_deg)
        upper_ankle = ankle - (FEET_STACKED_M + self.feet_gap_m) * FLOOR_BODY
        hip = self._hip(body, "right")
        towards = self._upper_knee(body, hip, upper_ankle, knee)
        upper_knee, _ = two_bone(hip, upper_ankle, body.thigh_m, body.shank_m, towards)
        legs = {
            "left": Leg(ankle, _aside(self._hip(body, "left"), knee, ankle), _foot(ankle - knee)),
            "right": Leg(upper_ankle, towards, _foot(upper_ankle - upper_knee)),
        }
        return self._lie(body, legs)

    def _upper_knee(self, body: Body, hip: Vec, ankle: Vec, lower_knee: Vec) -> Vec:
        """Where the upper knee points so that the thighs are open by the wanted angle.

        The leg turns about the line from hip to ankle. Rest is where the thighs are closest.
        """
        lower_thigh = lower_knee - self._hip(body, "left")
        axis = unit(ankle - hip)
        start = _aside(self._hip(body, "left"), lower_knee, ankle)

        def towards(turn_deg: float) -> Vec:
            return about(axis, turn_deg) @ start

        def between_thighs(turn_deg: float) -> float:
            knee, _ = two_bone(hip, ankle, body.thigh_m, body.shank_m, towards(turn_deg))
            return angle_deg(knee - hip, lower_thigh)

        closed = minimize_scalar(
            between_thighs, bounds=CLOSED_RANGE_DEG, method="bounded", options={"xatol": 1e-3}
        )
        if self.angle_deg < 1e-6:
            return towards(float(closed.x))
        wanted = float(closed.fun) + self.angle_deg
        if wanted >= between_thighs(WIDEST_DEG):  # legs too straight to open that far
            return towards(WIDEST_DEG)
        return towards(
            brentq(lambda t: between_thighs(t) - wanted, float(closed.x), WIDEST_DEG, xtol=1e-3)
        )


def _aside(hip: Vec, knee: Vec, ankle: Vec) -> Vec:
    """The direction (3,) in which a knee lies off the line from hip to ankle."""
    along = unit(ankle - hip)
    off = knee - hip
    return unit(off - along * (off @ along))


@dataclass(frozen=True)
class LyingLegRaise(_Lying):
    """The straight upper leg lifted by `angle_deg`."""

    angle_deg: float = 0.0
    hip_deg: float = 8.0

    def posture(self, body: Body) -> Posture:
        """The posture of a person who lies over the origin."""
        knee, ankle = self._lower_leg(body, self.hip_deg, 10.0)
        hip = self._hip(body, "right")
        a, length = np.radians(self.hip_deg), 0.998 * (body.thigh_m + body.shank_m)
        lift = about(vec(0, np.sin(a), np.cos(a)), -self.angle_deg)
        upper = hip + lift @ (length * vec(0.02, -np.cos(a), np.sin(a)))
        legs = {
            "left": Leg(ankle, _aside(self._hip(body, "left"), knee, ankle), _foot(ankle - knee)),
            "right": Leg(upper, vec(0, 0.3, 1), _foot(upper - hip)),
        }
        return self._lie(body, legs)


MOVEMENTS = (
    Movement(
        "clamshell",
        Clamshell,
        drive="angle_deg",
        rep=Rep(amplitude=36.0, up_s=1.3, hold_s=0.8, down_s=1.6, gap_s=0.6),
        signal="opening_deg",
        distance="knee_gap_cm",
        measures=(
            "opening_deg", "knee_gap_thigh", "ankle_gap_thigh", "pelvis_roll_deg",
        ),
        bends={
            "feet_apart": {"feet_gap_m": 0.20},
            "pelvis_roll": {"roll_deg": 22.0},
            "legs_straighten": {"hip_deg": -22.0, "knee_deg": -38.0},
        },
        changes={
            "shallow": scaled(0.4),
            "fast_lowering": timed(down_s=0.4),
            "no_pause": timed(hold_s=0.05),
        },
    ),
    Movement(
        "lying-leg-raise",
        LyingLegRaise,
        drive="angle_deg",
        rep=Rep(amplitude=32.0, up_s=1.3, hold_s=0.6, down_s=1.4, gap_s=0.6),
        signal="opening_deg",
        distance="ankle_gap_cm",
    ),
)  # fmt: skip
