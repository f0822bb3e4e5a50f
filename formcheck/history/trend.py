"""How an exercise develops: one point a session, one bar a week, and a sentence about both."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from formcheck.exercises.card import Exercise
from formcheck.history.sessions import Entry
from formcheck.pose.side_view import Side
from formcheck.report.compare import uneven_share
from formcheck.report.figures import main_measure, value_of
from formcheck.results import Hold, Rep, SessionResult

COMPARED = 3
"""So many sessions at either end are compared: one good day is no trend."""


@dataclass(frozen=True)
class Point:
    """One session. middle, best: of the main measure, None where no view showed it.

    symmetry: the weaker leg as a share of the stronger. faults: per repetition or hold.
    held_s: time held in all.
    """

    number: int
    taken_at: datetime
    count: int
    middle: float | None
    best: float | None
    symmetry: float | None
    faults: float
    held_s: float


@dataclass(frozen=True)
class Week:
    """Days with the exercise in the week that begins on `monday`."""

    monday: date
    days: int


@dataclass(frozen=True)
class Trend:
    """All sessions of one exercise by one person, in the order of time.

    per_week: prescribed days a week, None when nothing is. done_share: of the days that were
    prescribed from the first session to today, how many there were; None likewise. measure: the
    main one, the same for all sessions.
    """

    measure: str
    points: tuple[Point, ...]
    weeks: tuple[Week, ...]
    per_week: float | None
    done_share: float | None


def trend(
    entries: Sequence[Entry], card: Exercise, today: date, per_week: float | None = None
) -> Trend:
    """Measure the sessions in which something was done."""
    done = [(entry, _spans(entry.result)) for entry in entries]
    measure = main_measure(card, [span for _, spans in done for span in spans])
    points = tuple(_point(entry, spans, measure) for entry, spans in done if spans)
    days = sorted({point.taken_at.date() for point in points})
    return Trend(measure, points, _weeks(days, today), per_week, _done_share(days, today, per_week))


def _spans(result: SessionResult) -> Sequence[Rep | Hold]:
    return result.reps or result.holds


def _point(entry: Entry, done: Sequence[Rep | Hold], measure: str) -> Point:
    values = _values(done, measure)
    return Point(
        number=entry.number,
        taken_at=entry.taken_at,
        count=len(done),
        middle=median(values) if values else None,
        best=max(values, default=None),
        symmetry=_symmetry(entry.result, measure),
        faults=sum(len(span.faults) for span in done) / len(done),
        held_s=sum(hold.held_s for hold in entry.result.holds),
    )


def _values(spans: Sequence[Rep | Hold], measure: str) -> list[float]:
    found = (value_of(span, measure) for span in spans)
    return [value for value in found if value is not None]


def _symmetry(result: SessionResult, measure: str) -> float | None:
    sides = (Side.LEFT, Side.RIGHT)
    legs = [_values([s for s in _spans(result) if s.side is side], measure) for side in sides]
    if all(legs):
        low, high = sorted(median(values) for values in legs)
        return low / high if high > 0 else None
    uneven = uneven_share(result)
    return None if uneven is None else 1 - uneven


def _weeks(days: Sequence[date], today: date) -> tuple[Week, ...]:
    if not days:
        return ()
    counted = {monday: len(list(group)) for monday, group in itertools.groupby(days, _monday)}
    last = max(_monday(today), _monday(days[-1]))
    number = (last - _monday(days[0])).days // 7 + 1
    mondays = (_monday(days[0]) + timedelta(weeks=i) for i in range(number))
    return tuple(Week(monday, counted.get(monday, 0)) for monday in mondays)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _done_share(days: Sequence[date], today: date, per_week: float | None) -> float | None:
    if not days or not per_week:
        return None
    elapsed = (max(today, days[-1]) - days[0]).days + 1
    return len(days) / max(1.0, per_week * elapsed / 7)


def change(trend_: Trend) -> float | None:
    """By what share the main measure of the last sessions is over that of the first ones."""
    values = [p.middle for p in trend_.points if p.middle is not None]
    if len(values) < 2 * COMPARED:
        return None
    first, last = median(values[:COMPARED]), median(values[-COMPARED:])
    return last / first - 1 if first > 0 else None


def sentence(trend_: Trend, card: Exercise) -> str:
    """What there is to say about it all, in one line."""
    points = trend_.points
    if not points:
        return f"No {card.title.lower()} is in the history yet."
    number = "1 session" if len(points) == 1 else f"{len(points)} sessions"
    parts = [f"{number} since {points[0].taken_at:%d %B %Y}".replace(" 0", " ")]
    if trend_.done_share is not None:
        share = f"{trend_.done_share * 100:.0f} %"
        parts.append(f"{share} of the {trend_.per_week:g} days a week that are prescribed")
    grown = change(trend_)
    if grown is not None:
        way = "up" if grown >= 0 else "down"
        parts.append(f"{card.amplitude} {way} by {abs(grown) * 100:.0f} %")
    return "; ".join(parts) + "."
