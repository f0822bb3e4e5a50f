"""An exercise's card as text for the terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from formcheck.exercises.card import Exercise


def overview(cards: tuple[Exercise, ...]) -> RenderableType:
    """One line per exercise: its command-line name and how it is done."""
    table = Table(show_edge=False, pad_edge=False)
    table.add_column("exercise", style="bold", no_wrap=True)
    table.add_column("counts")
    table.add_column("how")
    for card in cards:
        kind = "holds" if card.counts.held else "repetitions"
        table.add_row(card.name, kind, card.how)
    return table


def card_text(card: Exercise) -> RenderableType:
    """Everything on the card: camera, motion, what is corrected, norms with sources."""
    parts: list[RenderableType] = [
        Text("Camera", style="bold"),
        Text(card.setup),
        Text(card.diagram, style="cyan"),
        Text("\nHow to do it", style="bold"),
        Text(card.how),
        Text("\nWhat is corrected", style="bold"),
        _faults(card),
    ]
    if card.norms:
        parts += [Text("\nNorms", style="bold"), _norms(card)]
    if card.never_graded:
        parts += [Text("\nNot graded", style="bold"), Text("\n".join(card.never_graded))]
    return Panel(Group(*parts), title=card.title, title_align="left", padding=(1, 2))


def _faults(card: Exercise) -> Table:
    table = Table.grid(padding=(0, 2))
    seen: set[str] = set()
    for fault in (*card.correctable, *card.set_faults):
        if fault.name not in seen:
            table.add_row(Text(fault.name, style="yellow"), fault.cue)
        seen.add(fault.name)
    return table


def _norms(card: Exercise) -> Table:
    table = Table.grid(padding=(0, 2))
    for norm in card.norms:
        table.add_row(norm.measure, norm.value, Text(norm.source, style="dim"))
    return table
