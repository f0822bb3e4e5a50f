"""The result on the terminal: the sentence that matters, the table, what to correct, the files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from formcheck.exercises import load
from formcheck.report.figures import name_in_words, value_in_words
from formcheck.report.summary import advice, headline
from formcheck.report.tables import Cell, Table, main_tables
from formcheck.results import Rep, SessionResult

TARGET_COLUMN = "Of target"


def show(result: SessionResult, files: Sequence[Path], console: Console) -> None:
    """Print the result; `files` is what was written."""
    card = load(result.exercise)
    short, full = main_tables(result, card)
    table = full or short
    console.print(Text(headline(result, card), style="bold"))
    if table.rows:
        console.print(_drawn(_with_centimetres(table, result.reps)))
    for item in advice(result):
        where = f" ({item.where})" if item.where else ""
        _point(console, "•", f"{item.message}{where}", "yellow")
    for line in result.not_graded:
        _point(console, "–", line, "dim")
    for line in result.quality.warnings:
        _point(console, "!", line, "bold yellow")
    for path in files:
        console.print(Text(f"→ {path}", style="green"), soft_wrap=True)


def _with_centimetres(table: Table, reps: Sequence[Rep]) -> Table:
    """Put heights in centimetres, where the person's height made them known, before the target."""
    names = dict.fromkeys(n for rep in reps for n in rep.measures if n.endswith("_cm"))
    for name in names:
        at = table.columns.index(TARGET_COLUMN)
        cells = [Cell(value_in_words(name, rep.measures.get(name))) for rep in reps]
        rows = tuple(
            replace(row, cells=(*row.cells[:at], cell, *row.cells[at:]))
            for row, cell in zip(table.rows, cells, strict=True)
        )
        heading = name_in_words(name).capitalize()
        table = Table((*table.columns[:at], heading, *table.columns[at:]), rows)
    return table


def _drawn(table: Table) -> RichTable:
    drawn = RichTable(box=box.SIMPLE_HEAD, pad_edge=False)
    words = [all(row.cells[i].words for row in table.rows) for i in range(len(table.columns))]
    for heading, left in zip(table.columns, words, strict=True):
        drawn.add_column(heading, justify="left" if left else "right")
    for row in table.rows:
        style = None if row.good else "yellow"
        drawn.add_row(*(Text(cell.text) for cell in row.cells), style=style)
    return drawn


def _point(console: Console, mark: str, text: str, style: str) -> None:
    """A sentence behind a mark, its further lines indented."""
    grid = RichTable.grid(padding=(0, 1))
    grid.add_row(Text(mark, style=style), Text(text, style=style))
    console.print(Padding(grid, (0, 0, 0, 1)))
