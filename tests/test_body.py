"""What stays the same of a body: view, scale, side, place; and jumps, which are cuts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest

from formcheck.body.camera_roll import RollTracker
from formcheck.body.left_right import SideKeeper
from formcheck.body.tracking import (
    SCALE_MIN_S,
    SIDE_STEADY_S,
    Anchor,
    JumpDetector,
    ScaleTracker,
    Steady,
    ViewTracker,
    bearing_deg,
    measure_scale,
    standing_scale,
    standing_view,
    unseen,
)
from formcheck.pose.pose import LANDMARKS, Pose
from formcheck.pose.side_view import Side, View
from tests.curves import clock
from tests.stick import SHANK_M, THIGH_M, TRUNK_M, Camera, staggered, standing, walking

SIDE_ON = Camera(azimuth_deg=90, noise_px=0.5)
NEEDS = ("shoulder", "hip", "knee", "ankle", "foot_index")


# --- views ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("azimuth_deg", range(-180, 181, 15))
def test_the_bearing_is_the_azimuth(azimuth_deg: float) -> None:
    found = bearing_deg(Camera(azimuth_deg=azimuth_deg).see(standing(knee_deg=10), 0.0))
    assert (found - azimuth_deg + 180) % 360 - 180 == pytest.approx(0, abs=0.01)


@pytest.mark.parametrize(
    ("azimuth_deg", "view"),
    [
        (0, View.FRONT),
        (20, View.FRONT),
        (-20, View.FRONT),
        (45, View.OBLIQUE),
        (-45, View.OBLIQUE),
        (75, View.SIDE),
        (-90, View.SIDE),
        (105, View.SIDE),
        (135, View.OBLIQUE),
        (165, View.BACK),
        (180, View.BACK),
    ],
)
def test_views(azimuth_deg: float, view: View) -> None:
    assert standing_view(Camera(azimuth_deg=azimuth_deg).see(standing(), 0.0)) is view


def test_the_view_holds_through_a_few_wrong_frames_and_follows_a_turn() -> None:
    tracker = ViewTracker(standing_view)
    front, side = Camera(azimuth_deg=5), Camera(azimuth_deg=90)
    for i in range(60):
        camera = side if i % 10 == 9 else front
        view, bearing = tracker.update(camera.see(standing(), i / 30))
    assert view is View.FRONT
    assert bearing == pytest.approx(5, abs=0.01)
    for i in range(60, 100):
        view, bearing = tracker.update(side.see(standing(), i / 30))
    assert view is View.SIDE
    assert bearing == pytest.approx(90, abs=0.01)


# --- what is in view -----------------------------------------------------------------------------


def dimmed(pose: Pose, joint: str, sides: Iterable[str] = ("left", "right")) -> Pose:
    image = pose.image.copy()
    for side in sides:
        image[LANDMARKS.index(f"{side}_{joint}"), 3] = 0.05
    return replace(pose, image=image)


def test_nothing_is_missing_of_a_whole_body() -> None:
    assert unseen(SIDE_ON.see(standing(), 0.0), NEEDS) is None


@pytest.mark.parametrize(
    ("joint", "words"),
    [
        ("foot_index", "feet"),
        ("ankle", "feet"),
        ("knee", "knees"),
        ("hip", "hips"),
        ("shoulder", "shoulders"),
    ],
)
def test_what_is_missing_is_said(joint: str, words: str) -> None:
    pose = SIDE_ON.see(standing(), 0.0)
    assert unseen(dimmed(pose, joint), NEEDS) == words
    assert unseen(dimmed(pose, joint, ["left"]), NEEDS) is None


@pytest.mark.parametrize("origin_px", [(320, 490), (-60, 440), (700, 440)])
def test_feet_beyond_any_edge_are_missing(origin_px: tuple[float, float]) -> None:
    camera = replace(SIDE_ON, origin_px=origin_px)
    assert unseen(camera.see(standing(), 0.0), ("foot_index",)) == "feet"


# --- scale ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("azimuth_deg", [0.0, 45.0, 90.0, 180.0])
def test_the_scale_of_a_standing_body_from_anywhere(azimuth_deg: float) -> None:
    scale = standing_scale(Camera(azimuth_deg=azimuth_deg, px_per_m=150).see(standing(), 0.0))
    assert scale.shank_px == pytest.approx(150 * SHANK_M, rel=0.02)
    assert scale.thigh_px == pytest.approx(150 * THIGH_M, rel=0.02)
    assert scale.torso_px == pytest.approx(150 * TRUNK_M, rel=0.02)


def test_a_lifted_foot_does_not_shorten_a_standing_body() -> None:
    for azimuth_deg in (0.0, 90.0):
        camera = Camera(azimuth_deg=azimuth_deg)
        both, one = (
            standing_scale(camera.see(standing(free=f), 0.0)).shank_px for f in (None, "left")
        )
        assert one == pytest.approx(both, rel=0.02)


def test_the_plain_scale_takes_the_less_foreshortened_leg() -> None:
    pose = Camera(azimuth_deg=0).see(standing(free="left", free_leg=(40, 80, 0)), 0.0)
    assert measure_scale(pose).shank_px == pytest.approx(200 * SHANK_M, rel=0.01)
    assert measure_scale(pose).thigh_px == pytest.approx(200 * THIGH_M, rel=0.01)


def test_the_scale_is_measured_once_and_kept() -> None:
    tracker = ScaleTracker(standing_scale)
    scales = [tracker.update(SIDE_ON.see(standing(), float(t))) for t in clock(3.0)]
    known = [s for s in scales if s is not None]
    assert len(scales) - len(known) == pytest.approx(SCALE_MIN_S * 30, abs=1)
    assert set(known) == {known[0]}
    assert known[0].shank_px == pytest.approx(200 * SHANK_M, rel=0.02)


def test_a_heel_raise_does_not_change_the_scale() -> None:
    tracker = ScaleTracker(standing_scale)
    scales = {
        tracker.update(SIDE_ON.see(standing(heel_deg=45 * (t > 1)), float(t))) for t in clock(4.0)
    }
    assert len(scales - {None}) == 1


@pytest.mark.parametrize("px_per_m", [150.0, 260.0])
def test_coming_nearer_or_going_away_is_measured_anew(px_per_m: float) -> None:
    tracker = ScaleTracker(standing_scale)
    moved = replace(SIDE_ON, px_per_m=px_per_m)
    scales = [
        tracker.update((SIDE_ON if t < 2 else moved).see(standing(), float(t))) for t in clock(5.0)
    ]
    between = [i for i, s in enumerate(scales) if s is None and i > 30]
    assert 2.0 < between[0] / 30 < 3.0
    assert scales[-1] is not None
    assert scales[-1].shank_px == pytest.approx(px_per_m * SHANK_M, rel=0.02)


# --- left and right ------------------------------------------------------------------------------


def test_left_and_right_that_flip_for_a_frame_are_put_back() -> None:
    keeper, camera = SideKeeper(), Camera(azimuth_deg=180, noise_px=0.5)
    for i in range(60):
        true = camera.see(standing(heel_deg=i / 3), i / 30)
        kept = keeper.update(true.swapped() if i in (10, 11, 30, 45) else true)
        assert kept.xy("left_ankle") == pytest.approx(true.xy("left_ankle"))
        assert kept.xyz_m("left_hip") == pytest.approx(true.xyz_m("left_hip"))


def test_swapping_twice_is_nothing_and_keeps_the_middle() -> None:
    pose = SIDE_ON.see(standing(free="left"), 0.0)
    assert pose.swapped().swapped().image == pytest.approx(pose.image)
    assert pose.swapped().xy("left_knee") == pytest.approx(pose.xy("right_knee"))
    assert pose.swapped().xy("nose") == pytest.approx(pose.xy("nose"))


def test_walking_swaps_nothing() -> None:
    keeper = SideKeeper()
    for t in clock(4.0):
        true = SIDE_ON.see(walking(float(t) - 2), float(t))
        assert keeper.update(true) is true


def test_the_working_side_changes_only_when_the_new_one_lasts() -> None:
    steady = Steady(Side.BOTH)
    brief = int(SIDE_STEADY_S * 30) - 2
    seen = [Side.BOTH] * 10 + [Side.LEFT] * brief + [Side.BOTH] * 10 + [Side.LEFT] * 30
    given = [steady.update(side, i / 30) for i, side in enumerate(seen)]
    assert given[: 20 + brief] == [Side.BOTH] * (20 + brief)
    changed = given.index(Side.LEFT)
    assert (changed - 20 - brief) / 30 == pytest.approx(SIDE_STEADY_S, abs=0.05)
    assert set(given[changed:]) == {Side.LEFT}


def test_a_flicker_between_two_other_sides_changes_nothing() -> None:
    steady = Steady(Side.BOTH)
    given = [steady.update(Side.LEFT if i % 3 else Side.RIGHT, i / 30) for i in range(60)]
    assert set(given) == {Side.BOTH}


# --- jumps ---------------------------------------------------------------------------------------


def jumps(*shots: Camera, each_s: float = 1.5) -> list[float]:
    """Times of the jumps seen in shots of a standing person."""
    detector = JumpDetector()
    times = clock(each_s * len(shots))
    return [
        float(t) for t in times if detector.update(shots[int(t / each_s)].see(standing(), float(t)))
    ]


def test_one_shot_has_no_jumps() -> None:
    assert jumps(SIDE_ON) == []


@pytest.mark.parametrize(
    "other",
    [
        replace(SIDE_ON, origin_px=(420, 440)),
        replace(SIDE_ON, px_per_m=120),
        replace(SIDE_ON, azimuth_deg=30),
        replace(SIDE_ON, azimuth_deg=0),
    ],
)
def test_another_place_size_or_bearing_is_a_jump(other: Camera) -> None:
    found = jumps(SIDE_ON, other)
    assert len(found) == 1
    assert 1.5 <= found[0] < 1.8


@pytest.mark.parametrize("fps", [10, 30])
def test_walking_past_is_no_jump(fps: float) -> None:
    detector = JumpDetector()
    assert not any(
        detector.update(SIDE_ON.see(walking(float(t) - 2), float(t))) for t in clock(4.0, fps)
    )


def test_turning_round_in_a_second_is_no_jump() -> None:
    detector = JumpDetector()
    for t in clock(3.0):
        turned = replace(SIDE_ON, azimuth_deg=360 * min(1.0, max(0.0, float(t) - 1)))
        assert not detector.update(turned.see(standing(), float(t)))


def test_after_a_gap_anything_may_have_happened_without_a_jump() -> None:
    detector = JumpDetector()
    detector.update(SIDE_ON.see(standing(), 0.0))
    assert not detector.update(replace(SIDE_ON, origin_px=(500, 440)).see(standing(), 1.0))


# --- the anchor ----------------------------------------------------------------------------------


def anchored(x: Iterable[float], limit: float = 0.15) -> list[bool]:
    anchor = Anchor(limit)
    return [anchor.update(np.array([[v, 0.0]]), i / 30) for i, v in enumerate(x)]


def test_what_stays_is_anchored() -> None:
    assert all(anchored([3.0 + 0.02 * (-1) ** i for i in range(60)]))


def test_a_slow_creep_is_anchored() -> None:
    assert all(anchored(0.1 * clock(3.0)))


def test_a_step_is_noticed_within_the_window_and_forgotten_after_it() -> None:
    stepped = anchored([0.0] * 30 + [0.5] * 60)
    assert all(stepped[:30])
    assert not all(stepped[30 : 30 + int(30 * Anchor.WINDOW_S)])
    assert all(stepped[30 + 2 * int(30 * Anchor.WINDOW_S) :])


def test_walking_is_never_anchored_for_long() -> None:
    walked = anchored(2.0 * clock(3.0))
    assert not any(walked[15:])


def test_a_landmark_that_is_elsewhere_for_a_frame_is_no_step() -> None:
    assert all(anchored([0.0] * 20 + [1.0] + [0.0] * 20 + [-1.0, -1.0] + [0.0] * 20))


def test_each_point_counts() -> None:
    anchor = Anchor(0.15)
    for i in range(40):
        still = anchor.update(np.array([[0.0, 0.0], [0.0, 0.3 * (i >= 20)]]), i / 30)
        if i == 27:
            assert not still


# --- camera roll ---------------------------------------------------------------------------------


@pytest.mark.parametrize("roll_deg", [-10.0, 8.0])
@pytest.mark.parametrize("azimuth_deg", [90.0, -90.0])
def test_the_roll_is_learned_from_who_stands(roll_deg: float, azimuth_deg: float) -> None:
    tracker = RollTracker()
    camera = Camera(azimuth_deg=azimuth_deg, roll_deg=roll_deg, noise_px=0.5)
    for t in clock(2.0):
        found = tracker.update(camera.see(standing(shank_deg=2.5, lean_deg=2.5), float(t)))
    assert found == pytest.approx(roll_deg, abs=1.0)
    for t in 2.0 + clock(4.0):
        found = tracker.update(camera.see(staggered(dorsiflexion_deg=25, lean_deg=25), float(t)))
    assert found == pytest.approx(roll_deg, abs=1.0)


def test_a_level_camera_has_no_roll() -> None:
    tracker = RollTracker()
    for t in clock(3.0):
        assert tracker.update(SIDE_ON.see(standing(), float(t))) == 0.0


def test_who_leans_on_a_wall_is_no_plumb_line() -> None:
    tracker = RollTracker()
    for t in clock(3.0):
        body = standing(shank_deg=15, lean_deg=15, arms_deg=80)
        assert tracker.update(SIDE_ON.see(body, float(t))) == 0.0
