"""Which arms are signs, and which only move."""

import math

import numpy as np
import pytest

from formcheck.live.coach.gestures import Gesture, GestureReader
from formcheck.live.coach.stages import Stage
from formcheck.programmes.plan import Dose
from tests.live.actor import FROM_FRONT, LYING, SIDE_ON, Studio, lying, with_hands_up
from tests.stick import Body, Camera, side_lying, staggered, standing


def read(body: Body, camera: Camera = SIDE_ON, seconds: float = 2.0) -> list[Gesture]:
    reader = GestureReader()
    times = np.arange(0, seconds, 0.04)
    readings = [reader.update(camera.see(body, t_s), t_s) for t_s in times]
    return [reading.given for reading in readings if reading.given]


def with_wrist(body: Body, side: str, *, up: float, forward: float, out: float = 0.0) -> Body:
    """The wrist so far from the nose, metres, the elbow between it and the shoulder."""
    moved = dict(body)
    sign = 1 if side == "left" else -1
    moved[f"{side}_wrist"] = body["nose"] + np.array([sign * out, up, forward])
    moved[f"{side}_elbow"] = (body[f"{side}_shoulder"] + moved[f"{side}_wrist"]) / 2
    return moved


@pytest.mark.parametrize("camera", [SIDE_ON, FROM_FRONT, Camera(azimuth_deg=40)])
def test_one_hand_pauses_and_both_end(camera: Camera) -> None:
    body = standing()
    assert read(with_hands_up(body, "left"), camera) == [Gesture.PAUSE]
    assert read(with_hands_up(body, "right"), camera) == [Gesture.PAUSE]
    assert read(with_hands_up(body, "left", "right"), camera) == [Gesture.END]


@pytest.mark.parametrize("seconds", [0.5, 1.4])
def test_a_sign_must_be_held(seconds: float) -> None:
    assert read(with_hands_up(standing(), "left"), seconds=seconds) == []


def test_a_sign_is_given_once_until_the_hand_comes_down() -> None:
    assert read(with_hands_up(standing(), "left"), seconds=10.0) == [Gesture.PAUSE]


def test_a_hidden_hand_for_a_moment_does_not_break_the_sign() -> None:
    reader, up, down = GestureReader(), with_hands_up(standing(), "left"), standing()
    given = []
    for t_s in np.arange(0, 2.0, 0.04):
        body = down if 0.8 < t_s < 1.0 else up
        given.append(reader.update(SIDE_ON.see(body, t_s), t_s).given)
    assert [g for g in given if g] == [Gesture.PAUSE]


def test_nobody_gives_no_sign() -> None:
    reader = GestureReader()
    assert [reader.update(None, t_s).given for t_s in np.arange(0, 3, 0.1)] == [None] * 30


@pytest.mark.parametrize(
    "body",
    [
        standing(arms_deg=90),
        standing(arms_deg=120),
        standing(heel_deg=35, arms_deg=60),
        staggered(arms_deg=80, lean_deg=20),
        staggered(arms_deg=125, lean_deg=15),
        with_wrist(standing(), "left", up=0.08, forward=-0.05),  # scratching the head
        with_wrist(standing(), "left", up=0.0, forward=0.1),  # wiping the face
        side_lying(),
        side_lying(opening_deg=40),
    ],
)
def test_arms_that_belong_to_the_exercise_are_no_signs(body: Body) -> None:
    for camera in (SIDE_ON, FROM_FRONT, Camera(azimuth_deg=45)):
        assert read(body, camera, 6.0) == []


def test_a_palm_high_on_a_wall_is_no_sign() -> None:
    # Facing the camera it cannot be told; at a wall the camera stands at the side.
    body = with_wrist(standing(), "left", up=0.25, forward=0.6)
    assert read(body, SIDE_ON, 6.0) == []


def test_swinging_arms_are_no_signs() -> None:
    reader = GestureReader()
    for t_s in np.arange(0, 10, 0.04):
        arms_deg = 90 + 90 * math.sin(2 * math.pi * t_s / 2)  # over the head once in 2 s
        assert reader.update(SIDE_ON.see(standing(arms_deg=arms_deg), t_s), t_s).given is None


@pytest.mark.parametrize("top", ["left", "right"])
def test_lying_down_the_upper_arm_pauses_and_held_on_it_ends(top: str) -> None:
    body = with_hands_up(lying(top), top)
    assert read(body, LYING, 2.0) == [Gesture.PAUSE]
    assert read(body, LYING, 4.5) == [Gesture.PAUSE, Gesture.END]


def test_a_clamshell_session_is_paused_and_resumed_lying_down() -> None:
    studio = Studio(Dose("clamshell", side="left", reps=5, tempo="off"))
    studio.film(8.0, lying(), LYING)
    assert studio.now() is Stage.ACTIVE, studio.seen.said
    studio.film(2.0, with_hands_up(lying(), "left"), LYING)
    assert studio.now() is Stage.PAUSED
    studio.film(1.0, lying(), LYING)
    studio.film(2.0, with_hands_up(lying(), "left"), LYING)
    studio.film(2.5, lying(), LYING)
    assert studio.now() is Stage.ACTIVE
