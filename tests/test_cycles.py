"""Repetitions that go several ways, put together from closed-form movements of two feet."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest

from formcheck.engine.cycles.both_feet import CycleTracker
from formcheck.engine.reps import RawRep
from formcheck.exercises.card import Exercise, RepMeasure
from formcheck.exercises.directions import Cycles, Direction, angle_gauge, distance_gauge
from formcheck.motion.counter import RepWindow
from formcheck.pose.side_view import Side, View
from formcheck.results import Seen
from tests.curves import Bump, at, clock

FPS = 30.0
SIDE_ON, FRONT = frozenset({View.SIDE}), frozenset({View.FRONT})


def genuine(way: RepWindow) -> bool:
    return abs(way.change("leg")) < 1.0


def direction(name: str, views: frozenset[View], turn: float, drop: float) -> Direction:
    return Direction(name, 40.0, views, typical=(turn, drop))


UP, DOWN = direction("up", SIDE_ON, 0, -4), direction("down", SIDE_ON, 0, 4)
IN, OUT = direction("in", FRONT, 4, 0), direction("out", FRONT, -4, 0)
WAYS = (UP, DOWN, IN, OUT)
CYCLES = Cycles(
    ((UP, DOWN), (IN, OUT)),
    gauges=(
        angle_gauge(UP, "pitch", -0.5, 5.0, SIDE_ON),
        angle_gauge(DOWN, "pitch", 0.5, 5.0, SIDE_ON),
        distance_gauge("place", ("turn", "drop"), 2.5, 20.0, FRONT),
    ),
    genuine=genuine,
    driver="left_pitch",
    source="closed form",
)
NAMES = [f"{leg}_{name}" for leg in ("left", "right") for name in ("pitch", "turn", "drop", "leg")]
CARD = Exercise(
    name="test",
    title="Test",
    counts=CYCLES,
    signals=dict.fromkeys(NAMES, lambda _moment: 0.0),
    posture=lambda _moment: None,
    side_of=lambda _pose, _scale: Side.BOTH,
    needs=(),
    measures=tuple(
        RepMeasure(w.range_name, lambda rep: rep.pulse.height, SIDE_ON, "not shown") for w in WAYS
    ),
    graded="range_share",
)
PULLED, POINTED = 18.0, -36.0
"""Degrees; as a signal half of it."""


def turns(
    *degrees: float, start_s: float = 1.5, gap_s: float = 0.4, up_s: float = 0.7
) -> list[Bump]:
    """One way after the other, each from rest and back, in the unit of the signal."""
    bumps = []
    for size in degrees:
        bumps.append(Bump(start_s, up_s, 0.4, up_s, height=-0.5 * size))
        start_s = bumps[-1].end_s + gap_s
    return bumps


def count(moves: Mapping[str, list[Bump]], *, view: View = View.SIDE, side: Side = Side.BOTH,
          ready_until_s: float = math.inf) -> list[RawRep]:  # fmt: skip
    """The repetitions in named signals; those not named stay at a rest that is not zero."""
    tracker = CycleTracker(CARD, CYCLES)
    end_s = max(b.end_s for bumps in moves.values() for b in bumps) + 1.5
    found: list[RawRep | None] = []
    for t_s in clock(end_s, FPS).tolist():
        values = {name: 7.0 + at(moves.get(name, []), t_s) for name in NAMES}
        seen = Seen(t_s, side, view)
        found.append(tracker.update(seen, values, ready=t_s < ready_until_s))
    while (last := tracker.reset()) is not None:
        found.append(last)
    return [rep for rep in found if rep is not None]


def ranges(reps: list[RawRep]) -> list[tuple[float, float]]:
    return [(rep.measures["up_deg"], rep.measures["down_deg"]) for rep in reps]


def test_up_and_down_is_one_repetition_with_both_ranges() -> None:
    bumps = turns(PULLED, POINTED, PULLED, POINTED, PULLED, POINTED)
    reps = count({"left_pitch": bumps})
    assert [rep.side for rep in reps] == [Side.LEFT] * 3
    for i, rep in enumerate(reps):
        assert rep.pulse.start_s == pytest.approx(bumps[2 * i].start_s, abs=0.1)
        assert rep.pulse.end_s == pytest.approx(bumps[2 * i + 1].end_s, abs=0.1)
        assert rep.measures["up_deg"] == pytest.approx(PULLED, rel=0.05)
        assert rep.measures["down_deg"] == pytest.approx(-POINTED, rel=0.05)
        assert rep.measures["direction_s"] == pytest.approx(1.8, abs=0.1)
        assert rep.tempo == pytest.approx((0.7, 0.4, 0.7), abs=0.1)


@pytest.mark.parametrize("order", [(PULLED, POINTED), (POINTED, PULLED)])
@pytest.mark.parametrize("gap_s", [0.0, 0.4, 2.0])
def test_either_way_may_come_first(order: tuple[float, float], gap_s: float) -> None:
    assert len(count({"left_pitch": turns(*order * 4, gap_s=gap_s)})) == 4


def test_a_way_left_out_is_a_repetition_without_it() -> None:
    reps = count({"left_pitch": turns(PULLED, POINTED, PULLED, PULLED, POINTED)})
    assert ranges(reps) == [
        pytest.approx((PULLED, -POINTED), rel=0.05),
        pytest.approx((PULLED, 0.0), rel=0.05),
        pytest.approx((PULLED, -POINTED), rel=0.05),
    ]


def test_the_way_that_began_the_set_begins_every_repetition() -> None:
    reps = count({"left_pitch": turns(PULLED, POINTED, POINTED, PULLED, POINTED)})
    assert ranges(reps)[1] == pytest.approx((0.0, -POINTED), rel=0.05)
    assert ranges(reps)[2] == pytest.approx((PULLED, -POINTED), rel=0.05)


def test_a_long_pause_ends_a_repetition() -> None:
    first = turns(PULLED, POINTED, PULLED)
    late = turns(POINTED, PULLED, POINTED, start_s=first[-1].end_s + 6.0)
    assert len(count({"left_pitch": [*first, *late]})) == 4


def test_one_way_alone_is_another_exercise() -> None:
    assert count({"left_pitch": turns(PULLED, PULLED, PULLED, PULLED)}) == []


def test_a_trace_of_a_hidden_way_is_no_repetition() -> None:
    """Turning in shows from the side as a little pulling up."""
    assert (
        len(
            count(
                {"left_pitch": turns(PULLED, POINTED, 0.4 * PULLED, PULLED, POINTED, 0.4 * PULLED)}
            )
        )
        == 2
    )


def test_an_aborted_way_does_not_count() -> None:
    bumps = turns(PULLED, POINTED, PULLED, POINTED)
    reps = count({"left_pitch": bumps}, ready_until_s=bumps[2].top_start_s)
    assert len(reps) == 1


def test_both_feet_at_once_are_one_repetition() -> None:
    late = [
        Bump(b.start_s + 0.2, b.up_s, b.hold_s, b.down_s, 0.8 * b.height)
        for b in turns(PULLED, POINTED)
    ]
    reps = count({"left_pitch": turns(PULLED, POINTED), "right_pitch": late})
    assert [rep.side for rep in reps] == [Side.BOTH]
    assert ranges(reps)[0] == pytest.approx((0.9 * PULLED, -0.9 * POINTED), rel=0.05)


def test_a_foot_that_is_only_carried_along_does_not_count() -> None:
    little = [
        Bump(b.start_s, b.up_s, b.hold_s, b.down_s, 0.4 * b.height) for b in turns(PULLED, POINTED)
    ]
    reps = count({"left_pitch": little, "right_pitch": turns(PULLED, POINTED)})
    assert [rep.side for rep in reps] == [Side.RIGHT]
    assert ranges(reps)[0] == pytest.approx((PULLED, -POINTED), rel=0.05)


def test_one_foot_after_the_other() -> None:
    left = turns(PULLED, POINTED, PULLED, POINTED)
    right = turns(PULLED, POINTED, start_s=left[-1].end_s + 1.0)
    reps = count({"left_pitch": left, "right_pitch": right})
    assert [rep.side for rep in reps] == [Side.LEFT, Side.LEFT, Side.RIGHT]


def test_up_with_one_foot_and_down_with_the_other_is_no_repetition() -> None:
    right = turns(POINTED, start_s=turns(PULLED)[0].end_s + 0.5)
    assert count({"left_pitch": turns(PULLED), "right_pitch": right}) == []


def test_the_prescribed_foot_counts_alone() -> None:
    moves = {"left_pitch": turns(PULLED, POINTED), "right_pitch": turns(PULLED, POINTED)}
    assert [rep.side for rep in count(moves, side=Side.RIGHT)] == [Side.RIGHT]


def test_a_view_counts_what_it_shows() -> None:
    moves = {"left_turn": turns(-PULLED, PULLED), "left_pitch": turns(PULLED, POINTED, start_s=6.5)}
    assert [set(r.measures) & {"up_deg", "in_deg"} for r in count(moves)] == [{"up_deg"}]
    (rep,) = count(moves, view=View.FRONT)
    assert "in_deg" not in rep.measures  # not graded in this view
    assert rep.measures["in_share"] == rep.measures["out_share"] == 1.0
    assert count(moves, view=View.BACK) == []


def test_a_share_is_that_of_the_largest_so_far() -> None:
    moves = {"left_turn": turns(-PULLED, PULLED, -PULLED, PULLED / 2, -PULLED, PULLED)}
    shares = [rep.measures["out_share"] for rep in count(moves, view=View.FRONT)]
    assert shares == pytest.approx([1.0, 0.5, 1.0], abs=0.05)


def four_ways(leg: str, times: int) -> dict[str, list[Bump]]:
    """Up, down, in, out as the front shows them, where no signal alone tells a direction."""
    drop = turns(*(8.0, -8.0, 0.0, 0.0) * times)
    turn = turns(*(0.0, 0.0, -8.0, 8.0) * times)
    return {f"{leg}_drop": drop, f"{leg}_turn": turn}


def test_four_ways_from_the_front_are_one_repetition() -> None:
    moves = four_ways("left", 3)
    reps = count(moves, view=View.FRONT)
    assert [rep.side for rep in reps] == [Side.LEFT] * 3
    for i, rep in enumerate(reps):
        assert rep.pulse.start_s == pytest.approx(moves["left_drop"][4 * i].start_s, abs=0.15)
        assert rep.pulse.end_s == pytest.approx(moves["left_drop"][4 * i + 3].end_s, abs=0.15)
        assert rep.measures["in_share"] == pytest.approx(1.0, abs=0.1)


def test_up_and_down_from_the_front_are_counted_and_nothing_is_missed() -> None:
    reps = count({"left_drop": turns(8, -8, 8, -8, 8, -8)}, view=View.FRONT)
    assert len(reps) == 3
    assert not any("share" in name and name != "range_share" for r in reps for name in r.measures)


def test_both_feet_from_the_front_are_one_repetition_each_time() -> None:
    moves = four_ways("left", 2) | four_ways("right", 2)
    assert [rep.side for rep in count(moves, view=View.FRONT)] == [Side.BOTH] * 2


def test_a_still_foot_that_trembles_is_no_part_of_it() -> None:
    tremble = [Bump(t / 2, 0.2, 0.1, 0.2, 1.5) for t in range(2, 40)]
    moves = four_ways("left", 2) | {"right_turn": tremble}
    assert [rep.side for rep in count(moves, view=View.FRONT)] == [Side.LEFT] * 2


def test_a_leg_that_moves_too_is_another_exercise() -> None:
    lifted = [Bump(b.start_s, b.up_s, b.hold_s, b.down_s, 3.0) for b in turns(PULLED, POINTED)]
    assert count({"left_pitch": turns(PULLED, POINTED), "left_leg": lifted}) == []


def test_how_far_out_the_foot_is() -> None:
    tracker = CycleTracker(CARD, CYCLES)
    bumps = turns(PULLED, POINTED, PULLED)
    shares = {}
    for t_s in clock(bumps[-1].end_s, FPS).tolist():
        values = {name: 7.0 + (at(bumps, t_s) if name == "left_pitch" else 0.0) for name in NAMES}
        tracker.update(Seen(t_s, Side.BOTH, View.SIDE), values, ready=True)
        shares[t_s] = tracker.share(values)
    top_s = bumps[-1].top_start_s + 0.1
    assert shares[0.0] is None
    assert shares[min(shares, key=lambda t: abs(t - top_s))] == pytest.approx(1.0, abs=0.05)
    between_s = bumps[1].end_s + 0.2
    assert shares[min(shares, key=lambda t: abs(t - between_s))] == pytest.approx(0.0, abs=0.05)
