"""The trend of an exercise as a self-contained HTML page."""

from __future__ import annotations

from importlib.metadata import version

from formcheck.exercises.card import Exercise
from formcheck.history.charts import charts
from formcheck.history.series import all_series, noun
from formcheck.history.trend import Trend, sentence
from formcheck.report.figures import name_in_words, value_in_words
from formcheck.report.html import Tile, environment
from formcheck.report.tables import Cell, Row, Table


def render(trend: Trend, card: Exercise, person: str) -> str:
    """The page; the same input gives the same text."""
    template = environment().get_template("history.html.j2")
    return template.render(
        card=card,
        person=person,
        headline=sentence(trend, card),
        tiles=_tiles(trend, card),
        charts=charts(trend, card),
        table=table(trend, card),
        version=version("formcheck"),
    )


def _tiles(trend: Trend, card: Exercise) -> tuple[Tile, ...]:
    if not trend.points:
        return ()
    last = trend.points[-1]
    name = trend.measure
    found = [Tile("sessions", str(len(trend.points)))]
    if trend.weeks:
        asked = f"of {trend.per_week:g} days" if trend.per_week else "days"
        found.append(Tile("this week", str(trend.weeks[-1].days), asked))
    found.append(Tile("last time", str(last.count), noun(card)))
    if last.middle is not None:
        label = f"last median {name_in_words(name)}"
        found.append(Tile(label, value_in_words(name, last.middle)))
    return tuple(found)


def table(trend: Trend, card: Exercise) -> Table:
    """One line a session, newest first."""
    series = all_series(trend, card)
    rows = tuple(
        Row((Cell(day), *(Cell(s.told(s.values[i])) for s in series)))
        for i, day in reversed(list(enumerate(f"{p.taken_at:%Y-%m-%d}" for p in trend.points)))
    )
    return Table(("Day", *(s.name.capitalize() for s in series)), rows)
