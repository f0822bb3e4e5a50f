"""Sitting with a leg out straight, on the floor or a chair: posture and signals of its foot."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from statistics import fmean

from formcheck.body.measures import (
    SEEN,
    Moment,
    angle_deg,
    flexion_deg,
    middle_xy,
    trunk_tilt_deg,
    world_flexion_deg,
)
from formcheck.body.tracking import bearing_deg, standing_view
from formcheck.exercises.card import SIDEWAYS
from formcheck.exercises.directions import LEGS
from formcheck.motion.counter import RepWindow
from formcheck.pose.pose import Array, Pose
from formcheck.pose.side_view import Side, View

OTHER = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}
BACK_OF_FOOT = ("ankle", "heel")
ON_SIDE, FROM_THE_FEET = frozenset({View.SIDE}), frozenset({View.FRONT})
PROFILE_DEG, ASLANT_DEG = 66.0, 48.0
"""Bearing of the model's hips and shoulders from which the ankle's angle is right, and from which
it tells up and down at all (measured: 69 for a camera at 80 degrees, 63 for 62, 33 for 40; there
turning in looks half like pointing, and turning out like pulling up)."""
NEARER = 0.1
"""The nearer knee's visibility in profile is higher by this much; the far foot is guessed."""
MAX_TILT_DEG = 55.0
MAX_HIP_DEG = 130.0
"""Shoulder-hip-knee in the model's world (measured: 85-125 sitting, 133 and more standing)."""
MAX_KNEE_DEG = 50.0
"""Of a leg that is out straight; the seat's edge and a band bend it a little."""
KNEE_MOVES_TORSO = 0.25
"""A knee that moves further belongs to a leg that is lifted or bent (measured: see samples)."""
HIP_MOVES_DEG = 14.0
"""Of the stiller leg, while only a foot moves (measured: 9 at most; reaching for the toes 15)."""
TRUNK_MOVES_TORSO = 0.07
"""While only a foot moves (measured: 0.06 at most; reaching for the toes 0.08-0.17)."""


def leg_is_out(moment: Moment, leg: str) -> bool:
    """Whether a leg lies straight before the trunk, where the camera sees it."""
    pose = moment.pose
    bend = (flexion_deg if moment.view is View.SIDE else world_flexion_deg)(pose, leg)
    seen, other = (pose.visibility(f"{side}_knee") for side in (leg, OTHER[Side(leg)]))
    hidden = seen < SEEN or (moment.view in SIDEWAYS and seen < other - NEARER)
    return not hidden and hip_deg(moment, leg) < MAX_HIP_DEG and bend < MAX_KNEE_DEG


def ankle_deg(moment: Moment, leg: str) -> float:
    """Angle knee-ankle-toes in the image, degrees: grows when the foot points.

    The mean of those at the ankle and at the heel: each landmark wanders by itself.
    """
    knee, toes = moment.pose.xy(f"{leg}_knee"), moment.pose.xy(f"{leg}_foot_index")
    backs = (moment.pose.xy(f"{leg}_{joint}") for joint in BACK_OF_FOOT)
    return fmean(angle_deg(knee, back, toes) for back in backs)


def inward_torso(moment: Moment, leg: str, joint: str) -> float:
    """How far a joint of the foot is inwards of the leg's side, seen from the front, torso lengths.

    From the middle of the hips: the model drags the ankle along with the toes.
    """
    point, hips = moment.pose.xy(f"{leg}_{joint}"), middle_xy(moment.pose, "hip")
    to_the_right = float(point[0] - hips[0]) / moment.scale.torso_px
    return to_the_right if leg == Side.RIGHT else -to_the_right


def up_torso(moment: Moment, leg: str, joint: str) -> float:
    """Height of a joint over the hips in the image, torso lengths."""
    point = moment.pose.xy(f"{leg}_{joint}")
    return float(middle_xy(moment.pose, "hip")[1] - point[1]) / moment.scale.torso_px


