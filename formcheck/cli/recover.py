"""The command `recover`: a live session that was cut off becomes a report and a line of history."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from formcheck.history.book import Book
from formcheck.live.recovery import recover as brought_back
from formcheck.system.text import printable


def recover(
    session: Annotated[Path, typer.Argument(help="The .jsonl file of the session.")],
    *,
    save: Annotated[
        bool, typer.Option("--save/--no-save", help="Keep the session in the history.")
    ] = True,
    person: Annotated[str | None, typer.Option(help="Whose session, in the history (me).")] = None,
    db: Annotated[Path | None, typer.Option(help="The history file (in your data folder).")] = None,
) -> None:
    """Make the reports of a live session that was cut off."""
    for page in brought_back(session, Book(db, person) if save else None):
        Console().print(Text(f"→ {printable(str(page))}", style="green"), soft_wrap=True)
