"""One repetition as a curve: rest, smooth rise, plateau, smooth fall, rest.

Thresholds tell that a repetition happened; they are poor at telling when it began, because a
smooth movement creeps away from rest. So the samples of a repetition are fitted with the curve
that voluntary movements follow: minimum-jerk transitions (Flash & Hogan 1985, J Neurosci 5:1688).
The four times are searched; the three levels follow by linear least squares.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import least_squares

from formcheck.poses import Array

MAX_SAMPLES = 90
"""Samples used in a fit; more only cost time (measured: times move by less than 10 ms)."""
MIN_PHASE_S = 0.08
"""No voluntary rise or fall is shorter; keeps the search away from steps."""
MAX_STRETCH = 0.5
SLACK_S = 0.25
"""The search stays near what the thresholds saw: a slow drift of the rest is not a slow rise."""
SAME_REST_SAMPLES = 1.0
"""Weight, in samples, of the wish that rest after a repetition is as before it."""


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


def fit_pulse(t_s: Array, x: Array, guess: tuple[float, float, float, float]) -> Pulse:
    """Fit one repetition to samples t_s (n,), x (n,), n >= 8, all finite.

    guess: start, end of the rise, start of the fall, end, seconds, in that order.
    """
    t_s, x = _thin(t_s, x)
    origin = t_s[0]
    span = t_s[-1] - origin
    start, top_start, top_end, end = (g - origin for g in guess)
    # Searched as start and three positive durations, so that the order always holds.
    first = np.array(
        [
            start,
            max(top_start - start, MIN_PHASE_S),
            max(top_end - top_start, 0.01),
            max(end - top_end, MIN_PHASE_S),
        ]
    )
    slack = np.array([first[1], first[1], span, first[3]]) * MAX_STRETCH + SLACK_S
    low = np.array([start - slack[0], MIN_PHASE_S, 0.0, MIN_PHASE_S])
    high = np.array([start + slack[0], first[1] + slack[1], span, first[3] + slack[3]])
    solution = least_squares(
        _residual,
        np.clip(first, low + 1e-6, high - 1e-6),
        bounds=(low, high),
        xtol=1e-4,
        ftol=1e-4,
        max_nfev=40,
        args=(t_s - origin, x),
    )
    design = _design(solution.x, t_s - origin)
    before, top, after = _levels(design, x)
    times = origin + np.cumsum(solution.x)
    spread = float(np.sum((x - x.mean()) ** 2))
    left_over = float(np.sum(solution.fun**2))
    return Pulse(
        start_s=float(times[0]),
        top_start_s=float(times[1]),
        top_end_s=float(times[2]),
        end_s=float(times[3]),
        rest=float(before + after) / 2,
        top=float(top),
        fit=max(0.0, 1 - left_over / spread) if spread > 0 else 0.0,
    )


def _thin(t_s: Array, x: Array) -> tuple[Array, Array]:
    keep = np.unique(np.linspace(0, len(t_s) - 1, min(len(t_s), MAX_SAMPLES)).round().astype(int))
    return t_s[keep], x[keep]


def _design(p: Array, t_s: Array) -> Array:
    """(n, 3) weights of the level before, the top and the level after."""
    start, up, hold, down = p
    rise = minimum_jerk((t_s - start) / up)
    fall = minimum_jerk((t_s - start - up - hold) / down)
    return np.stack([1 - rise, rise - fall, fall], axis=1)


def _residual(p: Array, t_s: Array, x: Array) -> Array:
    design = _design(p, t_s)
    fitted: Array = design @ _levels(design, x)
    return fitted - x


def _levels(design: Array, x: Array) -> Array:
    """(3,) level before, at the top and after, by least squares."""
    # Rest before and after are drawn together: a fall cut short must not invent a deep end.
    same = SAME_REST_SAMPLES * np.array([[1.0, 0, -1], [0, 0, 0], [-1, 0, 1]])
    gram = design.T @ design + same + 1e-6 * np.eye(3)
    return np.asarray(np.linalg.solve(gram, design.T @ x), dtype=np.float64)
