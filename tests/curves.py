"""Closed-form movements: their truth is in their arguments, not in any code that is tested."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Shape = Callable[[float], float]


def smooth(u: float) -> float:
    """Minimum-jerk step 0→1 (Flash & Hogan 1985)."""
    return u**3 * (10 - 15 * u + 6 * u * u)


def linear(u: float) -> float:
    """Constant speed 0→1."""
    return u


def cosine(u: float) -> float:
    """Half a cosine wave 0→1."""
    return (1 - math.cos(math.pi * u)) / 2


@dataclass(frozen=True)
class Bump:
    """Rise to `height` in up_s, stay for hold_s, fall in down_s; zero outside."""

    start_s: float
    up_s: float = 1.0
    hold_s: float = 1.0
    down_s: float = 1.0
    height: float = 1.0
    shape: Shape = smooth

    @property
    def top_start_s(self) -> float:
        return self.start_s + self.up_s

    @property
    def top_end_s(self) -> float:
        return self.top_start_s + self.hold_s

    @property
    def end_s(self) -> float:
        return self.top_end_s + self.down_s

    @property
    def times(self) -> tuple[float, float, float, float]:
        return self.start_s, self.top_start_s, self.top_end_s, self.end_s

    def at(self, t_s: float) -> float:
        """Level at a time."""
        rise = self.shape(min(1.0, max(0.0, (t_s - self.start_s) / self.up_s)))
        fall = self.shape(min(1.0, max(0.0, (t_s - self.top_end_s) / self.down_s)))
        return self.height * (rise - fall)


def train(count: int, first: Bump, gap_s: float = 1.0) -> list[Bump]:
    """`count` bumps like the first, gap_s of rest between them."""
    period = first.end_s - first.start_s + gap_s
    return [replace(first, start_s=first.start_s + i * period) for i in range(count)]


def at(bumps: Sequence[Bump], t_s: float) -> float:
    """Sum of the bumps at one time."""
    return sum(b.at(t_s) for b in bumps if b.start_s < t_s < b.end_s)


def clock(duration_s: float, fps: float = 30.0) -> Array:
    """(n,) regular times, seconds."""
    return np.arange(int(duration_s * fps)) / fps


def sample(bumps: Sequence[Bump], t_s: Array) -> Array:
    """(n,) levels at the times."""
    return np.array([at(bumps, float(t)) for t in t_s])
