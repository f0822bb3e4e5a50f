"""Four-way foot flex: legs straight, the foot goes up, down, in and out, each time back to rest."""

from __future__ import annotations

import math

from formcheck.body.measures import Moment
from formcheck.exercises.card import SIDEWAYS, Exercise, Fault, Norm, RepMeasure
from formcheck.exercises.diagrams import LONG_SITTING
from formcheck.exercises.directions import Cycles, Direction, angle_gauge, distance_gauge
from formcheck.exercises.postures.long_sitting import (
    FROM_THE_FEET,
    ON_SIDE,
    PLACE,
    foot_signals,
    long_sitting,
    only_the_foot,
    seated_view,
    still_points,
)
from formcheck.pose.side_view import View

NOWHERE: frozenset[View] = frozenset()
DORSIFLEXION_HIDDEN = "How far the foot comes up shows only straight from the side."
POINTING_COMPARED = (
    "Pointing the foot is counted and compared with your other repetitions, but not measured in "
    "degrees."
)
TURNING_COMPARED = (
    "Turning the foot in and out is counted from the feet, and compared with your other "
    "repetitions where their order tells which is which, but not measured in degrees."
)
LEAST_OWN_SHARE = 0.5
"""Of the person's own largest range so far: less is short."""

DORSIFLEXION_PER_DEG, PLANTARFLEXION_PER_DEG = -0.44, 0.58
"""Change of the ankle's angle in the side view, degrees, with one degree of the joint. Measured on
samples of seven people: up 0.29-0.50, which leaves errors below 8 degrees; pointing 0.28-0.72, so
that this is compared with the person's own and not measured."""
INVERSION_PER_DEG = 0.0075
"""Way of the toes inwards from the front, torso lengths, with one degree of the joint. It is drawn
and not measured: in samples of seven people it was 0 to 0.02, and of turning out 0.003 to 0.014."""
FOOT = foot_signals()


def flex_deg(moment: Moment) -> float:
    """The foot down from the side, in from the front, degrees."""
    signal, per_deg = "ankle_deg", PLANTARFLEXION_PER_DEG
    if moment.view is View.FRONT:
        signal, per_deg = "toes_in_torso", INVERSION_PER_DEG
    found = [FOOT[f"{leg}_{signal}"](moment) / per_deg for leg in moment.legs]
    seen = [value for value in found if math.isfinite(value)]
    return sum(seen) / len(seen) if seen else math.nan


AROM = "PMC5241541"
DORSIFLEXION = Direction("dorsiflexion", 20.0, SIDEWAYS, (-0.004, -0.01, 0.036, 0.044))
PLANTARFLEXION = Direction("plantarflexion", 50.0, SIDEWAYS, (0.01, 0.016, -0.124, -0.038))
INVERSION = Direction("inversion", 35.0, FROM_THE_FEET, (0.118, 0.085, -0.016, 0.028))
EVERSION = Direction("eversion", 15.0, FROM_THE_FEET, (-0.09, -0.047, 0.021, 0.014))
"""Full ranges: AROM. Last what the camera at the feet sees: how far toes and heel go in, and how
far up, torso lengths, in the mean of samples of seven people. People differ (with one of them,
pulling up looks like turning out), so their order tells the directions, and not one alone."""


def range_of(way: Direction, views: frozenset[View], not_graded: str) -> RepMeasure:
    """The range of a direction, in the views that show it undistorted."""
    return RepMeasure(way.range_name, lambda rep: rep.pulse.height, views, not_graded)


def short(way: Direction, cue: str, message: str) -> Fault:
    """A direction left out, or gone much less far than this person just did."""
    return Fault(
        f"short_{way.name}",
        way.share_name,
        below=LEAST_OWN_SHARE,
        cue=cue,
        message=f"{message} Go as far as you can without pain.",
        source="half of the person's own largest range so far (degrees: see samples)",
        joints=("left_foot_index", "right_foot_index"),
    )


CARD = Exercise(
    name="foot-flex",
    title="Four-way foot flex",
    setup="Put the camera at seat height, two to three metres away: at the side of the working "
    "foot to see it go up and down, or at your feet, sitting on the floor, to see it turn.",
    diagram=LONG_SITTING,
    camera=ON_SIDE | FROM_THE_FEET,
    how="Sit with your leg straight. Pull the foot towards you, back, point it, back, turn it in, "
    "back, turn it out, back: that is one. Pause at each end.",
    needs=("shoulder", "hip", "knee", "ankle", "foot_index"),
    posture=long_sitting,
    anchors=still_points,
    view_of=seated_view,
    signals={"flex_deg": flex_deg, **FOOT},
    counts=Cycles(
        ((DORSIFLEXION, PLANTARFLEXION), (INVERSION, EVERSION)),
        gauges=(
            angle_gauge(DORSIFLEXION, "ankle_deg", DORSIFLEXION_PER_DEG, 6.5, SIDEWAYS),
            angle_gauge(PLANTARFLEXION, "ankle_deg", PLANTARFLEXION_PER_DEG, 7.0, SIDEWAYS),
            distance_gauge("place", PLACE, 0.032, 0.25, FROM_THE_FEET),
        ),
        genuine=only_the_foot,
        driver="flex_deg",
        source="measured: see samples (a still foot stays within 4 degrees, seen from the front "
        "within 0.03 torso lengths; turning in shows as up to 6 degrees of dorsiflexion)",
    ),
    measures=(
        range_of(DORSIFLEXION, ON_SIDE, DORSIFLEXION_HIDDEN),
        range_of(PLANTARFLEXION, NOWHERE, POINTING_COMPARED),
        range_of(INVERSION, NOWHERE, TURNING_COMPARED),
        range_of(EVERSION, NOWHERE, TURNING_COMPARED),
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
        short(DORSIFLEXION, "Pull your toes further up", "the foot hardly came up."),
        short(PLANTARFLEXION, "Point your foot further", "the foot was hardly pointed."),
        short(INVERSION, "Turn your foot further in", "the foot hardly turned in."),
        short(EVERSION, "Turn your foot further out", "the foot hardly turned out."),
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
