"""Toe lifts and towel scrunches of a stick figure: what counts, what holds, what does not."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from formcheck.engine.engine import Engine, Options
from formcheck.exercises import load
from formcheck.exercises.cards.toe_lift import toes_or_forefoot
from formcheck.exercises.cards.towel_scrunch import toes_curl
from formcheck.motion.counter import RepWindow
from formcheck.motion.pulse import Pulse
from formcheck.pose.side_view import Side
from formcheck.results import SessionResult
from tests.curves import Bump, at, sample, train
from tests.stick import SHANK_M, Body, Camera, sitting, standing

LIFT = Bump(1.5, 0.8, 3.0, 0.8)
CURL = Bump(1.5, 0.8, 0.5, 0.8)
SEEN_SHARE = 0.4
"""Of a toe's way that the pose model follows."""
TOE_M = 0.06
SIDE_ON = Camera(azimuth_deg=90, noise_px=0.15)


def with_toes(body: Body, up_m: float, back_m: float = 0.0, sides: str = "left right") -> Body:
    """The same body with the toe landmarks of some feet moved."""
    moved = dict(body)
    for side in sides.split():
        moved[f"{side}_foot_index"] = body[f"{side}_foot_index"] + [0.0, up_m, -back_m]
    return moved


def lifted(body: Body, toes_deg: float, sides: str = "left right") -> Body:
    return with_toes(body, SEEN_SHARE * TOE_M * math.sin(math.radians(toes_deg)), sides=sides)


def session(
    exercise: str,
    body_at: Callable[[float], Body],
    duration_s: float,
    *,
    camera: Camera = SIDE_ON,
    hold_s: float | None = None,
    side: Side | None = None,
) -> SessionResult:
    engine = Engine(load(exercise), Options(hold_s=hold_s, side=side))
    for sighting in camera.film(body_at, duration_s):
        engine.update(sighting)
    return engine.finish()


@pytest.mark.parametrize("azimuth_deg", [90, 60, 30, -45])
@pytest.mark.parametrize("sides", ["left", "right", "left right"])
def test_toe_lifts_are_counted_and_their_holds_timed(azimuth_deg: float, sides: str) -> None:
    lifts = train(3, LIFT)
    result = session(
        "toe-lift",
        lambda t_s: lifted(sitting(), 45 * at(lifts, t_s), sides),
        lifts[-1].end_s + 1.5,
        camera=Camera(azimuth_deg=azimuth_deg, px_per_m=300, noise_px=0.1),
        hold_s=3.0,
    )
    assert [rep.hold_s for rep in result.reps] == [pytest.approx(3.0, abs=0.5)] * 3
    assert [rep.faults for rep in result.reps] == [()] * 3


def test_toe_lifts_count_in_standing_when_the_forefoot_rises() -> None:
    lifts = train(3, LIFT)
    up_m = 0.12 * SHANK_M
    result = session(
        "toe-lift",
        lambda t_s: with_toes(standing(), up_m * at(lifts, t_s)),
        lifts[-1].end_s + 1.5,
    )
    assert len(result.reps) == 3


def test_a_hold_is_short_of_what_is_prescribed() -> None:
    lifts = train(2, LIFT)

    def faults(hold_s: float | None) -> list[tuple[str, ...]]:
        result = session(
            "toe-lift",
            lambda t_s: lifted(sitting(), 45 * at(lifts, t_s)),
            lifts[-1].end_s + 1.5,
            hold_s=hold_s,
        )
        return [rep.faults for rep in result.reps]

    assert faults(None) == [("short_hold",)] * 2  # five seconds are usual
    assert faults(3.0) == [()] * 2


def test_a_named_side_is_believed() -> None:
    lifts = train(2, LIFT)
    result = session(
        "toe-lift",
        lambda t_s: lifted(sitting(), 45 * at(lifts, t_s), "left"),
        lifts[-1].end_s + 1.5,
        side=Side.LEFT,
    )
    assert [rep.side for rep in result.reps] == [Side.LEFT] * 2


