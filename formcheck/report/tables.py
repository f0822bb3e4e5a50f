"""The table of a report: one line per repetition or hold, or per ten of them in a long set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from statistics import median

from formcheck.exercises.card import Exercise
from formcheck.pose.side_view import Side, View
from formcheck.report.figures import (
    clock,
    main_measure,
    name_in_words,
    percent,
    value_in_words,
)
from formcheck.results import Hold, Rep, SessionResult

LONG = 40
"""Sets with more repetitions are told in groups, so that the report stays two pages."""
GROUP = 10
OF_TIME = "Of the time"
OF_GOAL = {True: "Of prescribed", False: "Of your best", None: "Of target"}
"""Headings of shares, by whether the target was prescribed."""
WORDS, FAULTS = "words", "faults"


@dataclass(frozen=True)
class Cell:
    """One field. bar: a share (1 is the target) to be drawn too. kind: words, faults or numbers."""

    text: str
    bar: float | None = None
    kind: str = ""


@dataclass(frozen=True)
class Row:
    """One line. good: nothing to correct."""

    cells: tuple[Cell, ...]
    good: bool = True


@dataclass(frozen=True)
class Table:
    """Headings and lines."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def main_tables(result: SessionResult, card: Exercise) -> tuple[Table, Table | None]:
    """The table to show, and the full one to fold away when the first is of groups."""
    if result.holds:
        return _hold_table(result.holds), None
    of_goal = OF_GOAL[result.prescribed]
    full, groups = _rep_table(result.reps, card, of_goal), _group_table(result.reps, of_goal)
    if result.quality.view is View.CLOSE_UP:  # where range is not graded
        ungraded = {of_goal, name_in_words(card.graded).capitalize()}
        full, groups = _without(full, ungraded), _without(groups, ungraded)
    return (full, None) if len(result.reps) <= LONG else (groups, full)


def _without(table: Table, titles: Collection[str]) -> Table:
    """A table without the columns of these titles."""
    kept = [i for i, title in enumerate(table.columns) if title not in titles]
    rows = (replace(row, cells=tuple(row.cells[i] for i in kept)) for row in table.rows)
    return Table(tuple(table.columns[i] for i in kept), tuple(rows))


def fault_words(faults: Sequence[str]) -> str:
    """Fault names for people: "fast lowering, no pause"."""
    return ", ".join(fault.replace("_", " ") for fault in faults)


def _rep_table(reps: Sequence[Rep], card: Exercise, of_goal: str) -> Table:
    sided = any(rep.side is not Side.BOTH for rep in reps)
    main = main_measure(card, reps)
    in_cm = tuple(dict.fromkeys(n for rep in reps for n in rep.measures if n.endswith("_cm")))
    columns = [
        "Rep",
        *(["Side"] if sided else []),
        "At",
        *(name_in_words(name).capitalize() for name in (main, *in_cm)),
        of_goal,
        "Up",
        "Hold",
        "Down",
        "Confidence",
        "To correct",
    ]
    return Table(tuple(columns), tuple(_rep_row(rep, (main, *in_cm), sided=sided) for rep in reps))


def _rep_row(rep: Rep, names: Sequence[str], *, sided: bool) -> Row:
    cells = [
        Cell(str(rep.number)),
        *([Cell(rep.side.value, kind=WORDS)] if sided else []),
        Cell(clock(rep.peak_s)),
        *(Cell(value_in_words(name, rep.measures.get(name))) for name in names),
        Cell(percent(rep.reached), bar=rep.reached),
        *(Cell(value_in_words("up_s", s)) for s in (rep.up_s, rep.hold_s, rep.down_s)),
        Cell(percent(rep.confidence)),
        Cell(fault_words(rep.faults), kind=FAULTS),
    ]
    return Row(tuple(cells), good=not rep.faults)


def _hold_table(holds: Sequence[Hold]) -> Table:
    names = tuple(dict.fromkeys(name for hold in holds for name in hold.measures))
    columns = ("Hold", "Side", "From", "Held", OF_TIME)
    rows = []
    for number, hold in enumerate(holds, start=1):
        share = hold.held_s / hold.target_s if hold.target_s > 0 else 0.0
        cells = (
            Cell(str(number)),
            Cell(hold.side.value, kind=WORDS),
            Cell(clock(hold.start_s)),
            Cell(value_in_words("held_s", hold.held_s)),
            Cell(percent(share), bar=share),
            *(Cell(value_in_words(name, hold.measures.get(name))) for name in names),
            Cell(fault_words(hold.faults), kind=FAULTS),
        )
        rows.append(Row(cells, good=not hold.faults))
    words = (name_in_words(name).capitalize() for name in names)
    return Table((*columns, *words, "To correct"), tuple(rows))


def _group_table(reps: Sequence[Rep], of_goal: str) -> Table:
    groups = [reps[i : i + GROUP] for i in range(0, len(reps), GROUP)]
    columns = ("Reps", "From", of_goal, "Up", "Hold", "Down", "To correct")
    return Table(columns, tuple(_group_row(group) for group in groups))


def _group_row(reps: Sequence[Rep]) -> Row:
    reached = median(rep.reached for rep in reps)
    counted = Counter(fault for rep in reps for fault in rep.faults)
    words = ", ".join(f"{fault_words([name])} ×{n}" for name, n in counted.most_common(3))
    phases = zip(*((rep.up_s, rep.hold_s, rep.down_s) for rep in reps), strict=True)
    cells = (
        Cell(f"{reps[0].number}–{reps[-1].number}"),
        Cell(clock(reps[0].start_s)),
        Cell(percent(reached), bar=reached),
        *(Cell(value_in_words("up_s", median(phase))) for phase in phases),
        Cell(words, kind=FAULTS),
    )
    return Row(cells, good=not counted)
