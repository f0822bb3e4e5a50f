"""Hostile session files and programmes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

from formcheck.programmes import FOLDER
from formcheck.report.session_file import as_json
from tests.hostile.outcome import Case
from tests.hostile.values import NUMBERS, TEXTS, mutated_bytes, mutated_json
from tests.session_maker import heel_raises, nothing_counted, stretches

SESSIONS, PROGRAMMES = 1000, 300


def sessions(folder: Path, chance: Random) -> Iterator[Case]:
    """Command lines that read a session each."""
    whole = [
        as_json(heel_raises([1.0, 0.9, 0.6, 0.8])),
        as_json(heel_raises([1.0] * 45)),
        as_json(stretches([30.0, 12.0])),
        as_json(nothing_counted()),
    ]
    for number in range(SESSIONS):
        document = chance.choice(whole)
        for _ in range(chance.choice((1, 1, 1, 2, 5))):
            document = mutated_json(document, chance)
        data = json.dumps(document).encode("utf-8", "replace")
        if chance.random() < 0.2:
            data = mutated_bytes(data, chance)
        its = folder / str(number)
        its.mkdir()
        (its / "session.json").write_bytes(data)
        if chance.random() < 0.1:
            table = b"t_s,rise_shank\n0,1.9\n0.04,\n0.08,2\n"
            (its / "signals.csv").write_bytes(mutated_bytes(table, chance))
        yield Case(str(number), ("report", str(its / "session.json")))


def programmes(folder: Path, chance: Random) -> Iterator[Case]:
    """Command lines that read a programme each."""
    whole = next(FOLDER.glob("*.toml")).read_text("utf-8")
    for number in range(PROGRAMMES):
        lines = whole.splitlines()
        for _ in range(chance.choice((1, 1, 2, 6))):
            at = chance.randrange(len(lines))
            key = lines[at].partition("=")[0]
            value = chance.choice(
                (*NUMBERS, *(json.dumps(text) for text in TEXTS), "[]", "{}", "true")
            )
            lines[at] = chance.choice((f"{key} = {value}", "", lines[at] * 2, f"x = {value}"))
        data = "\n".join(lines).encode("utf-8", "surrogateescape")
        path = folder / f"{number}.toml"
        path.write_bytes(mutated_bytes(data, chance) if chance.random() < 0.3 else data)
        db = str(folder / "history.db")
        yield Case(
            path.name, ("history", "--db", db, "show", "heel-raise", "--programme", str(path))
        )
