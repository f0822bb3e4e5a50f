"""Repetitions counted and timed on closed-form signals, through a card with one signal."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from formcheck.engine.reps import RawRep, RepTracker
from formcheck.exercises.card import Exercise, RepMeasure, Reps
from formcheck.pose.side_view import Side, View
from formcheck.results import Seen
from tests.curves import Array, Bump, Shape, clock, cosine, linear, sample, smooth, train

START = 0.2
"""Start threshold of the card; the bumps are 1 high unless they say otherwise."""
COUNTS = Reps("x", START, "closed form", genuine=lambda _rep: True)
CARD = Exercise(
    name="test",
    title="Test",
    counts=COUNTS,
    signals={"x": lambda _moment: 0.0},
    posture=lambda _moment: None,
    side_of=lambda _pose, _scale: Side.BOTH,
    needs=(),
    measures=(RepMeasure("height", lambda rep: rep.pulse.height),),
    graded="height",
)
Mask = NDArray[np.bool_]


def count(
    x: Array, t_s: Array, *, ready: Mask | None = None, counts: Reps = COUNTS
) -> list[RawRep]:
    """The repetitions in a signal; NaN: not seen; not ready: seen in another posture."""
    tracker = RepTracker(replace(CARD, counts=counts), counts)
    reps: list[RawRep | None] = []
    for i, (level, time_s) in enumerate(zip(x.tolist(), t_s.tolist(), strict=True)):
        if math.isnan(level):
            reps.append(tracker.unseen(time_s))
            continue
        seen = Seen(time_s, Side.BOTH, View.SIDE)
        in_position = ready is None or bool(ready[i])
        reps.append(tracker.update(seen, {"x": level}, ready=in_position))
    return [rep for rep in [*reps, tracker.reset()] if rep is not None]


def rough(t_s: Array, noise: float, seed: int = 0) -> Array:
    """White noise."""
    return np.random.default_rng(seed).normal(0, noise, len(t_s))


def wander(t_s: Array, size: float, seed: int = 0) -> Array:
    """Smooth wandering: what the pose model does to a body that stands still."""
    rng = np.random.default_rng(seed)
    waves = [np.sin(2 * np.pi * t_s / rng.uniform(1.5, 9) + rng.uniform(0, 6)) for _ in range(6)]
    return np.asarray(size * np.sum(waves, axis=0) / 6)


def times(rep: RawRep) -> list[float]:
    return [rep.pulse.start_s, rep.pulse.top_start_s, rep.pulse.top_end_s, rep.pulse.end_s]


def assert_these(reps: list[RawRep], bumps: list[Bump], within_s: float) -> None:
    """One repetition for each bump, in order, each with its times and height."""
    assert len(reps) == len(bumps)
    for rep, bump in zip(reps, bumps, strict=True):
        assert times(rep) == pytest.approx(bump.times, abs=within_s)
        assert rep.pulse.height == pytest.approx(bump.height, rel=0.1)


FIVE = train(5, Bump(1.5, 1.0, 0.6, 1.2), gap_s=0.8)
T = clock(FIVE[-1].end_s + 1.5, fps=24)
CLEAN = sample(FIVE, T)


def between(start_s: float, end_s: float) -> Mask:
    """(n,) which samples of the five repetitions lie between two times."""
    return np.array([start_s < t_s < end_s for t_s in T.tolist()])


# --- the count and the times ---------------------------------------------------------------------


@pytest.mark.parametrize("fps", [15, 24, 30, 60])
def test_any_frame_rate(fps: float) -> None:
    t_s = clock(FIVE[-1].end_s + 1.5, fps)
    assert_these(count(sample(FIVE, t_s), t_s), FIVE, within_s=0.1)


@pytest.mark.parametrize(
    "bump",
    [
        Bump(1.5, 0.3, 0.0, 0.3),
        Bump(1.5, 0.5, 0.2, 0.5),
        Bump(1.5, 1.0, 0.0, 1.0),
        Bump(1.5, 3.0, 2.0, 3.0),
        Bump(1.5, 1.0, 6.0, 1.0),
        Bump(1.5, 0.4, 1.0, 4.0),
        Bump(1.5, 4.0, 1.0, 0.4),
    ],
)
def test_any_tempo(bump: Bump) -> None:
    bumps = train(4, bump)
    t_s = clock(bumps[-1].end_s + 1.5)
    assert_these(count(sample(bumps, t_s), t_s), bumps, within_s=0.15)


@pytest.mark.parametrize("gap_s", [0.0, 0.1, 0.3, 3.0])
def test_any_rest_between(gap_s: float) -> None:
    bumps = train(6, Bump(1.5, 0.8, 0.4, 0.8), gap_s=gap_s)
    t_s = clock(bumps[-1].end_s + 1.5)
    assert_these(count(sample(bumps, t_s), t_s), bumps, within_s=0.15)


@pytest.mark.parametrize("shape", [linear, cosine, smooth])
@pytest.mark.parametrize("duration_s", [0.5, 1.0, 3.0])
def test_any_shape(shape: Shape, duration_s: float) -> None:
    bumps = train(4, Bump(1.5, duration_s, duration_s, duration_s, shape=shape))
    t_s = clock(bumps[-1].end_s + 1.5)
    reps = count(sample(bumps, t_s), t_s)
    assert len(reps) == 4
    for rep, bump in zip(reps, bumps, strict=True):
        start, top_start, top_end, end = times(rep)
        rise, fall = bump.start_s + duration_s / 2, bump.end_s - duration_s / 2
        assert (start + top_start) / 2 == pytest.approx(rise, abs=0.1)
        assert (top_end + end) / 2 == pytest.approx(fall, abs=0.1)


@pytest.mark.parametrize("noise", [0.02, 0.05, 0.1])
@pytest.mark.parametrize("seed", range(2))
def test_white_noise(noise: float, seed: int) -> None:
    reps = count(CLEAN + rough(T, noise, seed), T)
    assert_these(reps, FIVE, within_s=0.1 + 2 * noise)


@pytest.mark.parametrize("seed", range(3))
def test_wandering(seed: int) -> None:
    reps = count(CLEAN + wander(T, 0.1, seed) + rough(T, 0.02, seed), T)
    assert len(reps) == 5


@pytest.mark.parametrize("seed", range(2))
def test_irregular_times(seed: int) -> None:
    t_s = np.sort(np.random.default_rng(seed).uniform(0, T[-1], len(T)))
    assert_these(count(sample(FIVE, t_s), t_s), FIVE, within_s=0.15)


@pytest.mark.parametrize("seed", range(3))
def test_spikes_and_single_dropouts(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x = CLEAN.copy()
    spikes = np.arange(20, len(x) - 20, 40)
    x[spikes + rng.integers(0, 20, len(spikes))] += rng.choice([-2, 2], len(spikes))
    x[rng.choice(len(x), 60, replace=False)] = math.nan
    assert len(count(x, T)) == 5


@pytest.mark.parametrize("at", ["start_s", "top_start_s", "top_end_s"])
def test_a_gap_of_a_third_of_a_second_loses_nothing(at: str) -> None:
    x = CLEAN.copy()
    for bump in FIVE:
        begin_s = getattr(bump, at)
        x[between(begin_s, begin_s + 0.33)] = math.nan
    assert len(count(x, T)) == 5


def test_not_seen_for_long_at_the_top_loses_that_repetition_only() -> None:
    x = CLEAN.copy()
    x[between(FIVE[2].top_start_s - 0.3, FIVE[2].top_end_s + 0.2)] = math.nan
    reps = count(x, T)
    assert [round(r.pulse.start_s, 1) for r in reps] == [
        round(b.start_s, 1) for i, b in enumerate(FIVE) if i != 2
    ]


@pytest.mark.parametrize("per_s", [0.01, -0.01, 0.03, -0.03])
def test_slow_drift_with_rests_between(per_s: float) -> None:
    bumps = train(15, Bump(1.5, 1.0, 0.6, 1.2), gap_s=1.5)
    t_s = clock(bumps[-1].end_s + 1.5)
    assert len(count(sample(bumps, t_s) + per_s * t_s, t_s)) == 15


@pytest.mark.parametrize("per_s", [0.01, -0.01])
def test_slow_drift_without_rests(per_s: float) -> None:
    bumps = train(30, Bump(1.5, 0.8, 0.4, 0.8), gap_s=0.0)
    t_s = clock(bumps[-1].end_s + 1.5)
    assert len(count(sample(bumps, t_s) + per_s * t_s, t_s)) == 30


def test_a_wobble_at_the_top_is_no_second_repetition() -> None:
    bump = Bump(1.5, 1.0, 4.0, 1.0)
    t_s = clock(9.5)
    for deep in (0.1, 0.2, 0.35):
        wobble = sample([Bump(3.0, 0.4, 0.0, 0.4, -deep), Bump(4.2, 0.3, 0.1, 0.3, -deep)], t_s)
        reps = count(sample([bump], t_s) + wobble, t_s)
        assert len(reps) == 1
        assert reps[0].pulse.start_s == pytest.approx(1.5, abs=0.15)
        assert reps[0].pulse.end_s == pytest.approx(7.5 + 0.0, abs=0.3)


def test_partial_lowering_by_three_quarters_counts_every_repetition() -> None:
    t_s = clock(12.0)
    dips = [Bump(s, 0.8, 0.2, 0.8, -0.75) for s in (3.0, 5.5)]
    x = sample([Bump(1.5, 1.0, 6.0, 1.0)], t_s) + sample(dips, t_s)
    assert len(count(x, t_s)) == 3


def test_lowering_in_two_stages_is_one_repetition() -> None:
    t_s = clock(9.0)
    x = sample([Bump(1.5, 1.0, 0.6, 0.6, 0.65), Bump(1.5, 1.0, 2.1, 0.6, 0.35)], t_s)
    reps = count(x, t_s)
    assert len(reps) == 1


def test_rising_in_two_stages_is_one_repetition() -> None:
    t_s = clock(9.0)
    x = sample([Bump(1.5, 0.6, 3.0, 0.8, 0.5), Bump(3.0, 0.6, 1.5, 0.8, 0.5)], t_s)
    assert len(count(x, t_s)) == 1


def test_heights_that_shrink_to_a_third_still_count() -> None:
    heights = np.linspace(1.0, 0.33, 12)
    bumps = [replace(b, height=h) for b, h in zip(train(12, Bump(1.5)), heights, strict=True)]
    t_s = clock(bumps[-1].end_s + 1.5)
    assert len(count(sample(bumps, t_s) + rough(t_s, 0.02), t_s)) == 12


def test_heights_that_grow_count() -> None:
    heights = np.linspace(0.3, 1.0, 8)
    bumps = [replace(b, height=h) for b, h in zip(train(8, Bump(1.5)), heights, strict=True)]
    t_s = clock(bumps[-1].end_s + 1.5)
    assert len(count(sample(bumps, t_s), t_s)) == 8


def test_three_hundred_repetitions() -> None:
    bumps = train(300, Bump(1.5, 0.7, 0.2, 0.7), gap_s=0.3)
    t_s = clock(bumps[-1].end_s + 1.5, fps=12)
    assert len(count(sample(bumps, t_s) + rough(t_s, 0.03), t_s)) == 300


@pytest.mark.parametrize("begin_s", [1.2, 2.0, 2.5])
def test_starting_at_the_top_or_in_the_fall_counts_from_the_next_on(begin_s: float) -> None:
    bumps = train(4, Bump(0.0))
    t_s = clock(bumps[-1].end_s + 1.5)
    t_s = t_s[t_s >= begin_s]
    assert_these(count(sample(bumps, t_s), t_s), bumps[1:], within_s=0.15)


def test_starting_in_a_rise_counts_nothing_twice() -> None:
    bumps = train(4, Bump(0.0))
    t_s = clock(bumps[-1].end_s + 1.5)
    t_s = t_s[t_s >= 0.5]
    assert_these(count(sample(bumps, t_s), t_s)[-3:], bumps[1:], within_s=0.15)


def test_the_last_repetition_counts_though_the_recording_ends_in_its_fall() -> None:
    t_s = T[FIVE[-1].end_s - 0.25 > T]
    assert len(count(sample(FIVE, t_s), t_s)) == 5


def test_the_recording_ends_at_the_top() -> None:
    t_s = T[FIVE[-1].top_end_s > T]
    assert len(count(sample(FIVE, t_s), t_s)) == 4


# --- nothing that is not one ---------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_standing_still_counts_nothing(seed: int) -> None:
    t_s = clock(40.0)
    assert count(wander(t_s, 0.1, seed) + rough(t_s, 0.04, seed), t_s) == []


@pytest.mark.parametrize("step", [0.5, 1.0, -0.5, -1.0])
def test_a_step_of_the_level_is_no_repetition_and_the_next_ones_count(step: float) -> None:
    bumps = train(3, Bump(26.0))
    t_s = clock(bumps[-1].end_s + 1.5)
    x = sample(bumps, t_s) + step * (t_s > 2.0)
    assert len(count(x, t_s)) == 3


@pytest.mark.parametrize("step", [0.5, -0.5])
def test_a_step_of_the_level_within_a_set_costs_no_repetition_after_a_pause(step: float) -> None:
    bumps = [*train(3, Bump(1.5)), *train(3, Bump(16.5))]
    t_s = clock(bumps[-1].end_s + 1.5)
    x = sample(bumps, t_s) + step * (t_s > 13.5)
    assert len(count(x, t_s)) == 6


def test_a_drift_that_comes_and_goes_in_a_minute_is_no_repetition() -> None:
    t_s = clock(60.0)
    assert count(0.8 * np.sin(np.pi * t_s / 60), t_s) == []


def test_below_the_threshold_is_nothing() -> None:
    bumps = train(5, Bump(1.5, height=0.9 * START))
    t_s = clock(bumps[-1].end_s + 1.5)
    assert count(sample(bumps, t_s), t_s) == []


def test_too_quick_and_too_slow_are_nothing() -> None:
    quick, slow = replace(COUNTS, min_s=2.0), replace(COUNTS, max_s=2.0)
    assert count(CLEAN, T, counts=quick) != []
    assert count(CLEAN, T, counts=slow) == []
    assert count(sample([Bump(2.0, 0.3, 0.1, 0.3)], T), T, counts=quick) == []


def test_a_fast_wriggle_is_nothing() -> None:
    t_s = clock(8.0)
    x = np.where((t_s > 2) & (t_s < 6), np.abs(np.sin(2 * np.pi * 3 * t_s)), 0.0)
    assert count(x, t_s) == []


def test_what_the_card_does_not_take_for_genuine_is_nothing() -> None:
    assert count(CLEAN, T, counts=replace(COUNTS, genuine=lambda _rep: False)) == []


def test_out_of_position_counts_nothing() -> None:
    assert count(CLEAN, T, ready=between(0, 0)) == []


def test_getting_into_position_disturbs_no_measure() -> None:
    ready = between(FIVE[0].start_s - 0.6, math.inf)
    x = np.where(ready, CLEAN, 2.0 + np.sin(9 * T))  # walking in, until shortly before
    reps = count(x, T, ready=ready)
    assert_these(reps, FIVE, within_s=0.15)


# --- what is told of them ------------------------------------------------------------------------


def test_side_view_measures_and_confidence() -> None:
    rep = count(CLEAN, T)[0]
    assert (rep.side, rep.view) == (Side.BOTH, View.SIDE)
    assert rep.measures == {"height": pytest.approx(1.0, abs=0.02)}
    assert rep.confidence > 0.9


def test_confidence_falls_with_what_was_not_seen() -> None:
    x = CLEAN.copy()
    x[between(FIVE[1].top_start_s, FIVE[1].top_start_s + 0.35)] = math.nan
    first, second, *_ = count(x, T)
    assert second.confidence < first.confidence - 0.2


def test_confidence_does_not_depend_on_the_frame_rate() -> None:
    slow, fast = (
        count(sample(FIVE, t_s), t_s)[0].confidence for t_s in (clock(T[-1], 15), clock(T[-1], 60))
    )
    assert slow == pytest.approx(fast, abs=0.02)
