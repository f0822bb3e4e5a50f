"""A close-up that counts nothing says why, on painted pictures whose movement is known."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import numpy as np
import pytest

from formcheck.close_up.card import close_up_card
from formcheck.exercises import load
from formcheck.exercises.card import Reps
from tests.curves import Bump, clock, sample, train
from tests.test_close_up import (
    HEIGHT,
    LIFT_PX,
    OTHER,
    WIDTH,
    Image,
    lifted,
    play,
    shaken,
    still,
)


def why(scene: Callable[[float], Image], last_s: float = 8.0) -> str:
    t_s = clock(last_s, 15)
    played = play(t_s, map(scene, t_s.tolist()))
    assert played.result.reps == ()
    return " ".join(played.result.why_none)


def test_a_zero_of_a_still_picture_says_that_nothing_moved_and_what_is_needed() -> None:
    counts = close_up_card(load("heel-raise")).counts
    assert isinstance(counts, Reps)
    assert f"a repetition takes {100 * counts.start:.1f} %" in why(still)


def test_a_zero_of_a_rise_without_return_says_when_it_was_and_that_it_did_not_come_back() -> None:
    bump = Bump(1.5, 0.8, 20.0, 0.8)
    told = why(lambda t_s: lifted(float(sample([bump], np.array([t_s]))[0])), 6.0)
    assert "did not come back" in told
    found = re.search(r"nearest to a repetition was at 0:(\d\d\.\d)", told)
    assert found is not None
    assert bump.start_s < float(found[1]) <= 6.0


def test_a_zero_of_small_rises_says_how_large_they_were() -> None:
    bumps = train(2, Bump(1.5, 0.8, 0.5, 0.8), gap_s=1.0)
    told = why(lambda t_s: lifted(0.1 * float(sample(bumps, np.array([t_s]))[0])))
    found = re.search(r"it went (\d+\.\d) % of the picture's size", told)
    assert found is not None
    # The patch goes up by so much of the picture's size, the root of its area.
    true = 100 * 0.1 * LIFT_PX / math.sqrt(WIDTH * HEIGHT)
    assert float(found[1]) == pytest.approx(true, abs=0.25)


def test_a_zero_of_a_shaken_camera_says_from_when() -> None:
    told = why(lambda t_s: still(t_s) if t_s < 3 else shaken(t_s))
    found = re.search(r"moved together for \d\.\d of \d\.\d s, first at 0:(\d\d\.\d)", told)
    assert found is not None
    assert float(found[1]) == pytest.approx(3.0, abs=0.5)


def test_a_zero_with_a_cut_says_when_it_was() -> None:
    t_s = clock(8.0, 15)
    half = len(t_s) // 2
    images = [lifted(0) if i < half else OTHER for i in range(len(t_s))]
    told = " ".join(play(t_s, iter(images), cuts=frozenset({half})).result.why_none)
    assert f"changed at once, once (first at 0:0{t_s[half]:.1f})" in told
