"""The figures of a trend, each as a series over the sessions."""

from __future__ import annotations

from dataclasses import dataclass

from formcheck.exercises.card import Exercise
from formcheck.history.trend import Trend
from formcheck.report.figures import name_in_words, value_in_words


@dataclass(frozen=True)
class Series:
    """One figure of every session, None where there was none. unit: a measure's name, or none."""

    name: str
    unit: str
    values: tuple[float | None, ...]

    def told(self, value: float | None) -> str:
        """A value with its unit."""
        if self.unit or value is None:
            return value_in_words(self.unit, value)
        return f"{value:.0f}" if float(value).is_integer() else f"{value:.1f}"


def noun(card: Exercise) -> str:
    """What is counted."""
    return card.counts.noun


def all_series(trend: Trend, card: Exercise) -> tuple[Series, ...]:
    """Every figure that at least one session has."""
    name, points = trend.measure, trend.points
    words = name_in_words(name)
    every = (
        Series(noun(card), "", tuple(float(p.count) for p in points)),
        Series(f"median {words}", name, tuple(p.middle for p in points)),
        Series(f"best {words}", name, tuple(p.best for p in points)),
        Series("time held", "held_s", tuple(p.held_s or None for p in points)),
        Series("weaker leg", "symmetry_share", tuple(p.symmetry for p in points)),
        Series(f"faults per {noun(card)[:-1]}", "", tuple(p.faults for p in points)),
    )
    return tuple(s for s in every if any(value is not None for value in s.values))
