"""Holds: the clock, its grace and its pauses with a reason, sides, and what is too short."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pytest

from formcheck.engine.engine import Engine, Options
from formcheck.engine.hold_measuring import EASED, GRACE_S, LEAST_S, RawHold
from formcheck.engine.holds import LEAVE_S, HoldTracker
from formcheck.engine.judging import hold_findings, judge_hold
from formcheck.exercises import load
from formcheck.exercises.card import SHORT_HOLD, SIDEWAYS, Exercise, HoldFault, Holds
from formcheck.pose.pose import Sighting
from formcheck.pose.side_view import Side, View
from formcheck.results import Seen, SessionResult, Snapshot, Status
from tests.curves import Array, Bump, Shape, at, clock, cosine, linear, sample, smooth
from tests.stick import SHANK_M, Body, Camera, staggered, standing, walking

# --- closed-form signals, through a card with two ------------------------------------------------

HOLDS = Holds(
    driver="lean_deg",
    enter=10.0,
    rise=5.0,
    surely=18.0,
    target_s=5.0,
    source="closed form",
    measures={"lean_deg": SIDEWAYS},
    messages={SHORT_HOLD: "Stay until the time is up."},
    faults=(
        HoldFault("bent", "knee_deg", "Straighten", "was bent.", "closed form", above=20.0),
        HoldFault(
            "lift",
            "heel",
            "Down",
            "came up.",
            "closed form",
            above=1.0,
            over_rest=True,
            stops=False,
        ),
    ),
)
CARD = Exercise(
    name="test",
    title="Test",
    counts=HOLDS,
    signals={name: lambda _moment: 0.0 for name in ("lean_deg", "knee_deg", "heel")},
    posture=lambda _moment: None,
    side_of=lambda _pose, _scale: Side.LEFT,
    needs=(),
)
LEAN_DEG = 25.0


@dataclass(frozen=True)
class Played:
    """The holds that ended, the clock (s) and what stopped it, frame by frame."""

    holds: list[RawHold]
    clock_s: list[float]
    stopped_by: list[str | None]


def play(
    t_s: Array,
    lean_deg: Array,
    knee_deg: Array | None = None,
    heel: Array | None = None,
    *,
    ready: Array | None = None,
    view: View = View.SIDE,
    holds: Holds = HOLDS,
) -> Played:
    """NaN lean: not seen. ready: 0 where the posture is another."""
    tracker, played = HoldTracker(replace(CARD, counts=holds), holds), Played([], [], [])
    zero, one = np.zeros(len(t_s)), np.ones(len(t_s))
    columns = (lean_deg, zero if knee_deg is None else knee_deg, zero if heel is None else heel)
    rows = zip(t_s.tolist(), *(c.tolist() for c in columns), strict=True)
    for (time_s, *levels), there in zip(rows, one if ready is None else ready, strict=True):
        values: Mapping[str, float] = dict(zip(CARD.signals, levels, strict=True))
        if math.isnan(levels[0]):
            hold = tracker.unseen(time_s)
        else:
            seen = Seen(time_s, Side.LEFT, view)
            hold = tracker.update(seen, values, ready=bool(there))
        played.holds.extend([hold] if hold else [])
        played.clock_s.append(tracker.clock_s)
        played.stopped_by.append(tracker.running.stopped_by if tracker.running else None)
    last = tracker.reset()
    played.holds.extend([last] if last else [])
    return played


def window(t_s: Array, start_s: float, end_s: float, level: float) -> Array:
    """`level` between two times, else 0."""
    return np.where((t_s > start_s) & (t_s < end_s), level, 0.0)


STRETCH = Bump(2.0, 0.8, 8.0, 0.8, LEAN_DEG)
T = clock(14.0)
LEAN = sample([STRETCH], T)


@pytest.mark.parametrize("fps", [15, 30, 60])
@pytest.mark.parametrize("ramp_s", [0.4, 1.0])
def test_a_hold_lasts_from_the_end_of_the_way_in_to_the_way_out(fps: float, ramp_s: float) -> None:
    t_s = clock(14.0, fps)
    stretch = replace(STRETCH, up_s=ramp_s, down_s=ramp_s)
    (hold,) = play(t_s, sample([stretch], t_s)).holds
    assert hold.start_s == pytest.approx(stretch.top_start_s, abs=0.2)
    assert hold.end_s == pytest.approx(stretch.top_end_s, abs=0.2)
    assert hold.held_s == pytest.approx(8.0, abs=0.3)
    assert hold.measures == {"lean_deg": pytest.approx(LEAN_DEG, abs=0.2)}
    assert hold.broken == {}


@pytest.mark.parametrize("shape", [smooth, cosine, linear])
@pytest.mark.parametrize("seed", range(2))
def test_a_noisy_hold_of_any_shape(shape: Shape, seed: int) -> None:
    noise = np.random.default_rng(seed).normal(0, 1.0, len(T))
    stretch = replace(STRETCH, up_s=0.6, down_s=0.6, shape=shape)
    (hold,) = play(T, sample([stretch], T) + noise).holds
    assert hold.held_s == pytest.approx(8.0, abs=0.5)


def test_the_clock_runs_with_time_and_stands_still_after_it() -> None:
    played = play(T, LEAN)
    running = [(t, c) for t, c in zip(T, played.clock_s, strict=True) if 4.0 < t < 10.0]
    assert [c for _, c in running] == pytest.approx([t - 2.8 for t, _ in running], abs=0.35)
    assert max(played.clock_s) < 8.4
    assert played.clock_s[-1] == 0.0


def test_a_stretch_that_is_left_ends_after_a_while() -> None:
    played = play(T, LEAN)
    ended = next(t for t, c in zip(T, played.clock_s, strict=True) if t > 4 and c == 0.0)
    assert STRETCH.top_end_s < ended < STRETCH.end_s + LEAVE_S + 0.1


def test_a_wrong_posture_within_the_grace_costs_nothing() -> None:
    played = play(T, LEAN, window(T, 5.0, 5.0 + GRACE_S - 0.1, 40.0))
    (hold,) = played.holds
    assert hold.held_s == pytest.approx(8.0, abs=0.3)
    assert (hold.broken, set(played.stopped_by)) == ({}, {None})


def test_a_longer_one_stops_the_clock_and_says_why() -> None:
    played = play(T, LEAN, window(T, 5.0, 7.5, 40.0))
    (hold,) = played.holds
    assert hold.held_s == pytest.approx(8.0 - 2.5, abs=0.3)
    assert hold.broken == {"bent": pytest.approx((5.0, 7.5), abs=0.1)}
    reasons = dict(zip(T.round(2).tolist(), played.stopped_by, strict=True))
    assert reasons[4.9] is None
    assert reasons[7.0] == "bent"
    assert reasons[8.0] is None


def test_the_clock_is_paused_while_the_posture_is_wrong() -> None:
    played = play(T, LEAN, window(T, 5.0, 7.5, 40.0))
    paused = [c for t, c in zip(T, played.clock_s, strict=True) if 6.0 < t < 7.4]
    assert max(paused) - min(paused) < 0.1


@pytest.mark.parametrize("wrong_s", [GRACE_S - 0.2, 2.5])
def test_the_clock_never_goes_back(wrong_s: float) -> None:
    played = play(T, LEAN, window(T, 5.0, 5.0 + wrong_s, 40.0))
    shown = [c for t, c in zip(T, played.clock_s, strict=True) if t < STRETCH.top_end_s]
    assert min(np.diff(shown)) >= 0
    assert shown[-1] == pytest.approx(played.holds[0].held_s, abs=0.3)
    # It stands from the first wrong frame on, not only when the grace is over.
    grace = [c for t, c in zip(T, played.clock_s, strict=True) if 5.1 < t < 4.9 + wrong_s]
    assert max(grace) - min(grace) < 0.05


def test_who_eases_the_stretch_stops_the_clock_and_is_told_why() -> None:
    eased = sample([STRETCH], T) + sample([Bump(5.0, 0.2, 2.0, 0.2, -0.25 * LEAN_DEG)], T)
    played = play(T, eased)
    (hold,) = played.holds
    assert hold.held_s == pytest.approx(8.0 - 2.3, abs=0.4)
    assert hold.broken == {}
    reasons = dict(zip(T.round(2).tolist(), played.stopped_by, strict=True))
    assert reasons[4.9] is None
    assert reasons[6.5] == EASED
    assert reasons[8.0] is None
    assert set(played.stopped_by) == {None, EASED}


def test_a_little_less_of_a_stretch_is_still_a_stretch() -> None:
    played = play(T, LEAN + sample([Bump(5.0, 0.2, 4.5, 0.2, -0.08 * LEAN_DEG)], T))
    (hold,) = played.holds
    assert hold.held_s == pytest.approx(8.0, abs=0.4)
    assert set(played.stopped_by) == {None}
    shown = [(t, c) for t, c in zip(T, played.clock_s, strict=True) if 4.0 < t < 10.0]
    assert [c for _, c in shown] == pytest.approx([t - 2.8 for t, _ in shown], abs=0.4)


def test_two_wrong_spells_are_one_fault_from_first_to_last() -> None:
    wrong = window(T, 4.0, 5.0, 40.0) + window(T, 8.0, 9.0, 40.0)
    (hold,) = play(T, LEAN, wrong).holds
    assert hold.broken == {"bent": pytest.approx((4.0, 9.0), abs=0.1)}
    assert hold.held_s == pytest.approx(6.0, abs=0.4)


def test_a_fault_that_does_not_stop_the_clock() -> None:
    played = play(T, LEAN, heel=3.0 + window(T, 5.0, 8.0, 2.0))
    (hold,) = played.holds
    assert list(hold.broken) == ["lift"]
    assert hold.held_s == pytest.approx(8.0, abs=0.3)
    assert set(played.stopped_by) == {None}


def test_a_view_that_cannot_show_a_fault_judges_none() -> None:
    (hold,) = play(T, LEAN, window(T, 5.0, 7.5, 40.0), view=View.FRONT).holds
    assert (hold.broken, hold.measures) == ({}, {})


def test_standing_at_the_wall_is_no_hold() -> None:
    for level in (0.0, 4.0, 9.0):
        assert play(T, np.full(len(T), level)).holds == []


def test_passing_through_is_no_hold() -> None:
    brief = Bump(3.0, 0.5, LEAST_S - 0.6, 0.5, LEAN_DEG)
    assert play(T, sample([brief], T)).holds == []


def test_who_steps_right_into_the_stretch_is_timed_from_the_first_frame() -> None:
    lean = np.where(T < 9.0, LEAN_DEG, 0.0)
    (hold,) = play(T, lean).holds
    assert hold.start_s == pytest.approx(0.0, abs=0.1)
    assert hold.held_s == pytest.approx(9.0, abs=0.3)


def test_two_stretches_with_a_stand_between_are_two_holds() -> None:
    both = [Bump(1.0, 0.6, 4.0, 0.6, LEAN_DEG), Bump(8.5, 0.6, 3.0, 0.6, LEAN_DEG)]
    holds = play(T, sample(both, T)).holds
    assert [h.held_s for h in holds] == pytest.approx([4.0, 3.0], abs=0.4)


def test_a_short_way_back_and_in_again_is_one_hold() -> None:
    dip = Bump(6.0, 0.2, 0.2, 0.2, -20.0)
    (hold,) = play(T, sample([STRETCH], T) + sample([dip], T)).holds
    assert hold.held_s == pytest.approx(8.0, abs=0.4)


@pytest.mark.parametrize("gap_s", [0.3, 0.8])
def test_not_seen_for_less_than_a_second_goes_on(gap_s: float) -> None:
    lean = LEAN.copy()
    lean[window(T, 6.0, 6.0 + gap_s, 1.0) > 0] = math.nan
    (hold,) = play(T, lean).holds
    assert hold.start_s == pytest.approx(2.8, abs=0.2)
    assert hold.end_s == pytest.approx(10.8, abs=0.2)


def test_not_seen_for_longer_ends_the_hold() -> None:
    lean = LEAN.copy()
    lean[(T > 6.0) & (T < 8.0)] = math.nan
    first, second = play(T, lean).holds
    assert first.held_s == pytest.approx(3.2, abs=0.3)
    assert second.held_s == pytest.approx(2.8, abs=0.4)


def test_out_of_position_ends_the_hold() -> None:
    ready = np.where((T > 6.0) & (T < 8.0), 0.0, 1.0)
    assert len(play(T, LEAN, ready=ready).holds) == 2


SPOILING = replace(
    HOLDS, faults=(HOLDS.faults[0], replace(HOLDS.faults[1], stops=True, spoils=("lean_deg",)))
)


@pytest.mark.parametrize(("lifted_s", "found"), [(2.0, {"lean_deg": 25.0}), (7.9, {})])
def test_a_measure_leaves_out_the_time_that_means_nothing(
    lifted_s: float, found: dict[str, float]
) -> None:
    lifted = window(T, 2.9, 2.9 + lifted_s, 2.0)
    (hold,) = play(T, LEAN + 5 * (lifted > 0), heel=lifted, holds=SPOILING).holds
    assert list(hold.broken) == ["lift"]
    assert hold.measures == pytest.approx(found, abs=0.5)


@pytest.mark.parametrize(("other", "broken"), [(0.0, []), (2.0, ["lift"])])
def test_a_fault_that_a_second_signal_must_confirm(other: float, broken: list[str]) -> None:
    lift = replace(HOLDS.faults[1], confirmed_by="knee_deg")
    holds = replace(HOLDS, faults=(lift,))
    knee, heel = window(T, 5.0, 8.0, other), window(T, 5.0, 8.0, 2.0)
    (hold,) = play(T, LEAN, knee, heel, holds=holds).holds
    assert list(hold.broken) == broken


STEPS_IN = replace(HOLDS, faults=(replace(HOLDS.faults[1], above=2.0, within=0.5, stops=True),))


@pytest.mark.parametrize(("lift", "broken"), [(0.3, []), (0.8, ["lift"])])
def test_a_lift_in_the_middle_of_a_hold_is_seen_by_who_steps_right_in(
    lift: float, broken: list[str]
) -> None:
    lean = np.where(T < 9.0, LEAN_DEG, 0.0)
    (hold,) = play(T, lean, heel=window(T, 5.0, 9.0, lift), holds=STEPS_IN).holds
    assert list(hold.broken) == broken
    assert hold.held_s == pytest.approx(9.0 if not broken else 5.0, abs=0.8)


def test_what_was_a_stretch_remains_one_however_long_it_lasts() -> None:
    """The rest before it is a small part of a long stay, and the level is below `surely`."""
    t_s = clock(40.0)
    lean = sample([Bump(0.4, 0.5, 38.0, 0.5, 16.0)], t_s)
    played = play(t_s, lean)
    shown = [c for t, c in zip(t_s, played.clock_s, strict=True) if 3.0 < t < 38.0]
    assert min(np.diff(shown)) >= 0
    assert shown[-1] == pytest.approx(37.0, abs=0.6)
    assert len(played.holds) == 1


def test_who_goes_deeper_was_in_the_stretch_before_too() -> None:
    deeper = Bump(6.0, 0.5, 5.2, 0.8, 15.0)
    (hold,) = play(T, sample([Bump(1.0, 0.8, 9.6, 0.8, 20.0)], T) + sample([deeper], T)).holds
    assert hold.start_s == pytest.approx(1.8, abs=0.3)
    assert hold.held_s == pytest.approx(9.6, abs=0.6)


@pytest.mark.parametrize("stand_deg", [5.0, 24.0])
@pytest.mark.parametrize("pause_s", [0.0, 0.5])
def test_a_lunge_that_goes_up_and_down_is_no_hold(stand_deg: float, pause_s: float) -> None:
    bumps = [Bump(1.0 + i * (2.6 + pause_s), 1.2, pause_s, 1.2, 16.0) for i in range(4)]
    still = replace(HOLDS, still=3.0)
    assert play(T, stand_deg + sample(bumps, T), holds=still).holds == []
    assert len(play(T, sample([Bump(1.0, 1.2, 3.0, 1.2, 16.0)], T), holds=still).holds) == 1


def test_without_a_rest_nothing_is_measured_over_it() -> None:
    (hold,) = play(T, np.where(T < 9.0, LEAN_DEG, 0.0), heel=window(T, 0.0, 9.0, 2.0)).holds
    assert hold.broken == {}


# --- judged against the prescribed time ----------------------------------------------------------


@pytest.mark.parametrize(
    ("held_s", "faults"), [(30.4, ()), (29.7, ()), (28.0, (SHORT_HOLD,)), (4.0, (SHORT_HOLD,))]
)
def test_short_of_the_prescribed_time(held_s: float, faults: tuple[str, ...]) -> None:
    (raw,) = play(T, LEAN).holds
    raw = replace(raw, held_s=held_s)
    hold = judge_hold(raw, 30.0)
    assert (hold.faults, hold.target_s) == (faults, 30.0)
    told = hold_findings(HOLDS, [raw], 30.0)
    assert [f.fault for f in told] == list(faults)
    if faults:
        assert told[0].message == (
            f"Left side: held {held_s:.0f} of 30 seconds. Stay until the time is up."
        )


def test_findings_name_the_side_and_the_time() -> None:
    raws = play(T, LEAN, window(T, 5.0, 7.5, 40.0)).holds
    (found,) = hold_findings(HOLDS, raws, 5.0)
    assert (found.fault, found.message) == ("bent", "Left side: was bent.")
    assert (found.start_s, found.end_s) == pytest.approx((5.0, 7.5), abs=0.1)


# --- the wall stretches, on stick figures --------------------------------------------------------

SIDE_ON = Camera(azimuth_deg=90, noise_px=0.5)
FPS = 15
LEANING = Bump(2.0, 0.8, 6.0, 0.8)
OVER_S = LEANING.end_s + 1.5


def stretching(
    back: str = "left",
    leaning: Bump = LEANING,
    *,
    knee_deg: float = 0.0,
    heel_deg: float = 0.0,
    wrong: Bump | None = None,
) -> Iterator[tuple[float, Body]]:
    """Leaning in from an upright stand in stride; knee and heel as given while `wrong` lasts."""
    for t in clock(OVER_S, FPS).tolist():
        share = at([leaning], t)
        bad = 1.0 if wrong is None else at([wrong], t)
        body = staggered(
            back=back,
            dorsiflexion_deg=3 + 22 * share + 0.4 * knee_deg * bad,  # the knee goes forward
            lean_deg=3 + 17 * share + 0.15 * knee_deg * bad,
            back_knee_deg=knee_deg * bad,
            heel_deg=heel_deg * bad,
            stride_m=0.45,
        )
        # The pose model draws the ankle upwards as the knee bends: 0.06 of the shank at 28 deg.
        body[f"{back}_ankle"] = body[f"{back}_ankle"] + [0, 0.06 / 28 * knee_deg * bad * SHANK_M, 0]
        yield t, body


def run(
    bodies: Iterator[tuple[float, Body]], exercise: str = "calf-stretch", hold_s: float = 5.5
) -> tuple[SessionResult, list[Snapshot]]:
    engine = Engine(load(exercise), Options(hold_s=hold_s))
    shots = [engine.update(Sighting(t, SIDE_ON.see(body, t))) for t, body in bodies]
    return engine.finish(), shots


@pytest.mark.parametrize("back", ["left", "right"])
def test_a_calf_stretch_of_either_leg(back: str) -> None:
    result, shots = run(stretching(back))
    (hold,) = result.holds
    assert (hold.side, hold.faults) == (Side(back), ())
    assert hold.held_s == pytest.approx(6.0, abs=0.5)
    assert hold.measures["dorsiflexion_deg"] == pytest.approx(25.0, abs=2.0)
    assert hold.measures["back_knee_deg"] == pytest.approx(0.0, abs=3.0)
    assert result.findings == ()
    assert result.reps == ()
    middle = next(s for s in shots if s.t_s > 6.0)
    assert middle.status is Status.ACTIVE
    assert middle.hold_s == pytest.approx(3.2, abs=0.5)
    assert middle.target_hold_s == 5.5
    assert [h.side for s in shots for h in s.new_holds] == [Side(back)]


def test_a_soleus_stretch_is_one_with_a_bent_knee() -> None:
    (hold,) = run(stretching(knee_deg=30.0), "soleus-stretch")[0].holds
    assert hold.faults == ()
    (hold,) = run(stretching(), "soleus-stretch")[0].holds
    assert hold.faults == ("knee_straight", SHORT_HOLD)


def test_a_calf_stretch_with_a_bent_knee_says_that_it_is_the_soleus_stretch() -> None:
    result, shots = run(stretching(knee_deg=32.0))
    (hold,) = result.holds
    assert hold.faults == ("knee_bend", SHORT_HOLD)
    assert any("that is the soleus stretch" in f.message for f in result.findings)
    assert "Straighten your back knee" in {s.cue for s in shots}


def test_a_bent_knee_for_a_while_stops_the_clock_for_that_while() -> None:
    result, shots = run(stretching(knee_deg=32.0, wrong=Bump(5.0, 0.2, 1.6, 0.2)))
    (hold,) = result.holds
    assert hold.faults == ("knee_bend", SHORT_HOLD)
    assert hold.held_s == pytest.approx(6.0 - 1.8, abs=0.5)
    cued = [s.t_s for s in shots if s.cue == "Straighten your back knee"]
    assert 5.5 < cued[0] < 6.2
    assert cued[-1] < 7.5


def test_a_lifted_heel_is_told() -> None:
    result, _ = run(stretching(heel_deg=20.0, wrong=Bump(5.0, 0.3, 2.0, 0.3)))
    assert "heel_lift" in result.holds[0].faults


def test_the_other_leg_is_another_hold() -> None:
    first = list(stretching("left"))
    step = [(OVER_S + t, standing()) for t in clock(1.5, FPS).tolist()]
    second = [(OVER_S + 1.5 + t, body) for t, body in stretching("right")]
    result, _ = run(iter([*first, *step, *second]))
    assert [h.side for h in result.holds] == [Side.LEFT, Side.RIGHT]
    assert [h.held_s for h in result.holds] == pytest.approx([6.0, 6.0], abs=0.5)


def test_too_short_by_the_prescribed_time() -> None:
    (hold,) = run(stretching(), hold_s=30.0)[0].holds
    assert (hold.faults, hold.target_s) == ((SHORT_HOLD,), 30.0)


@pytest.mark.parametrize(
    "body_at",
    [
        lambda _t: standing(),
        lambda _t: standing(arms_deg=80),
        lambda t: standing(heel_deg=35 * at([Bump(2.0)], t), arms_deg=80),
        lambda t: walking(t - 3.0),
        lambda t: staggered(back_knee_deg=60 * at([Bump(2.0)], t), arms_deg=0),  # lunges
    ],
)
def test_nothing_else_is_a_wall_stretch(body_at: object) -> None:
    assert callable(body_at)
    result, _ = run((t, body_at(t)) for t in clock(8.0, FPS).tolist())
    assert result.holds == ()


def test_what_holds_the_clock_is_said_from_the_first_frame() -> None:
    _, shots = run((t, standing(arms_deg=80)) for t in clock(2.0, FPS).tolist())
    assert {s.message for s in shots[FPS:]} == {"Step one leg back"}


@pytest.mark.parametrize("roll_deg", [-7.0, 7.0])
def test_a_camera_that_hangs_askew(roll_deg: float) -> None:
    camera = replace(SIDE_ON, roll_deg=roll_deg)
    engine = Engine(load("calf-stretch"), Options(hold_s=5.5))
    stand = [(t, standing(shank_deg=2.5, lean_deg=2.5)) for t in clock(2.0, FPS).tolist()]
    for t, body in [*stand, *((2.0 + t, body) for t, body in stretching())]:
        engine.update(Sighting(t, camera.see(body, t)))
    (hold,) = engine.finish().holds
    assert hold.measures["dorsiflexion_deg"] == pytest.approx(25.0, abs=3.0)
    assert hold.faults == ()
