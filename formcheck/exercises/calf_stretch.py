"""Calf stretch (gastrocnemius): hands on the wall, one leg back, its knee straight, lean in."""

from formcheck.body import standing_scale
from formcheck.diagrams import AT_THE_WALL
from formcheck.exercise import SHORT_HOLD, SIDEWAYS, Exercise, HoldFault, Holds, Norm
from formcheck.postures import both_toes
from formcheck.staggered import (
    at_the_wall,
    back_heel_shank,
    back_knee_deg,
    back_leg,
    dorsiflexion_deg,
    hips_back_deg,
    lean_deg,
)

CARD = Exercise(
    name="calf-stretch",
    title="Calf stretch",
    shown_at="ankle",
    setup="Stand side-on to the camera, two to three metres away, so that it sees you from head "
    "to toe, with the wall in front of you.",
    diagram=AT_THE_WALL,
    how="Palms on the wall, one leg back with its knee straight and its heel down. Lean in until "
    "the calf pulls, and hold.",
    needs=("shoulder", "hip", "knee", "ankle", "foot_index"),
    scale_of=standing_scale,
    posture=at_the_wall,
    side_of=back_leg,
    anchors=both_toes,
    signals={
        "dorsiflexion_deg": dorsiflexion_deg,
        "back_knee_deg": back_knee_deg,
        "lean_deg": lean_deg,
        "back_heel_shank": back_heel_shank,
        "hips_back_deg": hips_back_deg,
    },
    counts=Holds(
        driver="lean_deg",
        enter=10.0,
        rise=5.0,
        surely=18.0,
        target_s=30.0,
        source="AAOS: hold 30 s, rest 30 s; levels measured: see samples",
        measures={
            "dorsiflexion_deg": SIDEWAYS,
            "back_knee_deg": SIDEWAYS,
            "lean_deg": SIDEWAYS,
        },
        faults=(
            HoldFault(
                "no_lean",
                "hips_back_deg",
                above=4.0,
                cue="Bring your hips forward",
                message="the hips stayed back, so the calf is not stretched. Bring them forward.",
                source="measured: see samples (leaning in -5 to -16, hips back +9 and more)",
                not_graded="The lean shows only from the side.",
                joints=("left_hip", "right_hip"),
            ),
            HoldFault(
                "heel_lift",
                "back_heel_shank",
                above=0.045,
                over_rest=True,
                cue="Press your back heel down",
                message="the back heel came up. Press it into the floor, lean less if need be.",
                source="measured: see samples (a lift of 3 cm shows as 0.07, none as 0.02)",
                not_graded="Lifting of the heel shows only from the side.",
                joints=("left_heel", "right_heel"),
            ),
            HoldFault(
                "knee_bend",
                "back_knee_deg",
                above=20.0,
                cue="Straighten your back knee",
                message="the back knee was bent: that is the soleus stretch. Straighten it to "
                "stretch the calf.",
                source="measured: see samples (a straight knee reads 0-6 degrees)",
                not_graded="Bending of the knee shows only from the side.",
                joints=("left_knee", "right_knee"),
            ),
        ),
        messages={
            SHORT_HOLD: "Stay until the time is up.",
        },
    ),
    never_graded=(
        "Turning out of the back foot is not graded; a camera in front or behind would show it.",
    ),
    norms=(
        Norm("held_s", "30 s, then 30 s rest", "AAOS"),
        Norm("held_s", "3 x 20 s", "Spink 2008, PMC2613884"),
        Norm("dorsiflexion_deg", "30-38 deg in the lunge test, MDC 4.6", "weight-bearing lunge"),
    ),
)
