"""Cuts between two painted rooms are found; whatever happens within one room is none."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from formcheck.video.cuts import CutDetector

Image = NDArray[np.uint8]
SIZE = (320, 180)
CUT_S = 2.0


def room(seed: int) -> Image:
    """A wall with furniture: rectangles of random place and colour."""
    chance = np.random.default_rng(seed)
    image = np.full((SIZE[1], SIZE[0], 3), chance.integers(90, 200), np.uint8)
    for _ in range(12):
        x, y = chance.integers(0, SIZE[0]), chance.integers(0, SIZE[1])
        width, height = chance.integers(15, 90, 2)
        colour = [int(v) for v in chance.integers(20, 235, 3)]
        cv2.rectangle(image, (int(x), int(y)), (int(x + width), int(y + height)), colour, -1)
    return image


def with_person(image: Image, x: float, y: float = 90) -> Image:
    """Paint somebody in dark clothes at x, y (pixels), 30 wide and 120 high."""
    image = image.copy()
    cv2.ellipse(image, (round(x), round(y)), (15, 60), 0, 0, 360, (25, 25, 60), -1, cv2.LINE_AA)
    cv2.circle(image, (round(x), round(y - 70)), 13, (200, 160, 140), -1, cv2.LINE_AA)
    return image


def scene(t_s: float, seed: int = 1) -> Image:
    """Somebody who does heel raises, two seconds each."""
    return with_person(room(seed), 150, 95 - 6 * np.sin(np.pi * t_s) ** 2)


def found(picture: Callable[[float], Image], fps: float, until_s: float = 4.0) -> list[float]:
    detector = CutDetector()
    times = np.arange(0, until_s, 1 / fps)
    return [float(t) for t in times if detector.update(picture(float(t)), float(t))]


@pytest.mark.parametrize("fps", [15, 30, 60])
@pytest.mark.parametrize("seed", [2, 3, 4, 5])
def test_a_hard_cut_is_told_at_once(fps: float, seed: int) -> None:
    cuts = found(lambda t: scene(t) if t < CUT_S else scene(t, seed), fps)
    assert len(cuts) == 1
    assert CUT_S <= cuts[0] <= CUT_S + 0.1


@pytest.mark.parametrize("fps", [15, 30, 60])
@pytest.mark.parametrize("length_s", [0.2, 0.3, 0.5])
def test_a_dissolve_is_told_once_before_it_is_over(fps: float, length_s: float) -> None:
    def picture(t_s: float) -> Image:
        share = float(np.clip((t_s - CUT_S) / length_s, 0, 1))
        return cv2.addWeighted(scene(t_s), 1 - share, scene(t_s, 6), share, 0).astype(np.uint8)

    cuts = found(picture, fps)
    assert len(cuts) == 1
    assert CUT_S < cuts[0] <= CUT_S + length_s + 1 / fps


def test_black_between_two_views_is_passed_over() -> None:
    def picture(t_s: float) -> Image:
        return np.zeros_like(scene(t_s)) if 1.5 <= t_s < 2.0 else scene(t_s, 1 if t_s < 1.5 else 7)

    assert found(picture, 30) == [pytest.approx(2.0, abs=0.04)]


def test_black_within_one_view_is_no_cut() -> None:
    assert found(lambda t: scene(t) if t % 1 < 0.7 else np.zeros_like(scene(t)), 30) == []


def test_several_cuts_are_told_one_by_one() -> None:
    cuts = found(lambda t: scene(t, seed=int(t)), 30, until_s=6.0)
    assert cuts == pytest.approx([1, 2, 3, 4, 5], abs=0.04)


def shifted(image: Image, x: float, y: float) -> Image:
    move = np.array([[1, 0, x], [0, 1, y]], np.float32)
    moved = cv2.warpAffine(image, move, SIZE, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(moved, np.uint8)


def dimmed(image: Image, gain: float) -> Image:
    return np.asarray(np.clip(image * gain, 0, 255), np.uint8)


def noisy(t_s: float) -> Image:
    chance = np.random.default_rng(round(1000 * t_s))
    return np.clip(scene(t_s) + chance.normal(0, 25, (SIZE[1], SIZE[0], 3)), 0, 255).astype(
        np.uint8
    )


PLAIN = np.full((SIZE[1], SIZE[0], 3), 170, np.uint8)
STEADY: dict[str, Callable[[float], Image]] = {
    "heel raises": scene,
    "walking through a room": lambda t: with_person(room(1), 80 * t),
    "walking through a bare studio": lambda t: with_person(PLAIN, 80 * t),
    "squats in a bare studio": lambda t: with_person(PLAIN, 160, 90 + 30 * np.sin(3 * t)),
    "close-up squats": lambda t: shifted(scene(0), 0, 25 * np.sin(3 * t)),
    "exposure drift": lambda t: dimmed(scene(t), 1 + 0.3 * np.sin(2 * t)),
    "flicker": lambda t: dimmed(scene(t), 0.85 + 0.15 * (round(30 * t) % 2)),
    "lamp on": lambda t: dimmed(scene(t), 0.45 if t < CUT_S else 1.0),
    "noise": noisy,
    "hand-held": lambda t: shifted(scene(t), 3 * np.sin(23 * t), 2 * np.sin(31 * t)),
    "pan": lambda t: shifted(scene(t), 60 * np.sin(1.5 * t), 0),
}


@pytest.mark.parametrize("fps", [12, 30])
@pytest.mark.parametrize("name", STEADY)
def test_what_happens_before_one_camera_is_no_cut(name: str, fps: float) -> None:
    assert found(STEADY[name], fps) == []
