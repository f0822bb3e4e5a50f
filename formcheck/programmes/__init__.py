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
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from formcheck import exercises
from formcheck.errors import CardError, FormcheckError, InputError
from formcheck.programmes.plan import (
    LARGEST_TARGET,
    LONGEST_HOLD_S,
    LONGEST_REST_S,
    MOST_REPS,
    MOST_SETS,
    Dose,
    bouts,
)
from formcheck.system.files import expanded

FOLDER = Path(__file__).parent
STEP = "step"
LARGEST_FILE = 1_000_000
"""Bytes."""
MOST_STEPS = 100
Text = Annotated[str, Meta(min_length=1, max_length=1000)]


class Step(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """One `[[step]]` as its file may say it."""

    exercise: Text
    source: Text
    side: Text = "auto"
    tempo: Text | None = None
    sets: Annotated[int, Meta(ge=1, le=MOST_SETS)] | None = None
    reps: Annotated[int, Meta(ge=1, le=MOST_REPS)] | None = None
    hold_s: Annotated[float, Meta(ge=1, le=LONGEST_HOLD_S)] | None = None
    rest_s: Annotated[float, Meta(ge=0, le=LONGEST_REST_S)] | None = None
    target: Annotated[float, Meta(gt=0, le=LARGEST_TARGET)] | None = None
    per_week: Annotated[float, Meta(gt=0, le=7)] | None = None


TEXT = "a text in quotes"
WHAT = {
    **dict.fromkeys(("exercise", "source", "side", "tempo"), TEXT),
    "sets": f"a whole number from 1 to {MOST_SETS}",
    "reps": f"a whole number from 1 to {MOST_REPS}",
    "hold_s": f"a number from 1 to {LONGEST_HOLD_S:g}",
    "rest_s": f"a number from 0 to {LONGEST_REST_S:g}",
    "target": f"a number above 0, {LARGEST_TARGET:g} at most",
    "per_week": "a number above 0, 7 at most",
}
"""What each key is, for people; `Step` says the same to msgspec."""


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
    path = shipped if name_or_path in names() else expanded(name_or_path)
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST_FILE).decode("utf-8")
    except (OSError, ValueError) as error:
        raise InputError(
            f"no programme {name_or_path!r}: give {', '.join(names())} or the path of a TOML file"
        ) from error
    return _read(path, text)


def _read(path: Path, text: str) -> Programme:
    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise CardError(f"{path}: {error}") from error
    steps = content.get(STEP, [])
    if not isinstance(content.get("title"), str):
        raise _wrong(path, text, None, "title", 'give it a name, such as title = "Mornings"')
    if not isinstance(steps, list) or not steps:
        raise _wrong(path, text, None, STEP, "list what to do under [[step]] headings")
    if len(steps) > MOST_STEPS:
        raise _wrong(path, text, None, STEP, f"more than {MOST_STEPS} steps")
    doses = tuple(_dose(path, text, number, step) for number, step in enumerate(steps))
    return Programme(path.stem, content["title"], doses)


def _dose(path: Path, text: str, number: int, step: object) -> Dose:
    try:
        checked = msgspec.convert(step, Step)
    except msgspec.ValidationError as error:
        raise _wrong(path, text, number, *_mistake(str(error))) from error
    try:
        exercises.load(checked.exercise)
    except FormcheckError as error:
        raise _wrong(path, text, number, "exercise", str(error)) from error
    dose = Dose(**msgspec.structs.asdict(checked))
    try:
        bouts([dose])
    except InputError as error:
        key = "tempo" if "tempo" in str(error) else "side"
        raise _wrong(path, text, number, key, str(error)) from error
    return dose


def _mistake(told: str) -> tuple[str, str]:
    """The key that msgspec complains about, and why for people."""
    if missing := re.search("missing required field `(.+)`", told):
        return "", f"this step has no {missing[1]}"
    if unknown := re.search("unknown field `(.+)`", told):
        return unknown[1], f"there is no {unknown[1]}; known are {', '.join(WHAT)}"
    place = re.search(r"`\$\.(\w+)", told)
    key = place[1] if place else ""
    return key, f"{key} is {WHAT[key]}" if key in WHAT else "a step is a table of keys and values"


def _wrong(path: Path, text: str, number: int | None, key: str, reason: str) -> CardError:
    """The error with the line of `key` in the step `number` (from 0), or of the step's heading."""
    lines = text.splitlines()
    heads = [i for i, line in enumerate(lines) if re.match(rf"\s*\[\[\s*{STEP}\s*\]\]", line)]
    first = 0 if number is None else heads[number] if number < len(heads) else 0
    following = [i for i in heads if i > first]
    last = following[0] if following else len(lines)
    found = (
        i for i in range(first, last) if key and re.match(rf"\s*{re.escape(key)}\s*=", lines[i])
    )
    return CardError(f"{path}, line {next(found, first) + 1}: {reason}")
