"""Small charts of a trend as shapes, in per cent of their width and height."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from formcheck.exercises.card import Exercise
from formcheck.history.series import Series, all_series
from formcheck.history.trend import Trend
from formcheck.pose.pose import Array
from formcheck.report.curves import svg_path
from formcheck.report.shapes import Band, Levels, Mark

AIR = 0.25
"""Room above and below the curve, as a share of its height."""
EDGE = 0.02
LEAST_WEEK_SCALE = 4.0


@dataclass(frozen=True)
class Chart:
    """One figure over time. dots: x and y in per cent of each session. latest: the last value."""

    title: str
    latest: str
    path: str
    dots: tuple[tuple[float, float], ...]
    bars: tuple[Band, ...]
    lines: tuple[Mark, ...]
    ticks: tuple[Mark, ...]
    says: str


def charts(trend: Trend, card: Exercise) -> tuple[Chart, ...]:
    """One small chart for each figure that there is, and one for the weeks."""
    times = [point.taken_at for point in trend.points]
    drawn = [_line(series, times) for series in all_series(trend, card)]
    return (*drawn, *([_weeks(trend)] if trend.weeks else []))


def _line(series: Series, times: Sequence[datetime]) -> Chart:
    known = [(t, v) for t, v in zip(times, series.values, strict=True) if v is not None]
    stamps = np.array([t.timestamp() for t, _ in known])
    x = np.array([v for _, v in known])
    span = float(stamps[-1] - stamps[0])
    right = (stamps - stamps[0]) / span if span else np.full(len(x), 0.5)
    right = EDGE + (1 - 2 * EDGE) * right
    air = AIR * max(float(x.max() - x.min()), 0.1 * float(abs(x).max()), 1e-3)
    levels = Levels(float(x.min()) - air, float(x.max()) + air)
    down = (levels.high - x) / (levels.high - levels.low)
    low, high = (series.told(float(v)) for v in (x.min(), x.max()))
    return Chart(
        title=series.name,
        latest=series.told(float(x[-1])),
        path=svg_path(right, down),
        dots=tuple(
            (round(100 * float(a), 2), round(100 * float(b), 2))
            for a, b in zip(right, down, strict=True)
        ),
        bars=(),
        lines=tuple(
            Mark(levels.percent(level), text, "rest")
            for level, text in {float(x.max()): high, float(x.min()): low}.items()
        ),
        ticks=_ticks([t for t, _ in known], right),
        says=f"{series.name}: from {series.told(float(x[0]))} to {series.told(float(x[-1]))} over "
        f"{len(x)} sessions, lowest {low}, highest {high}.",
    )


def _ticks(times: Sequence[datetime], right: Array) -> tuple[Mark, ...]:
    """Dates of the first and the last session."""
    ends = dict.fromkeys((0, len(times) - 1))
    return tuple(Mark(round(100 * float(right[i]), 2), _day(times[i])) for i in ends)


def _day(when: date) -> str:
    return f"{when.day} {when:%b}"


def _weeks(trend: Trend) -> Chart:
    asked = trend.per_week or 0.0
    most = max(LEAST_WEEK_SCALE, asked + 1, *(week.days for week in trend.weeks))
    levels = Levels(0.0, most)
    width = 100 / len(trend.weeks)
    bars = [
        Band(
            round(i * width + 0.15 * width, 2),
            round(0.7 * width, 2),
            y=levels.percent(week.days),
            height=round(100 - levels.percent(week.days), 2),
            good=week.days >= asked,
        )
        for i, week in enumerate(trend.weeks)
    ]
    lines = (Mark(levels.percent(asked), f"prescribed {asked:g}", "target"),) if asked else ()
    total = sum(week.days for week in trend.weeks)
    return Chart(
        title="days a week",
        latest=str(trend.weeks[-1].days),
        path="",
        dots=(),
        bars=tuple(bars),
        lines=lines,
        ticks=tuple(
            Mark(round((i + 0.5) * width, 2), f"week of {_day(trend.weeks[i].monday)}")
            for i in dict.fromkeys((0, len(trend.weeks) - 1))
        ),
        says=f"{total} days with the exercise in {len(trend.weeks)} weeks.",
    )
