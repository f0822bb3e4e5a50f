"""The result on the terminal: the sentence that matters, the table, what to correct, the files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from formcheck.close_up.card import card_of
from formcheck.report.summary import advice, headline, recognition
from formcheck.report.tables import FAULTS, WORDS, Table, main_tables
from formcheck.results import SessionResult
from formcheck.system.text import printable

CONFIDENCE_COLUMN = "Confidence"
"""Left to the files: 80 columns are few."""


def show(result: SessionResult, files: Sequence[Path], console: Console) -> None:
    """Print the result; `files` is what was written."""
    card = card_of(result)
    short, full = main_tables(result, card)
    table = full or short
    if recognised := recognition(result, card):
        console.print(Text(recognised, style="dim"))
    console.print(Text(headline(result, card), style="bold"))
    if table.rows:
        console.print()
        console.print(_drawn(table))
        console.print()
    for item in advice(result):
        where = f" ({item.where})" if item.where else ""
        _point(console, "•", f"{item.message}{where}", "yellow")
    for line in result.not_graded:
        _point(console, "–", line, "dim")
    for line in result.quality.warnings:
        _point(console, "!", line, "bold yellow")
    for path in files:
        console.print(Text(f"→ {printable(str(path))}", style="green"), soft_wrap=True)


def _drawn(table: Table) -> RichTable:
    drawn = RichTable(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    kept = [i for i, heading in enumerate(table.columns) if heading != CONFIDENCE_COLUMN]
    for i in kept:
        cells = [row.cells[i] for row in table.rows]
        if cells[0].kind in (WORDS, FAULTS):
            drawn.add_column(table.columns[i])
        else:  # on a narrow terminal headings and words break, figures do not
            width = max(len(cell.text) for cell in cells)
            drawn.add_column(table.columns[i], justify="right", overflow="fold", min_width=width)
    for row in table.rows:
        style = None if row.good else "yellow"
        drawn.add_row(*(Text(row.cells[i].text) for i in kept), style=style)
    return drawn


def _point(console: Console, mark: str, text: str, style: str) -> None:
    """A sentence behind a mark, its further lines indented."""
    grid = RichTable.grid(padding=(0, 1))
    grid.add_row(Text(mark, style=style), Text(printable(text), style=style))
    console.print(Padding(grid, (0, 0, 0, 1)))
