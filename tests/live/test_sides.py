"""A prescribed leg, with exercises that tell the legs apart and with those that cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from formcheck.engine.engine import Engine, Options
from formcheck.live.coach.setup_check import advise
from formcheck.pose.pose import from_trace
from formcheck.pose.side_view import Side
from formcheck.programmes.plan import Dose, bouts

TRACES = Path(__file__).parents[2] / "samples" / "traces"
BRIGHT = 120.0


def advice(clip: str, exercise: str, side: Side) -> set[str]:
    """All that the set-up check says in the first five seconds of a clip."""
    (bout,) = bouts([Dose(exercise, side=side, sets=1)])
    engine = Engine(bout.exercise, Options(side=side))
    found = [
        advise(bout, engine.update(sighting), BRIGHT)
        for sighting in from_trace(TRACES / f"{clip}.full.npz")
        if sighting.t_s < 5.0
    ]
    return {given.about or given.key if given else "" for given in found}


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_who_cannot_be_told_apart_is_believed(side: Side) -> None:
    said = advice("toe_lift_oblique_d", "toe-lift", side)
    assert "" in said
    assert not {text for text in said if text.startswith("Use your")}


def test_the_wrong_leg_is_told() -> None:
    wanted = "Lie with your {} leg on top"
    assert wanted.format("left") in advice("clam_right_a", "clamshell", Side.LEFT)
    assert wanted.format("right") not in advice("clam_right_a", "clamshell", Side.RIGHT)


def test_who_stands_on_both_legs_is_told_to_stand_on_one() -> None:
    assert "Stand on your left leg only" in advice("heel_side_a", "heel-raise", Side.LEFT)
    assert "" not in advice("heel_side_a", "heel-raise", Side.LEFT)
    assert "" in advice("heel_one_leg_b", "heel-raise", Side.LEFT)
