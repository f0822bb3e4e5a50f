"""An exercise's card as the close-up camera sees it: other signals, no range, the same rules."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from dataclasses import replace

from formcheck.close_up.motion import (
    explained_share,
    gone_share,
    knees_shank,
    lift_share,
    moving_share,
    travel_share,
    upper_share,
)
from formcheck.errors import InputError
from formcheck.exercises import load
from formcheck.exercises.card import Exercise, RepMeasure, Reps, SetFault
from formcheck.motion.counter import RepWindow
from formcheck.pose.side_view import View
from formcheck.results import Rep, SessionResult

Genuine = Callable[[RepWindow], bool]

SWAY = 0.012
LOCAL = 0.06
UPPER = 0.1
PROMPT_S = 1.0
CLEAR_FIT = 0.92
"""Less travel than SWAY (picture sizes) of more than LOCAL of the picture, with more than UPPER of
it in the picture's upper quarter, a slower rise than PROMPT_S, or whose curve explains less than
CLEAR_FIT, is quiet standing or sitting, which moves the legs and their shadows by 0.008 in
seconds; toes move themselves alone, at once, and stay (measured: see samples: lifts and scrunches
0.05, 0.0, 0.8 s and 0.97)."""
OWN_SIZE = 0.6
"""A foot moves by no more than this share of its own size (samples: 0.3); where a shadow passes a
few cells are carried far away (2.0)."""
MOST_UPPER = 0.5
"""Share of the motion in the picture's upper quarter: beyond it a leg moves, whatever the foot
does (samples: heel raises 0.25, swaying legs 0.9)."""
LEAST_EXPLAINED = 0.35
"""Share of the motion that must be along the learned direction (samples: 0.5-0.9)."""
LEAST_LIFT = 0.22
"""What goes up most of the foot must go up by this share of the travel: heels, toes and the arch of
a foot that curls rise (samples: 0.4 and more; plain toes, hard to match, 0.24), a swaying leg and a
shadow do not (0.0 and less)."""
KNEES_STAY_SHANK = 0.045
"""Toes move alone: where the knees go up or down by more, the heels lift, or the whole body
(measured: toe lifts and scrunches 0.035 at most, heel raises and seated heel lifts 0.053 and
more)."""
MOST_GONE = 0.5
"""Share of the picture that a repetition may hide (samples: feet that fill the picture 0.4)."""
UNEVEN_TEMPO = 0.35
"""Coefficient of variation of the repetitions' durations above which a set is irregular (samples:
below 0.2 in even sets)."""
FEWEST_REPS = 4


def close_up_card(exercise: Exercise) -> Exercise:
    """The card for a camera that sees feet alone; raises InputError where there is none."""
    close = exercise.close_up
    if close is None:
        raise InputError(
            f"{exercise.name} cannot be seen close up: film the whole body, without --close-up"
        )

    def genuine(rep: RepWindow) -> bool:
        rises = rep.top("lift_share") >= LEAST_LIFT * rep.pulse.height
        still = abs(rep.change("knees_shank")) <= KNEES_STAY_SHANK
        return rises and still and _is_a_foot(rep)

    return replace(
        exercise,
        counts=Reps(
            driver="travel_share",
            start=close.start,
            source=close.source,
            genuine=genuine,
            min_s=close.min_s,
            max_s=close.max_s,
            hold_s=close.hold_s,
        ),
        signals={
            "travel_share": travel_share,
            "lift_share": lift_share,
            "moving_share": moving_share,
            "explained_share": explained_share,
            "gone_share": gone_share,
            "upper_share": upper_share,
            "knees_shank": knees_shank,
        },
        measures=(RepMeasure("travel_share", lambda rep: rep.pulse.height, frozenset(View)),),
        graded="travel_share",
        shown="",
        shown_at="",
        amplitude="travel",
        faults=close.faults,
        set_faults=(IRREGULAR,),
        never_graded=close.never_graded,
    )


def any_rep(_rep: RepWindow) -> bool:
    """Nothing more is asked of a repetition."""
    return True


def only(card: Exercise, genuine: Genuine) -> Exercise:
    """A card of a close-up that asks something more of a repetition."""
    counts = card.counts
    if not isinstance(counts, Reps):
        raise TypeError(card.name)

    def also(rep: RepWindow) -> bool:
        return counts.genuine(rep) and genuine(rep)

    return replace(card, counts=replace(counts, genuine=also))


def card_of(result: SessionResult) -> Exercise:
    """The card that a result was counted by; raises InputError for an unknown exercise."""
    card = load(result.exercise)
    return close_up_card(card) if result.quality.view is View.CLOSE_UP else card


def _is_a_foot(rep: RepWindow) -> bool:
    height, moving = rep.pulse.height, rep.top("moving_share")
    slow = rep.pulse.top_start_s - rep.pulse.start_s > PROMPT_S
    wide = moving > LOCAL or rep.top("upper_share") > UPPER
    sways = height < SWAY and (slow or wide or rep.pulse.fit < CLEAR_FIT)
    return (
        not sways
        and height <= OWN_SIZE * math.sqrt(moving)
        and rep.top("upper_share") <= MOST_UPPER
        and rep.top("explained_share") >= LEAST_EXPLAINED
        and rep.top("gone_share") <= MOST_GONE
    )


def tempo_changes(reps: Sequence[Rep]) -> int | None:
    """Index of the repetition that is furthest from the usual duration, or None in an even set."""
    lasted = [rep.end_s - rep.start_s for rep in reps]
    if len(lasted) < FEWEST_REPS:
        return None
    if statistics.pstdev(lasted) <= UNEVEN_TEMPO * statistics.mean(lasted):
        return None
    usual = statistics.median(lasted)
    return max(range(len(lasted)), key=lambda i: abs(lasted[i] - usual))


IRREGULAR = SetFault(
    "irregular",
    tempo_changes,
    cue="Keep an even pace",
    message="The pace changed from repetition to repetition. Count in your head to keep it even.",
    source="measured: see samples",
)
