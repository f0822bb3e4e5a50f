"""The body at rest and in motion, against closed forms."""

import numpy as np
import pytest

from samples.studio.body import SIDES, Body, Shape, build, skin, target_weights
from samples.studio.rotations import UP, angle_deg, pitch, vec, yaw


def test_skinning_at_rest_changes_nothing(body: Body) -> None:
    skeleton = body.move({}, body.hips)
    moved, normals = skin(skeleton, body.weights, body.vertices, body.vertices)
    assert np.abs(moved - body.vertices).max() < 1e-9
    assert np.abs(normals - body.vertices).max() < 1e-9


def test_skinning_follows_a_rigid_motion(body: Body) -> None:
    turn, hips = yaw(30) @ pitch(20), vec(1, 2, 3)
    moved, _ = skin(body.move({"root": turn}, hips), body.weights, body.vertices, body.vertices)
    expected = (body.vertices - body.hips) @ turn.T + hips
    assert np.abs(moved - expected).max() < 1e-9


@pytest.mark.parametrize("height_cm", [150.0, 178.0, 195.0])
def test_height_is_the_commanded_height(height_cm: float) -> None:
    built = build(Shape(height_cm=height_cm))
    crown = built.vertices[np.unique(built.surfaces["skin"]), 1]
    assert crown.min() == pytest.approx(0, abs=1e-9)
    assert crown.max() == pytest.approx(height_cm / 100, abs=1e-9)


def test_target_weights_share_out_one_face_and_one_build() -> None:
    weights = target_weights(Shape(sex="male", weight=0.7, muscle=0.2, age_years=60))
    faces = [w for name, w in weights.items() if not name.startswith("universal")]
    builds = [w for name, w in weights.items() if name.startswith("universal")]
    assert sum(faces) == pytest.approx(1)
    assert sum(builds) == pytest.approx(1)


def test_the_body_is_symmetrical_enough_to_command(body: Body) -> None:
    for joint in ("hip", "knee", "ankle"):
        left, right = (body.joint(f"{side}_{joint}") for side in SIDES)
        assert np.abs(left - right * [-1, 1, 1]).max() < 2e-3


def test_a_turned_bone_takes_its_children_along(body: Body) -> None:
    skeleton = body.move({"upperleg01.L": pitch(-90)}, body.hips)
    rest = body.joint("left_knee") - body.joint("left_hip")
    now = skeleton.joint("left_knee") - skeleton.joint("left_hip")
    assert now == pytest.approx(pitch(-90) @ rest, abs=1e-9)
    shin = skeleton.joint("left_ankle") - skeleton.joint("left_knee")
    assert angle_deg(shin, -UP) > 80
