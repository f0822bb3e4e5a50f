"""Words on the live screen can be read whatever is behind them, and cover nothing that matters."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from formcheck.drawing.pen import CAP_HEIGHT, Colour, Pen
from formcheck.live.coach.gestures import Gesture, GestureReading
from formcheck.live.coach.prompter import Line, LineKind
from formcheck.live.coach.stages import Stage
from formcheck.live.screen.count_place import DISC, STAYS_S, CountPlace
from formcheck.live.screen.screen import Screen
from formcheck.pose.pose import Pose
from formcheck.video.picture import Image
from formcheck.words import load
from tests.live.actor import LYING, SIDE_ON, lying
from tests.live.test_screen import ACTIVE, CUE
from tests.stick import standing

LEAST_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3."""
LEAST_CAP_SHARE = 0.015
"""Height of a capital over the diagonal of the screen, to be read from three metres."""
BEHIND = {"white": 255, "black": 0, "grey": 128}
CUES = [Line(kind, "Keep your knees straight") for kind in list(LineKind)[4:]]


def luminance(colour: Any) -> Any:
    """Relative luminance of sRGB colours (..., 3), by its definition in WCAG 2.2."""
    share = np.asarray(colour, float) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


class Spy(Pen):
    """Notes of each word how it stands out from what is behind it, and how large it is."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[tuple[str, Colour, float, float]] = []

    def write(
        self,
        image: Image,
        text: str,
        at: tuple[float, float],
        size: float,
        *,
        colour: Colour,
        weight: int = 600,
    ) -> None:
        top, left = max(0, round(at[1] - CAP_HEIGHT * size)), max(0, round(at[0]))
        right = round(at[0] + self.width(text, size, weight))
        behind = luminance(image[top : round(at[1]), left:right].reshape(-1, 3))
        # Thin dark edges of the letter itself are drawn first, and are no background.
        light, dark = luminance(colour) + 0.05, float(np.percentile(behind, 98)) + 0.05
        self.written.append((text, colour, max(light, dark) / min(light, dark), size))
        super().write(image, text, at, size, colour=colour, weight=weight)


def written(scene: Any, size: tuple[int, int], grey: int) -> list[tuple[str, Colour, float, float]]:
    screen, spy = Screen(load()), Spy()
    screen._pen = spy
    screen.draw(np.full((size[1], size[0], 3), grey, np.uint8), scene)
    return [each for each in spy.written if sum(each[1]) > 100]  # not the dark edges


@pytest.mark.parametrize("behind", BEHIND)
@pytest.mark.parametrize("stage", list(Stage))
def test_words_stand_out_from_any_picture(stage: Stage, behind: str) -> None:
    sign = GestureReading(Gesture.PAUSE, 0.5)
    advice, farewell = "Step back, I can't see your feet.", "All done."
    scene = replace(ACTIVE, stage=stage, seconds_left=7, advice=advice, farewell=farewell)
    for shown in (scene, replace(scene, reading=sign), *(replace(scene, cue=c) for c in CUES)):
        for text, _, contrast, _ in written(shown, (640, 480), BEHIND[behind]):
            assert contrast >= LEAST_CONTRAST, text


@pytest.mark.parametrize("size", [(640, 480), (1280, 720), (1366, 800)])
def test_corrections_are_the_largest_words_after_the_count(size: tuple[int, int]) -> None:
    words = written(replace(ACTIVE, cue=CUE), size, 128)
    cue = max(s for text, _, _, s in words if text in CUE.text)
    others = [s for text, _, _, s in words if text not in CUE.text and not text.isdecimal()]
    assert cue > max(others)
    assert CAP_HEIGHT * min(others) >= LEAST_CAP_SHARE * math.hypot(*size)


def mirrored(pose: Pose, landmark: str) -> tuple[float, float]:
    wide, high = pose.size
    x, y = pose.xy(landmark)
    return (wide - 1 - x) / high, y / high


@pytest.mark.parametrize("top", ["left", "right"])
def test_the_count_hides_no_foot_of_who_lies(top: str) -> None:
    pose = LYING.see(lying(top), 0.0)
    place = CountPlace().update(pose, ("left_ankle", "right_ankle"), 0.0, 4 / 3)
    for joint in ("left_ankle", "right_ankle", "left_knee", "right_knee"):
        assert math.dist(place, mirrored(pose, joint)) > DISC


def test_the_count_moves_away_from_what_comes_under_it_but_does_not_jump() -> None:
    place, still = CountPlace(), SIDE_ON.see(standing(), 0.0)
    first = place.update(still, (), 0.0, 4 / 3)
    moved = replace(still, image=still.image.copy())
    at_x = still.size[0] - 1 - first[0] * still.size[1]
    for index in range(25, 33):
        moved.image[index, :2] = at_x, first[1] * still.size[1]
    assert place.update(moved, (), 1.0, 4 / 3) == first
    assert place.update(still, (), 1.2, 4 / 3) == first
    assert place.update(moved, (), 1.4, 4 / 3) == first
    assert place.update(moved, (), 1.5 + STAYS_S, 4 / 3) != first
