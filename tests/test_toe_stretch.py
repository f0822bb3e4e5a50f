"""Toe stretch: the clock runs while the foot is on the other knee and a hand at its toes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from formcheck.engine.engine import Engine, Options
from formcheck.exercises import load
from formcheck.exercises.card import SHORT_HOLD
from formcheck.pose.pose import Sighting
from formcheck.pose.side_view import Side
from formcheck.results import SessionResult, Snapshot
from tests.curves import Bump, at, clock
from tests.stick import Body, Camera, sitting, standing
from tests.stick_crossed import toe_stretching

FPS = 15
BEFORE = Camera(azimuth_deg=-30, noise_px=0.5)
FOOT = Bump(1.5, 1.0, 9.5, 1.0)
HAND = Bump(2.8, 0.8, 6.0, 0.8)
"""The foot is on the knee from 2.5 s to 12 s, the hand at the toes from 3.6 s to 9.6 s."""
OVER_S = 14.0
VIEWS_DEG = [20, 40, 60, 90, -30, -75, -90]
"""Straight from the front, and from 45 degrees on the other side, a hand on a thigh is behind the
toes: no camera there tells the two apart."""
HELD_S = 6.0


def stretching(
    side: str = "left", hands: tuple[Bump, ...] = (HAND,), slides: Bump | None = None
) -> Iterator[tuple[float, Body]]:
    """Crossing a leg, pulling the toes, and putting the foot down again."""
    for t in clock(OVER_S, FPS).tolist():
        off_knee_m = 0.25 * at([slides], t) if slides else 0.0
        foot, hand = at([FOOT], t), at(list(hands), t)
        yield t, toe_stretching(side=side, foot=foot, hand=hand, off_knee_m=off_knee_m)


def run(
    bodies: Iterator[tuple[float, Body]], camera: Camera = BEFORE, hold_s: float = 5.5
) -> tuple[SessionResult, list[Snapshot]]:
    engine = Engine(load("toe-stretch"), Options(hold_s=hold_s))
    shots = [engine.update(Sighting(t, camera.see(body, t))) for t, body in bodies]
    return engine.finish(), shots


def towards(side: str, deg: float) -> Camera:
    """A camera turned from the person's front to the side of the crossed leg."""
    azimuth_deg = -deg if side == "left" else deg
    return Camera(azimuth_deg=azimuth_deg, elevation_deg=8, noise_px=0.5)


@pytest.mark.parametrize("deg", VIEWS_DEG)
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_hold_of_either_foot(side: str, deg: float) -> None:
    result, _ = run(stretching(side), towards(side, deg))
    (hold,) = result.holds
    assert (hold.side, hold.faults) == (Side(side), ())
    assert hold.held_s == pytest.approx(HELD_S, abs=0.5)
    assert result.findings == ()


def test_ten_seconds_are_prescribed() -> None:
    (hold,) = run(stretching(), hold_s=0.0)[0].holds
    assert (hold.target_s, hold.faults) == (10.0, (SHORT_HOLD,))


def test_the_other_foot_is_another_hold() -> None:
    first = list(stretching("left"))
    second = [(OVER_S + t, body) for t, body in stretching("right")]
    result, _ = run(iter([*first, *second]))
    assert [h.side for h in result.holds] == [Side.LEFT, Side.RIGHT]
    assert [h.held_s for h in result.holds] == pytest.approx([HELD_S, HELD_S], abs=0.5)


def test_the_foot_may_stay_on_the_knee_between_two_holds() -> None:
    hands = (Bump(2.6, 0.5, 2.5, 0.5), Bump(8.6, 0.5, 2.0, 0.5))
    result, _ = run(stretching(hands=hands), hold_s=1.5)
    assert [h.held_s for h in result.holds] == pytest.approx([2.5, 2.0], abs=0.5)


def test_a_hand_that_lets_go_for_a_while_stops_the_clock_and_is_told() -> None:
    again = (Bump(2.8, 0.6, 2.5, 0.3), Bump(8.0, 0.3, 2.0, 0.6))
    result, shots = run(stretching(hands=again), hold_s=4.0)
    (hold,) = result.holds
    assert hold.faults == ("hand_off_toes",)
    assert hold.held_s == pytest.approx(4.5, abs=0.6)
    assert "Put your hand back on your toes" in {s.cue for s in shots}


