"""Programmes: which exercises, how many, in which order. One TOML file each.

title = "…"
[[step]]
exercise = "heel-raise"     # required: a card's name
source = "…"                # required: where the dose comes from
side = "each"               # auto, left, right, both, each (one leg after the other)
sets = 3
reps = 12                   # repetitions or holds in a set
hold_s = 30
rest_s = 60                 # after each set
target = 40                 # in the unit of the card's graded measure
tempo = "3-2-3"             # up-hold-down in seconds, or "off"
per_week = 3.5              # days a week, against which the history holds what was done
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from formcheck import exercises
from formcheck.errors import CardError, FormcheckError, InputError
from formcheck.programmes.plan import Dose, bouts

FOLDER = Path(__file__).parent
STEP = "step"
TEXTS = ("exercise", "source", "side", "tempo")
COUNTS = ("sets", "reps")
NUMBERS = ("hold_s", "rest_s", "target", "per_week")
MOST = {"sets": 20, "reps": 500, "hold_s": 600, "rest_s": 3600, "target": 1000, "per_week": 7}


@dataclass(frozen=True)
class Programme:
    """A programme as its file says it, checked."""

    name: str
    title: str
    doses: tuple[Dose, ...]


def names() -> tuple[str, ...]:
    """Names of the programmes that ship."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def load(name_or_path: str) -> Programme:
    """The programme of a name, or of the user's own file.

    Raises InputError when there is none and CardError, with the line and the reason, when the
    file is not valid.
    """
    shipped = FOLDER / f"{name_or_path}.toml"
    path = shipped if name_or_path in names() else Path(name_or_path).expanduser()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"no programme {name_or_path!r}: give {', '.join(names())} or the path of a TOML file"
        ) from error
    return _read(path, text)


def _read(path: Path, text: str) -> Programme:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CardError(f"{path}: {error}") from error
    steps = content.get(STEP, [])
    if not isinstance(content.get("title"), str):
        raise _wrong(path, text, None, "title", 'give it a name, such as title = "Mornings"')
    if not isinstance(steps, list) or not steps:
        raise _wrong(path, text, None, STEP, "list what to do under [[step]] headings")
    doses = tuple(_dose(path, text, number, step) for number, step in enumerate(steps))
    return Programme(path.stem, content["title"], doses)


def _dose(path: Path, text: str, number: int, step: Mapping[str, Any]) -> Dose:
    for key in ("exercise", "source"):
        if key not in step:
            raise _wrong(path, text, number, "", f"this step has no {key}")
    for key, value in step.items():
        reason = _mistake(key, value)
        if reason:
            raise _wrong(path, text, number, key, reason)
    try:
        exercises.load(step["exercise"])
    except FormcheckError as error:
        raise _wrong(path, text, number, "exercise", str(error)) from error
    dose = Dose(**step)
    try:
        bouts([dose])
    except InputError as error:
        key = "tempo" if "tempo" in str(error) else "side"
        raise _wrong(path, text, number, key, str(error)) from error
    return dose


def _mistake(key: str, value: object) -> str | None:
    """Why a key of a step cannot be so, or None."""
    if key in TEXTS:
        return None if isinstance(value, str) and value else f"{key} is a text in quotes"
    if key not in COUNTS + NUMBERS:
        return f"there is no {key}; known are {', '.join((*TEXTS, *COUNTS, *NUMBERS))}"
    kinds = (int,) if key in COUNTS else (int, float)
    if isinstance(value, bool) or not isinstance(value, kinds):
        return f"{key} is a {'whole ' if key in COUNTS else ''}number"
    least = 0 if key == "rest_s" else 1
    if not least <= value <= MOST[key]:
        return f"{key} is from {least} to {MOST[key]}"
    return None


def _wrong(path: Path, text: str, number: int | None, key: str, reason: str) -> CardError:
    """The error with the line of `key` in the step `number` (from 0), or of the step's heading."""
    lines = text.splitlines()
    heads = [i for i, line in enumerate(lines) if re.match(rf"\s*\[\[\s*{STEP}\s*\]\]", line)]
    first = 0 if number is None else heads[number] if number < len(heads) else 0
    following = [i for i in heads if i > first]
    last = following[0] if following else len(lines)
    found = (i for i in range(first, last) if key and re.match(rf"\s*{key}\s*=", lines[i]))
    return CardError(f"{path}, line {next(found, first) + 1}: {reason}")
