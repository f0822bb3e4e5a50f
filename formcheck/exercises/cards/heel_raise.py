"""Heel raise: rise onto the toes, pause, lower slowly. Both feet, one leg, or on a step."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence

from formcheck.body.measures import (
    Moment,
    ankle_over_toe_shank,
    body_height_shank,
    height_shank,
    hip_height_shank,
    knee_flexion_deg,
    left_hip_height_shank,
    leg_height_shank,
    right_hip_height_shank,
    trunk_lean_deg,
)
from formcheck.body.tracking import standing_scale
from formcheck.exercises.card import (
    SIDEWAYS,
    CloseUp,
    Exercise,
    Fault,
    Norm,
    RepMeasure,
    Reps,
    SetFault,
)
from formcheck.exercises.diagrams import SIDE_ON
from formcheck.exercises.postures.standing_sitting import (
    standing_side,
    standing_toes,
    still_stands,
    upright,
)
from formcheck.motion.counter import RepWindow
from formcheck.pose.side_view import Side, View
from formcheck.results import Rep

BALL_TO_ANKLE_SHANK = 0.337
ANKLE_OVER_BALL_SHANK = 0.097
"""Ankle joint ahead of and above the ball of the foot, in shank lengths (measured: see samples)."""
LEVEL_ANKLE_SHANK = 0.19
"""The ankle's landmark over the toe's when the foot is flat (measured: 0.18-0.35; 0.14 hanging)."""
MOST_DEG = 75.0
"""No ankle plantarflexes further, even from a heel that hangs."""
SHANK_OF_HEIGHT = 0.246
"""Knee to ankle as a share of body height (Drillis & Contini 1966)."""
HIP_SHARE = 0.65
"""Least rise of the hips as a share of the body's (measured: 0.75-1.1 in heel raises, 0.2-0.5 when
arms overhead pull the shoulders up)."""
LEG_SHARE = 0.25
"""Least rise of the legs as a share of the body's (measured: 0.36-1.1 in heel raises)."""
GROUND_SHARE = 0.85
"""Toes that rise as the body does: the camera moved (measured: 0.5 at most in heel raises)."""
SHALLOW_SHARE = 0.65
"""Of the plantarflexion: seven tenths of the height. (The height goes with its sine, which grows
less towards the top: a rise of 0.126 shanks takes 23 degrees, one of 0.18 takes 36.)"""
SHRUNK_TO = 0.85
"""All the late repetitions are below this share of the early ones (reps scatter by 5-8 %)."""
SHRINKING_REPS = 4


def plantarflexion_deg(rise_shank: float, hanging_shank: float = 0.0) -> float:
    """Turn of the foot about its ball that lifts the ankle by `rise_shank`, degrees.

    The ankle lies at angle a and distance r from the ball, so rise = r (sin(a + turn) - sin a).
    hanging_shank: how far below level the ankle starts, on the edge of a step.
    """
    r = math.hypot(BALL_TO_ANKLE_SHANK, ANKLE_OVER_BALL_SHANK)
    a = math.asin(max(-1.0, (ANKLE_OVER_BALL_SHANK - hanging_shank) / r))
    return math.degrees(math.asin(max(-1.0, min(1.0, rise_shank / r + math.sin(a)))) - a)


def measured_plantarflexion_deg(rep: RepWindow) -> float:
    """Plantarflexion from rest, degrees: from the rise, because the model's foot points wander.

    The knee-ankle-toe angle moves by 0.54-0.88 of the plantarflexion (measured); the rise of the
    body over a foot of known proportions is within a tenth.
    """
    hanging = max(0.0, LEVEL_ANKLE_SHANK - rep.rest("ankle_over_toe_shank"))
    return min(MOST_DEG, plantarflexion_deg(rep.pulse.height, hanging))


def toe_height_shank(moment: Moment) -> float:
    """Height of the working toes in the image, in shank lengths.

    NaN from behind: the feet hide them, and the model lifts them with the heels.
    """
    if moment.view is View.BACK:
        return math.nan
    return height_shank(moment, moment.mean_xy("foot_index"))


def whole_body_rises(rep: RepWindow) -> bool:
    """Whether hips and legs went up together: not in arm raises, standing up or stepping.

    And the toes, where they show, stayed behind: not when the camera bobs.
    """
    height = rep.pulse.height
    return (
        rep.change("hip_height_shank") >= HIP_SHARE * height
        and rep.change("leg_height_shank") >= LEG_SHARE * height
        and not rep.change("toe_height_shank") >= GROUND_SHARE * height
    )


def uneven_share(rep: RepWindow) -> float:
    """How much less one hip rises, as a share of the other: 0 even.

    The heels themselves are hidden behind the feet from in front; the hips show the tilt.
    """
    left, right = (rep.change(f"{side}_hip_height_shank") for side in ("left", "right"))
    return abs(left - right) / max(left, right, 0.05)