@pytest.mark.parametrize("dips_m", [-0.012, 0.0, 0.02])
def test_scrunches_count_whether_toes_press_down_or_the_foot_arches(dips_m: float) -> None:
    curls = train(5, CURL)
    back_m = 0.02
    result = session(
        "towel-scrunch",
        lambda t_s: with_toes(sitting(), dips_m * at(curls, t_s), back_m * at(curls, t_s)),
        curls[-1].end_s + 1.5,
    )
    assert len(result.reps) == 5


def test_straight_toe_lifts_are_no_scrunches() -> None:
    lifts = train(3, CURL)
    result = session(
        "towel-scrunch", lambda t_s: lifted(sitting(), 45 * at(lifts, t_s)), lifts[-1].end_s + 1.5
    )
    assert result.reps == ()


@pytest.mark.parametrize(
    ("travel", "up_share", "moving", "lift", "curl"),
    [
        (0.006, 0.45, 0.025, False, True),  # toes alone, a little back: a curl without a towel
        (0.015, 1.1, 0.025, True, False),  # toes alone, up
        (0.026, 0.27, 0.024, True, False),  # far: toes are too short to be drawn in so much
        (0.020, 0.9, 0.07, False, True),  # the middle of the foot arches
    ],
)
def test_lifts_and_curls_are_told_apart_at_the_feet(
    travel: float, up_share: float, moving: float, lift: bool, curl: bool
) -> None:
    t_s = np.linspace(0.0, 3.0, 91)
    way = sample([Bump(0.5, 0.7, 0.6, 0.7)], t_s)
    columns = {"lift_share": up_share * travel * way, "moving_share": np.full(len(t_s), moving)}
    rep = RepWindow(t_s, columns, Pulse(0.5, 1.2, 1.8, 2.5, 0.0, travel, 1.0))
    assert toes_or_forefoot(rep) is lift
    assert toes_curl(rep) is curl


def test_a_scrunch_is_not_looked_for_from_the_front() -> None:
    engine = Engine(load("towel-scrunch"))
    camera = Camera(azimuth_deg=0)
    shown = [engine.update(s).message for s in camera.film(lambda _: sitting(), 2.0)]
    assert shown[-1] == "Turn side-on to the camera"


MOVES: dict[str, Callable[[float], Body]] = {
    "still": lambda _: sitting(),
    "heel raises": lambda share: standing(heel_deg=35 * share),
    "squats": lambda share: standing(knee_deg=70 * share),
    "leaning": lambda share: sitting(lean_deg=25 * share),
    "shins that swing": lambda share: sitting(thigh_deg=90 - 10 * share),
    "arms": lambda share: standing(arms_deg=160 * share),
}


@pytest.mark.parametrize("exercise", ["toe-lift", "towel-scrunch"])
@pytest.mark.parametrize("move", MOVES)
def test_what_is_neither_counts_as_neither(exercise: str, move: str) -> None:
    bumps = train(3, CURL)
    result = session(exercise, lambda t_s: MOVES[move](at(bumps, t_s)), bumps[-1].end_s + 1.5)
    assert result.reps == ()


def one_foot_up() -> Body:
    body = dict(sitting())
    for joint in ("knee", "ankle", "heel", "foot_index"):
        body[f"left_{joint}"] = body[f"left_{joint}"] + [0.0, 0.6 * SHANK_M, 0.0]
    return body


@pytest.mark.parametrize("body", [with_toes(sitting(), 0.15), one_foot_up()])
def test_feet_in_the_air_are_refused(body: Body) -> None:
    engine = Engine(load("toe-lift"))
    shown = [engine.update(s).message for s in SIDE_ON.film(lambda _: body, 2.0)]
    assert shown[-1] == "Put your feet flat on the floor"
