"""Smoothing, own rest and the strokes that the thresholds see, on closed-form signals."""

from __future__ import annotations

import math

import numpy as np
import pytest

from formcheck.motion.counter import (
    MAX_GAP_S,
    RepCounter,
    RepWindow,
    Stroke,
)
from formcheck.motion.pulse import Pulse
from formcheck.motion.rest import REST_MIN_S, RestLevel, Smoother
from tests.curves import Array, Bump, clock, linear, sample, train

LEAST = 0.2
"""Start threshold of the counters here; the bumps are 1 high."""


def strokes(
    x: Array, t_s: Array, counter: RepCounter | None = None, *, learn: bool = True
) -> list[Stroke]:
    """All strokes of a signal, each taken as a repetition of its height."""
    counter = counter or RepCounter(LEAST, 20.0)
    found = []
    for level, time_s in zip(x, t_s, strict=True):
        stroke = counter.update(float(level), float(time_s))
        if stroke is not None:
            found.append(stroke)
            if learn:
                counter.accept(stroke.peak - stroke.rest)
    return found


# --- smoothing -----------------------------------------------------------------------------------


def test_the_smoother_drops_a_spike_of_two_frames() -> None:
    smoother = Smoother()
    values = [0.0] * 6 + [5.0, 5.0] + [0.0] * 6
    assert [smoother.update(x, i / 30) for i, x in enumerate(values)] == [0.0] * 14


def test_the_smoother_passes_a_steady_level_and_a_short_movement() -> None:
    smoother = Smoother()
    t_s = clock(2.0)
    bump = Bump(0.5, 0.25, 0.0, 0.25)
    passed = [smoother.update(x, t) for x, t in zip(sample([bump], t_s), t_s, strict=True)]
    assert max(passed) > 0.8


def test_the_smoother_drops_a_spike_between_two_gaps() -> None:
    smoother = Smoother()
    passed = [smoother.update(x, t) for t, x in [(0.0, 1.0), (0.03, 1.0), (0.3, 9.0), (0.6, 1.0)]]
    assert passed == [1.0] * 4


def test_the_smoother_forgets_what_is_older_than_its_window() -> None:
    smoother = Smoother()
    for i in range(60):
        level = smoother.update(9.0 if i < 30 else 1.0, i / 30)
        assert level == (9.0 if i < 32 else 1.0)  # three of the last five are new


# --- rest ----------------------------------------------------------------------------------------


def test_rest_is_unknown_until_it_was_seen_long_enough() -> None:
    rest = RestLevel(climb_per_s=0.1)
    for t in np.arange(0, REST_MIN_S - 0.02, 1 / 30):
        rest.update(0.5, float(t))
    assert rest.level is None
    rest.update(0.5, REST_MIN_S)
    assert rest.level == 0.5


def test_rest_falls_at_once_and_climbs_slowly() -> None:
    rest = RestLevel(climb_per_s=0.1)
    for t in clock(1.0):
        rest.update(0.5, float(t))
    for t in 1.0 + clock(5.0):
        rest.update(1.5, float(t))
    climbed = rest.level
    # Seen after 80 % of the window of 3 s; from then on 0.1 a second.
    assert climbed == pytest.approx(0.5 + 0.1 * (5.0 - 2.4), abs=0.02)
    for t in 6.0 + clock(1.0):
        rest.update(0.2, float(t))
    assert rest.level == pytest.approx(0.2)


def test_rest_is_a_low_level_not_a_mean_so_that_a_slow_rise_does_not_lift_it() -> None:
    rest = RestLevel(climb_per_s=1.0)
    for t in clock(2.0):
        rest.update(0.0, float(t))
    for t in clock(1.0):
        rest.update(float(t) * 0.1, 2.0 + float(t))
    assert rest.level == pytest.approx(0.0, abs=0.01)


# --- strokes -------------------------------------------------------------------------------------


def test_one_bump_is_one_stroke_with_its_levels() -> None:
    t_s = clock(6.0)
    bump = Bump(1.5, 1.0, 1.0, 1.0)
    (stroke,) = strokes(0.3 + sample([bump], t_s), t_s)
    assert stroke.rest == pytest.approx(0.3, abs=0.01)
    assert stroke.peak == pytest.approx(1.3, abs=0.01)
    assert bump.start_s < stroke.start_s < bump.top_start_s
    assert bump.top_start_s - 0.3 < stroke.peak_s < bump.top_end_s + 0.2
    assert bump.top_end_s < stroke.fall_s < bump.end_s
    assert bump.end_s - 0.3 < stroke.end_s < bump.end_s + 0.7


def test_moving_is_from_the_start_threshold_to_the_end_of_the_stroke() -> None:
    counter = RepCounter(LEAST, 20.0)
    t_s = clock(6.0)
    x = sample([Bump(1.5)], t_s)
    moving = []
    for level, time_s in zip(x, t_s, strict=True):
        counter.update(float(level), float(time_s))
        moving.append(counter.moving)
    first, last = t_s[moving][0], t_s[moving][-1]
    assert 1.5 < first < 2.5
    assert 4.0 < last < 5.2
    assert all(moving[int(first * 30) + 1 : int(last * 30)])


