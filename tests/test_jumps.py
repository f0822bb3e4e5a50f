"""Jumps of the model are not believed; what a foot can do is."""

from __future__ import annotations

import math

import numpy as np
import pytest

from formcheck.motion.jumps import LONGEST_S, JumpGuard
from tests.curves import Array, Bump, clock, sample

FASTEST, LEAST = 300.0, 4.0


def guarded(t_s: Array, x: Array) -> list[float]:
    guard = JumpGuard(FASTEST, LEAST)
    return [guard.update(value, at_s) for value, at_s in zip(x.tolist(), t_s.tolist(), strict=True)]


@pytest.mark.parametrize("fps", [10, 15, 30, 60])
def test_the_quickest_movement_is_believed(fps: float) -> None:
    t_s = clock(4.0, fps)
    x = 105 + sample([Bump(1.0, 0.35, 0.5, 0.35, 30.0)], t_s)
    assert guarded(t_s, x) == x.tolist()


def test_a_foot_is_where_it_was_while_its_landmark_has_jumped() -> None:
    t_s = clock(4.0)
    x = 105 - sample([Bump(1.0, 0.5, 1.0, 0.5, 6.0)], t_s)
    jumped = x + np.where((t_s > 1.6) & (t_s < 2.2), 25.0, 0.0)
    assert guarded(t_s, jumped) == pytest.approx(x.tolist(), abs=0.5)


def test_a_jump_that_lasts_was_none() -> None:
    t_s = clock(6.0)
    x = np.where(t_s > 1.0, 130.0, 105.0)
    found = guarded(t_s, x)
    assert found[-1] == 130.0
    assert sum(value == 105.0 for value in found) / 30 == pytest.approx(1.0 + LONGEST_S, abs=0.1)


def test_after_a_gap_any_level_is_believed_and_what_is_not_seen_is_not_made_up() -> None:
    guard = JumpGuard(FASTEST, LEAST)
    assert guard.update(105.0, 0.0) == 105.0
    assert math.isnan(guard.update(math.nan, 0.03))
    assert guard.update(130.0, 0.07) == 130.0
    assert guard.update(90.0, 0.6) == 90.0