def hip_deg(moment: Moment, leg: str) -> float:
    """Angle shoulder-hip-knee in the model's world, degrees: coarse, but seen from any side."""
    joints = ("shoulder", "hip", "knee")
    shoulder, hip, knee = (moment.pose.xyz_m(f"{leg}_{joint}") for joint in joints)
    return angle_deg(shoulder, hip, knee)


def trunk_torso(moment: Moment, _leg: str) -> float:
    """Height of the shoulders over the hips in the image, torso lengths."""
    shoulders, hips = (middle_xy(moment.pose, joint) for joint in ("shoulder", "hip"))
    return float(hips[1] - shoulders[1]) / moment.scale.torso_px


FOOT: Mapping[str, Callable[[Moment, str], float]] = {
    "ankle_deg": ankle_deg,
    "toes_in_torso": partial(inward_torso, joint="foot_index"),
    "heel_in_torso": partial(inward_torso, joint="heel"),
    "toes_up_torso": partial(up_torso, joint="foot_index"),
    "heel_up_torso": partial(up_torso, joint="heel"),
    "knee_up_torso": partial(up_torso, joint="knee"),
    "other_knee_up_torso": lambda moment, leg: up_torso(moment, OTHER[Side(leg)], "knee"),
    "trunk_torso": trunk_torso,
    "hip_deg": hip_deg,
    "other_hip_deg": lambda moment, leg: hip_deg(moment, OTHER[Side(leg)]),
}
PLACE = ("toes_in_torso", "heel_in_torso", "toes_up_torso", "heel_up_torso")
"""Where a foot is in the image: what the camera at the feet sees of it."""


def _if_out(measure: Callable[[Moment, str], float], leg: str, moment: Moment) -> float:
    """The measure of a leg that is out straight and can be seen."""
    return measure(moment, leg) if leg_is_out(moment, leg) else math.nan


def foot_signals() -> Mapping[str, Callable[[Moment], float]]:
    """Every signal of a foot, as left_NAME and right_NAME."""
    return {
        f"{leg}_{name}": partial(_if_out, measure, leg)
        for leg in LEGS
        for name, measure in FOOT.items()
    }


def seated_view(pose: Pose) -> View:
    """The camera's view; unknown where up and down mixes with in and out."""
    view, turn_deg = standing_view(pose), abs(bearing_deg(pose))
    if view in (View.FRONT, View.BACK):
        return view
    off_deg = min(turn_deg, 180 - turn_deg)
    if off_deg < ASLANT_DEG:
        return View.UNKNOWN
    return View.SIDE if off_deg >= PROFILE_DEG else View.OBLIQUE


def still_points(moment: Moment) -> tuple[Array, ...]:
    """Hips and shoulders; from the feet the knees too, which in profile follow the toes."""
    hips, shoulders = (middle_xy(moment.pose, joint) for joint in ("hip", "shoulder"))
    if moment.view is not View.FRONT:
        return hips, shoulders, hips, hips  # always as many
    return hips, shoulders, *(moment.pose.xy(f"{leg}_knee") for leg in LEGS)


def long_sitting(moment: Moment) -> str | None:
    """Why this is not sitting with a leg out straight, in words, or None when it is."""
    if trunk_tilt_deg(moment.pose) > MAX_TILT_DEG:
        return "Sit up"
    if moment.view not in SIDEWAYS | FROM_THE_FEET:
        return "Turn your side or your feet to the camera"
    if not any(leg_is_out(moment, leg) for leg in moment.legs):
        return "Sit with your leg straight in front of you"
    return None


def only_the_foot(way: RepWindow) -> bool:
    """Whether legs and trunk stayed where they were.

    The model bends the hip of a leg whose foot moves; who reaches forward bends both.
    """
    knees = (abs(way.change(name)) for name in ("knee_up_torso", "other_knee_up_torso"))
    hips = (abs(way.change(name)) for name in ("hip_deg", "other_hip_deg"))
    trunk_still = abs(way.change("trunk_torso")) < TRUNK_MOVES_TORSO
    return max(knees) < KNEE_MOVES_TORSO and min(hips) < HIP_MOVES_DEG and trunk_still
