"""What the two stretches at the wall share: all but the back knee."""

from collections.abc import Callable, Mapping

import numpy as np

from formcheck.body.tracking import standing_scale
from formcheck.exercises.card import SHORT_HOLD, SIDEWAYS, Exercise, HoldFault, Holds, Norm
from formcheck.exercises.diagrams import AT_THE_WALL
from formcheck.exercises.postures.standing_sitting import both_toes
from formcheck.exercises.postures.wall_stance import (
    at_the_wall,
    back_ankle_shank,
    back_heel_shank,
    back_knee_deg,
    back_leg,
    dorsiflexion_deg,
    hips_back_deg,
    lean_deg,
    still_back,
    stretch_deg,
)
from formcheck.pose.side_view import Side

NO_LEAN = HoldFault(
    "no_lean",
    "hips_back_deg",
    above=0.0,
    cue="Bring your hips forward",
    message="the hips stayed back, so the calf is not stretched. Bring them forward.",
    source="measured: see samples (leaning in -9 to -16, hips back +4 and more)",
    not_graded="The lean shows only from the side.",
    joints=("left_hip", "right_hip"),
)
HEEL_LIFT = HoldFault(
    "heel_lift",
    "back_ankle_shank",
    above=0.046,
    over_rest=True,
    within=0.033,
    confirmed_by="back_heel_shank",
    spoils=("dorsiflexion_deg",),
    cue="Press your back heel down",
    message="the back heel came up. Press it into the floor, lean less if need be.",
    source="measured: see samples (a lift of 3 cm shows as 0.05-0.13 in ankle and heel alike; "
    "either alone wanders by up to 0.1, both together by 0.045; within a hold by 0.03, where a "
    "lift by 9 degrees and more shows as 0.036-0.12)",
    not_graded="Lifting of the heel shows only from the side.",
    joints=("left_heel", "right_heel"),
)
STRAIGHT_DEG, BENT_DEG = 14.0, 22.0
"""Back knees that make a calf and a soleus stretch; in between it is the less sure which.

From 20 deg of flexion on the gastrocnemius does not hold the ankle back (Baumbach 2014,
doi:10.1186/1471-2474-15-246). Measured: straight knees read 1-12, knees bent by 30 read 20-35.
"""
NORMS = (
    Norm("held_s", "30 s, then 30 s rest", "AAOS"),
    Norm("held_s", "3 x 20 s", "Spink 2008, PMC2613884"),
    Norm("dorsiflexion_deg", "30-38 deg in the lunge test, MDC 4.6", "weight-bearing lunge"),
)


def bent(measures: Mapping[str, float]) -> float:
    """How far the back knee was bent in a hold, 0 (straight) to 1."""
    middle_deg = (STRAIGHT_DEG + BENT_DEG) / 2  # not measured: no telling
    knee_deg = measures.get("back_knee_deg", middle_deg)
    return float(np.interp(knee_deg, (STRAIGHT_DEG, BENT_DEG), (0.0, 1.0)))


def straight(measures: Mapping[str, float]) -> float:
    """How far the back knee was straight in a hold, 0 (bent) to 1."""
    return 1.0 - bent(measures)


def wall_stretch(
    name: str,
    title: str,
    how: str,
    knee: HoldFault,
    typical: Callable[[Mapping[str, float]], float],
) -> Exercise:
    """The card of a stretch at the wall.

    knee: what is wrong with the back knee in this one. typical: how far a hold is this one.
    """
    return Exercise(
        name=name,
        title=title,
        shown_at="ankle",
        setup="Stand side-on to the camera, two to three metres away, so that it sees you from "
        "head to toe, with the wall in front of you.",
        diagram=AT_THE_WALL,
        camera=SIDEWAYS,
        how=how,
        needs=("shoulder", "hip", "knee", "ankle", "foot_index"),
        scale_of=standing_scale,
        posture=at_the_wall,
        side_of=back_leg,
        keeps_side=still_back,
        anchors=both_toes,
        signals={
            "stretch_deg": stretch_deg,
            "dorsiflexion_deg": dorsiflexion_deg,
            "back_knee_deg": back_knee_deg,
            "lean_deg": lean_deg,
            "back_ankle_shank": back_ankle_shank,
            "back_heel_shank": back_heel_shank,
            "hips_back_deg": hips_back_deg,
        },
        one_side={Side.LEFT: "Put your left leg back", Side.RIGHT: "Put your right leg back"},
        counts=_holds(knee),
        never_graded=(
            "Turning out of the back foot is not graded; a camera in front or behind would show "
            "it.",
        ),
        norms=NORMS,
        typical=typical,
    )


def _holds(knee: HoldFault) -> Holds:
    return Holds(
        driver="stretch_deg",
        enter=12.0,
        rise=4.0,
        surely=17.0,
        still=3.0,
        target_s=30.0,
        source="AAOS: hold 30 s, rest 30 s; levels measured: see samples (stances at the wall read "
        "6-16.4 degrees, stretches 17.5-28; within a hold they wander by 2)",
        measures={
            "dorsiflexion_deg": SIDEWAYS,
            "back_knee_deg": SIDEWAYS,
            "lean_deg": SIDEWAYS,
        },
        faults=(
            NO_LEAN,
            HEEL_LIFT,
            knee,
        ),
        messages={
            SHORT_HOLD: "Stay until the time is up.",
        },
        deepen="Lean in further",
    )
