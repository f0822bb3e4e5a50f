"""The overlay's pictures are measured: sizes, places and colours of what must be seen."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from formcheck.drawing.overlay import FULL_LEVEL, Overlay
from formcheck.drawing.pen import GREEN, SKY, VERMILLION, YELLOW, Colour, Pen
from formcheck.pose.pose import LANDMARKS, Pose
from formcheck.pose.side_view import Side
from formcheck.results import Snapshot, Status

Image = NDArray[np.uint8]
SIZES = [(320, 240), (240, 320), (640, 480), (960, 540), (540, 960), (1280, 720), (1920, 1080)]
GROUND = 60


def blank(size: tuple[int, int]) -> Image:
    return np.full((size[1], size[0], 3), GROUND, np.uint8)


def pose(size: tuple[int, int], visibility: float = 0.9) -> Pose:
    """All landmarks in the middle but the left knee, which lies in the lower left quarter."""
    image = np.tile([size[0] / 2, size[1] / 2, 0, visibility], (33, 1))
    image[LANDMARKS.index("left_knee"), :2] = size[0] / 4, size[1] * 3 / 4
    return Pose(0.0, image, np.zeros((33, 3)), size)


def drawn(size: tuple[int, int], snapshot: Snapshot, *, mirrored: bool = False) -> Image:
    image = blank(size)
    Overlay("Heel raise", mirrored=mirrored).draw(image, snapshot)
    return image


def places(image: Image, colour: Colour, tolerance: int = 12) -> NDArray[np.intp]:
    """(n, 2) y, x of the pixels of this colour."""
    return np.argwhere((np.abs(image.astype(int) - colour) <= tolerance).all(axis=2))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", [0, 8, 12])
def test_the_count_is_read_from_three_metres(size: tuple[int, int], count: int) -> None:
    image = drawn(size, Snapshot(0.0, Status.READY, count))
    white = places(image, (255, 255, 255), 2)
    number = white[white[:, 0] < 0.24 * size[1]]
    assert np.ptp(number[:, 0]) >= 0.15 * size[1]
    assert number.min() > 0
    assert number[:, 1].max() < 0.66 * size[0]


def test_no_stale_number_while_nobody_is_seen() -> None:
    one, twelve = (
        drawn((640, 480), Snapshot(0.0, Status.NOT_SEEN, count, message="I can't see you"))
        for count in (1, 12)
    )
    assert np.array_equal(one, twelve)
    assert len(places(one, YELLOW, 20)) > 1000


def test_nothing_else_is_drawn_where_there_is_nothing_to_say() -> None:
    image = drawn((640, 480), Snapshot(0.0, Status.READY, 3))
    assert (image[:, 320:] == GROUND).all()
    assert (image[240:] == GROUND).all()


@pytest.mark.parametrize("size", [(320, 240), (540, 960), (1280, 720)])
@pytest.mark.parametrize(("level", "colour"), [(0.25, SKY), (0.75, SKY), (1.1, GREEN)])
def test_the_bar_is_as_high_as_the_level(
    size: tuple[int, int], level: float, colour: Colour
) -> None:
    image = drawn(size, Snapshot(0.0, Status.ACTIVE, 3, level=level))
    column = places(image, colour)
    full = places(drawn(size, Snapshot(0.0, Status.ACTIVE, 3, level=9.0)), GREEN)
    bottom, high = full[:, 0].max(), np.ptp(full[:, 0])
    assert bottom - column[:, 0].min() == pytest.approx(level / FULL_LEVEL * high, abs=0.02 * high)
    target = places(image, YELLOW)[:, 0].mean()
    assert bottom - target == pytest.approx(high / FULL_LEVEL, abs=0.02 * high)


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("scale", [1, 2])
def test_the_joint_at_fault_is_marked_where_it_is(scale: int, mirrored: bool) -> None:
    source = (640 * scale, 480 * scale)
    snapshot = Snapshot(0.0, Status.ACTIVE, 3, pose=pose(source), marked=("left_knee",))
    found = places(drawn((640, 480), snapshot, mirrored=mirrored), VERMILLION)
    x = 480 if mirrored else 160
    assert found.mean(axis=0) == pytest.approx([360, x], abs=2)
    assert 20 < np.ptp(found[:, 0]) < 80


def test_landmarks_out_of_view_are_not_drawn() -> None:
    hidden = Snapshot(0.0, Status.READY, 3, pose=pose((640, 480), visibility=0.2))
    assert np.array_equal(
        drawn((640, 480), hidden), drawn((640, 480), Snapshot(0.0, Status.READY, 3))
    )
    outside = pose((640, 480))
    outside.image[:, 0] = -50
    beside = Snapshot(0.0, Status.READY, 3, pose=outside)
    assert np.array_equal(
        drawn((640, 480), beside), drawn((640, 480), Snapshot(0.0, Status.READY, 3))
    )


@pytest.mark.parametrize("size", SIZES)
def test_a_cue_stays_in_the_picture_and_off_the_feet(size: tuple[int, int]) -> None:
    cue = "Keep your knees straight and lower slowly"
    image = drawn(size, Snapshot(0.0, Status.ACTIVE, 12, cue=cue, side=Side.LEFT))
    found = places(image, VERMILLION, 40)
    assert found[:, 0].max() < 0.6 * size[1]
    assert 0 < found[:, 1].min() < found[:, 1].max() < size[0] - 1


def test_a_message_goes_before_a_cue() -> None:
    both = Snapshot(0.0, Status.NOT_READY, 1, message="Stand still", cue="Lower slowly")
    only = Snapshot(0.0, Status.NOT_READY, 1, message="Stand still")
    assert np.array_equal(drawn((640, 480), both), drawn((640, 480), only))


def test_the_hold_clock_fills_and_turns_green() -> None:
    def clock(hold_s: float) -> Image:
        return drawn((640, 480), Snapshot(0.0, Status.ACTIVE, 1, hold_s=hold_s, target_hold_s=30.0))

    quarter, half = (len(places(clock(s), SKY)) for s in (7.5, 15.0))
    assert half == pytest.approx(2 * quarter, rel=0.1)
    assert len(places(clock(30.0), GREEN)) > half
    assert len(places(clock(30.0), SKY)) == 0


def test_a_hold_without_a_target_shows_its_seconds_only() -> None:
    image = drawn((640, 480), Snapshot(0.0, Status.ACTIVE, 1, hold_s=200.0))
    assert len(places(image, SKY)) == len(places(image, GREEN)) == 0


def test_wrapping() -> None:
    pen = Pen()
    lines = pen.wrapped("Keep your knees straight", 40, 300)
    assert " ".join(lines) == "Keep your knees straight"
    assert len(lines) > 1
    assert all(pen.width(line, 40) <= 300 for line in lines)
    assert pen.width("Ü é ñ ß", pen.fitting("Ü é ñ ß", 90, 100)) <= 101
