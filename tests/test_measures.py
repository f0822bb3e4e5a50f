"""Measures read off stick figures whose angles are known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from formcheck.body.measures import (
    Moment,
    angle_deg,
    body_height_shank,
    flexion_deg,
    forward,
    hip_height_shank,
    knee_flexion_deg,
    length_px,
    middle_xy,
    trunk_lean_deg,
    trunk_tilt_deg,
    world_flexion_deg,
)
from formcheck.body.tracking import standing_scale
from formcheck.exercises.postures.standing_sitting import seated, standing_side, upright
from formcheck.exercises.postures.wall_stance import (
    at_the_wall,
    back_ankle_shank,
    back_heel_shank,
    back_knee_deg,
    back_leg,
    dorsiflexion_deg,
    hips_back_deg,
    lean_deg,
)
from formcheck.pose.pose import LANDMARKS, Pose
from formcheck.pose.side_view import Side, View
from tests.stick import (
    SHANK_M,
    THIGH_M,
    TRUNK_M,
    Body,
    Camera,
    rise_shank,
    side_lying,
    sitting,
    staggered,
    standing,
)

SIDE_ON = Camera(azimuth_deg=90)
LEVEL = standing()


def moment_of(
    body: Body, camera: Camera = SIDE_ON, side: Side = Side.BOTH, *, roll_deg: float = 0.0
) -> Moment:
    """The body with the scale of the person standing."""
    scale = standing_scale(camera.see(LEVEL, 0.0))
    bearing_deg = min(abs(camera.azimuth_deg), 180.0)
    return Moment(camera.see(body, 0.0), scale, View.SIDE, side, bearing_deg, roll_deg)


# --- plain geometry ------------------------------------------------------------------------------


def test_angles() -> None:
    vertex = np.array([1.0, 1.0])
    right, up = np.array([3.0, 1.0]), np.array([1.0, 0.0])
    assert angle_deg(right, vertex, up) == pytest.approx(90)
    assert angle_deg(right, vertex, right) == pytest.approx(0)
    assert angle_deg(right, vertex, np.array([-5.0, 1.0])) == pytest.approx(180)
    assert math.isnan(angle_deg(vertex, vertex, up))
    assert angle_deg(np.eye(3)[0], np.zeros(3), np.eye(3)[2]) == pytest.approx(90)


def test_lengths_and_middles() -> None:
    pose = SIDE_ON.see(LEVEL, 0.0)
    assert length_px(pose, "left_knee", "left_ankle") == pytest.approx(SHANK_M * 200)
    assert length_px(pose, "left_hip", "left_knee") == pytest.approx(THIGH_M * 200)
    trunk = math.dist(middle_xy(pose, "hip"), middle_xy(pose, "shoulder"))
    assert trunk == pytest.approx(TRUNK_M * 200)


# --- knees and trunk -----------------------------------------------------------------------------


@pytest.mark.parametrize("knee_deg", [0.0, 10.0, 45.0, 90.0])
def test_knee_flexion_in_image_and_world(knee_deg: float) -> None:
    for azimuth_deg in (90.0, -90.0):
        pose = Camera(azimuth_deg=azimuth_deg).see(standing(knee_deg=knee_deg), 0.0)
        assert flexion_deg(pose, "left") == pytest.approx(knee_deg, abs=0.01)
    for azimuth_deg in (0.0, 50.0, 90.0, 180.0):
        pose = Camera(azimuth_deg=azimuth_deg).see(standing(knee_deg=knee_deg), 0.0)
        assert world_flexion_deg(pose, "right") == pytest.approx(knee_deg, abs=0.01)


def test_the_bent_knee_of_the_working_leg_is_taken() -> None:
    body = standing(free="left", free_leg=(20, 60, 0))
    assert knee_flexion_deg(moment_of(body, side=Side.RIGHT)) == pytest.approx(0, abs=0.01)
    assert knee_flexion_deg(moment_of(body, side=Side.LEFT)) == pytest.approx(60, abs=0.01)


@pytest.mark.parametrize("azimuth_deg", [90.0, 60.0, 130.0])
def test_small_bends_and_leans_are_the_same_from_an_oblique_camera(azimuth_deg: float) -> None:
    moment = moment_of(standing(knee_deg=20, lean_deg=10), Camera(azimuth_deg=azimuth_deg))
    assert knee_flexion_deg(moment) == pytest.approx(20, rel=0.05)
    assert trunk_lean_deg(moment) == pytest.approx(10, rel=0.05)


@pytest.mark.parametrize("lean_deg", [0.0, 15.0, 70.0])
def test_trunk_tilt(lean_deg: float) -> None:
    for azimuth_deg in (90.0, -90.0):
        pose = Camera(azimuth_deg=azimuth_deg).see(standing(lean_deg=lean_deg), 0.0)
        assert trunk_tilt_deg(pose) == pytest.approx(lean_deg, abs=0.01)


def test_trunk_tilt_of_lying_and_upside_down() -> None:
    assert trunk_tilt_deg(Camera(azimuth_deg=0).see(side_lying(), 0.0)) == pytest.approx(90)
    over = {name: point * [1, -1, 1] for name, point in LEVEL.items()}
    assert trunk_tilt_deg(SIDE_ON.see(over, 0.0)) == pytest.approx(180)


# --- heights -------------------------------------------------------------------------------------


@pytest.mark.parametrize("azimuth_deg", [0.0, 45.0, 90.0, 180.0])
@pytest.mark.parametrize("heel_deg", [10.0, 25.0, 45.0])
def test_hips_and_body_rise_by_what_the_foot_lifts(azimuth_deg: float, heel_deg: float) -> None:
    camera = Camera(azimuth_deg=azimuth_deg)
    for measure in (hip_height_shank, body_height_shank):
        risen = measure(moment_of(standing(heel_deg=heel_deg), camera))
        risen -= measure(moment_of(LEVEL, camera))
        assert risen == pytest.approx(rise_shank(heel_deg), rel=0.03)


def test_a_bow_does_not_lower_the_body_by_much() -> None:
    fallen = body_height_shank(moment_of(LEVEL)) - body_height_shank(
        moment_of(standing(lean_deg=30))
    )
    assert abs(fallen) < 0.01


def test_nearer_people_measure_the_same() -> None:
    values = []
    for px_per_m in (100.0, 200.0):
        camera = Camera(px_per_m=px_per_m)
        scale = standing_scale(camera.see(LEVEL, 0.0))
        low, high = (
            hip_height_shank(Moment(camera.see(body, 0.0), scale, View.SIDE, Side.BOTH))
            for body in (LEVEL, standing(heel_deg=30))
        )
        values.append(high - low)
    assert values[0] == pytest.approx(values[1])


def test_a_leg_that_is_hidden_weighs_nothing() -> None:
    camera = Camera(azimuth_deg=90)
    pose = camera.see(LEVEL, 0.0)
    image = pose.image.copy()
    for name in ("left_knee", "left_ankle", "left_heel", "left_foot_index"):
        image[LANDMARKS.index(name)] += (90, -70, 0, -0.6)  # a passer-by's leg
    moment = Moment(
        Pose(0.0, image, pose.world, pose.size), standing_scale(pose), View.SIDE, Side.BOTH
    )
    assert moment.mean_xy("ankle") == pytest.approx(pose.xy("right_ankle"), abs=0.1)


# --- which leg stands, and whether it is standing at all ------------------------------------------


@pytest.mark.parametrize("azimuth_deg", [0.0, 45.0, 90.0, -90.0, 180.0])
def test_the_standing_leg(azimuth_deg: float) -> None:
    camera = Camera(azimuth_deg=azimuth_deg)
    for body, side in (
        (LEVEL, Side.BOTH),
        (standing(free="left"), Side.RIGHT),
        (standing(free="right"), Side.LEFT),
        (standing(heel_deg=(40, 10)), Side.BOTH),
    ):
        pose = camera.see(body, 0.0)
        assert standing_side(pose, standing_scale(pose).shank_px) is side


@pytest.mark.parametrize("azimuth_deg", [0.0, 45.0, 90.0, 180.0])
@pytest.mark.parametrize(
    ("body", "side", "reason"),
    [
        (LEVEL, Side.BOTH, None),
        (standing(heel_deg=40), Side.BOTH, None),
        (standing(knee_deg=30, lean_deg=15), Side.BOTH, None),
        (standing(free="left"), Side.RIGHT, None),
        (standing(knee_deg=100, shank_deg=30, lean_deg=30), Side.BOTH, "Straighten your knees"),
    ],
)
def test_upright(azimuth_deg: float, body: Body, side: Side, reason: str | None) -> None:
    assert upright(moment_of(body, Camera(azimuth_deg=azimuth_deg), side)) == reason


@pytest.mark.parametrize("azimuth_deg", [0, 30, 60, 90, -90, 150])
@pytest.mark.parametrize("elevation_deg", [-10, 0, 20])
@pytest.mark.parametrize("thigh_deg", [75, 90, 100])
def test_sitting(azimuth_deg: float, elevation_deg: float, thigh_deg: float) -> None:
    camera = Camera(azimuth_deg=azimuth_deg, elevation_deg=elevation_deg)
    assert seated(moment_of(sitting(thigh_deg=thigh_deg, lean_deg=20), camera)) is None
    for body in (LEVEL, standing(knee_deg=30), standing(free="left"), staggered()):
        assert seated(moment_of(body, camera)) == "Sit down on a chair"


def test_lying_bowing_and_sitting_on_the_floor_are_not_sitting_on_a_chair() -> None:
    assert seated(moment_of(sitting(lean_deg=75))) == "Sit upright"
    floor = moment_of(side_lying(), Camera(azimuth_deg=0))
    assert seated(floor) == "Sit upright"
    legs_out = dict(sitting())
    for side in ("left", "right"):
        for joint in ("ankle", "heel", "foot_index"):
            legs_out[f"{side}_{joint}"] = legs_out[f"{side}_knee"] + np.array([0, -0.05, 0.4])
    assert seated(moment_of(legs_out)) == "Put a foot on the floor"


def test_bowing_lying_and_handstands_are_not_upright() -> None:
    over = {name: point * [1, -1, 1] for name, point in LEVEL.items()}
    for body in (standing(lean_deg=65), over):
        assert upright(moment_of(body)) == "Stand upright"
    lying = moment_of(side_lying(), Camera(azimuth_deg=0))
    assert upright(lying) == "Stand upright"


# --- the staggered stance ------------------------------------------------------------------------

FACES_RIGHT, FACES_LEFT = Camera(azimuth_deg=90), Camera(azimuth_deg=-90)


@pytest.mark.parametrize("camera", [FACES_RIGHT, FACES_LEFT])
@pytest.mark.parametrize("back", ["left", "right"])
def test_the_back_leg_and_where_it_faces(camera: Camera, back: str) -> None:
    pose = camera.see(staggered(back=back, dorsiflexion_deg=20), 0.0)
    assert forward(pose) == (1.0 if camera is FACES_RIGHT else -1.0)
    assert back_leg(pose, standing_scale(pose)) is Side(back)
    assert back_leg(camera.see(LEVEL, 0.0), standing_scale(pose)) is Side.BOTH


@pytest.mark.parametrize("camera", [FACES_RIGHT, FACES_LEFT])
@pytest.mark.parametrize("tilt_deg", [0.0, 12.0, 35.0])
def test_dorsiflexion_is_the_tilt_of_the_shin(camera: Camera, tilt_deg: float) -> None:
    body = staggered(back="left", dorsiflexion_deg=tilt_deg, back_knee_deg=5)
    moment = moment_of(body, camera, Side.LEFT)
    assert dorsiflexion_deg(moment) == pytest.approx(tilt_deg, abs=0.01)
    assert back_knee_deg(moment) == pytest.approx(5, abs=0.01)


def test_a_straight_body_leans_as_its_shin_does() -> None:
    body = staggered(back="right", dorsiflexion_deg=20, lean_deg=20)
    moment = moment_of(body, side=Side.RIGHT)
    assert lean_deg(moment) == pytest.approx(20, abs=0.01)
    assert hips_back_deg(moment) == pytest.approx(0, abs=0.01)


def test_hips_left_back() -> None:
    body = staggered(back="right", dorsiflexion_deg=5, lean_deg=30)
    assert hips_back_deg(moment_of(body, side=Side.RIGHT)) == pytest.approx(25, abs=0.01)


@pytest.mark.parametrize("roll_deg", [-8.0, 6.0])
def test_camera_roll_is_taken_out_of_tilts(roll_deg: float) -> None:
    camera = Camera(azimuth_deg=90, roll_deg=roll_deg)
    body = staggered(back="left", dorsiflexion_deg=20, lean_deg=15)
    moment = moment_of(body, camera, Side.LEFT, roll_deg=roll_deg)
    assert dorsiflexion_deg(moment) == pytest.approx(20, abs=0.01)


def test_a_lifted_back_heel_raises_the_ankle() -> None:
    flat, lifted = (
        back_ankle_shank(moment_of(staggered(dorsiflexion_deg=20, heel_deg=h), side=Side.LEFT))
        for h in (0.0, 15.0)
    )
    assert lifted - flat == pytest.approx(rise_shank(15), rel=0.05)


def test_side_by_side_there_is_no_back_leg_to_measure() -> None:
    for measure in (dorsiflexion_deg, back_knee_deg, lean_deg, back_heel_shank, hips_back_deg):
        assert math.isnan(measure(moment_of(LEVEL)))


def hands_on_hips(body: Body) -> Body:
    """Wrists before the hip joints, where hands on the hips have them."""
    wrists = {f"{s}_wrist": body[f"{s}_hip"] + [0.0, 0.05, 0.12] for s in ("left", "right")}
    return body | wrists


@pytest.mark.parametrize(
    ("body", "side", "reason"),
    [
        (
            hands_on_hips(staggered(dorsiflexion_deg=40, lean_deg=-10)),
            Side.LEFT,
            "Put your hands on the wall",
        ),
        (staggered(dorsiflexion_deg=20), Side.LEFT, None),
        (staggered(dorsiflexion_deg=20, stride_m=0.4, back_knee_deg=30), Side.LEFT, None),
        (LEVEL, Side.BOTH, "Step one leg back"),
        (staggered(dorsiflexion_deg=20, arms_deg=0), Side.LEFT, "Put your hands on the wall"),
        (staggered(dorsiflexion_deg=20, lean_deg=70), Side.LEFT, "Stand at the wall"),
    ],
)
def test_at_the_wall(body: Body, side: Side, reason: str | None) -> None:
    for camera in (FACES_RIGHT, FACES_LEFT):
        assert at_the_wall(moment_of(body, camera, side)) == reason
