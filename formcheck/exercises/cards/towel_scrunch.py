"""Towel scrunch: sitting, the toes curl and pull a towel towards the heel, which stays down."""

from __future__ import annotations

from formcheck.body.measures import Moment
from formcheck.body.tracking import measure_scale
from formcheck.exercises.card import CloseUp, Exercise, Norm, RepMeasure, Reps
from formcheck.exercises.diagrams import SEATED_SIDE_ON
from formcheck.exercises.postures.standing_sitting import seated
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
from formcheck.pose.side_view import View

CLEAR_FIT = 0.81
"""Share of the signal that the curve of a repetition explains (measured: curls 0.85-0.96, sitting
down 0.79)."""
MOST_DRAWN_SHANK = 0.08
"""Toes are too short to come further (measured: 0.055); a foot put down slides by 0.096."""
SEEN_SHARE = 0.5
"""Least share of the curve's height that the frames at its top are over those at rest."""
MOST_RISE, MOST_DIP = 3.0, 1.6
"""Most that toes rise or dip, as a share of the way that they draw in: in a curl they press down
(0.2-1.5) or the foot arches over them (0.5-2.5); in toe lifts they rise by 3.5 and more (measured:
see samples)."""


def side_on(moment: Moment) -> str | None:
    """Sitting with both feet on the floor, and not seen from in front or behind."""
    if moment.view in (View.FRONT, View.BACK):
        return "Turn side-on to the camera"
    return seated(moment) or feet_flat(moment)


def toes_draw_in(rep: RepWindow) -> bool:
    """Whether the toes came nearer to the heel, alone."""
    height = rep.pulse.height
    return (
        rep.pulse.fit >= CLEAR_FIT
        and SEEN_SHARE * height <= rep.change("toe_draw_shank") <= MOST_DRAWN_SHANK
        and -MOST_DIP * height <= rep.change("toe_rise_shank") <= MOST_RISE * height
        and rest_of_the_body_stays(rep)
    )


def toes_curl(rep: RepWindow) -> bool:
    """Whether the middle of the foot moved too, as it rises over toes that curl, or toes went back.

    Without a towel, toes that curl under move alone.
    """
    return toes_go_back(rep) or rep.top("moving_share") > TOES_SHARE


NOT_GRADED = (
    "How far the toes curl and which foot works are not graded; a curl with a lifting heel may be "
    "missed."
)

CARD = Exercise(
    name="towel-scrunch",
    title="Towel scrunch",
    setup="Sit side-on to the camera, two metres away, so that it sees you from head to toe, bare "
    "feet with the towel's edge at your toes.",
    diagram=SEATED_SIDE_ON,
    how="Curl your toes and pull the towel towards you, let go, reach out again. The heel stays "
    "down.",
    needs=NEEDS,
    scale_of=measure_scale,
    posture=side_on,
    anchors=heels,
    anchor_limit_torso=ANCHOR_LIMIT_TORSO,
    signals=SIGNALS,
    counts=Reps(
        driver="toe_draw_shank",
        start=0.01,
        min_s=1.0,
        max_s=6.0,
        genuine=toes_draw_in,
        source="measured: see samples (curls side-on 0.011-0.055, sitting below 0.01; the "
        "quickest 1.2 s, sitting down and a hand at a shoe 0.7 s)",
    ),
    measures=(
        RepMeasure(
            "toe_draw_shank",
            lambda rep: rep.pulse.height,
            views=frozenset({View.SIDE}),
            not_graded="Curls may be missed when the camera is not quite side-on.",
        ),
    ),
    graded="toe_draw_shank",
    amplitude="curl",
    close_up=CloseUp(
        start=0.003,
        at_feet=toes_curl,
        max_s=6.0,
        faults=(),
        never_graded=(NOT_GRADED,),
        source="measured: see samples (the smallest curl 0.0034, quiet sitting 0.002; legs that "
        "sway by up to 0.016 are told by where they are)",
    ),
    never_graded=(
        NOT_GRADED,
        "From landmarks alone, without the video, curls of one foot, or not seen straight from the "
        "side, may be missed.",
    ),
    norms=(Norm("reps", "10-20", "common practice; no trial found"),),
)
