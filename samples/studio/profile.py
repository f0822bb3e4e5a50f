"""How a value gets from one level to the next: shares of the way, 0 to 1, over time 0 to 1."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

Profile = Callable[[float], float]

FAST_START_POWER = 2.5  # 60 % of the way is done in the first third of the time


def minimum_jerk(time: float) -> float:
    """How people move when nothing hurries them: smooth start, smooth stop."""
    u = min(max(time, 0.0), 1.0)
    return u**3 * (10 - 15 * u + 6 * u * u)


def linear(time: float) -> float:
    """At one speed."""
    return min(max(time, 0.0), 1.0)


def fast_start(time: float) -> float:
    """A push that runs out: fastest at the start, smooth stop."""
    return float(1 - (1 - linear(time)) ** FAST_START_POWER)


PROFILES: Mapping[str, Profile] = MappingProxyType(
    {"minimum-jerk": minimum_jerk, "linear": linear, "fast-start": fast_start}
)


def wander(t_s: float, seed: int, *, periods_s: tuple[float, ...] = (4.3, 2.4, 1.1)) -> float:
    """A smooth seeded wobble around 0 that stays within about -1 to 1."""
    phases = np.random.default_rng(seed).uniform(0, 2 * np.pi, len(periods_s))
    sizes = 1 / np.arange(1, len(periods_s) + 1)
    waves = np.sin(2 * np.pi * t_s / np.array(periods_s) + phases)
    return float(sizes @ waves / sizes.sum())
