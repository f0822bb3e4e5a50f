"""The pinhole, against points worked out by hand."""

import numpy as np
import pytest

from samples.studio.camera import Camera


def test_the_aim_point_is_in_the_middle() -> None:
    camera = Camera(azimuth_deg=33, distance_m=2.7, height_m=1.4, roll_deg=8, aim=(0.1, 0.8, 0.2))
    assert camera.project(np.array([[0.1, 0.8, 0.2]]))[0] == pytest.approx([320, 240])


def test_a_point_one_metre_aside_is_a_focal_length_over_the_distance_away() -> None:
    # In front, level, 4 m away, 90 degrees of view: the focal length is half the height, 240 px.
    camera = Camera(azimuth_deg=0, distance_m=4, height_m=0, aim=(0, 0, 0), fov_deg=90)
    assert camera.focal_px == pytest.approx(240)
    # The person's left is the image's right, up is up; 1 m at 4 m is 60 px.
    found = camera.project(np.array([[1.0, 0, 0], [0, 1.0, 0], [1.0, 0, 2.0]]))
    assert found == pytest.approx(np.array([[380, 240], [320, 180], [440, 240]]))


def test_rolling_turns_the_image_clockwise() -> None:
    camera = Camera(azimuth_deg=0, distance_m=4, height_m=0, aim=(0, 0, 0), fov_deg=90, roll_deg=90)
    assert camera.project(np.array([[0, 1.0, 0]]))[0] == pytest.approx([380, 240])


def test_opengl_sees_what_the_pinhole_sees() -> None:
    camera = Camera(azimuth_deg=70, height_m=1.3, roll_deg=3)
    points = np.random.default_rng(1).uniform([-0.8, 0.1, -0.8], [0.8, 1.7, 0.8], (20, 3))
    clip = np.column_stack([points, np.ones(20)]) @ camera.matrix().T
    screen = clip[:, :2] / clip[:, 3:] * [0.5, -0.5] + 0.5
    assert screen * [640, 480] == pytest.approx(camera.project(points))


def test_behind_the_camera_is_nowhere() -> None:
    camera = Camera(azimuth_deg=0, distance_m=2)
    assert np.isnan(camera.project(np.array([[0, 1, 5.0]]))).all()


@pytest.mark.parametrize(
    ("azimuth", "view"),
    [(90, "side"), (-75, "side"), (270, "side"), (45, "oblique"), (10, "front"), (178, "back")],
)
def test_views_have_names(azimuth: float, view: str) -> None:
    assert Camera(azimuth_deg=azimuth).view == view
