"""Frames: drawn, the same twice, and where the skeleton says."""

from pathlib import Path

import numpy as np
import pytest

from samples.studio.script import read
from samples.studio.studio import Image, Shoot, render

SCRIPT = """
exercise = "heel-raise"
fps = 10
person = { like = "A", top_colour = "red" }
camera = { size = [160, 120] }
sensor = { noise = 3.0, light = 0.7, defocus_px = 0.5, shutter = 2 }
[[do]]
action = "heel-raise"
reps = 1
rest_s = 0.1
up_s = 0.2
hold_s = 0.1
down_s = 0.2
gap_s = 0.1
"""


@pytest.fixture
def script_path(tmp_path: Path) -> Path:
    path = tmp_path / "small.toml"
    path.write_text(SCRIPT)
    return path


def film(path: Path) -> list[Image]:
    return list(Shoot(read(path)).frames())


def test_two_renders_are_identical(script_path: Path) -> None:
    for a, b in zip(film(script_path), film(script_path), strict=True):
        assert np.array_equal(a, b)


def test_the_shirt_is_where_the_chest_is(script_path: Path) -> None:
    shoot = Shoot(read(script_path))
    frame = next(shoot.frames()).astype(int)
    skeleton = shoot.players[0].skeleton(0.0)
    chest = (skeleton.hips + skeleton.joint("left_shoulder")) / 2
    x, y = shoot.script.camera.project(chest[None])[0].astype(int)
    red, green, blue = frame[y - 2 : y + 3, x - 2 : x + 3].mean(axis=(0, 1))
    assert red > 1.25 * max(green, blue)


def test_a_clip_comes_with_its_truth(script_path: Path, tmp_path: Path) -> None:
    clip = render(read(script_path), tmp_path)
    assert clip.stat().st_size > 1000
    assert clip.with_suffix(".json").exists()
    with np.load(clip.with_suffix(".truth.npz")) as data:
        frames = len(data["t_s"])
        assert data["landmarks_px"].shape == (frames, 33, 2)
        assert data["channels"].shape == (frames, len(data["channel_names"]))
