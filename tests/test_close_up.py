"""The close-up camera on painted pictures: a patch that moves by a known curve over a floor."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from formcheck.analysis.run import analyze
from formcheck.close_up.card import card_of, close_up_card
from formcheck.close_up.engine import CloseUpEngine, Glimpse, glimpse_of
from formcheck.close_up.flow import prepared
from formcheck.close_up.guards import CAMERA
from formcheck.engine.engine import Options
from formcheck.errors import InputError
from formcheck.exercises import load
from formcheck.exercises.checks import check
from formcheck.pose.side_view import View
from formcheck.results import SessionResult, Snapshot
from tests.curves import Array, Bump, clock, sample, train
from tests.marks import SLOW, one_worker

WIDTH, HEIGHT = 320, 240
FLOOR_Y = 150
LIFT_PX = 22.0
"""Way of the patch at the top of a bump of height 1."""
Image = NDArray[np.uint8]


def texture(width: int, height: int, seed: int) -> Image:
    """Grey noise (height, width, 3) with grains of all sizes, the larger the stronger, as seen."""
    noise = np.random.default_rng(seed).normal(0, 1, (height, width)).astype(np.float32)
    grains = [cv2.GaussianBlur(noise, (0, 0), size) for size in (2, 4, 8, 16)]
    soft = sum(i * grain / grain.std() for i, grain in enumerate(grains, start=1))
    grey = np.clip(128 + 40 * soft / soft.std(), 0, 255).astype(np.uint8)
    return np.asarray(np.repeat(grey[..., None], 3, axis=2))


FLOOR, PATCH, OTHER = texture(WIDTH, HEIGHT, 1), texture(90, 50, 2), texture(WIDTH, HEIGHT, 3)


def picture(x: float, y: float, floor: Image = FLOOR) -> Image:
    """The patch with its corner at x, y (pixels, parts of them too) on the floor."""
    there = np.array([[1, 0, x], [0, 1, y]], np.float32)
    size = (floor.shape[1], floor.shape[0])
    patch = cv2.warpAffine(PATCH, there, size)
    cover = cv2.warpAffine(np.ones(PATCH.shape[:2], np.float32), there, size)[..., None]
    return np.asarray(cover * patch + (1 - cover) * floor, np.uint8)


def lifted(level: float) -> Image:
    """The patch, lifted by the level of a curve."""
    return picture(110, FLOOR_Y - LIFT_PX * level)


@dataclass(frozen=True)
class Played:
    """What the engine said at the end, and of every frame."""

    result: SessionResult
    shown: list[Snapshot]


def play(
    t_s: Array,
    images: Iterator[Image],
    *,
    cuts: frozenset[int] = frozenset(),
    options: Options | None = None,
) -> Played:
    engine = CloseUpEngine(load("heel-raise"), options or Options())
    shown = [
        engine.update(Glimpse(t_s=float(t), grey=prepared(image), cut=i in cuts))
        for i, (t, image) in enumerate(zip(t_s, images, strict=False))
    ]
    return Played(engine.finish(), shown)


BUMPS = train(3, Bump(1.5, 0.8, 1.0, 1.0), gap_s=1.0)


@cache
def three_lifts(fps: int = 15) -> Played:
    """The patch lifted three times; several tests look at it."""
    t_s = clock(13.0, fps)
    return play(t_s, map(lifted, sample(BUMPS, t_s)))


of_three_lifts = one_worker("three lifts")


@of_three_lifts
@pytest.mark.parametrize("fps", [15, 30, pytest.param(60, marks=SLOW)])
def test_repetitions_are_counted_and_timed_at_any_rate(fps: int) -> None:
    reps = three_lifts(fps).result.reps
    assert len(reps) == len(BUMPS)
    for rep, bump in zip(reps, BUMPS, strict=True):
        assert rep.start_s == pytest.approx(bump.start_s, abs=0.2)
        assert rep.end_s == pytest.approx(bump.end_s, abs=0.2)
        assert rep.hold_s == pytest.approx(bump.hold_s, abs=0.3)


def test_a_long_hold_does_not_leak() -> None:
    bump = Bump(1.5, 0.8, 8.0, 0.8)
    t_s = clock(13.0, 15)
    (rep,) = play(t_s, map(lifted, sample([bump], t_s))).result.reps
    assert rep.hold_s == pytest.approx(8.0, abs=0.5)


@of_three_lifts
def test_the_count_is_told_while_it_goes_on() -> None:
    played = three_lifts()
    for number, bump in enumerate(BUMPS, start=1):
        late = next(s.t_s for s in played.shown if s.count == number) - bump.end_s
        assert -0.5 < late < 1.2
    assert sum(len(s.new_reps) for s in played.shown) == len(BUMPS)


@of_three_lifts
def test_what_is_followed_is_outlined_where_it_is() -> None:
    corners = np.array([c for line in three_lifts().shown[-1].outlines for c in line])
    assert corners.size
    assert corners[:, 0].min() > 80 / WIDTH
    assert corners[:, 0].max() < 230 / WIDTH
    assert corners[:, 1].min() > (FLOOR_Y - 2 * LIFT_PX) / HEIGHT


@of_three_lifts
def test_range_is_not_graded() -> None:
    result = three_lifts().result
    assert result.quality.view is View.CLOSE_UP
    assert any("Height" in line for line in result.not_graded)
    assert not {"shallow", "shrinking"} & {f.fault for f in result.findings}
    assert card_of(result).graded == "travel_share"


def test_a_quick_drop_is_told() -> None:
    bumps = train(3, Bump(1.5, 0.8, 1.0, 0.3), gap_s=1.0)
    t_s = clock(11.0, 30)
    result = play(t_s, map(lifted, sample(bumps, t_s))).result
    assert [rep.faults for rep in result.reps] == [("fast_lowering",)] * 3


def still(_t_s: float) -> Image:
    return lifted(0)


def shaken(t_s: float) -> Image:
    sway = 9 * np.sin(2 * math.pi * 1.1 * t_s), 7 * np.sin(2 * math.pi * 0.8 * t_s + 1)
    return np.asarray(np.roll(lifted(0), [round(v) for v in sway], (1, 0)))


def flickering(t_s: float) -> Image:
    gain = 1 + 0.25 * math.sin(2 * math.pi * 0.4 * t_s)
    return np.asarray(np.clip(gain * lifted(0).astype(float), 0, 255), np.uint8)


def crossing(t_s: float) -> Image:
    return picture(-100 + 90 * (t_s - 1), 60, lifted(0))


def drifting(t_s: float) -> Image:
    return picture(60 + 12 * t_s, FLOOR_Y)


def pushed_away(t_s: float) -> Image:
    return picture(80 + 60 * float(np.clip((t_s - 3) / 2, 0, 1)), FLOOR_Y)


def panned(t_s: float) -> Image:
    return np.asarray(np.roll(lifted(0), round(40 * np.clip(t_s - 4, 0, 2)), 1))


@pytest.mark.parametrize(
    "scene", [still, shaken, flickering, crossing, drifting, pushed_away, panned]
)
def test_what_is_no_exercise_does_not_count(scene: Callable[[float], Image]) -> None:
    t_s = clock(10.0, 15)
    assert play(t_s, map(scene, t_s.tolist())).result.reps == ()


def test_a_shaken_camera_is_told() -> None:
    t_s = clock(6.0, 15)
    played = play(t_s, map(shaken, t_s.tolist()))
    assert sum(s.message == CAMERA for s in played.shown) > 0.6 * len(t_s)
    assert any(CAMERA in warning for warning in played.result.quality.warnings)


def test_a_cut_begins_anew() -> None:
    t_s = clock(8.0, 15)
    half = len(t_s) // 2
    images = [lifted(0) if i < half else OTHER for i in range(len(t_s))]
    assert play(t_s, iter(images), cuts=frozenset({half})).result.reps == ()


def test_repetitions_go_on_after_a_nudge_of_the_camera() -> None:
    bumps = [Bump(1.5, 0.8, 1.0, 1.0), Bump(9.0, 0.8, 1.0, 1.0)]
    t_s = clock(13.5, 15)
    levels = sample(bumps, t_s)
    images = (np.roll(lifted(x), 30 if t > 6 else 0, 1) for x, t in zip(levels, t_s, strict=True))
    assert len(play(t_s, images).result.reps) == 2


def test_noise_of_a_webcam_does_not_hide_a_repetition() -> None:
    rng = np.random.default_rng(5)
    t_s = clock(13.0, 15)
    images = (
        np.clip(lifted(x) + rng.normal(0, 6, (HEIGHT, WIDTH, 3)), 0, 255).astype(np.uint8)
        for x in sample(BUMPS, t_s)
    )
    assert len(play(t_s, images).result.reps) == len(BUMPS)


def test_an_exercise_that_cannot_be_seen_close_up() -> None:
    with pytest.raises(InputError, match="without --close-up"):
        close_up_card(load("clamshell"))


def test_a_card_of_a_close_up_is_one_too() -> None:
    card = close_up_card(load("heel-raise"))
    check(card, "heel-raise")
    assert close_up_card(card).signals == card.signals
    with pytest.raises(InputError):
        close_up_card(replace(card, close_up=None))


CLIPS = Path(__file__).parents[1] / "samples" / "clips"
WITHIN_S = 0.3


@pytest.mark.parametrize(
    ("clip", "exercise"),
    [
        ("close_heel_c", "heel-raise"),
        ("close_toe_lift_a", "toe-lift"),
        pytest.param("close_toe_lift_k", "toe-lift", marks=SLOW),
        pytest.param("close_scrunch_a", "towel-scrunch", marks=SLOW),
        ("close_scrunch_g", "towel-scrunch"),
        pytest.param("close_no_walk_through_a", "heel-raise", marks=SLOW),
        ("close_no_walk_through_h", "toe-lift"),
        ("close_no_shadow_c", "toe-lift"),
        pytest.param("close_no_towel_f", "towel-scrunch", marks=SLOW),
    ],
)
def test_rendered_feet(clip: str, exercise: str) -> None:
    true = json.loads((CLIPS / f"{clip}.json").read_text("utf-8"))["reps"]
    reps = analyze(CLIPS / f"{clip}.mp4", exercise, close_up=True).reps
    assert len(reps) == len(true)
    for rep, was in zip(reps, true, strict=True):
        assert rep.start_s == pytest.approx(was["start_s"], abs=WITHIN_S)
        assert rep.end_s == pytest.approx(was["end_s"], abs=WITHIN_S)
        assert rep.hold_s == pytest.approx(was["top_end_s"] - was["top_start_s"], abs=WITHIN_S)


@pytest.mark.parametrize("size", [(4, 4), (200, 16), (16, 200), (3000, 20)])
def test_a_strip_of_a_picture_does_no_harm(size: tuple[int, int]) -> None:
    width, height = size
    engine = CloseUpEngine(load("toe-lift"))
    for i in range(4):
        image = np.full((height, width, 3), 40 * i, np.uint8)
        engine.update(glimpse_of(image, i / 10, cut=False))
    assert engine.finish().reps == ()
