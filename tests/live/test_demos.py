"""Every exercise is shown before it is done, by a loop that is small enough to travel."""

import numpy as np
import pytest

from formcheck import exercises
from formcheck.live.screen.demo import FOLDER, Demo
from formcheck.pose.side_view import Side
from samples.demos import LARGEST


@pytest.mark.parametrize("name", exercises.names())
def test_every_exercise_has_a_small_loop_that_moves(name: str) -> None:
    paths = list(FOLDER.glob(f"{name}.*.mp4"))
    assert paths, "cut one: add it to samples/demos.py, then python -m samples.demos"
    assert max(path.stat().st_size for path in paths) <= LARGEST
    demo = Demo(name)
    pictures = [demo.picture(t_s) for t_s in (0.0, 1.0, 2.0, 2.5)]
    first, *others = [picture.astype(float) for picture in pictures if picture is not None]
    assert len(others) == 3
    assert max(np.abs(other - first).mean() for other in others) > 0.5


def test_a_loop_begins_again_at_its_end() -> None:
    demo = Demo("heel-raise")
    start = demo.picture(0.0)
    assert start is not None
    length_s = next(t_s for t_s in np.arange(1.0, 20.0, 1 / 12) if demo.picture(t_s) is start)
    assert demo.picture(length_s + 0.5) is demo.picture(0.5)


def test_the_loop_of_one_leg_is_mirrored_for_the_other() -> None:
    left, right = (Demo("heel-raise", side).picture(1.0) for side in (Side.LEFT, Side.RIGHT))
    both = Demo("heel-raise").picture(1.0)
    assert left is not None
    assert right is not None
    assert both is not None
    assert (left == right[:, ::-1]).all()
    assert left.shape != both.shape or (left != both).any()


def test_an_exercise_without_a_loop_shows_none() -> None:
    assert Demo("nothing").picture(1.0) is None
