"""A stick figure with exact joint angles, seen by a camera without perspective: poses for tests.

    camera = Camera(azimuth_deg=90)                   # 0: from the front, 90: the right side
    pose = camera.see(standing(heel_deg=30), t_s=1.0)
    sightings = camera.film(lambda t_s: standing(heel_deg=30 * at(bumps, t_s)), duration_s=8)

A body is a dict of landmark positions in metres: x to the person's left, y up, z forward; the
origin is on the floor below the hips of a person standing upright.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from formcheck.pose.pose import LANDMARKS, Pose, Sighting

Array = NDArray[np.float64]
Body = dict[str, Array]

HEIGHT_M = 1.70
SHANK_M, THIGH_M, TRUNK_M = 0.246 * HEIGHT_M, 0.245 * HEIGHT_M, 0.288 * HEIGHT_M
"""Shares of body height (Drillis & Contini 1966)."""
HIP_M, SHOULDER_M = 0.085, 0.18
"""Half the width of hips and shoulders."""
UPPER_ARM_M, FOREARM_M = 0.28, 0.25
TOE_UP_M = 0.02
BALL_TO_ANKLE_SHANK, ANKLE_OVER_BALL_SHANK = 0.337, 0.097
"""The foot of the rendered people, ankle behind and above the ball."""
BALL_TO_HEEL_M, HEEL_OVER_BALL_M = 0.19, 0.01
SIDES = {"left": 1.0, "right": -1.0}
_ANKLES = [LANDMARKS.index(f"{side}_ankle") for side in SIDES]
LIFTED = (25.0, 70.0, 0.0)
"""The free leg of a one-leg stand: thigh forward, knee, thigh sideways, degrees."""


def _down(length: float, forward_deg: float, out_deg: float = 0.0) -> Array:
    """A vector that hangs down, swung forward and then to the left, degrees."""
    forward, out = math.radians(forward_deg), math.radians(out_deg)
    fall = math.cos(forward) * length
    return np.array([fall * math.sin(out), -fall * math.cos(out), math.sin(forward) * length])


def _to(left: float, up: float = 0.0, forward: float = 0.0) -> Array:
    return np.array([left, up, forward])


def _turned(back: float, over: float, heel_deg: float) -> Array:
    """From the ball of a foot to a point behind and above it, the heel lifted by heel_deg."""
    length, angle = math.hypot(back, over), math.atan2(over, back) + math.radians(heel_deg)
    return np.array([0.0, length * math.sin(angle), -length * math.cos(angle)])


def _foot(ball: Array, heel_deg: float) -> tuple[Array, Array]:
    """Ankle and heel of a foot on its ball."""
    ankle = _turned(BALL_TO_ANKLE_SHANK * SHANK_M, ANKLE_OVER_BALL_SHANK * SHANK_M, heel_deg)
    return ball + ankle, ball + _turned(BALL_TO_HEEL_M, HEEL_OVER_BALL_M, heel_deg)


def rise_shank(heel_deg: float) -> float:
    """How far a turn of the foot by heel_deg lifts the ankle, in shank lengths: closed form."""
    foot = math.hypot(BALL_TO_ANKLE_SHANK, ANKLE_OVER_BALL_SHANK)
    flat = math.atan2(ANKLE_OVER_BALL_SHANK, BALL_TO_ANKLE_SHANK)
    return foot * (math.sin(flat + math.radians(heel_deg)) - math.sin(flat))


def _plant(body: Body, side: str, heel_deg: float, shank_deg: float, knee_deg: float) -> None:
    """A leg from its toes on the floor up to its hip."""
    ankle_z = BALL_TO_ANKLE_SHANK * SHANK_M
    ball = np.array([SIDES[side] * HIP_M, TOE_UP_M, ankle_z])
    ankle, heel = _foot(ball, heel_deg)
    knee = ankle - _down(SHANK_M, -shank_deg)
    hip = knee - _down(THIGH_M, knee_deg - shank_deg)
    _name(body, side, hip=hip, knee=knee, ankle=ankle, heel=heel, foot_index=ball)


def _hang(body: Body, side: str, hip: Array, angles: tuple[float, float, float]) -> None:
    """A leg from its hip down: thigh forward, knee, thigh sideways (degrees)."""
    thigh_deg, knee_deg, out_deg = angles
    knee = hip + _down(THIGH_M, thigh_deg, SIDES[side] * out_deg)
    ankle = knee + _down(SHANK_M, thigh_deg - knee_deg, SIDES[side] * out_deg)
    ball = ankle - _turned(BALL_TO_ANKLE_SHANK * SHANK_M, ANKLE_OVER_BALL_SHANK * SHANK_M, 0)
    heel = ball + _turned(BALL_TO_HEEL_M, HEEL_OVER_BALL_M, 0)
    _name(body, side, hip=hip, knee=knee, ankle=ankle, heel=heel, foot_index=ball)


def _name(body: Body, side: str, **joints: Array) -> None:
    body.update({f"{side}_{joint}": point for joint, point in joints.items()})


def _upper(body: Body, lean_deg: float, arms_deg: float) -> Body:
    """Trunk, head and arms over the hips. arms_deg: forward from hanging, 90 level, 180 up."""
    hips = (body["left_hip"] + body["right_hip"]) / 2
    neck = hips - _down(TRUNK_M, -lean_deg)
    head = neck - _down(0.22, -lean_deg)
    for side, sign in SIDES.items():
        shoulder = neck + _to(sign * SHOULDER_M)
        elbow = shoulder + _down(UPPER_ARM_M, arms_deg)
        wrist = elbow + _down(FOREARM_M, arms_deg)
        hand = wrist + _down(0.08, arms_deg)
        _name(body, side, shoulder=shoulder, elbow=elbow, wrist=wrist)
        _name(body, side, pinky=hand, index=hand, thumb=hand)
        _name(body, side, eye=head + _to(sign * 0.03, 0.03, 0.08), ear=head + _to(sign * 0.07))
        _name(body, side, eye_inner=body[f"{side}_eye"], eye_outer=body[f"{side}_eye"])
        body[f"mouth_{side}"] = head + _to(sign * 0.02, -0.05, 0.08)
    body["nose"] = head + _to(0, 0, 0.1)
    return body


@lru_cache(maxsize=10_000)
def standing(
    *,
    heel_deg: float | tuple[float, float] = 0.0,
    knee_deg: float = 0.0,
    shank_deg: float | None = None,
    lean_deg: float = 0.0,
    arms_deg: float = 0.0,
    free: str | None = None,
    free_leg: tuple[float, float, float] = LIFTED,
) -> Body:
    """A person on both feet, or with the leg `free` in the air.

    heel_deg: turn of the feet about their balls (of left and right, or of both). knee_deg:
    flexion; shank_deg: forward tilt of the shanks, by default half of it, so that the hips stay
    over the ankles.
    """
    left_deg, right_deg = heel_deg if isinstance(heel_deg, tuple) else (heel_deg, heel_deg)
    shank_deg = knee_deg / 2 if shank_deg is None else shank_deg
    body: Body = {}
    _plant(body, "left", left_deg, shank_deg, knee_deg)
    _plant(body, "right", right_deg, shank_deg, knee_deg)
    if free is not None:
        stands = body["right_hip" if free == "left" else "left_hip"]
        _hang(body, free, stands * [-1, 1, 1], free_leg)
    return _upper(body, lean_deg, arms_deg)


def walking(t_s: float, *, speed_m_per_s: float = 1.2, steps_per_s: float = 1.8) -> Body:
    """A person who walks forward, past the origin at t_s = 0."""
    body: Body = {}
    for side, phase in (("left", 0.0), ("right", math.pi)):
        swing = math.pi * steps_per_s * t_s + phase
        hip = np.array([SIDES[side] * HIP_M, 0.89, speed_m_per_s * t_s])
        _hang(body, side, hip, (25 * math.sin(swing), 30 * max(0.0, math.cos(swing)), 0.0))
    return _upper(body, 3.0, 10 * math.sin(math.pi * steps_per_s * t_s))


def staggered(
    *,
    back: str = "left",
    dorsiflexion_deg: float = 0.0,
    back_knee_deg: float = 0.0,
    heel_deg: float = 0.0,
    stride_m: float = 0.6,
    lean_deg: float = 10.0,
    arms_deg: float = 80.0,
) -> Body:
    """A wall stretch: the leg `back` behind with its shin tilted, the other one a stride ahead.

    lean_deg: tilt of the trunk. heel_deg: lift of the back heel.
    """
    body: Body = {}
    front = "right" if back == "left" else "left"
    _plant(body, back, heel_deg, dorsiflexion_deg, back_knee_deg)
    hip = body[f"{back}_hip"] * [-1, 1, 1]
    ball = np.array([hip[0], TOE_UP_M, body[f"{back}_foot_index"][2] + stride_m])
    ankle, heel = _foot(ball, 0.0)
    way = hip - ankle
    reach = min(float(np.linalg.norm(way)), SHANK_M + THIGH_M)
    out = math.sqrt(max(SHANK_M**2 - reach**2 / 4, 0.0))
    knee = ankle + way / 2 + out * np.array([0.0, -way[2], way[1]]) / np.linalg.norm(way)
    _name(body, front, hip=hip, knee=knee, ankle=ankle, heel=heel, foot_index=ball)
    return _upper(body, lean_deg, arms_deg)


def side_lying(
    *,
    top: str = "left",
    opening_deg: float = 0.0,
    raise_deg: float = 0.0,
    hip_deg: float = 45.0,
    knee_deg: float = 90.0,
) -> Body:
    """A person on the side, facing forward. opening_deg: turn of the top knee about the line
    from its hip to its ankle; raise_deg: the whole top leg lifted about its hip."""
    body: Body = {}
    for side, sign in SIDES.items():
        _hang(body, side, np.array([sign * HIP_M, 0.0, 0.0]), (hip_deg, knee_deg, 0.0))
    hip, ankle = body[f"{top}_hip"], body[f"{top}_ankle"]
    sign = SIDES[top]
    body[f"{top}_knee"] = _spin(body[f"{top}_knee"], hip, ankle - hip, -sign * opening_deg)
    for joint in ("knee", "ankle", "heel", "foot_index"):
        name = f"{top}_{joint}"
        body[name] = _spin(body[name], hip, np.array([0.0, 0, 1]), sign * raise_deg)
    _upper(body, 0.0, 60.0)
    floor = np.array([0.0, SHOULDER_M, 0.0])
    return {n: np.array([-sign * y, sign * x, z]) + floor for n, (x, y, z) in body.items()}


def sitting(*, thigh_deg: float = 90.0, lean_deg: float = 0.0, arms_deg: float = 30.0) -> Body:
    """A person on a chair, both shins vertical. thigh_deg: 90 is level, less on a high chair."""
    body: Body = {}
    ankle_m = TOE_UP_M + ANKLE_OVER_BALL_SHANK * SHANK_M
    seat_m = ankle_m + SHANK_M + math.cos(math.radians(thigh_deg)) * THIGH_M
    for side, sign in SIDES.items():
        _hang(body, side, _to(sign * HIP_M, seat_m), (thigh_deg, thigh_deg, 0.0))
    return _upper(body, lean_deg, arms_deg)


def _spin(point: Array, centre: Array, axis: Array, angle_deg: float) -> Array:
    """Rotation about an axis through `centre`, right-handed (Rodrigues)."""
    k, v, a = axis / np.linalg.norm(axis), point - centre, math.radians(angle_deg)
    turned = v * math.cos(a) + np.cross(k, v) * math.sin(a) + k * (k @ v) * (1 - math.cos(a))
    return np.asarray(centre + turned)


@cache
def _noise(seed: int, moment: int) -> Array:
    """(33, 5) standard normal: of the image's and the world's coordinates."""
    return np.random.default_rng((seed, moment)).normal(0, 1, (len(LANDMARKS), 5))


@dataclass(frozen=True)
class Camera:
    """Looks at the origin without perspective.

    azimuth_deg: 0 sees the face, 90 the right side (the person looks to the right of the
    picture), 180 the back. origin_px: where the origin is in the picture. noise_px: scatter of
    each landmark, each frame. ankle_up_m: how far above the ankle's joint the pose model sets its
    landmark (measured on rendered people: 0.03 to 0.04).
    """

    azimuth_deg: float = 90.0
    elevation_deg: float = 0.0
    roll_deg: float = 0.0
    px_per_m: float = 200.0
    origin_px: tuple[float, float] = (320.0, 440.0)
    size: tuple[int, int] = (640, 480)
    noise_px: float = 0.0
    seed: int = 0
    ankle_up_m: float = 0.0

    def see(self, body: Body, t_s: float) -> Pose:
        """The body as the pose model would give it, with no errors but the two named above."""
        points = np.array([body[name] for name in LANDMARKS])
        points[_ANKLES, 1] += self.ankle_up_m
        hips = (body["left_hip"] + body["right_hip"]) / 2
        seen, world = self._turn(points), self._turn(points - hips)
        image = np.zeros((len(LANDMARKS), 4))
        image[:, :2] = seen[:, :2] * self.px_per_m + self.origin_px
        image[:, 2] = world[:, 2] * self.px_per_m
        image[:, 3] = np.where(world[:, 2] > 0.03, 0.8, 0.99)
        if self.noise_px:
            noise = self.noise_px * _noise(self.seed, round(t_s * 1e6) % 1009)
            image[:, :2] += noise[:, :2]
            world = world + noise[:, 2:] / self.px_per_m
        return Pose(t_s, image, world, self.size)

    def _turn(self, points: Array) -> Array:
        """(n, 3) from left, up, forward to right, down, away from the camera."""
        turn, tip, roll = map(math.radians, (self.azimuth_deg, self.elevation_deg, self.roll_deg))
        x, up, forward = points.T
        right = x * math.cos(turn) + forward * math.sin(turn)
        near = forward * math.cos(turn) - x * math.sin(turn)
        down = near * math.sin(tip) - up * math.cos(tip)
        away = -near * math.cos(tip) - up * math.sin(tip)
        rolled = right * math.cos(roll) - down * math.sin(roll)
        dropped = right * math.sin(roll) + down * math.cos(roll)
        return np.stack([rolled, dropped, away], axis=1)

    def film(
        self, body_at: Callable[[float], Body | None], duration_s: float, fps: float = 30.0
    ) -> Iterator[Sighting]:
        """Frames of a moving body; None where it is not seen."""
        for i in range(int(duration_s * fps)):
            body = body_at(i / fps)
            yield Sighting(i / fps, None if body is None else self.see(body, i / fps))
