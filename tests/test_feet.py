"""Feet cut out of the picture of a whole body, and the toes that are counted in it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.analysis.counter import counter
from formcheck.close_up.feet_engine import FeetEngine
from formcheck.close_up.feet_finder import JOINTS, FeetFinder
from formcheck.close_up.flow import AREA_PX
from formcheck.engine.engine import Engine
from formcheck.exercises import load
from formcheck.pose.pose import Feet, Sighting
from formcheck.video.picture import Image
from tests.marks import SLOW
from tests.stick import SHANK_M, Camera, sitting, standing
from tests.test_traces import SAMPLES, run

IMAGE: Image = np.zeros((480, 640, 3), np.uint8)
CAMERA = Camera(azimuth_deg=90)


def feet_of(finder: FeetFinder, camera: Camera, t_s: float, heel_deg: float = 0.0) -> Feet:
    sighting = Sighting(t_s, camera.see(standing(heel_deg=heel_deg), t_s))
    feet = finder.add(sighting, IMAGE).feet
    assert feet is not None
    return feet


def test_the_box_holds_both_feet() -> None:
    pose = CAMERA.see(standing(), 0.0)
    feet = FeetFinder().add(Sighting(0.0, pose), IMAGE).feet
    assert feet is not None
    left, top, right, bottom = feet.box
    for joint in JOINTS:
        x, y = pose.xy(joint)
        assert left < x < right
        assert top < y < bottom
    assert top > pose.xy("left_knee")[1]


def test_the_box_stands_still_while_the_feet_do() -> None:
    finder, noisy = FeetFinder(), replace(CAMERA, noise_px=3.0)
    seen = [feet_of(finder, noisy, i / 30) for i in range(90)]
    assert [feet.begun for feet in seen] == [True] + 89 * [False]
    assert len({feet.box for feet in seen}) == 1


def test_feet_that_step_aside_are_found_again() -> None:
    finder, aside = FeetFinder(), replace(CAMERA, origin_px=(420.0, 440.0))
    for i in range(30):
        before = feet_of(finder, CAMERA, i / 30)
    after = [feet_of(finder, aside, 1 + i / 30) for i in range(30)]
    assert any(feet.begun for feet in after)
    assert after[-1].box[0] - before.box[0] == pytest.approx(100, abs=2)


def test_a_lost_body_leaves_the_feet_where_they_were() -> None:
    finder = FeetFinder()
    before = feet_of(finder, CAMERA, 0.0)
    gone = finder.add(Sighting(0.1, None), IMAGE).feet
    assert gone is not None
    assert (gone.box, gone.begun) == (before.box, False)


def test_nothing_is_cut_out_before_a_body_was_seen_or_after_a_cut() -> None:
    finder = FeetFinder()
    assert finder.add(Sighting(0.0, None), IMAGE).feet is None
    feet_of(finder, CAMERA, 0.1)
    assert finder.add(Sighting(0.2, None, cut=True), IMAGE).feet is None


def test_the_knees_rise_as_far_as_they_do() -> None:
    finder = FeetFinder()
    feet_of(finder, CAMERA, 0.0)
    true = CAMERA.see(standing(), 0.0).xy("left_knee") - CAMERA.see(standing(heel_deg=30), 0.0).xy(
        "left_knee"
    )
    risen = feet_of(finder, CAMERA, 0.1, heel_deg=30).knees_shank
    assert risen == pytest.approx(true[1] / (SHANK_M * CAMERA.px_per_m), abs=0.01)


def test_a_small_picture_is_not_blown_up() -> None:
    grey = feet_of(FeetFinder(), CAMERA, 0.0).grey
    large = feet_of(FeetFinder(), replace(CAMERA, px_per_m=205.0), 0.0).grey
    assert grey.size < AREA_PX
    assert large.size <= AREA_PX


@pytest.mark.parametrize("origin_px", [(320.0, 500.0), (320.0, 900.0), (900.0, 900.0)])
def test_feet_that_leave_the_picture_are_not_cut_out(origin_px: tuple[float, float]) -> None:
    low = replace(CAMERA, origin_px=origin_px)
    assert FeetFinder().add(Sighting(0.0, low.see(standing(), 0.0)), IMAGE).feet is None


def test_what_counts_is_what_shows_best() -> None:
    assert isinstance(counter(load("toe-lift")), FeetEngine)
    assert isinstance(counter(load("heel-raise")), Engine)


def test_without_pictures_of_the_feet_nothing_is_guessed() -> None:
    engine = counter(load("toe-lift"))
    for i in range(60):
        shown = engine.update(Sighting(i / 30, CAMERA.see(sitting(), i / 30)))
    assert shown.count == 0
    assert engine.finish().reps == ()


@pytest.mark.parametrize(
    ("clip", "exercise"),
    [
        ("scrunch_arch_a", "toe-lift"),
        ("scrunch_shoes_c", "toe-lift"),
        ("toe_lift_side_a", "towel-scrunch"),
        pytest.param("toe_lift_oblique_d", "towel-scrunch", marks=SLOW),
        pytest.param("heel_side_a", "toe-lift", marks=SLOW),
        ("no_seated_heel_lifts_b", "toe-lift"),
        pytest.param("no_seated_heel_lifts_b", "towel-scrunch", marks=SLOW),
        ("no_sitting_c", "toe-lift"),
        ("no_tie_shoe_c", "towel-scrunch"),
    ],
)
def test_what_else_feet_do_counts_nothing(clip: str, exercise: str) -> None:
    assert run(SAMPLES / "traces" / f"{clip}.full.npz", exercise).reps == ()


def test_a_body_that_does_something_else_was_seen_all_the_same() -> None:
    quality = run(SAMPLES / "traces" / "no_squats_a.full.npz", "towel-scrunch").quality
    assert quality.coverage > 0.8
    assert any("Sit down" in line for line in quality.warnings)