def test_a_foot_that_slides_off_the_knee_stops_the_clock_and_is_told() -> None:
    result, shots = run(stretching(slides=Bump(5.5, 0.4, 1.6, 0.4)), hold_s=3.0)
    (hold,) = result.holds
    assert hold.faults == ("foot_off_knee",)
    assert hold.held_s == pytest.approx(HELD_S - 2.0, abs=0.6)
    assert "Lay your foot on the other knee" in {s.cue for s in shots}


@pytest.mark.parametrize("deg", VIEWS_DEG)
@pytest.mark.parametrize("side", ["left", "right"])
def test_crossed_legs_with_the_hands_on_the_thighs_are_no_hold(side: str, deg: float) -> None:
    result, shots = run(stretching(side, hands=()), towards(side, deg))
    assert result.holds == ()
    assert max(s.hold_s or 0.0 for s in shots) < 0.5


@pytest.mark.parametrize(
    ("body_at", "message"),
    [
        (lambda _t: standing(), "Sit down on a chair"),
        (lambda _t: sitting(), "Lay one foot on the other knee"),
        (lambda t: sitting(lean_deg=40 * at([Bump(2.0)], t)), "Lay one foot on the other knee"),
    ],
)
def test_what_is_missing_is_said(body_at: Callable[[float], Body], message: str) -> None:
    result, shots = run((t, body_at(t)) for t in clock(6.0, FPS).tolist())
    assert result.holds == ()
    assert {s.message for s in shots[FPS:]} == {message}


def test_the_toe_landmark_may_be_anywhere() -> None:
    bodies = list(stretching())
    for i, (_, body) in enumerate(bodies):
        body["left_foot_index"] = body["left_ankle"] + [0.3 * (-1) ** i, 0.3, 0]
    (hold,) = run(iter(bodies))[0].holds
    assert hold.held_s == pytest.approx(HELD_S, abs=0.5)


def test_a_shin_that_the_model_lets_hang_under_the_hand_is_still_crossed() -> None:
    bodies = list(stretching())
    for i, (t, body) in enumerate(bodies):
        if at([HAND], t) > 0.7:
            hangs_m = 0.15 + 0.15 * (i % 3)
            for joint in ("ankle", "heel", "foot_index"):
                body[f"left_{joint}"] = body[f"left_{joint}"] - [0.0, hangs_m, 0.0]
    (hold,) = run(iter(bodies))[0].holds
    assert (hold.side, hold.faults) == (Side.LEFT, ())
    assert hold.held_s == pytest.approx(HELD_S, abs=0.5)


def test_the_other_hand_may_do_what_it_likes() -> None:
    bodies = list(stretching())
    wave = Bump(5.0, 0.5, 2.0, 0.5)
    for t, body in bodies:
        lift_m = 0.45 * at([wave], t)
        for joint in ("elbow", "wrist", "index", "pinky", "thumb"):
            body[f"right_{joint}"] = body[f"right_{joint}"] + [0.0, lift_m, 0.05]
    (hold,) = run(iter(bodies))[0].holds
    assert hold.faults == ()
    assert hold.held_s == pytest.approx(HELD_S, abs=0.5)


@pytest.mark.parametrize("hand", ["left", "right"])
def test_a_hand_that_goes_from_the_lap_to_the_nose_holds_no_toes(hand: str) -> None:
    bodies = list(stretching(hands=()))
    scratch = Bump(5.0, 0.5, 1.5, 0.5)
    for t, body in bodies:
        share = at([scratch], t)
        for joint in ("wrist", "index", "pinky", "thumb"):
            name = f"{hand}_{joint}"
            body[name] = (1 - share) * body[name] + share * (body["nose"] + [0.0, 0.0, 0.08])
    result, shots = run(iter(bodies))
    assert result.holds == ()
    assert max(s.hold_s or 0.0 for s in shots) < 0.5


def test_a_foot_that_is_put_on_the_floor_and_taken_up_again_soon_goes_on() -> None:
    slides = Bump(5.5, 0.4, 1.6, 0.4)
    bodies = list(stretching(slides=slides))
    down = [i for i, (t, _) in enumerate(bodies) if at([slides], t) > 0.5]
    rest = bodies[0][1]
    for i in down:
        body = bodies[i][1]
        for joint in ("knee", "ankle", "heel", "foot_index"):
            body[f"left_{joint}"] = rest[f"left_{joint}"]
    (hold,) = run(iter(bodies), hold_s=5.0)[0].holds
    assert "foot_off_knee" in hold.faults
    assert hold.held_s == pytest.approx(HELD_S - 2.0, abs=0.6)
