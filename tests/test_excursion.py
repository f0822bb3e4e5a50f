"""One number from several signals, held against movements whose way is known."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.motion.excursion import Excursion
from formcheck.pose.pose import Array

AHEAD, ASIDE = np.array([1.0, 0.0]), np.array([0.0, 1.0])


def go(*offs: Array) -> list[float]:
    excursion = Excursion()
    return [excursion.update(off) for off in offs]


def test_it_is_the_way_out_and_back() -> None:
    way = [0.0, 1.0, 3.0, 4.0, 3.0, 1.0]
    assert go(*(s * (AHEAD + ASIDE) for s in way)) == pytest.approx([s * 2**0.5 for s in way])


def test_what_goes_across_the_way_is_no_part_of_it() -> None:
    rise = [s * AHEAD for s in (1.0, 3.0, 4.0, 4.0, 4.0)]
    assert go(*rise, 2.0 * AHEAD + ASIDE)[-1] == pytest.approx(2.0, abs=0.2)


def test_the_opposite_way_is_a_way_out_too() -> None:
    found = go(*(s * AHEAD for s in (1.0, 4.0, 1.0, 0.0, -1.0, -4.0, -4.0)))
    assert found == pytest.approx([1.0, 4.0, 1.0, 0.0, 1.0, 4.0, 4.0])


def test_a_spike_does_not_decide_the_way() -> None:
    plateau = [4.0 * AHEAD] * 6
    assert go(*plateau, 9.0 * ASIDE, *plateau)[-1] == pytest.approx(4.0, abs=0.4)


def test_a_foot_more_or_less_begins_anew() -> None:
    assert go(AHEAD, AHEAD, np.array([0.0, 2.0, 0.0]))[-1] == 2.0
