"""Toes that lift or curl while the foot stays on the floor: what the cards of both share.

The pose model has one toe point per foot, a few centimetres behind the tips. It follows about 0.4
of a lift (measured on rendered feet), clearly enough to count it, and moves with both feet when
only one works: so the signals are means of both.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from formcheck.body.measures import Moment, height_shank, hip_height_shank
from formcheck.exercises.card import Signal
from formcheck.motion.counter import RepWindow
from formcheck.pose.pose import Array, Pose

FLAT_SHANK = 0.08
"""Toes higher than this over the ankle: a foot in the air (measured: flat -0.1 to -0.45, its
forefoot lifted up to -0.08; legs stretched out 0.1 to 0.6)."""
LEVEL_SHANK = 0.45
"""Ankles that differ by more in height: a foot in the air (measured: on the floor 0.26 and less,
one leg over the other 0.93 and more)."""
STEEP = 0.7
"""Share of the shin's length in the image that goes down, when the foot is on the floor."""
ANKLE_SHARE = 0.5
"""Of the ankle's drift that the toes share: with all of it, or none, times and counts are worse."""
STAYS = 0.8
"""Most that knees and hips may move, as a share of the toes' way (measured: lifts and curls 0.57;
standing up, squats and heels that lift 1 and more)."""

TOES_SHARE = 0.034
"""Share of the picture round the feet that toes take: what moves more is the middle of the foot
too (measured: toe lifts 0.016-0.028, curls 0.040-0.13)."""
BACK_SHARE, CURLED_TRAVEL = 0.7, 0.012
"""Toes that go up by less than this share of their travel go back, and in a curl no further than
this in sizes of that picture: the tips go under (measured: curls without a towel 0.42-0.5 and
0.004-0.008; toe lifts 1.0 and more, plain toes that are hard to match 0.24-0.29 and 0.026)."""
HIDDEN = 0.6
"""Visibility of a knee below which its leg is behind the other (measured: 0.25-0.5 side-on, where
its foot jumps by half its length; seen from 70 degrees and less 0.7 and more)."""
LEGS = ("left", "right")
NEEDS = ("knee", "ankle", "heel", "foot_index")
ANCHOR_LIMIT_TORSO = 0.08
"""Heels that move by more take a step (measured: 0.04 in toe lifts, by the model's own error)."""


def clear_legs(pose: Pose) -> Sequence[str]:
    """The leg whose knee shows best, and the other one where it is not hidden behind it."""
    first, second = sorted(LEGS, key=lambda leg: -pose.visibility(f"{leg}_knee"))
    return (first, second) if pose.visibility(f"{second}_knee") >= HIDDEN else (first,)


def mean_height_shank(moment: Moment, joint: str) -> float:
    """Height of a joint in the image, mean of the legs that show, in shank lengths."""
    heights = [
        height_shank(moment, moment.pose.xy(f"{leg}_{joint}")) for leg in clear_legs(moment.pose)
    ]
    return sum(heights) / len(heights)


def toe_rise_shank(moment: Moment) -> float:
    """Height of the toes less a share of the ankles', in shank lengths: steadier than either."""
    return toe_height_shank(moment) - ANKLE_SHARE * mean_height_shank(moment, "ankle")


def toe_height_shank(moment: Moment) -> float:
    """Height of the toes in the image, in shank lengths."""
    return mean_height_shank(moment, "foot_index")


def toe_over_foot_shank(moment: Moment) -> float:
    """Height of the toes over heels and ankles, in shank lengths: falls in a heel raise."""
    behind = mean_height_shank(moment, "heel") + mean_height_shank(moment, "ankle")
    return toe_height_shank(moment) - behind / 2


def toe_draw_shank(moment: Moment) -> float:
    """How far back the toes are across the image, less a share of heels and ankles, in shanks.

    Rises as toes are drawn in, whether they press down or the foot arches over them: the model then
    moves the toes towards the heel, or the whole foot towards the body. The mean of both feet, even
    of a hidden one, which the model moves too (measured: counts are better).
    """
    return _back_shank(moment, LEGS)


def toe_back_shank(moment: Moment) -> float:
    """The same of the legs that show."""
    return _back_shank(moment, clear_legs(moment.pose))


def _back_shank(moment: Moment, legs: Sequence[str]) -> float:
    reach = [_reach_px(moment.pose, leg) for leg in legs]
    return -sum(reach) / len(reach) / moment.scale.shank_px


def _reach_px(pose: Pose, leg: str) -> float:
    toe, heel, ankle = (float(pose.xy(f"{leg}_{j}")[0]) for j in ("foot_index", "heel", "ankle"))
    reach = toe - ANKLE_SHARE * (heel + ankle) / 2
    return reach if toe >= heel else -reach


def knee_height_shank(moment: Moment) -> float:
    """Height of the knees in the image, in shank lengths."""
    return mean_height_shank(moment, "knee")


def heels(moment: Moment) -> Sequence[Array]:
    """The heel of the leg that shows best, (2,) px: it stays where it is."""
    return [moment.pose.xy(f"{clear_legs(moment.pose)[0]}_heel")]


def feet_flat(moment: Moment) -> str | None:
    """Both feet on the floor, shins steep: of a person who sits or stands."""
    pose, shank = moment.pose, moment.scale.shank_px
    apart = abs(float(pose.xy("left_ankle")[1] - pose.xy("right_ankle")[1]))
    flat = apart <= LEVEL_SHANK * shank
    for leg in LEGS:
        knee, ankle, toe = (pose.xy(f"{leg}_{joint}") for joint in ("knee", "ankle", "foot_index"))
        down, lifted = float(ankle[1] - knee[1]), float(ankle[1] - toe[1])
        flat &= lifted <= FLAT_SHANK * shank and down >= STEEP * math.dist(knee, ankle)
    return None if flat else "Put your feet flat on the floor"


def rest_of_the_body_stays(rep: RepWindow) -> bool:
    """Whether knees and hips kept their height: not in squats, sitting down or heel lifts."""
    most = STAYS * abs(rep.pulse.height)
    return all(abs(rep.change(f"{joint}_height_shank")) <= most for joint in ("knee", "hip"))


def toes_go_back(rep: RepWindow) -> bool:
    """Whether toes, in the picture round the feet, went a little back rather than up: a curl."""
    height = rep.pulse.height
    return rep.top("lift_share") < BACK_SHARE * height and height < CURLED_TRAVEL


SIGNALS: Mapping[str, Signal] = {
    "toe_rise_shank": toe_rise_shank,
    "toe_draw_shank": toe_draw_shank,
    "toe_back_shank": toe_back_shank,
    "toe_height_shank": toe_height_shank,
    "toe_over_foot_shank": toe_over_foot_shank,
    "knee_height_shank": knee_height_shank,
    "hip_height_shank": hip_height_shank,
}