def test_nothing_counts_before_rest_is_known() -> None:
    t_s = clock(5.0)
    x = sample([Bump(-1.0, 1.0, 1.0, 1.0)], t_s)  # begins at the top, lowers, stays down
    assert strokes(x, t_s) == []


def test_small_movements_count_until_the_usual_height_is_known_and_not_after() -> None:
    t_s = clock(20.0)
    small = [Bump(1.0, height=0.24)]
    assert len(strokes(sample(small, t_s), t_s)) == 1
    after = [*train(3, Bump(1.0)), Bump(15.0, height=0.24)]
    assert len(strokes(sample(after, t_s), t_s)) == 3


def test_what_was_not_accepted_teaches_no_height() -> None:
    t_s = clock(20.0)
    x = sample([*train(3, Bump(1.0)), Bump(15.0, height=0.24)], t_s)
    assert len(strokes(x, t_s, learn=False)) == 4


def test_a_short_gap_is_bridged_and_a_long_one_interrupts() -> None:
    t_s = clock(6.0)
    x = sample([Bump(1.5, 1.0, 1.0, 1.0)], t_s)
    short, long = x.copy(), x.copy()
    short[(t_s > 2.6) & (t_s < 2.6 + MAX_GAP_S - 0.1)] = math.nan
    long[(t_s > 2.6) & (t_s < 2.6 + MAX_GAP_S + 0.2)] = math.nan
    assert len(strokes(short, t_s)) == 1
    assert strokes(long, t_s) == []


def test_an_interrupted_fall_is_still_a_stroke() -> None:
    t_s = clock(3.5 + 0.8)
    counter = RepCounter(LEAST, 20.0)
    assert strokes(sample([Bump(1.5, 1.0, 1.0, 1.0)], t_s), t_s, counter) == []
    stroke = counter.interrupt()
    assert stroke is not None
    assert stroke.peak == pytest.approx(1.0, abs=0.01)
    assert counter.rest is None
    assert not counter.moving


def test_an_interrupted_rise_is_none() -> None:
    t_s = clock(2.7)
    counter = RepCounter(LEAST, 20.0)
    strokes(sample([Bump(1.5, 1.0, 1.0, 1.0)], t_s), t_s, counter)
    assert counter.moving
    assert counter.interrupt() is None
    assert not counter.moving


def test_what_takes_too_long_is_given_up() -> None:
    t_s = clock(20.0)
    counter = RepCounter(LEAST, max_s=5.0)
    x = sample([Bump(1.5, 1.0, 8.0, 1.0), Bump(15.0)], t_s)
    found = strokes(x, t_s, counter)
    assert [round(s.start_s) for s in found] == [15]


# --- the window of a repetition ------------------------------------------------------------------


def window(columns: dict[str, Array], t_s: Array) -> RepWindow:
    """Start 2 s, top 3-4 s, end 5 s."""
    return RepWindow(t_s, columns, Pulse(2.0, 3.0, 4.0, 5.0, 0.0, 1.0, 1.0))


def test_rest_top_and_change_of_another_signal() -> None:
    t_s = clock(6.0)
    x = 7.0 + 3.0 * sample([Bump(2.0)], t_s)
    rep = window({"x": x}, t_s)
    assert rep.rest("x") == pytest.approx(7.0, abs=0.01)
    assert rep.top("x") == pytest.approx(10.0)
    assert rep.change("x") == pytest.approx(3.0, abs=0.01)


@pytest.mark.parametrize("fps", [10, 30])
@pytest.mark.parametrize("hold_s", [0.0, 0.5, 1.0])
def test_the_time_near_the_top_is_that_of_the_closed_form(hold_s: float, fps: float) -> None:
    """A straight rise and fall of 1 s each is within a tenth of its top for 0.1 s a side."""
    t_s = clock(6.0, fps)
    x = 7.0 + 3.0 * sample([Bump(2.0, 1.0, hold_s, 1.0, shape=linear)], t_s)
    pulse = Pulse(2.0, 3.0, 3.0 + hold_s, 4.0 + hold_s, 7.0, 10.0, 1.0)
    near_s = RepWindow(t_s, {"x": x}, pulse).seconds_at_top("x", 0.1)
    assert near_s == pytest.approx(hold_s + 0.2, abs=0.02)


def test_the_largest_change_is_not_made_by_one_spike() -> None:
    t_s = clock(6.0)
    x = np.full(len(t_s), 5.0)
    x[100] = 90.0
    rep = window({"x": x}, t_s)
    assert rep.largest_change("x") == 0.0
    x[(t_s > 3.5) & (t_s < 4.5)] = 25.0
    assert rep.largest_change("x") == pytest.approx(20.0)


def test_a_signal_that_was_not_seen_is_nan() -> None:
    t_s = clock(6.0)
    rep = window({"x": np.full(len(t_s), math.nan)}, t_s)
    assert math.isnan(rep.change("x"))
    assert math.isnan(rep.largest_change("x"))


def test_rest_when_only_the_movement_itself_was_seen() -> None:
    t_s = 2.1 + clock(2.8)
    x = sample([Bump(2.0)], t_s)
    assert window({"x": x}, t_s).rest("x") < 0.1