def height_falls_off(reps: Sequence[Rep]) -> int | None:
    """Index of the first of the late, lower repetitions, or None while height is kept."""
    heights = [rep.measures["rise_shank"] for rep in reps]
    if len(heights) < SHRINKING_REPS:
        return None
    third = max(2, len(heights) // 3)
    limit = SHRUNK_TO * statistics.median(heights[:third])
    if max(heights[-third:]) > limit:
        return None
    return next(i for i, height in enumerate(heights) if i > 0 and height <= limit)


def rise_in_cm(measures: Mapping[str, float], height_cm: float) -> dict[str, float]:
    """Rise in centimetres for a person of this height."""
    return {"rise_cm": measures["rise_shank"] * SHANK_OF_HEIGHT * height_cm}


TEMPO = (
    Fault(
        "fast_lowering",
        "down_s",
        below=0.5,
        cue="Lower more slowly",
        message="the heels dropped. Take three seconds to lower them.",
        source="Rathleff 2015 lowers in 3 s, the quick test cadence still takes 1 s; 0.4 s reads "
        "0.37-0.45 s, 0.7 s reads 0.56 s and more (samples)",
    ),
    Fault(
        "no_pause",
        "hold_s",
        below=0.3,
        cue="Pause at the top",
        message="no pause at the top. Hold it for two seconds.",
        source="Rathleff 2015 holds 2 s; a pause of 0.25 s measures 0.33-0.39 s (samples)",
    ),
)


CARD = Exercise(
    name="heel-raise",
    title="Heel raise",
    setup="Stand so that the camera, at knee to hip height, sees you from the side and from head "
    "to toe, two to three metres away.",
    diagram=SIDE_ON,
    camera=SIDEWAYS,
    how="Rise onto your toes as high as you can, hold for two seconds, lower in three seconds.",
    needs=("shoulder", "hip", "knee", "ankle", "foot_index"),
    scale_of=standing_scale,
    posture=upright,
    side_of=lambda pose, scale: standing_side(pose, scale.shank_px),
    keeps_side=still_stands,
    anchors=standing_toes,
    signals={
        "body_height_shank": body_height_shank,
        "hip_height_shank": hip_height_shank,
        "leg_height_shank": leg_height_shank,
        "ankle_over_toe_shank": ankle_over_toe_shank,
        "toe_height_shank": toe_height_shank,
        "left_hip_height_shank": left_hip_height_shank,
        "right_hip_height_shank": right_hip_height_shank,
        "knee_flexion_deg": knee_flexion_deg,
        "trunk_lean_deg": trunk_lean_deg,
    },
    one_side={
        Side.LEFT: "Stand on your left leg only",
        Side.RIGHT: "Stand on your right leg only",
    },
    counts=Reps(
        driver="body_height_shank",
        start=0.05,
        genuine=whole_body_rises,
        at_once=True,
        not_genuine="hips and legs did not rise together while the toes stayed on the floor",
        source="measured: see samples (quiet standing stays within 0.02, arms overhead "
        "lift the shoulders by 0.04, the shallowest raise of 12 degrees 0.06)",
    ),
    measures=(
        RepMeasure("rise_shank", lambda rep: rep.pulse.height),
        RepMeasure("plantarflexion_deg", measured_plantarflexion_deg),
        RepMeasure(
            "knee_flexion_deg",
            lambda rep: rep.largest_change("knee_flexion_deg"),
            views=SIDEWAYS,
            not_graded="Bending of the knees shows only from the side.",
        ),
        RepMeasure(
            "trunk_lean_deg",
            lambda rep: rep.largest_change("trunk_lean_deg"),
        ),
        RepMeasure(
            "uneven_share",
            uneven_share,
            views=frozenset({View.FRONT}),
            not_graded="Left against right shows only from the front.",
        ),
    ),
    graded="plantarflexion_deg",
    amplitude="height",
    shown_at="ankle",
    in_cm=rise_in_cm,
    faults=(
        Fault(
            "knee_bend",
            "knee_flexion_deg",
            above=18.0,
            cue="Keep your knees straight",
            message="the knees bent. Keep them straight, so that the calf does the work.",
            source="measured: see samples (clean reps stay below 12 degrees)",
            joints=("left_knee", "right_knee"),
        ),
        Fault(
            "trunk_lean",
            "trunk_lean_deg",
            above=9.0,
            cue="Stay upright",
            message="the upper body leaned. Grow tall instead of leaning.",
            source="measured: see samples (clean reps stay below 6 degrees)",
            joints=("left_shoulder", "right_shoulder"),
        ),
        Fault(
            "shallow",
            "reached",
            below=SHALLOW_SHARE,
            cue="Rise higher",
            message="well below full height. Rise as high as you can.",
            source="height matters more than count (Silbernagel)",
            spoils=("hold_s",),  # a low rise is too near to the noise to tell its pause
            joints=("left_heel", "right_heel"),
        ),
        *TEMPO,
        Fault(
            "uneven",
            "uneven_share",
            above=0.08,
            cue="Lift both heels equally",
            message="one heel rose less than the other. Push equally with both feet.",
            source="measured: see samples (0.12 and more; even reps up to 0.03; from behind the "
            "model shows half of it and wavers by 0.2)",
            joints=("left_heel", "right_heel"),
        ),
    ),
    set_faults=(
        SetFault(
            "shrinking",
            height_falls_off,
            cue="Keep the height up",
            message="The height fell off over the set. Rest, or do fewer repetitions, all at full "
            "height.",
            source="Silbernagel: after injury repetitions recover to 95 %, work only to 76 %",
        ),
    ),
    never_graded=(
        "Rolling of the ankles to the outside is not graded; a camera behind would show it.",
    ),
    close_up=CloseUp(
        start=0.02,
        faults=TEMPO,
        never_graded=(
            "Height, knees, trunk and left against right are not graded close up; a camera that "
            "sees the whole body from the side shows them.",
        ),
        source="measured: see samples (heel raises 0.033-0.22, quiet standing 0.008)",
    ),
    norms=(
        Norm("up_s", "3 s", "Rathleff 2015"),
        Norm("hold_s", "2 s", "Rathleff 2015"),
        Norm("down_s", "3 s", "Rathleff 2015"),
        Norm("reps", "12RM x 3, then 10RM x 4, then 8RM x 5, alternate days", "Rathleff 2015"),
        Norm("cadence", "30 reps/min in the test", "Hébert-Losier 2017"),
        Norm("reps", "24 for men, 21 for women on one leg (median)", "Hébert-Losier 2017, n=566"),
    ),
)
