"""`python -m samples.studio [SCRIPT ...]`: render clips with their truth."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from samples.studio.pool import render_all
from samples.studio.script import read
from samples.studio.studio import retell
from samples.studio.table import ScriptError

SAMPLES = Path(__file__).parents[1]


def main(
    scripts: Annotated[list[Path] | None, typer.Argument(help="Scripts; without: all.")] = None,
    out: Annotated[Path, typer.Option(help="Folder for the clips.")] = SAMPLES / "clips",
    jobs: Annotated[int, typer.Option(min=1, help="Clips rendered at a time.")] = 1,
    truth: Annotated[bool, typer.Option("--truth", help="Write only the truth anew.")] = False,
) -> None:
    """Render clips of people with known joint angles, each with its truth beside it."""
    paths = scripts or sorted((SAMPLES / "scripts").glob("*.toml"))
    try:
        for path in paths:
            read(path)  # every mistake shows before the first frame is drawn
    except ScriptError as error:
        Console(stderr=True).print(str(error), style="red", markup=False, highlight=False)
        raise typer.Exit(2) from None
    if truth:
        for path in track(paths, "Truth"):
            retell(read(path), out)
    else:
        render_all(paths, out, jobs)


if __name__ == "__main__":
    typer.run(main)
