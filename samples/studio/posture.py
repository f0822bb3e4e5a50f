"""A posture: where the hips, feet and arms go. Postures can be placed, blended and solved.

World frame: x left, y up, z forward, metres. A posture says what must be true (the foot is
here, the knee points there); `solve` finds the bone rotations. Blending two postures keeps
planted feet planted, which blending joint angles would not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from samples.studio.body import SIDES, Body, Skeleton
from samples.studio.rotations import (
    LEFT,
    UP,
    Mat,
    Vec,
    about,
    between,
    frame,
    pitch,
    swing,
    unit,
    yaw,
)

FULL_REACH = 0.99999  # of a limb's length: a bend this small is invisible and well defined
STEP_CLEARANCE_M = 0.08  # how high a foot that changes place is lifted
STEPPING_M = 0.04  # a foot that moves further than this is lifted
SPINE = {"spine05": 0.1, "spine04": 0.35, "spine03": 0.65, "spine02": 0.9, "spine01": 1.0}
NECK = {"neck01": 0.25, "neck02": 0.5, "neck03": 0.75, "head": 1.0}
SHRUG = 0.35  # share of an arm's elevation above SHRUG_FROM that the collarbone takes
SHRUG_FROM_DEG = -10.0


@dataclass(frozen=True)
class Leg:
    """One leg's goals."""

    ankle: Vec  # world position (3,)
    knee_towards: Vec  # world direction (3,)
    foot: Mat  # world rotation relative to the resting foot
    toes_deg: float = 0.0  # extension of the toes against the foot
    big_toe_deg: float = 0.0  # extension of the big toe beyond the others
    curl_deg: float = 0.0  # bend of the toes' middle joints


@dataclass(frozen=True)
class Arm:
    """One arm's directions (3,) in the frame of the chest."""

    upper: Vec
    fore: Vec
    fingers: Vec
    palm: Vec
    busy: bool = False  # the hand is on something: no fidgeting


@dataclass(frozen=True)
class Posture:
    """A whole body's goals. Rotations are world rotations relative to rest."""

    hips: Vec  # midpoint of the hip joints
    pelvis: Mat
    chest: Mat
    head: Mat
    left_leg: Leg
    right_leg: Leg
    left_arm: Arm
    right_arm: Arm

    def leg(self, side: str) -> Leg:
        """The leg of a side."""
        return self.left_leg if side == "left" else self.right_leg

    def arm(self, side: str) -> Arm:
        """The arm of a side."""
        return self.left_arm if side == "left" else self.right_arm

    def with_arm(self, side: str, arm: Arm) -> Posture:
        """The same posture with another arm."""
        if side == "left":
            return replace(self, left_arm=arm)
        return replace(self, right_arm=arm)

    def with_leg(self, side: str, leg: Leg) -> Posture:
        """The same posture with another leg."""
        if side == "left":
            return replace(self, left_leg=leg)
        return replace(self, right_leg=leg)

    def placed(self, x: float, z: float, facing_deg: float) -> Posture:
        """Turned about the vertical through the origin, then moved over the floor."""
        turn, move = yaw(facing_deg), np.array([x, 0.0, z])

        def leg(old: Leg) -> Leg:
            return replace(
                old,
                ankle=turn @ old.ankle + move,
                knee_towards=turn @ old.knee_towards,
                foot=turn @ old.foot,
            )

        return replace(
            self,
            hips=turn @ self.hips + move,
            pelvis=turn @ self.pelvis,
            chest=turn @ self.chest,
            head=turn @ self.head,
            left_leg=leg(self.left_leg),
            right_leg=leg(self.right_leg),
        )


def hanging_arm(side: str, out: float = 0.14, bend: float = 0.18) -> Arm:
    """An arm hanging beside the body, a little bent, palm to the thigh."""
    sign = 1.0 if side == "left" else -1.0
    fore = unit(np.array([sign * 0.08, -1.0, bend]))
    return Arm(
        upper=unit(np.array([sign * out, -1.0, 0.02])), fore=fore, fingers=fore, palm=-sign * LEFT
    )


