"""Fitted times and heights against the closed form that made the samples."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.motion.pulse import Pulse, fit_pulse, minimum_jerk, transition
from tests.curves import Array, Bump, Shape, clock, cosine, linear, sample, smooth

ROUGH = 0.2
"""How far off the guess that starts a fit may be, as a share of the rise and the fall."""


def fit(bump: Bump, *, noise: float = 0.0, fps: float = 30.0, begin_s: float = 0.0) -> Pulse:
    """The fit of a bump in samples from begin_s to a second after it, rest 2.0."""
    t_s = clock(bump.end_s + 1.0, fps)
    t_s = t_s[t_s >= begin_s]
    x = 2.0 + sample([bump], t_s) + np.random.default_rng(1).normal(0, noise, len(t_s))
    up, down = ROUGH * bump.up_s, ROUGH * bump.down_s
    guess = bump.start_s + up, bump.top_start_s - up, bump.top_end_s + down, bump.end_s - down
    return fit_pulse(t_s, x, guess)


def times(pulse: Pulse) -> Array:
    return np.array([pulse.start_s, pulse.top_start_s, pulse.top_end_s, pulse.end_s])


def test_minimum_jerk_is_flat_outside_and_half_way_in_the_middle() -> None:
    u = np.array([-1.0, 0.0, 0.5, 1.0, 2.0])
    assert minimum_jerk(u) == pytest.approx([0, 0, 0.5, 1, 1])


@pytest.mark.parametrize("fps", [15, 30, 60])
@pytest.mark.parametrize(
    "bump",
    [
        Bump(1.5, 1.0, 1.0, 1.0, 0.2),
        Bump(1.5, 3.0, 2.0, 3.0, 0.2),
        Bump(1.5, 0.5, 0.3, 0.5, 0.2),
        Bump(1.5, 0.8, 0.0, 2.5, 0.2),
        Bump(1.5, 2.0, 1.0, 0.4, 40.0),
    ],
)
def test_a_clean_pulse_is_found_exactly(bump: Bump, fps: float) -> None:
    pulse = fit(bump, fps=fps)
    assert times(pulse) == pytest.approx(bump.times, abs=0.03)
    assert pulse.height == pytest.approx(bump.height, rel=0.01)
    assert pulse.rest == pytest.approx(2.0, abs=0.01 * bump.height)
    assert pulse.fit > 0.999


@pytest.mark.parametrize("noise", [0.02, 0.05, 0.1])
def test_noise_moves_times_and_height_little(noise: float) -> None:
    bump = Bump(1.5, 1.0, 1.0, 1.5)
    pulse = fit(bump, noise=noise)
    assert times(pulse) == pytest.approx(bump.times, abs=0.05 + 2 * noise)
    assert pulse.height == pytest.approx(1.0, abs=noise)


def as_smooth(bump: Bump) -> tuple[float, float, float, float]:
    """The guess for a bump of any shape: that of the smooth one with the same middles."""
    steepness = 0.346 / (crossing(bump.shape, 0.8) - crossing(bump.shape, 0.2))
    up, down = bump.up_s / steepness, bump.down_s / steepness
    rise, fall = (bump.start_s + bump.top_start_s) / 2, (bump.top_end_s + bump.end_s) / 2
    return rise - up / 2, rise + up / 2, fall - down / 2, fall + down / 2


def crossing(shape: Shape, level: float) -> float:
    """Share of the duration at which a step of some shape passes a level."""
    u = np.linspace(0, 1, 1001)
    return float(np.interp(level, [shape(float(v)) for v in u], u))


@pytest.mark.parametrize("shape", [linear, cosine, smooth])
@pytest.mark.parametrize("up_s", [0.6, 1.0, 3.0])
@pytest.mark.parametrize("noise", [0.0, 0.01])
def test_the_shape_of_the_movement_does_not_move_its_times(
    shape: Shape, up_s: float, noise: float
) -> None:
    bump = Bump(1.5, up_s, 2 * up_s / 3, up_s, shape=shape)
    t_s = clock(bump.end_s + 0.5)
    x = sample([bump], t_s) + np.random.default_rng(3).normal(0, noise, len(t_s))
    pulse = fit_pulse(t_s, x, as_smooth(bump))
    # Half a cosine wave is, within a third of a per cent, a smooth step a sixth longer.
    within_s = max(0.15, 0.11 * up_s) if shape is cosine else 0.15
    assert times(pulse) == pytest.approx(bump.times, abs=within_s)
    assert pulse.top_end_s - pulse.top_start_s == pytest.approx(bump.hold_s, abs=2 * within_s)
    assert pulse.height == pytest.approx(1.0, abs=0.03)
    assert pulse.fit > 0.98


def test_end_speeds_make_a_straight_line() -> None:
    u = np.linspace(-0.5, 1.5, 21)
    step, at_start, at_end = transition(u)
    assert step + at_start + at_end == pytest.approx(np.clip(u, 0, 1))


def test_a_half_sine_has_no_plateau_to_speak_of() -> None:
    t_s = clock(5.0)
    x = np.where((t_s > 1) & (t_s < 4), np.sin(np.pi * (t_s - 1) / 3), 0.0)
    pulse = fit_pulse(t_s, x, (1.2, 2.3, 2.7, 3.8))
    assert (pulse.top_start_s + pulse.top_end_s) / 2 == pytest.approx(2.5, abs=0.05)
    assert pulse.top_end_s - pulse.top_start_s < 0.6
    assert pulse.height == pytest.approx(1.0, abs=0.06)


def test_a_late_beginning_keeps_the_height() -> None:
    bump = Bump(1.0, 1.5, 1.0, 1.5)
    pulse = fit(bump, noise=0.01, begin_s=1.4)
    assert pulse.height == pytest.approx(1.0, abs=0.1)
    assert times(pulse)[1:] == pytest.approx(bump.times[1:], abs=0.15)


def test_an_end_that_was_cut_off_invents_no_deep_rest() -> None:
    bump = Bump(1.5, 1.0, 1.0, 1.5)
    t_s = clock(bump.end_s - 0.6)
    pulse = fit_pulse(t_s, sample([bump], t_s), bump.times)
    assert pulse.height == pytest.approx(1.0, abs=0.1)
    assert pulse.end_s == pytest.approx(bump.end_s, abs=0.4)


def test_times_stay_in_order_whatever_the_guess() -> None:
    bump = Bump(1.5, 1.0, 0.2, 1.0)
    t_s = clock(6.0)
    for guess in ((2.0, 2.0, 2.0, 2.0), (3.0, 2.0, 1.0, 0.5), (0.0, 5.0, 5.5, 6.0)):
        found = times(fit_pulse(t_s, sample([bump], t_s), guess))
        assert list(found) == sorted(found)


def test_a_flat_line_has_no_height_and_no_fit() -> None:
    pulse = fit_pulse(clock(5.0), np.full(150, 0.7), (1, 2, 3, 4))
    assert pulse.height == pytest.approx(0.0, abs=1e-3)
    assert pulse.fit == 0.0


def test_a_wriggle_is_no_pulse() -> None:
    t_s = clock(6.0)
    pulse = fit_pulse(t_s, np.sin(2 * np.pi * 1.3 * t_s), (1.5, 2.5, 3.5, 4.5))
    assert pulse.fit < 0.5


def test_irregular_times_are_taken_as_they_are() -> None:
    bump = Bump(1.5, 1.0, 1.0, 1.5)
    t_s = np.sort(np.random.default_rng(2).uniform(0, 6.0, 120))
    pulse = fit_pulse(t_s, sample([bump], t_s), bump.times)
    assert times(pulse) == pytest.approx(bump.times, abs=0.05)


def test_many_samples_are_thinned_without_moving_the_times() -> None:
    bump = Bump(1.5, 3.0, 2.0, 3.0)
    assert times(fit(bump, fps=240)) == pytest.approx(times(fit(bump, fps=30)), abs=0.01)


def test_smooth_is_the_curve_that_is_fitted() -> None:
    u = np.linspace(0, 1, 11)
    assert minimum_jerk(u) == pytest.approx([smooth(float(v)) for v in u])
