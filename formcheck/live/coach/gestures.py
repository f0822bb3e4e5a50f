"""Signs given with the arms, so that nobody has to walk to the machine.

Upright: one hand above the head pauses and resumes, both hands end the set. Lying on the side:
the upper arm stretched straight up does the same; held on, it ends the set, because the lower arm
cannot follow. Scratching the head, leaning on a wall and swinging the arms are none of these.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from formcheck.body.measures import angle_deg, trunk_tilt_deg
from formcheck.body.tracking import measure_scale
from formcheck.pose.pose import Array, Pose

HELD_S = 1.5
END_LYING_S = 4.0
"""Lying down, the same arm held up for this long ends the set."""
GRACE_S = 0.3
"""A hand that is lost from sight for less than this is still up."""
ABOVE_TORSO = 0.25
"""Wrist over nose, in trunk lengths: the top of the head. A scratching hand stays below."""
UPRIGHT_CONE_DEG = 45.0
"""Forearm from the vertical: palms on a wall, even above the head, point away from the body."""
LYING_TILT_DEG = 50.0
LYING_CONE_DEG = 30.0
STRAIGHT_DEG = 145.0
STRETCHED_TORSO = 0.6
"""Shoulder to wrist of a stretched arm; it is as long as the trunk, less what is foreshortened."""
SEEN = 0.5


class Gesture(StrEnum):
    """What a sign asks for."""

    PAUSE = "pause"
    """Pause, or go on."""
    END = "end"
    """End the set."""


@dataclass(frozen=True)
class GestureReading:
    """The sign under way, how far it has been held (0..1), and the one that was just given."""

    sign: Gesture | None = None
    progress: float = 0.0
    given: Gesture | None = None


class GestureReader:
    """Times the arms from pose to pose."""

    def __init__(self) -> None:
        self._sign: Gesture | None = None
        self._since_s = self._seen_s = -math.inf
        self._given: Gesture | None = None

    def update(self, pose: Pose | None, t_s: float) -> GestureReading:
        """Take one frame; `pose` is None where nobody is seen."""
        sign = raised(pose) if pose is not None else None
        if sign is self._sign:
            self._seen_s = t_s
        elif self._sign is None or sign is Gesture.END or t_s - self._seen_s > GRACE_S:
            # One that is missing may only be hidden; a second hand is meant at once.
            self._sign, self._since_s, self._seen_s = sign, t_s, t_s
            self._given = self._given if sign else None
        if self._sign is None:
            return GestureReading()
        lying = pose is not None and lies(pose)
        return self._timed(self._seen_s - self._since_s, lying=lying)

    def _timed(self, held_s: float, *, lying: bool) -> GestureReading:
        if self._given is None:
            if held_s < HELD_S:
                return GestureReading(self._sign, held_s / HELD_S)
            self._given = self._sign
            return GestureReading(self._sign, 1.0, self._given)
        if self._given is Gesture.PAUSE and lying:
            if held_s < END_LYING_S:
                return GestureReading(Gesture.END, (held_s - HELD_S) / (END_LYING_S - HELD_S))
            self._given = Gesture.END
            return GestureReading(Gesture.END, 1.0, Gesture.END)
        return GestureReading()


def raised(pose: Pose) -> Gesture | None:
    """The sign that the arms of this one pose make."""
    if lies(pose):
        return Gesture.PAUSE if any(_points_up(pose, side) for side in ("left", "right")) else None
    hands = sum(_above_head(pose, side) for side in ("left", "right"))
    return (None, Gesture.PAUSE, Gesture.END)[hands]


def lies(pose: Pose) -> bool:
    """Whether the trunk lies rather than stands."""
    return trunk_tilt_deg(pose) > LYING_TILT_DEG


def _above_head(pose: Pose, side: str) -> bool:
    wrist, elbow = pose.xy(f"{side}_wrist"), pose.xy(f"{side}_elbow")
    above_px = float(pose.xy("nose")[1] - wrist[1])
    return (
        pose.visibility(f"{side}_wrist") >= SEEN
        and above_px > ABOVE_TORSO * measure_scale(pose).torso_px
        and from_vertical_deg(wrist - elbow) < UPRIGHT_CONE_DEG
    )


def _points_up(pose: Pose, side: str) -> bool:
    shoulder, elbow, wrist = (pose.xy(f"{side}_{j}") for j in ("shoulder", "elbow", "wrist"))
    arm = wrist - shoulder
    return (
        pose.visibility(f"{side}_wrist") >= SEEN
        and math.hypot(*arm) > STRETCHED_TORSO * measure_scale(pose).torso_px
        and angle_deg(shoulder, elbow, wrist) > STRAIGHT_DEG
        and from_vertical_deg(arm) < LYING_CONE_DEG
    )


def from_vertical_deg(vector: Array) -> float:
    """Angle of a (2,) image vector from straight up, 0..180 degrees."""
    return math.degrees(math.atan2(abs(float(vector[0])), -float(vector[1])))