def blend_direction(a: Vec, b: Vec, share: float) -> Vec:
    """The direction (3,) `share` of the way from `a` to `b`."""
    mixed = (1 - share) * a + share * b
    return unit(mixed) if np.linalg.norm(mixed) > 1e-3 else unit(b)


def _blend_leg(a: Leg, b: Leg, share: float) -> Leg:
    travel = float(np.linalg.norm((b.ankle - a.ankle)[[0, 2]]))
    lift = STEP_CLEARANCE_M * np.sin(np.pi * share) ** 2 if travel > STEPPING_M else 0.0
    return Leg(
        ankle=(1 - share) * a.ankle + share * b.ankle + lift * UP,
        knee_towards=blend_direction(a.knee_towards, b.knee_towards, share),
        foot=between(a.foot, b.foot, share),
        toes_deg=(1 - share) * a.toes_deg + share * b.toes_deg,
        big_toe_deg=(1 - share) * a.big_toe_deg + share * b.big_toe_deg,
        curl_deg=(1 - share) * a.curl_deg + share * b.curl_deg,
    )


def _blend_arm(a: Arm, b: Arm, share: float) -> Arm:
    return Arm(
        upper=blend_direction(a.upper, b.upper, share),
        fore=blend_direction(a.fore, b.fore, share),
        fingers=blend_direction(a.fingers, b.fingers, share),
        palm=blend_direction(a.palm, b.palm, share),
        busy=b.busy if share > 0.5 else a.busy,
    )


def blend(a: Posture, b: Posture, share: float, left: float, right: float) -> Posture:
    """The posture `share` (0 to 1) of the way from `a` to `b`.

    The legs have shares of their own, so that one foot can step after the other.
    """
    return Posture(
        hips=(1 - share) * a.hips + share * b.hips,
        pelvis=between(a.pelvis, b.pelvis, share),
        chest=between(a.chest, b.chest, share),
        head=between(a.head, b.head, share),
        left_leg=_blend_leg(a.left_leg, b.left_leg, left),
        right_leg=_blend_leg(a.right_leg, b.right_leg, right),
        left_arm=_blend_arm(a.left_arm, b.left_arm, share),
        right_arm=_blend_arm(a.right_arm, b.right_arm, share),
    )


def two_bone(
    start: Vec, target: Vec, upper_m: float, lower_m: float, towards: Vec
) -> tuple[Vec, Vec]:
    """Inverse kinematics of a limb: where its middle joint and its end come to lie.

    The end is at `target`, or on the way to it at full reach; the middle joint bends
    towards the direction `towards`.
    """
    way = target - start
    distance = min(float(np.linalg.norm(way)), (upper_m + lower_m) * FULL_REACH)
    along = unit(way)
    aside = unit(towards - along * (towards @ along))
    cosine = (upper_m**2 + distance**2 - lower_m**2) / (2 * upper_m * distance)
    bend = np.arccos(np.clip(cosine, -1.0, 1.0))
    middle = start + upper_m * (np.cos(bend) * along + np.sin(bend) * aside)
    return middle, start + distance * along


def hip_joint(body: Body, posture: Posture, side: str) -> Vec:
    """World position of a hip joint."""
    return posture.hips + posture.pelvis @ (body.joint(f"{side}_hip") - body.hips)


def _leg_turns(body: Body, posture: Posture, side: str) -> dict[str, Mat]:
    """World rotations of one leg's bones."""
    leg, letter = posture.leg(side), side[0].upper()
    hip, knee, ankle = (body.joint(f"{side}_{j}") for j in ("hip", "knee", "ankle"))
    start = hip_joint(body, posture, side)
    thigh_m, shank_m = body.length(f"{side}_hip", f"{side}_knee"), body.shank_m
    middle, end = two_bone(start, leg.ankle, thigh_m, shank_m, leg.knee_towards)
    hinge = np.cross(leg.knee_towards, end - start)
    turns = {
        f"upperleg01.{letter}": frame(middle - start, hinge) @ frame(knee - hip, LEFT).T,
        f"lowerleg01.{letter}": frame(end - middle, hinge) @ frame(ankle - knee, LEFT).T,
        f"foot.{letter}": leg.foot,
    }
    for toe in body.toes_of(side):
        extra = leg.big_toe_deg if toe.startswith("toe1") else 0.0
        base = leg.foot @ pitch(-leg.toes_deg - extra)
        turns[toe] = base
        turns[toe.replace("-1", "-2")] = base @ pitch(leg.curl_deg)
    return turns


