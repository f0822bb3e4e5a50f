"""The report as one self-contained HTML page: no script, nothing fetched, two sheets of paper."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

import jinja2

from formcheck.close_up.card import card_of
from formcheck.exercises.card import Exercise
from formcheck.pose.side_view import Side, View
from formcheck.report import compare, figures, summary
from formcheck.report.peaks import decoded
from formcheck.report.pictures import Picture, shown
from formcheck.report.plots import signal_plot
from formcheck.report.tables import fault_words, main_tables
from formcheck.results import Hold, Rep, SessionResult
from formcheck.system.files import write_text

FROM_WHERE = {
    View.SIDE: "from the side",
    View.OBLIQUE: "at an angle",
    View.FRONT: "from the front",
    View.BACK: "from behind",
    View.CLOSE_UP: "close up",
    View.UNKNOWN: "from an unknown side",
}


@dataclass(frozen=True)
class Tile:
    """One of the large figures at the top."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """A picture on the page. src: data URI; width, height in pixels."""

    kind: str
    src: str
    width: int
    height: int
    alt: str
    title: str
    note: str


def write_report(result: SessionResult, pictures: Sequence[Picture], path: Path) -> None:
    """Write the page; raises OutputError when that cannot be done."""
    write_text(path, render(result, pictures))


def render(result: SessionResult, pictures: Sequence[Picture] = ()) -> str:
    """The page of one session. The same input gives the same text."""
    card = card_of(result)
    table, full_table = main_tables(result, card)
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            result=result,
            card=card,
            headline=summary.headline(result, card),
            recognition=summary.recognition(result, card),
            tiles=tiles(result, card),
            advice=summary.advice(result),
            plot=signal_plot(result, card),
            pictures=[_figure(p, result, card) for p in shown(pictures, result)],
            table=table,
            full_table=full_table,
            tempos=compare.tempos(result, card),
            sides=compare.sides(result, card),
            one_sided=_one_sided(result),
            norms=compare.norms(result, card),
            seen_from=FROM_WHERE[result.quality.view],
            confidence=_confidence(result.reps),
            driver=_driver(card),
            version=version("formcheck"),
        )
    )


def environment() -> jinja2.Environment:
    """Jinja with the templates of this package; what comes from outside is escaped."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("formcheck.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    made.filters |= {
        "percent": figures.percent,
        "in_words": figures.name_in_words,
        "fault_words": lambda fault: fault_words([fault]),
    }
    return made


def tiles(result: SessionResult, card: Exercise) -> tuple[Tile, ...]:
    """The large figures: how many, how far, how long."""
    if result.holds:
        return _hold_tiles(result.holds, card)
    if not result.reps:
        return (Tile("in view", figures.percent(result.quality.coverage), "of the recording"),)
    found = [Tile("repetitions", str(len(result.reps)))]
    full = summary.full_reps(result, card)
    if full is not None:
        found.append(Tile(summary.full_of(result), str(full), f"of {len(result.reps)}"))
    name = figures.main_measure(card, result.reps)
    values = _values(result.reps, name)
    if values and result.quality.view is not View.CLOSE_UP:
        best, middle = (figures.value_in_words(name, v) for v in (max(values), median(values)))
        found.append(Tile(f"best {figures.name_in_words(name)}", best, f"median {middle}"))
    clean = sum(not rep.faults for rep in result.reps)
    return (*found, Tile("without a fault", str(clean), f"of {len(result.reps)}"))


def _hold_tiles(holds: Sequence[Hold], card: Exercise) -> tuple[Tile, ...]:
    longest = max(hold.held_s for hold in holds)
    found = [
        Tile("holds", str(len(holds))),
        Tile("longest", f"{longest:.0f} s", f"of {holds[0].target_s:.0f} s"),
        Tile("held in all", f"{sum(hold.held_s for hold in holds):.0f} s"),
    ]
    name = figures.main_measure(card, holds)
    values = _values(holds, name)
    if values:
        label = f"median {figures.name_in_words(name)}"
        found.append(Tile(label, figures.value_in_words(name, median(values))))
    return tuple(found)


def _values(spans: Iterable[Rep | Hold], name: str) -> list[float]:
    found = (figures.value_of(span, name) for span in spans)
    return [value for value in found if value is not None]


def _figure(picture: Picture, result: SessionResult, card: Exercise) -> Figure:
    spans: Sequence[Rep | Hold] = result.reps or result.holds
    span = spans[picture.number - 1]
    kind, at_s = ("Rep", span.peak_s) if isinstance(span, Rep) else ("Hold", span.start_s)
    told = [*_range(span, spans, result, card), fault_words(span.faults) or "nothing to correct"]
    height, width = decoded(picture.jpeg).shape[:2]
    return Figure(
        kind=picture.kind,
        src="data:image/jpeg;base64," + base64.b64encode(picture.jpeg).decode("ascii"),
        width=width,
        height=height,
        alt=f"{kind} {picture.number} at its peak, seen {FROM_WHERE[result.quality.view]}, with "
        f"{_drawn(result)}: {', '.join(told)}.",
        title=f"{picture.kind.capitalize()}: {kind.lower()} {picture.number}, "
        f"at {figures.clock(at_s)}",
        note=" · ".join(told),
    )


def _range(
    span: Rep | Hold, spans: Sequence[Rep | Hold], result: SessionResult, card: Exercise
) -> list[str]:
    """How far it went, where that is graded."""
    if result.quality.view is View.CLOSE_UP:
        return []
    name = figures.main_measure(card, spans)
    value = figures.value_in_words(name, figures.value_of(span, name))
    figure = f"{value} {figures.name_in_words(name)}"
    share = (
        [figures.percent(span.reached) + f" of {summary.goal(result)}"]
        if isinstance(span, Rep)
        else []
    )
    return [figure, *share]


def _drawn(result: SessionResult) -> str:
    close_up = result.quality.view is View.CLOSE_UP
    return "what is followed drawn round" if close_up else "the measured skeleton drawn in"


def _one_sided(result: SessionResult) -> str:
    """Why left and right are not compared."""
    done: Sequence[Rep | Hold] = result.reps or result.holds
    used = {span.side for span in done}
    if used == {Side.BOTH}:
        return "Both legs worked together, and this view does not show them apart."
    return f"Only the {next(iter(used)).value} leg worked." if len(used) == 1 else "Not comparable."


def _confidence(reps: Sequence[Rep]) -> tuple[float, float] | None:
    """Median and lowest confidence of the repetitions."""
    values = [rep.confidence for rep in reps]
    return (median(values), min(values)) if values else None


def _driver(card: Exercise) -> str:
    """What the count or the clock goes by, in the measure's own words."""
    name = card.counts.driver
    told = (card.signals[name].__doc__ or name).strip().splitlines()[0]
    return told.rstrip(".")
