"""Every option of every command with values that it should not have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import typer

from formcheck.cli.main import app
from tests.hostile.outcome import Case
from tests.hostile.values import NUMBERS, PATHS, TEXTS

LEFT_OUT = {"help", "version", "show_version"}


def options(folder: Path, clip: Path, _chance: Random) -> Iterator[Case]:
    """A command line for each option and value; `clip` is a small video."""
    db, out = str(folder / "history.db"), str(folder / "out")
    analyze = [
        "analyze",
        str(clip),
        "-e",
        "heel-raise",
        "--model",
        "lite",
        "--db",
        db,
        "--out",
        out,
    ]
    live = ["live", "heel-raise", "--camera", str(clip), "--no-window", "--mute", "--model", "lite"]
    beginnings = {
        "analyze": [*analyze, "--no-video", "--quiet"],
        "live": [*live, "--no-save", "--out", out],
        "program": ["program", "plantar-fasciitis", *live[2:], "--no-save", "--out", out],
        "history": ["history", "--db", db],
        "history show": ["history", "--db", db, "show", "heel-raise"],
        "history export": ["history", "--db", db, "export", "--out", str(folder / "export.csv")],
        "history delete": ["history", "--db", db, "delete", "--yes"],
        "report": ["report", str(folder / "session.json")],
        "exercises": ["exercises"],
        "doctor": ["doctor"],
    }
    for command, beginning in beginnings.items():
        for parameter in _parameters(command.split()):
            yield from _cases(command, beginning, parameter)


def _parameters(path: list[str]) -> list[Any]:
    command: Any = typer.main.get_command(app)
    for name in path:
        command = command.get_command(None, name)
    return [p for p in command.params if p.name not in LEFT_OUT]


def _cases(command: str, beginning: list[str], parameter: Any) -> Iterator[Case]:
    kind = parameter.type_descriptor.annotation
    if kind is bool:
        return
    numbers, paths = {int: NUMBERS, float: NUMBERS}, {Path: PATHS}
    values = (numbers | paths).get(kind, (*TEXTS, *PATHS[:9]))
    for value in values:
        name = f"{command} {parameter.name}={value[:30]!r}"
        given = f"{parameter.opts[0]}={value}" if parameter.opts[0].startswith("--") else value
        yield Case(name, (*beginning, given))
