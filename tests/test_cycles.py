"""Repetitions that go several ways, put together from closed-form movements of two feet."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest

from formcheck.cycles import CycleTracker
from formcheck.directions import Cycles, Direction
from formcheck.exercise import Exercise, RepMeasure
from formcheck.motion import RepWindow
from formcheck.reps import RawRep
from formcheck.results import Seen, Side, View
from tests.curves import Bump, at, clock

FPS = 30.0
SIDE_ON, FRONT = frozenset({View.SIDE}), frozenset({View.FRONT})


def genuine(way: RepWindow) -> bool:
    return abs(way.change("leg")) < 1.0


def way(
    name: str, signal: str, per_deg: float, views: frozenset[View], against: str = ""
) -> Direction:
    return Direction(name, signal, per_deg, 5.0, 40.0, views, genuine, against)


WAYS = (
    way("up", "pitch", -0.5, SIDE_ON),
    way("down", "pitch", 0.5, SIDE_ON),
    way("in", "turn", 0.5, FRONT, against="drop"),
    way("out", "turn", -0.5, FRONT, against="drop"),
)
CYCLES = Cycles(WAYS, "left_pitch", "closed form")
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
UP, DOWN = 18.0, -36.0
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
    bumps = turns(UP, DOWN, UP, DOWN, UP, DOWN)
    reps = count({"left_pitch": bumps})
    assert [rep.side for rep in reps] == [Side.LEFT] * 3
    for i, rep in enumerate(reps):
        assert rep.pulse.start_s == pytest.approx(bumps[2 * i].start_s, abs=0.1)
        assert rep.pulse.end_s == pytest.approx(bumps[2 * i + 1].end_s, abs=0.1)
        assert rep.measures["up_deg"] == pytest.approx(UP, rel=0.05)
        assert rep.measures["down_deg"] == pytest.approx(-DOWN, rel=0.05)
        assert rep.measures["direction_s"] == pytest.approx(1.8, abs=0.1)
        assert rep.tempo == pytest.approx((0.7, 0.4, 0.7), abs=0.1)


@pytest.mark.parametrize("order", [(UP, DOWN), (DOWN, UP)])
@pytest.mark.parametrize("gap_s", [0.0, 0.4, 2.0])
def test_either_way_may_come_first(order: tuple[float, float], gap_s: float) -> None:
    assert len(count({"left_pitch": turns(*order * 4, gap_s=gap_s)})) == 4


def test_a_way_left_out_is_a_repetition_without_it() -> None:
    reps = count({"left_pitch": turns(UP, DOWN, UP, UP, DOWN)})
    assert ranges(reps) == [
        pytest.approx((UP, -DOWN), rel=0.05),
        pytest.approx((UP, 0.0), rel=0.05),
        pytest.approx((UP, -DOWN), rel=0.05),
    ]


def test_the_way_that_began_the_set_begins_every_repetition() -> None:
    reps = count({"left_pitch": turns(UP, DOWN, DOWN, UP, DOWN)})
    assert ranges(reps)[1] == pytest.approx((0.0, -DOWN), rel=0.05)
    assert ranges(reps)[2] == pytest.approx((UP, -DOWN), rel=0.05)


def test_a_long_pause_ends_a_repetition() -> None:
    first = turns(UP, DOWN, UP)
    late = turns(DOWN, UP, DOWN, start_s=first[-1].end_s + 6.0)
    assert len(count({"left_pitch": [*first, *late]})) == 4


def test_one_way_alone_is_another_exercise() -> None:
    assert count({"left_pitch": turns(UP, UP, UP, UP)}) == []


def test_a_trace_of_a_hidden_way_is_no_repetition() -> None:
    """Turning in shows from the side as a little pulling up."""
    assert len(count({"left_pitch": turns(UP, DOWN, 0.4 * UP, UP, DOWN, 0.4 * UP)})) == 2


def test_an_aborted_way_does_not_count() -> None:
    bumps = turns(UP, DOWN, UP, DOWN)
    reps = count({"left_pitch": bumps}, ready_until_s=bumps[2].top_start_s)
    assert len(reps) == 1


def test_both_feet_at_once_are_one_repetition() -> None:
    late = [
        Bump(b.start_s + 0.2, b.up_s, b.hold_s, b.down_s, 0.8 * b.height) for b in turns(UP, DOWN)
    ]
    reps = count({"left_pitch": turns(UP, DOWN), "right_pitch": late})
    assert [rep.side for rep in reps] == [Side.BOTH]
    assert ranges(reps)[0] == pytest.approx((0.9 * UP, -0.9 * DOWN), rel=0.05)


def test_a_foot_that_is_only_carried_along_does_not_count() -> None:
    little = [Bump(b.start_s, b.up_s, b.hold_s, b.down_s, 0.4 * b.height) for b in turns(UP, DOWN)]
    reps = count({"left_pitch": little, "right_pitch": turns(UP, DOWN)})
    assert [rep.side for rep in reps] == [Side.RIGHT]
    assert ranges(reps)[0] == pytest.approx((UP, -DOWN), rel=0.05)


def test_one_foot_after_the_other() -> None:
    left = turns(UP, DOWN, UP, DOWN)
    right = turns(UP, DOWN, start_s=left[-1].end_s + 1.0)
    reps = count({"left_pitch": left, "right_pitch": right})
    assert [rep.side for rep in reps] == [Side.LEFT, Side.LEFT, Side.RIGHT]


def test_up_with_one_foot_and_down_with_the_other_is_no_repetition() -> None:
    right = turns(DOWN, start_s=turns(UP)[0].end_s + 0.5)
    assert count({"left_pitch": turns(UP), "right_pitch": right}) == []


def test_the_prescribed_foot_counts_alone() -> None:
    moves = {"left_pitch": turns(UP, DOWN), "right_pitch": turns(UP, DOWN)}
    assert [rep.side for rep in count(moves, side=Side.RIGHT)] == [Side.RIGHT]


def test_a_view_counts_what_it_shows() -> None:
    moves = {"left_turn": turns(-UP, UP), "left_pitch": turns(UP, DOWN, start_s=6.5)}
    assert [set(r.measures) & {"up_deg", "in_deg"} for r in count(moves)] == [{"up_deg"}]
    (rep,) = count(moves, view=View.FRONT)
    assert "in_deg" not in rep.measures  # not graded in this view
    assert rep.measures["in_share"] == rep.measures["out_share"] == 1.0
    assert count(moves, view=View.BACK) == []


def test_a_share_is_that_of_the_largest_so_far() -> None:
    moves = {"left_turn": turns(-UP, UP, -UP, UP / 2, -UP, UP)}
    shares = [rep.measures["out_share"] for rep in count(moves, view=View.FRONT)]
    assert shares == pytest.approx([1.0, 0.5, 1.0], abs=0.05)


def test_while_the_foot_drops_more_it_does_not_turn() -> None:
    turn, drop = turns(-UP, UP, -UP / 2, UP / 2), turns(0.0, 0.0, UP, UP)
    assert len(count({"left_turn": turn, "left_drop": drop}, view=View.FRONT)) == 1


def test_a_leg_that_moves_too_is_another_exercise() -> None:
    lifted = [Bump(b.start_s, b.up_s, b.hold_s, b.down_s, 3.0) for b in turns(UP, DOWN)]
    assert count({"left_pitch": turns(UP, DOWN), "left_leg": lifted}) == []


def test_how_far_out_the_foot_is() -> None:
    tracker = CycleTracker(CARD, CYCLES)
    bumps = turns(UP, DOWN, UP)
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
