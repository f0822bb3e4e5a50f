"""One repetition as a curve: rest, rise, plateau, fall, rest.

Thresholds tell that a repetition happened; they are poor at telling when it began, because a
smooth movement creeps away from rest. So the samples of a repetition are fitted with the curve
that voluntary movements follow: minimum-jerk transitions (Flash & Hogan 1985, J Neurosci 5:1688).
Someone who counts three seconds moves at one speed instead, from a sharp start to a sharp stop:
so the transitions may begin and end with a speed of their own. With both speeds 0 that is the
minimum-jerk step, with both 1 it is a straight line. The sharper curve is taken only where it is
clearly better: noise has corners too. The four times are searched; the three levels and the two
speeds follow by linear least squares.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import OptimizeResult, least_squares

from formcheck.pose.pose import Array

MAX_SAMPLES = 90
"""Samples used in a fit; more only cost time (measured: times move by less than 10 ms)."""
MIN_PHASE_S = 0.08
"""No voluntary rise or fall is shorter; keeps the search away from steps."""
MAX_STRETCH = 0.5
SLACK_S = 0.25
"""The search stays near what the thresholds saw: a slow drift of the rest is not a slow rise."""
SAME_REST_SAMPLES = 1.0
"""Weight, in samples, of the wish that rest after a repetition is as before it."""
SMOOTH_SAMPLES = 0.01
"""Weight, in samples, of the wish that movements start and stop smoothly: enough to hold back the
model's slow errors, little beside a sharp corner (measured: see samples)."""
ALWAYS_SMOOTH = 1000.0
"""The same weight for a movement that has no speed of its own at its ends."""
SHARP_SHARE = 0.6
"""A movement starts and stops sharply when that leaves less than this share of what a smooth one
leaves unexplained (measured: at one speed 0.36-0.42, smooth ones 0.7-1.0)."""
STEEPNESS = 0.55
"""The search starts from a rise and fall of this share of the guessed duration: a straight line
is three fifths as long as a minimum-jerk step that takes as long between two levels, and a search
that starts blunt stays blunt (measured: see samples)."""
STEEPEST_S = 0.2
"""It starts no steeper, or few samples would be left to slide along."""
OVERHANG = 0.05
"""Weight, per second and share of the signal's spread, of beginning before the first sample or
ending after the last: rest was seen on both sides, unless the picture was cut."""


@dataclass(frozen=True)
class Pulse:
    """A fitted repetition. Times in s; levels in the unit of the signal.

    fit: share of the signal's variance that the curve explains, 0..1.
    """

    start_s: float
    top_start_s: float
    top_end_s: float
    end_s: float
    rest: float
    top: float
    fit: float

    @property
    def height(self) -> float:
        """Top over rest, in the unit of the signal."""
        return self.top - self.rest


def minimum_jerk(u: Array) -> Array:
    """Smooth step 0→1 over u in 0..1 (10u³ - 15u⁴ + 6u⁵), flat outside."""
    u = np.clip(u, 0.0, 1.0)
    step: Array = u**3 * (10 - 15 * u + 6 * u * u)
    return step


def transition(u: Array) -> tuple[Array, Array, Array]:
    """Smooth step 0→1 over u in 0..1, and what a speed at its start and at its end adds to it.

    The quintics of least jerk between two places with given speeds; flat outside 0..1.
    """
    u = np.clip(u, 0.0, 1.0)
    at_start: Array = u - u**3 * (6 - 8 * u + 3 * u * u)
    at_end: Array = -(u**3) * (4 - 7 * u + 3 * u * u)
    return minimum_jerk(u), at_start, at_end


def fit_pulse(t_s: Array, x: Array, guess: tuple[float, float, float, float]) -> Pulse:
    """Fit one repetition to samples t_s (n,), x (n,), n >= 8, all finite.

    guess: start, end of the rise, start of the fall, end, seconds, in that order, as of a
    minimum-jerk rise and fall.
    """
    t_s, x = _thin(t_s, x)
    smooth, left_smooth = _fit(t_s, x, guess, ALWAYS_SMOOTH)
    sharp, left_sharp = _fit(t_s, x, guess, SMOOTH_SAMPLES)
    return sharp if left_sharp < SHARP_SHARE * left_smooth else smooth


