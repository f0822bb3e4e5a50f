"""Whether the picture is turned: a body that lies where the exercise has it stand, or the reverse.

The pose model finds a body however it lies, so it is the card that knows: if the posture is the
exercise's in no moment as the picture is, and in most of them when it is turned one certain way,
then the file has lost how the camera was held.
"""

from __future__ import annotations

from collections.abc import Sequence

from formcheck.body.follow import Candidate, fits
from formcheck.body.measures import (
    angle_deg,
    flexion_deg,
    middle_xy,
    trunk_tilt_deg,
    world_flexion_deg,
)
from formcheck.pose.pose import Pose

TURNS = (90, 180, 270)
"""Degrees clockwise."""
LEAST_POSES = 3
"""Fewer moments decide nothing."""
STRAIGHT_DEG, COARSE_DEG = 35.0, 15.0
"""Hips and knees of a clamshell are bent by 45 to 90. The model's world is coarse."""
LYING_DEG = 60.0
"""The trunk from the vertical; who stands leans by less."""
MOST_SHARE = 0.6
"""Of the moments that must fit when turned."""


def turn_of(poses: Sequence[Pose], wanted: Sequence[Candidate], known: Sequence[Candidate]) -> int:
    """By how many degrees clockwise the picture must be turned, 0 where nothing says so.

    poses: of one body, at moments about a second apart. wanted: the exercises that may be done.
    known: all there are; who does another one with bent legs lies there because it is done lying.
    """
    if len(poses) < LEAST_POSES or any(plainly_right(pose, known) for pose in poses):
        return 0
    counted = {turn: _fitting(poses, wanted, turn) for turn in TURNS}
    best = max(TURNS, key=lambda turn: counted[turn])
    others = sum(count for turn, count in counted.items() if turn != best)
    return best if counted[best] >= MOST_SHARE * len(poses) and not others else 0


def plainly_right(pose: Pose, known: Sequence[Candidate]) -> bool:
    """Whether the body is as one of the exercises has it, in the picture as it is."""
    return not _stretched_out(pose) and any(fits(exercise, pose) for exercise in known)


def _fitting(poses: Sequence[Pose], exercises: Sequence[Candidate], turn: int) -> int:
    turned = (pose.turned(turn) for pose in poses)
    return sum(any(fits(exercise, pose) for exercise in exercises) for pose in turned)


def _stretched_out(pose: Pose) -> bool:
    """Whether it lies with trunk and legs in one line, as in no exercise that is done lying."""
    shoulder, hip, knee = (middle_xy(pose, joint) for joint in ("shoulder", "hip", "knee"))
    bent_deg = [180.0 - angle_deg(shoulder, hip, knee)]
    for leg in ("left", "right"):
        bent_deg += [flexion_deg(pose, leg), world_flexion_deg(pose, leg) - COARSE_DEG]
    return trunk_tilt_deg(pose) > LYING_DEG and max(bent_deg) < STRAIGHT_DEG
