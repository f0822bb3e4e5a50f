"""Toe stretch: seated, one ankle on the other thigh, a hand pulls the toes back."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from samples.studio.body import SIDES, Body
from samples.studio.movement import Movement, Rep, timed
from samples.studio.poses.seated import (
    HAND_ALONG_THIGH,
    HAND_OVER_THIGH_M,
    Grip,
    Seated,
    knee_of,
    thigh_grip,
)
from samples.studio.poses.stance import foot_across, foot_turn, sign
from samples.studio.posture import Leg, Posture, blend_direction, hip_joint, two_bone
from samples.studio.profile import minimum_jerk
from samples.studio.rotations import UP, Mat, Vec, about, between, frame, unit, vec, yaw

ANKLE_ALONG_THIGH, ANKLE_OVER_THIGH_M, ANKLE_PAST_THIGH_M = 0.72, 0.105, 0.02
CROSSED_KNEE = (1.0, 0.10, 0.30)  # where it points: outward, up and forward
FOOT_ARC_M = (0.05, 0.10, 0.14)  # outward, up and forward, half-way from the floor to the knee
HAND_BEHIND_FOOT = 0.30  # on the other thigh, share of the way to the knee
BOW_DEG_PER_M = 80.0  # down to a foot that has slid off the knee
HAND_ARC_M = 0.06  # up, half-way from the thigh to the toes
HAND_FROM_TOES_M = (-0.03, 0.09, -0.01)  # the wrist from the toes: past the sole, up, forward
SLIDE = (0.0, -1.0, 0.7)  # which way a foot slides off the knee
UP_THE_SHIN = {"shin": 0.5, "knee": 0.9}  # where a hand scratches or rests
FOOT_UNTIL, HAND_FROM, PULL_FROM = 0.60, 0.45, 0.80
"""Shares of the way in: the foot is on the knee, the hand sets out, the toes are pulled."""


@dataclass(frozen=True)
class ToeStretch(Seated):
    """The foot of `side` on the other thigh, its toes pulled back, at a `share` of 1.

    With `crossed` the foot is on the thigh all the time, and only the hand comes and goes.
    """

    share: float = 0.0
    side: str = "left"
    crossed: bool = False
    other_hand: bool = False  # the hand of the other side pulls
    toes_deg: float = 40.0
    dorsiflexion_deg: float = 12.0
    dropped_m: float = 0.0  # how far the foot has slid off the knee
    let_go: float = 0.0  # 1: the hand is back on the thigh
    grip: str = "toes"  # or "shin" or "knee": where the hand goes
    bow_deg: float = 16.0  # the trunk follows the hand
    turn_deg: float = 14.0  # and the pulling shoulder comes forward

    def posture(self, body: Body) -> Posture:
        """The posture of a person who faces +z, the standing foot beside the origin."""
        reaching = self._reaching
        bow = self.bow_deg + BOW_DEG_PER_M * self.dropped_m
        posture = replace(self, lean_deg=self.lean_deg + reaching * bow).sitting(body)
        turn = sign(self.side) * (self.turn_deg if self.other_hand else -self.turn_deg)
        posture = replace(posture, chest=yaw(reaching * turn) @ posture.chest)
        posture = posture.with_leg(self.side, self._leg(body, posture))
        for hand in SIDES:
            grip = thigh_grip(body, posture, hand, self._hand_along(hand))
            if (hand == self.side) != self.other_hand:
                grip = self._on_the_way(grip, self._goal(body, posture))
            posture = grip.of(body, posture, hand)
        return posture

    @property
    def _lifted(self) -> float:
        return 1.0 if self.crossed else self._part(0.0, FOOT_UNTIL)

    @property
    def _reaching(self) -> float:
        return self._part(HAND_FROM, 1.0) * (1 - self.let_go)

    def _hand_along(self, hand: str) -> float:
        """Where on its thigh a hand lies: that of the leg underneath makes room for the foot."""
        room = 0.0 if hand == self.side else self._lifted
        return (1 - room) * HAND_ALONG_THIGH + room * HAND_BEHIND_FOOT

    def _part(self, start: float, end: float) -> float:
        return minimum_jerk((self.share - start) / (end - start))

    def _mirrored(self, out: float, up: float, forward: float) -> Vec:
        return vec(sign(self.side) * out, up, forward)

    def _leg(self, body: Body, posture: Posture) -> Leg:
        """The moving leg: from the floor in an arc onto the other thigh."""
        floor, lifted = posture.leg(self.side), self._lifted
        pull = self._part(PULL_FROM, 1.0) * (1 - self.let_go)
        ankle = self._resting_ankle(body, posture) + self.dropped_m * self._mirrored(*SLIDE)
        knee = self._mirrored(*CROSSED_KNEE)
        arc = np.sin(np.pi * lifted) * self._mirrored(*FOOT_ARC_M)
        foot = self._hanging_foot(body, posture, ankle, knee)
        bend = about(foot_across(body, self.side), -pull * self.dorsiflexion_deg)
        return replace(
            floor,
            ankle=(1 - lifted) * floor.ankle + lifted * ankle + arc,
            knee_towards=blend_direction(floor.knee_towards, knee, lifted),
            foot=between(floor.foot, foot, lifted) @ bend,
            toes_deg=pull * self.toes_deg,
        )

    def _resting_ankle(self, body: Body, posture: Posture) -> Vec:
        """Where the ankle is when its outer side lies on the other thigh."""
        under = "right" if self.side == "left" else "left"
        hip, knee = hip_joint(body, posture, under), knee_of(body, posture, under)
        over = self._mirrored(-ANKLE_PAST_THIGH_M, ANKLE_OVER_THIGH_M, 0.0)
        return hip + ANKLE_ALONG_THIGH * (knee - hip) + over

    def _hanging_foot(self, body: Body, posture: Posture, ankle: Vec, towards: Vec) -> Mat:
        """A relaxed foot at a right angle to its shin, the toes where the shin's front is."""
        hip = hip_joint(body, posture, self.side)
        knee, end = two_bone(hip, ankle, body.thigh_m, body.shank_m, towards)
        shin, thigh = unit(knee - end), unit(knee - hip)
        front = unit(thigh - shin * (thigh @ shin))
        up_and_front = frame(vec(0, 1, 0), vec(0, 0, 1))
        return frame(shin, front) @ up_and_front.T @ foot_turn(body, self.side, 0.0)

    def _goal(self, body: Body, posture: Posture) -> Grip:
        if self.grip == "toes":
            return self._toe_grip(body, posture)
        return self._shin_grip(body, posture, UP_THE_SHIN[self.grip])

    def _toe_grip(self, body: Body, posture: Posture) -> Grip:
        """The hand over the toes: its fingers behind them, its palm pulls them to the shin."""
        leg = posture.leg(self.side)
        ball = body.joint(f"{self.side}_second_toe") - body.joint(f"{self.side}_ankle")
        toes = leg.ankle + leg.foot @ (1.15 * ball)
        hand = self._mirrored(*HAND_FROM_TOES_M)
        return Grip(
            wrist=toes + hand,
            elbow=self._mirrored(-0.9 if self.other_hand else 0.7, -0.6, -0.2),
            fingers=unit(self._mirrored(-0.2, -1.0, 0.25)),
            palm=self._mirrored(1.0, 0.0, -0.2),
        )

    def _shin_grip(self, body: Body, posture: Posture, up: float) -> Grip:
        """The hand on the moving shin, this share of the way `up` to its knee."""
        knee, ankle = knee_of(body, posture, self.side), posture.leg(self.side).ankle
        wrist = (1 - up) * ankle + up * knee + HAND_OVER_THIGH_M * UP
        fingers = self._mirrored(-0.8, -0.3, 0.5)
        return Grip(wrist, self._mirrored(0.7, -0.6, -0.2), unit(fingers), -UP)

    def _on_the_way(self, rest: Grip, toes: Grip) -> Grip:
        grip = rest.towards(toes, self._reaching)
        arc = HAND_ARC_M * np.sin(np.pi * self._reaching) * UP
        return replace(grip, wrist=grip.wrist + arc)


MOVEMENTS = (
    Movement(
        "toe-stretch",
        ToeStretch,
        drive="share",
        rep=Rep(amplitude=1.0, up_s=2.2, hold_s=6.0, down_s=2.0, gap_s=0.8),
        signal="{side}_big_toe_extension_deg",
        counts="holds",
        bends={"foot_off_knee": {"dropped_m": 0.18}, "hand_off_toes": {"let_go": 1.0}},
        changes={"short_hold": timed(hold_s=3.0)},
    ),
)