def _fit(
    t_s: Array, x: Array, guess: tuple[float, float, float, float], smoothness: float
) -> tuple[Pulse, float]:
    """The best pulse, and the sum of the squares that it leaves."""
    origin = t_s[0]
    solution = _search(t_s - origin, x, np.array(guess) - origin, smoothness)
    design = _design(solution.x, t_s - origin)
    levels = _levels(design, x, smoothness)
    before, top, after = levels[:3]
    times = origin + np.cumsum(solution.x)
    spread = float(np.sum((x - x.mean()) ** 2))
    left_over = float(np.sum((design @ levels - x) ** 2))
    pulse = Pulse(
        start_s=float(times[0]),
        top_start_s=float(times[1]),
        top_end_s=float(times[2]),
        end_s=float(times[3]),
        rest=float(before + after) / 2,
        top=float(top),
        fit=max(0.0, 1 - left_over / spread) if spread > 0 else 0.0,
    )
    return pulse, left_over


def _search(t_s: Array, x: Array, guess: Array, smoothness: float) -> OptimizeResult:
    """The best start, rise, hold and fall (4,), s, near a guess whose rise and fall are shortened.

    Searched as a start and three positive durations, so that the order always holds.
    """
    start, top_start, top_end, end = guess
    up, down = (max(b - a, MIN_PHASE_S) for a, b in ((start, top_start), (top_end, end)))
    later = (1 - STEEPNESS) / 2
    first = np.array(
        [
            start + later * up,
            max(STEEPNESS * up, STEEPEST_S),
            max(top_end - top_start, 0.01) + later * (up + down),
            max(STEEPNESS * down, STEEPEST_S),
        ]
    )
    span = t_s[-1]
    slack = np.array([up, up, span, down]) * MAX_STRETCH + SLACK_S
    low = np.array([start - slack[0], MIN_PHASE_S, 0.0, MIN_PHASE_S])
    high = np.array([start, up, span, down]) + slack
    return least_squares(
        _residual,
        np.clip(first, low + 1e-6, high - 1e-6),
        bounds=(low, high),
        xtol=1e-4,
        ftol=1e-4,
        max_nfev=40,
        args=(t_s, x, smoothness),
    )


def _thin(t_s: Array, x: Array) -> tuple[Array, Array]:
    keep = np.unique(np.linspace(0, len(t_s) - 1, min(len(t_s), MAX_SAMPLES)).round().astype(int))
    return t_s[keep], x[keep]


def _design(p: Array, t_s: Array) -> Array:
    """(n, 5) weights of the level before, the top, the level after, and of two speeds.

    The first speed is that of leaving rest and coming back to it, the second that of reaching the
    top and leaving it; in heights per duration.
    """
    start, up, hold, down = p
    rise, from_rest, to_top = transition((t_s - start) / up)
    fall, from_top, to_rest = transition((t_s - start - up - hold) / down)
    return np.stack([1 - rise, rise - fall, fall, from_rest - to_rest, to_top - from_top], axis=1)


def _residual(p: Array, t_s: Array, x: Array, smoothness: float) -> Array:
    design = _design(p, t_s)
    levels = _levels(design, x, smoothness)
    smooth = math.sqrt(smoothness) * levels[3:]
    outside = max(0.0, -p[0]) + max(0.0, float(p.sum()) - t_s[-1])
    outside *= OVERHANG * x.std() * math.sqrt(len(x))
    return np.concatenate([design @ levels - x, smooth, [outside]])


def _levels(design: Array, x: Array, smoothness: float) -> Array:
    """(5,) level before, at the top and after, and the two speeds, by least squares."""
    # Rest before and after are drawn together: a fall cut short must not invent a deep end.
    gram = design.T @ design + np.diag([1e-6] * 3 + [smoothness] * 2)
    gram[[0, 2], [0, 2]] += SAME_REST_SAMPLES
    gram[[0, 2], [2, 0]] -= SAME_REST_SAMPLES
    projected = design.T @ x
    levels = np.zeros(5)
    used = [0, 1, 2, 3, 4]
    while True:
        levels[:] = 0.0
        levels[used] = np.linalg.solve(gram[np.ix_(used, used)], projected[used])
        backwards = [column for column in used[3:] if levels[column] < 0]
        if not backwards:
            return levels
        used.remove(backwards[0])  # nobody leaves rest by sinking below it
