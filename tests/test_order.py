"""Directions told by their order, of movements whose looks are made up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from formcheck.engine.cycles.direction_order import OrderReader, Told
from formcheck.engine.cycles.one_foot import Way
from formcheck.engine.reps import RawRep
from formcheck.exercises.directions import Direction
from formcheck.motion.pulse import Pulse
from formcheck.pose.side_view import Side, View

FRONT = frozenset({View.FRONT})
UP, DOWN, IN, OUT = (
    Direction(name, 30.0, FRONT, look)
    for name, look in {
        "up": (0.0, 0.08),
        "down": (0.0, -0.12),
        "in": (0.12, 0.0),
        "out": (-0.09, 0.02),
    }.items()
)
PAIRS = ((UP, DOWN), (IN, OUT))
FOUR = (UP, DOWN, IN, OUT)
LASTS_S, GAP_S = 1.5, 0.3
LOOKS = {way: way.typical for way in FOUR}
LIKE_OUT = LOOKS | {UP: (-0.12, 0.05)}
"""Somebody whose foot, pulled up, looks turned out."""


def ways(
    directions: Iterable[Direction | None],
    looks: Mapping[Direction, tuple[float, ...]] = LOOKS,
    *,
    told: bool = False,
) -> list[Way]:
    """One movement after the other; None: as much time without one."""
    found = []
    for i, direction in enumerate(directions):
        start_s = i * (LASTS_S + GAP_S)
        if direction is not None:
            pulse = Pulse(start_s, start_s + 0.5, start_s + 1.0, start_s + LASTS_S, 0.0, 1.0, 1.0)
            raw = RawRep(Side.LEFT, View.FRONT, pulse, {}, 1.0)
            found.append(Way(direction if told else None, raw, looks[direction], 1.0))
    return found


def read(given: Iterable[Way]) -> list[Told]:
    """All repetitions, those at the end too."""
    reader = OrderReader(PAIRS)
    found: list[Told] = []
    for way in given:
        reader.take(way)
        found += reader.over()
    return [*found, *reader.rest()]


def paths(told: Iterable[Told]) -> list[tuple[Direction | None, ...]]:
    return [tuple(way.direction for way in each.ways) for each in told]


@pytest.mark.parametrize("times", [1, 2, 5])
def test_four_ways_in_the_prescribed_order(times: int) -> None:
    found = read(ways(FOUR * times))
    assert paths(found) == [FOUR] * times
    assert [told.judged for told in found] == [FOUR] * times


@pytest.mark.parametrize("times", [1, 2, 5])
def test_the_order_tells_what_looks_like_another_direction(times: int) -> None:
    found = read(ways(FOUR * times, LIKE_OUT))
    assert paths(found) == [FOUR] * times
    assert {told.judged for told in found} <= {FOUR, ()}


@pytest.mark.parametrize("order", [(DOWN, UP, IN, OUT), (IN, OUT, UP, DOWN), (UP, DOWN, OUT, IN)])
def test_another_order_is_read_where_the_looks_are_clear(order: tuple[Direction, ...]) -> None:
    assert paths(read(ways(order * 3))) == [order] * 3


@pytest.mark.parametrize("pair", [(UP, DOWN), (IN, OUT), (DOWN, UP), (OUT, IN)])
def test_a_set_of_one_pair(pair: tuple[Direction, Direction]) -> None:
    assert paths(read(ways(pair * 4))) == [pair] * 4


@pytest.mark.parametrize("pair", PAIRS)
def test_of_one_pair_the_other_is_not_missed(pair: tuple[Direction, Direction]) -> None:
    assert [told.judged for told in read(ways(pair * 4))] == [pair] * 4


def test_what_comes_again_is_the_next_repetition_whatever_it_is_called() -> None:
    """Two movements that look like none of the four: what they are is not told, but that there are
    three of each."""
    strange = {UP: (-0.05, -0.05), DOWN: (0.06, 0.03)}
    found = read(ways((UP, DOWN) * 3, strange))
    assert [len(told.ways) for told in found] == [2, 2, 2]


def test_it_is_given_as_soon_as_it_is_over() -> None:
    reader = OrderReader(PAIRS)
    given = []
    for way in ways(FOUR * 2):
        reader.take(way)
        given.append(len(list(reader.over())))
    assert given == [0, 0, 0, 1, 0, 0, 0, 1]


def test_a_direction_left_out_is_one_that_there_was_no_time_for() -> None:
    lacking = (UP, DOWN, OUT)
    skipped = read(ways((*FOUR, *lacking, *FOUR)))
    unseen = read(ways((*FOUR, UP, DOWN, None, OUT, *FOUR)))
    assert paths(skipped) == paths(unseen) == [FOUR, lacking, FOUR]
    assert skipped[1].judged == FOUR
    assert unseen[1].judged == lacking


def test_a_gauge_that_tells_directions_tells_what_is_left_out() -> None:
    found = read(ways((UP, DOWN, None, None, UP, None, UP, DOWN), told=True))
    assert paths(found) == [(UP, DOWN), (UP,), (UP, DOWN)]
    assert DOWN in found[1].judged


def test_nothing_is_judged_where_two_readings_are_as_likely() -> None:
    between = {UP: (0.05, 0.05), DOWN: (-0.05, -0.05)}
    (told,) = read(ways((UP, DOWN), between))
    assert told.judged == ()


def test_a_pause_begins_a_repetition() -> None:
    reader = OrderReader(PAIRS)
    found: list[Told] = []
    given = ways((*FOUR, UP, DOWN, *FOUR))
    for i, way in enumerate(given):
        if i == 6:
            reader.pause()
        reader.take(way)
        found += reader.over()
    assert paths([*found, *reader.rest()]) == [FOUR, (UP, DOWN), FOUR]
