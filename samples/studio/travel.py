"""Walking and turning: footfalls along a path over the floor, feet still while they carry."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from samples.studio.body import SIDES, Body
from samples.studio.poses.stance import HALF_STANCE_M, TOES_OUT_DEG, planted, reach_m, sign, upright
from samples.studio.posture import Arm, Leg, Posture
from samples.studio.profile import minimum_jerk
from samples.studio.rotations import Vec, between, pitch, unit, vec, yaw

STRIDE_M = 0.55  # one step, ankle to ankle
TURN_PER_STEP_DEG = 40.0
STEP_S = 0.55
SWING_SHARE = 0.82  # of a step's time that the foot is in the air
LIFT_M = 0.09
HEEL_OFF_DEG, TOE_UP_DEG = 28.0, -14.0  # foot pitch when leaving and before landing
WALKING_KNEE_DEG = 9.0  # the supporting leg gives a little
ARM_SWING_DEG = 18.0


@dataclass(frozen=True)
class Place:
    """Where a person is and which way the person faces (degrees left of +z)."""

    x: float
    z: float
    facing_deg: float = 0.0


@dataclass(frozen=True)
class Footfall:
    """One step: which foot moves, when, from where to where."""

    side: str
    start_s: float
    before: Place
    after: Place


@dataclass(frozen=True)
class Travel:
    """A walk or a turn on the spot from one place to another."""

    body: Body
    start: Place
    end: Place

    @property
    def _turn_deg(self) -> float:
        return (self.end.facing_deg - self.start.facing_deg + 180) % 360 - 180

    @property
    def steps(self) -> int:
        """How many steps it takes, both feet ending side by side."""
        metres = float(np.hypot(self.end.x - self.start.x, self.end.z - self.start.z))
        return 2 + int(max(metres / STRIDE_M, abs(self._turn_deg) / TURN_PER_STEP_DEG))

    @property
    def seconds(self) -> float:
        """How long it takes."""
        return (self.steps + 0.5) * STEP_S

    def _along(self, step: float) -> Place:
        """The body's place after a number of steps, counted in fractions."""
        share = float(np.clip(step / (self.steps - 0.5), 0, 1))
        share = 0.5 * share + 0.5 * minimum_jerk(share)  # starts and stops gently
        return Place(
            self.start.x + share * (self.end.x - self.start.x),
            self.start.z + share * (self.end.z - self.start.z),
            self.start.facing_deg + share * self._turn_deg,
        )

    def footfalls(self) -> list[Footfall]:
        """Every step in order; a foot lands where the body will be amid its next support."""
        at = dict.fromkeys(SIDES, self.start)
        falls = []
        for k in range(self.steps):
            side = SIDES[k % 2] if self._turn_deg >= 0 else SIDES[(k + 1) % 2]
            last = k >= self.steps - 2
            target = self.end if last else self._along(k + 1.5)
            falls.append(Footfall(side, k * STEP_S, at[side], target))
            at[side] = target
        return falls

    def posture(self, t_s: float) -> Posture:
        """The posture `t_s` seconds after the start, in the world."""
        body, now = self.body, self._along(t_s / STEP_S)
        legs = {side: _resting_leg(body, side, self.start) for side in SIDES}
        for fall in self.footfalls():
            if t_s >= fall.start_s:
                share = (t_s - fall.start_s) / (STEP_S * SWING_SHARE)
                legs[fall.side] = _swing(body, fall, min(share, 1.0))
        hips = self._hips(now, legs)
        turn = yaw(now.facing_deg)
        arms = {side: _swinging_arm(side, legs, now) for side in SIDES}
        moving = upright(hips, legs, pelvis=turn, chest=turn @ pitch(2.0), arms=arms)
        return replace(moving, head=turn)

    def _hips(self, now: Place, legs: dict[str, Leg]) -> Vec:
        """Above the path, as low as the more stretched of the legs asks for."""
        turn, reach = yaw(now.facing_deg), reach_m(self.body, WALKING_KNEE_DEG)
        middle = vec(now.x, 0, now.z) + turn @ vec(0, 0, 0.02)
        heights = []
        for side, leg in legs.items():
            hip = middle + turn @ vec(sign(side) * abs(self.body.joint("left_hip")[0]), 0, 0)
            across = float(np.hypot(*(hip - leg.ankle)[[0, 2]]))
            heights.append(leg.ankle[1] + np.sqrt(max(reach**2 - across**2, 0.01)))
        return middle + vec(0, _soft_minimum(heights), 0)


def _soft_minimum(values: list[float], blur: float = 0.01) -> float:
    """The smaller value, without a kink when the order changes."""
    v = np.array(values)
    return float(v.min() - blur * np.log(np.exp(-(v - v.min()) / blur).sum()))


def _foot_at(place: Place, side: str) -> tuple[float, float]:
    spot = vec(place.x, 0, place.z) + yaw(place.facing_deg) @ vec(sign(side) * HALF_STANCE_M, 0, 0)
    return float(spot[0]), float(spot[2])


def _resting_leg(body: Body, side: str, place: Place) -> Leg:
    x, z = _foot_at(place, side)
    return planted(body, side, x, z, place.facing_deg + sign(side) * TOES_OUT_DEG)


def _swing(body: Body, fall: Footfall, share: float) -> Leg:
    """A foot on its way: heel first off the floor, toes up before it lands."""
    before = _resting_leg(body, fall.side, fall.before)
    after = _resting_leg(body, fall.side, fall.after)
    metres = float(np.linalg.norm(after.ankle - before.ankle))
    size = min(1.0, 0.35 + metres / (2 * STRIDE_M))  # small steps lift the foot less
    s = minimum_jerk(share)
    tip = HEEL_OFF_DEG * np.sin(np.pi * min(share / 0.6, 1.0)) * size
    tip += TOE_UP_DEG * np.sin(np.pi * max(share - 0.6, 0.0) / 0.4) * size
    foot = between(before.foot, after.foot, s)
    return Leg(
        ankle=(1 - s) * before.ankle
        + s * after.ankle
        + vec(0, LIFT_M * size * np.sin(np.pi * s), 0),
        knee_towards=unit((1 - s) * before.knee_towards + s * after.knee_towards),
        foot=foot @ pitch(tip),
        toes_deg=max(0.0, tip) * 0.5,
    )


def _swinging_arm(side: str, legs: dict[str, Leg], now: Place) -> Arm:
    """An arm that swings with the opposite foot."""
    other = "right" if side == "left" else "left"
    ahead = yaw(now.facing_deg).T @ (legs[other].ankle - legs[side].ankle)
    swing = pitch(-ARM_SWING_DEG * float(np.clip(ahead[2] / STRIDE_M, -1, 1)))
    upper = swing @ unit(vec(sign(side) * 0.14, -1, 0.02))
    fore = swing @ unit(vec(sign(side) * 0.06, -1, 0.25))
    return Arm(upper, fore, fore, vec(-sign(side), 0, 0))
