"""Four-way foot flex: legs straight, the foot goes up, down, in and out, each time back to rest."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from statistics import fmean

from formcheck.body import bearing_deg, standing_view
from formcheck.diagrams import LONG_SITTING
from formcheck.directions import LEGS, Cycles, Direction
from formcheck.exercise import Exercise, Fault, Norm, RepMeasure
from formcheck.measures import (
    SEEN,
    Moment,
    angle_deg,
    flexion_deg,
    middle_xy,
    trunk_tilt_deg,
    world_flexion_deg,
)
from formcheck.motion import RepWindow
from formcheck.poses import Array, Pose
from formcheck.results import Side, View

OTHER = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}
BACK_OF_FOOT = ("ankle", "heel")
ON_SIDE, FROM_THE_FEET = frozenset({View.SIDE}), frozenset({View.FRONT})
UP_AND_DOWN_HIDDEN = "How far the foot goes up and down shows only straight from the side."
NOWHERE: frozenset[View] = frozenset()
IN_AND_OUT_HIDDEN = (
    "Turning in and out is counted from the front, at your feet, and compared with your other "
    "repetitions; its degrees are not measured."
)
MOST_ASLANT_DEG = 48.0
"""Bearing of the model's hips and shoulders from which it is a side view (measured: 33 for 40
degrees; there turning in looks half like pointing, and turning out like pulling up)."""
MAX_TILT_DEG = 55.0
MAX_HIP_DEG = 130.0
"""Shoulder-hip-knee in the model's world (measured: 85-125 sitting, 133 and more standing)."""
MAX_KNEE_DEG = 50.0
"""Of a leg that is out straight; the seat's edge and a band bend it a little."""
KNEE_MOVES_TORSO = 0.25
"""A knee that moves further belongs to a leg that is lifted or bent (measured: see samples)."""
HIP_MOVES_DEG = 14.0
"""While only the foot moves (measured: 9 at most; reaching for the toes 20 and more)."""
LEAST_SHARE = 0.4
"""Of the full range: less is short. Half the range is common; the angles are good to a third."""
LEAST_OWN_SHARE = 0.5

DORSIFLEXION_PER_DEG, PLANTARFLEXION_PER_DEG = -0.48, 0.58
INVERSION_PER_DEG, EVERSION_PER_DEG = 0.0075, -0.0080
"""Change of the ankle's angle in the side view, degrees, and of the way of the toes inwards in the
front view, torso lengths, with one degree of the joint (measured on the dev samples: mean of the
fitted heights over the rendered ranges)."""


def leg_is_out(moment: Moment, leg: str) -> bool:
    """Whether a leg lies straight before the trunk, where the camera sees it."""
    pose = moment.pose
    bend = (flexion_deg if moment.view is View.SIDE else world_flexion_deg)(pose, leg)
    seen = pose.visibility(f"{leg}_knee") >= SEEN
    return seen and hip_deg(moment, leg) < MAX_HIP_DEG and bend < MAX_KNEE_DEG


def ankle_deg(moment: Moment, leg: str) -> float:
    """Angle knee-ankle-toes in the image, degrees: grows when the foot points.

    The mean of those at the ankle and at the heel: each landmark wanders by itself.
    """
    knee, toes = moment.pose.xy(f"{leg}_knee"), moment.pose.xy(f"{leg}_foot_index")
    backs = (moment.pose.xy(f"{leg}_{joint}") for joint in BACK_OF_FOOT)
    return fmean(angle_deg(knee, back, toes) for back in backs)


def inward_torso(moment: Moment, leg: str) -> float:
    """How far the toes are inwards of the leg's side, seen from the front, torso lengths.

    From the middle of the hips: the model drags the ankle along with the toes.
    """
    toes, hips = moment.pose.xy(f"{leg}_foot_index"), middle_xy(moment.pose, "hip")
    to_the_right = float(toes[0] - hips[0]) / moment.scale.torso_px
    return to_the_right if leg == Side.RIGHT else -to_the_right


def toes_up_torso(moment: Moment, leg: str) -> float:
    """Height of the toes over the heel in the image, torso lengths."""
    heel, toes = moment.pose.xy(f"{leg}_heel"), moment.pose.xy(f"{leg}_foot_index")
    return float(heel[1] - toes[1]) / moment.scale.torso_px


