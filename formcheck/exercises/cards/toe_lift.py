"""Toe lift: feet flat, the big toe or all toes rise off the floor, stay up, and lie down again."""

from __future__ import annotations

from formcheck.body.measures import Moment
from formcheck.body.tracking import measure_scale
from formcheck.exercises.card import SHORT_HOLD, CloseUp, Exercise, Fault, Norm, RepMeasure, Reps
from formcheck.exercises.diagrams import SEATED_SIDE_ON
from formcheck.exercises.postures.standing_sitting import seated, upright
from formcheck.exercises.postures.toes_on_floor import (
    ANCHOR_LIMIT_TORSO,
    NEEDS,
    SIGNALS,
    TOES_SHARE,
    feet_flat,
    heels,
    rest_of_the_body_stays,
    toes_go_back,
)
from formcheck.motion.counter import RepWindow

HOLD_S = 5.0
SHORT_BY_S = 0.6
"""A hold may be this much shorter: 0.5 s of the clock's error (measured: see samples)."""
CLEAR_FIT = 0.9
"""Share of the signal that the curve of a repetition explains (measured: lifts 0.97, the
smallest 0.91; a body that sways on its feet 0.89, a foot that lands after a step 0.84)."""
STANDING_RISE_SHANK = 0.025
"""Who stands sways, and the model's toes with him (measured: 0.018; lifts in standing 0.11)."""
HIPS_OVER_KNEES_SHANK = 0.5
"""Of somebody who stands; of somebody who sits 0.0-0.3."""
RISE_SHARE = 0.7
"""Least rise of the toes themselves, and over heels and ankles, as a share of the signal's
(measured: 0.78-1.44)."""
FORWARD_SHARE = 0.6
"""Most that toes come forward as they rise (measured: 0.48; out of a curl 0.6-1.4)."""

FOREFOOT_RISE = 0.042
"""Travel, in sizes of the picture round the feet, of a forefoot that is lifted as a whole
(measured: 0.05; the arch of a foot that curls 0.035 at most)."""


def feet_on_the_floor(moment: Moment) -> str | None:
    """Sitting or standing with both feet flat."""
    if seated(moment) is not None and upright(moment) is not None:
        return "Sit or stand, both feet on the floor"
    return feet_flat(moment)


def only_toes_rise(rep: RepWindow) -> bool:
    """Whether the toes went up, alone: not heels, not the whole body, not the camera."""
    height = rep.pulse.height
    stands = rep.rest("hip_height_shank") - rep.rest("knee_height_shank") > HIPS_OVER_KNEES_SHANK
    return (
        rep.pulse.fit >= CLEAR_FIT
        and (height >= STANDING_RISE_SHANK or not stands)
        and rep.change("toe_height_shank") >= RISE_SHARE * height
        and rep.change("toe_over_foot_shank") >= RISE_SHARE * height
        and rep.change("toe_back_shank") >= -FORWARD_SHARE * height
        and rest_of_the_body_stays(rep)
    )


def toes_or_forefoot(rep: RepWindow) -> bool:
    """Whether little more than the toes moved, or all before the heel, which goes far up."""
    toes = rep.top("moving_share") <= TOES_SHARE and not toes_go_back(rep)
    return toes or rep.pulse.height >= FOREFOOT_RISE


NOT_GRADED = (
    "How high the toes rise, which toes, which foot, and whether heel or forefoot lift with them "
    "are not graded."
)
KEEP_UP = Fault(
    SHORT_HOLD,
    "short_by_s",
    above=SHORT_BY_S,
    cue="Keep the toes up longer",
    message="the toes came down early. Hold them up for the prescribed time.",
    source="5 s is common practice; limit measured: see samples",
    joints=("left_foot_index", "right_foot_index"),
)


CARD = Exercise(
    name="toe-lift",
    title="Toe lift",
    setup="Sit on a chair so that the camera, at knee height or lower, sees you from the side or "
    "from in front and beside, bare feet flat on the floor, two to three metres away.",
    diagram=SEATED_SIDE_ON,
    how="Lift your big toe, or all toes, off the floor, hold for five seconds, lower. The heel and "
    "the ball of the foot stay down.",
    needs=NEEDS,
    scale_of=measure_scale,
    posture=feet_on_the_floor,
    anchors=heels,
    anchor_limit_torso=ANCHOR_LIMIT_TORSO,
    signals=SIGNALS,
    counts=Reps(
        driver="toe_rise_shank",
        start=0.015,
        hold_s=HOLD_S,
        genuine=only_toes_rise,
        source="measured: see samples (lifts of 36 degrees 0.03-0.12, of 15 degrees 0.017; sitting "
        "0.01)",
    ),
    measures=(RepMeasure("toe_rise_shank", lambda rep: rep.pulse.height),),
    graded="toe_rise_shank",
    amplitude="height",
    faults=(KEEP_UP,),
    close_up=CloseUp(
        start=0.003,
        at_feet=toes_or_forefoot,
        hold_s=HOLD_S,
        faults=(KEEP_UP,),
        never_graded=(NOT_GRADED,),
        source="measured: see samples (the smallest lift 0.0045; legs that sway by up to 0.016 are "
        "told by where they are)",
    ),
    never_graded=(
        NOT_GRADED,
        "From landmarks alone, without the video, lifts in shoes may be missed, and a towel "
        "scrunch that arches the foot counts as a lift.",
    ),
    norms=(
        Norm("hold_s", "5 s", "common practice; no trial found"),
        Norm("reps", "10 x 3", "common practice; no trial found"),
    ),
)
