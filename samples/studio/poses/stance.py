"""What the standing poses share: planted feet, straight legs, an upright trunk."""

from __future__ import annotations

import numpy as np

from samples.studio.body import SIDES, Body
from samples.studio.posture import Arm, Leg, Posture, hanging_arm
from samples.studio.rotations import IDENTITY, Mat, Vec, about, angle_deg, pitch, unit, vec, yaw

HALF_STANCE_M = 0.10  # each ankle from the middle: feet hip-wide
TOES_OUT_DEG = 7.0  # of a relaxed stance
HIPS_BEFORE_ANKLES_M = 0.02
STANDING_LEAN_DEG = 1.0
STANDING_KNEE_DEG = 4.0  # nobody locks the knee quite straight


def sign(side: str) -> float:
    """+1 for left (+x), -1 for right."""
    return 1.0 if side == "left" else -1.0


def foot_turn(body: Body, side: str, yaw_deg: float, pitch_deg: float = 0.0) -> Mat:
    """World rotation of a foot that points `yaw_deg` left of +z, heel up by `pitch_deg`."""
    return yaw(yaw_deg) @ pitch(pitch_deg) @ yaw(-body.foot_yaw_deg(side))


def planted(
    body: Body,
    side: str,
    x: float,
    z: float,
    yaw_deg: float | None = None,
    *,
    pitch_deg: float = 0.0,
    floor_m: float = 0.0,
) -> Leg:
    """A foot on the floor, its ankle above (x, z) when flat, its heel raised by `pitch_deg`.

    The foot tips about the ball; the toes stay flat. Without a yaw the toes point out a little.
    """
    facing = sign(side) * TOES_OUT_DEG if yaw_deg is None else yaw_deg
    ankle, ball = body.joint(f"{side}_ankle"), body.joint(f"{side}_second_toe")
    flat = vec(x, ankle[1] + body.sole_m + floor_m, z)
    pivot = flat + foot_turn(body, side, facing) @ (ball - ankle)
    turn = foot_turn(body, side, facing, pitch_deg)
    return Leg(
        ankle=pivot + turn @ (ankle - ball),
        knee_towards=yaw(facing) @ vec(0, 0, 1),
        foot=turn,
        toes_deg=pitch_deg,
    )


def heel_lifted(body: Body, side: str, leg: Leg, degrees: float) -> Leg:
    """A planted leg tipped about the ball of its foot by some more degrees, toes flat."""
    ankle, ball = body.joint(f"{side}_ankle"), body.joint(f"{side}_second_toe")
    pivot = leg.ankle + leg.foot @ (ball - ankle)
    turn = leg.foot @ about(foot_across(body, side), degrees)
    return Leg(pivot + turn @ (ankle - ball), leg.knee_towards, turn, leg.toes_deg + degrees)


def foot_across(body: Body, side: str) -> Vec:
    """The axis (3,) across a resting foot, about which its heel rises."""
    return yaw(body.foot_yaw_deg(side)) @ vec(1, 0, 0)


def reach_m(body: Body, knee_deg: float) -> float:
    """Hip to ankle when the knee is bent by some degrees (law of cosines)."""
    a, b = body.thigh_m, body.shank_m
    return float(np.sqrt(a * a + b * b + 2 * a * b * np.cos(np.radians(knee_deg))))


def hip_height(body: Body, leg: Leg, hip_x: float, hip_z: float, knee_deg: float) -> float:
    """How high a hip joint is above (hip_x, hip_z) when the leg's knee is bent so much."""
    across = np.hypot(hip_x - leg.ankle[0], hip_z - leg.ankle[2])
    return float(leg.ankle[1] + np.sqrt(max(reach_m(body, knee_deg) ** 2 - across**2, 1e-6)))


def plantarflexion_deg(body: Body, side: str, knee: Vec, ankle: Vec, foot: Mat) -> float:
    """Plantarflexion from the joints: 0 when the shank stands at a right angle on the sole."""
    forward = foot @ yaw(body.foot_yaw_deg(side)) @ vec(0, 0, 1)
    return angle_deg(knee - ankle, forward) - 90.0


def trunk(lean_deg: float, side_deg: float = 0.0) -> Mat:
    """Rotation of a trunk that leans forward and to the left."""
    return about(vec(0, 0, 1), -side_deg) @ pitch(lean_deg)


def upright(
    hips: Vec,
    legs: dict[str, Leg],
    pelvis: Mat = IDENTITY,
    chest: Mat = IDENTITY,
    arms: dict[str, Arm] | None = None,
) -> Posture:
    """A posture on two given legs with hanging arms and the eyes ahead."""
    arms = arms or {side: hanging_arm(side) for side in SIDES}
    return Posture(
        hips=hips,
        pelvis=pelvis,
        chest=chest,
        head=IDENTITY,
        left_leg=legs["left"],
        right_leg=legs["right"],
        left_arm=arms["left"],
        right_arm=arms["right"],
    )


def arm_out(side: str, out: float, forward: float, down: float, bend: float = 0.1) -> Arm:
    """An arm in a direction given by its parts, the elbow a little bent towards the front."""
    upper = unit(vec(sign(side) * out, -down, forward))
    fore = unit(upper + vec(0, bend * 0.3, bend))
    return Arm(upper, fore, fore, unit(vec(-sign(side), -0.3, 0.2)))


def free_leg(
    body: Body, side: str, hip: Vec, turn: Mat, knee_deg: float, *, ankle_deg: float = 0.0
) -> Leg:
    """A leg in the air: the thigh hangs straight down and forward before `turn` moves it.

    `knee_deg` bends the knee, `ankle_deg` points the foot (plantarflexion).
    """
    thigh = turn @ vec(0, -body.thigh_m, 0)
    shin = turn @ pitch(knee_deg)
    return Leg(
        ankle=hip + thigh + shin @ vec(0, -body.shank_m, 0),
        knee_towards=turn @ vec(0, 0, 1),
        foot=shin @ foot_turn(body, side, 0.0, ankle_deg),
    )