def knee_up_torso(moment: Moment, leg: str) -> float:
    """Height of the knee over the hips in the image, torso lengths."""
    knee = moment.pose.xy(f"{leg}_knee")
    return float(middle_xy(moment.pose, "hip")[1] - knee[1]) / moment.scale.torso_px


def hip_deg(moment: Moment, leg: str) -> float:
    """Angle shoulder-hip-knee in the model's world, degrees: coarse, but seen from any side."""
    joints = ("shoulder", "hip", "knee")
    shoulder, hip, knee = (moment.pose.xyz_m(f"{leg}_{joint}") for joint in joints)
    return angle_deg(shoulder, hip, knee)


FOOT = {
    "ankle_deg": ankle_deg,
    "inward_torso": inward_torso,
    "toes_up_torso": toes_up_torso,
    "knee_up_torso": knee_up_torso,
    "other_knee_up_torso": lambda moment, leg: knee_up_torso(moment, OTHER[leg]),
    "hip_deg": hip_deg,
}


def of_leg(measure: Callable[[Moment, str], float], leg: str, moment: Moment) -> float:
    """The measure of a leg that is out straight and can be seen."""
    return measure(moment, leg) if leg_is_out(moment, leg) else math.nan


def flex_deg(moment: Moment) -> float:
    """Foot up and down from the side, out and in from the front, degrees."""
    found = []
    for leg in moment.legs:
        if moment.view is View.FRONT:
            found.append(of_leg(inward_torso, leg, moment) / INVERSION_PER_DEG)
        else:
            found.append(of_leg(ankle_deg, leg, moment) / PLANTARFLEXION_PER_DEG)
    seen = [value for value in found if math.isfinite(value)]
    return sum(seen) / len(seen) if seen else math.nan


def flex_view(pose: Pose) -> View:
    """The camera's view; aslant, the model's foot mixes up and down with in and out."""
    turn_deg = abs(bearing_deg(pose))
    view = standing_view(pose)
    return View.SIDE if MOST_ASLANT_DEG < turn_deg < 180 - MOST_ASLANT_DEG else view


def still_points(moment: Moment) -> tuple[Array, ...]:
    """Hips and shoulders; from the feet the knees too, which in profile follow the toes."""
    points = tuple(middle_xy(moment.pose, joint) for joint in ("hip", "shoulder"))
    if moment.view is not View.FRONT:
        return points
    return (*points, *(moment.pose.xy(f"{leg}_knee") for leg in LEGS))


def long_sitting(moment: Moment) -> str | None:
    """Why this is not sitting with a leg out straight, in words, or None when it is."""
    if trunk_tilt_deg(moment.pose) > MAX_TILT_DEG:
        return "Sit up"
    if moment.view not in ON_SIDE | FROM_THE_FEET:
        return "Turn your side or your feet to the camera"
    if not any(leg_is_out(moment, leg) for leg in moment.legs):
        return "Sit with your leg straight in front of you"
    return None


def only_the_foot(way: RepWindow) -> bool:
    """Whether leg and trunk stayed where they were."""
    knees = (abs(way.change(name)) for name in ("knee_up_torso", "other_knee_up_torso"))
    return max(knees) < KNEE_MOVES_TORSO and abs(way.change("hip_deg")) < HIP_MOVES_DEG


DORSIFLEXION = Direction(
    "dorsiflexion",
    signal="ankle_deg",
    per_deg=DORSIFLEXION_PER_DEG,
    start_deg=6.5,
    norm_deg=20.0,
    views=ON_SIDE,
    genuine=only_the_foot,
)
PLANTARFLEXION = Direction(
    "plantarflexion",
    signal="ankle_deg",
    per_deg=PLANTARFLEXION_PER_DEG,
    start_deg=7.0,
    norm_deg=50.0,
    views=ON_SIDE,
    genuine=only_the_foot,
)
INVERSION = Direction(
    "inversion",
    signal="inward_torso",
    per_deg=INVERSION_PER_DEG,
    start_deg=5.5,
    norm_deg=35.0,
    views=FROM_THE_FEET,
    genuine=only_the_foot,
    against="toes_up_torso",
)
EVERSION = Direction(
    "eversion",
    signal="inward_torso",
    per_deg=EVERSION_PER_DEG,
    start_deg=5.0,
    norm_deg=15.0,
    views=FROM_THE_FEET,
    genuine=only_the_foot,
    against="toes_up_torso",
)
AROM = "PMC5241541"