def _arm_turns(body: Body, posture: Posture, side: str) -> dict[str, Mat]:
    """World rotations of one arm's bones."""
    arm, letter, chest = posture.arm(side), side[0].upper(), posture.chest
    shoulder, elbow, wrist = (body.joint(f"{side}_{j}") for j in ("shoulder", "elbow", "wrist"))
    elevation = float(np.degrees(np.arcsin(np.clip(arm.upper[1], -1, 1))))
    sign = 1.0 if side == "left" else -1.0
    shrug = about(np.array([0.0, 0.0, sign]), SHRUG * max(0.0, elevation - SHRUG_FROM_DEG))
    fingers = body.joint(f"{side}_middle") - wrist
    across = body.joint(f"{side}_index") - body.joint(f"{side}_pinky")
    palm = sign * np.cross(fingers, across)
    return {
        f"clavicle.{letter}": chest @ shrug,
        f"upperarm01.{letter}": chest @ swing(elbow - shoulder, arm.upper),
        f"lowerarm01.{letter}": chest @ swing(wrist - elbow, arm.fore),
        f"wrist.{letter}": chest @ frame(arm.fingers, arm.palm) @ frame(fingers, palm).T,
    }


def solve(body: Body, posture: Posture) -> Skeleton:
    """The skeleton that meets a posture's goals."""
    turns = {"root": posture.pelvis}
    turns |= {bone: between(posture.pelvis, posture.chest, k) for bone, k in SPINE.items()}
    turns |= {bone: between(posture.chest, posture.head, k) for bone, k in NECK.items()}
    for side in SIDES:
        turns |= _leg_turns(body, posture, side)
        turns |= _arm_turns(body, posture, side)
    return body.move(turns, posture.hips)


def reach(
    body: Body, posture: Posture, side: str, hand: Vec, *, elbow: Vec, fingers: Vec, palm: Vec
) -> Posture:
    """The same posture with one wrist at the world position `hand`.

    `elbow`, `fingers` and `palm` are world directions (3,): where the elbow points, where
    the fingers point and where the palm faces. Solved twice, as the collarbone follows the arm.
    """
    to_chest = posture.chest.T
    upper_m = body.length(f"{side}_shoulder", f"{side}_elbow")
    fore_m = body.length(f"{side}_elbow", f"{side}_wrist")
    for _ in range(2):
        shoulder = solve(body, posture).joint(f"{side}_shoulder")
        middle, end = two_bone(shoulder, hand, upper_m, fore_m, elbow)
        arm = Arm(
            unit(to_chest @ (middle - shoulder)),
            unit(to_chest @ (end - middle)),
            to_chest @ fingers,
            to_chest @ palm,
            busy=True,
        )
        posture = posture.with_arm(side, arm)
    return posture


def mirrored(posture: Posture) -> Posture:
    """The posture seen in a mirror at x = 0: left and right change places."""
    flip = np.diag([-1.0, 1.0, 1.0])

    def leg(old: Leg) -> Leg:
        return replace(
            old,
            ankle=flip @ old.ankle,
            knee_towards=flip @ old.knee_towards,
            foot=flip @ old.foot @ flip,
        )

    def arm(old: Arm) -> Arm:
        return Arm(flip @ old.upper, flip @ old.fore, flip @ old.fingers, flip @ old.palm, old.busy)

    return Posture(
        hips=flip @ posture.hips,
        pelvis=flip @ posture.pelvis @ flip,
        chest=flip @ posture.chest @ flip,
        head=flip @ posture.head @ flip,
        left_leg=leg(posture.right_leg),
        right_leg=leg(posture.left_leg),
        left_arm=arm(posture.right_arm),
        right_arm=arm(posture.left_arm),
    )