def range_of(way: Direction, views: frozenset[View], not_graded: str) -> RepMeasure:
    """The range of a direction, in the views that show it undistorted."""
    return RepMeasure(way.range_name, lambda rep: rep.pulse.height, views, not_graded)


def short(way: Direction, measure: str, below: float, source: str, said: tuple[str, str]) -> Fault:
    """A direction left out or gone much less far than it should."""
    return Fault(
        f"short_{way.name}",
        measure,
        below=below,
        cue=said[0],
        message=f"{said[1]} Go as far as you can without pain.",
        source=source,
        joints=("left_foot_index", "right_foot_index"),
    )


def short_of_norm(way: Direction, cue: str, message: str) -> Fault:
    """Less than healthy ankles can."""
    source = f"{LEAST_SHARE:.0%} of the {way.norm_deg:.0f} degrees of {AROM}"
    return short(way, way.range_name, LEAST_SHARE * way.norm_deg, source, (cue, message))


def short_of_own(way: Direction, cue: str, message: str) -> Fault:
    """Less than this person just did."""
    source = "half of the largest so far; degrees are not measurable (samples)"
    return short(way, way.share_name, LEAST_OWN_SHARE, source, (cue, message))


CARD = Exercise(
    name="foot-flex",
    title="Four-way foot flex",
    setup="Put the camera at seat height, two to three metres away: at the side of the working "
    "foot to see it go up and down, or at your feet to see it turn in and out.",
    diagram=LONG_SITTING,
    how="Sit with your leg straight. Pull the foot towards you, back, point it, back, turn it in, "
    "back, turn it out, back: that is one. Pause at each end.",
    needs=("shoulder", "hip", "knee", "ankle", "foot_index"),
    posture=long_sitting,
    side_of=lambda _pose, _scale: Side.BOTH,
    anchors=still_points,
    view_of=flex_view,
    signals={
        "flex_deg": flex_deg,
        **{
            f"{leg}_{name}": partial(of_leg, measure, leg)
            for leg in LEGS
            for name, measure in FOOT.items()
        },
    },
    counts=Cycles(
        (DORSIFLEXION, PLANTARFLEXION, INVERSION, EVERSION),
        signal="flex_deg",
        source="measured: see samples (a still foot stays within 4 degrees, seen from the front "
        "within 5; turning in shows as up to 6 degrees of dorsiflexion)",
    ),
    measures=(
        range_of(DORSIFLEXION, ON_SIDE, UP_AND_DOWN_HIDDEN),
        range_of(PLANTARFLEXION, ON_SIDE, UP_AND_DOWN_HIDDEN),
        range_of(INVERSION, NOWHERE, IN_AND_OUT_HIDDEN),
        range_of(EVERSION, NOWHERE, IN_AND_OUT_HIDDEN),
    ),
    graded="range_share",
    amplitude="range",
    shown_at="ankle",
    faults=(
        Fault(
            "rushed",
            "direction_s",
            below=0.9,
            cue="Slower, pause at each end",
            message="rushed. Pause at each end and let the foot come back to rest.",
            source="a pause at each end is prescribed; limit measured: see samples",
        ),
        short_of_norm(DORSIFLEXION, "Pull your toes further up", "the foot hardly came up."),
        short_of_norm(PLANTARFLEXION, "Point your foot further", "the foot was hardly pointed."),
        short_of_own(INVERSION, "Turn your foot further in", "the foot hardly turned in."),
        short_of_own(EVERSION, "Turn your foot further out", "the foot hardly turned out."),
    ),
    never_graded=(
        "A leg that turns instead of the foot is not graded: the toes go the same way, and the "
        "model has no point on the kneecap. A camera above the knee would show it.",
    ),
    norms=(
        *(
            Norm(way.range_name, f"{way.norm_deg:.0f} deg", AROM)
            for way in (DORSIFLEXION, PLANTARFLEXION, INVERSION, EVERSION)
        ),
        Norm("reps", "3 x 10", "PMC2613884"),
    ),
)
