"""Sessions in the history: add, find, delete, export."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any

from formcheck.errors import InputError
from formcheck.history.schema import fingerprint
from formcheck.report.schema import decoded
from formcheck.report.session_file import as_json, from_json
from formcheck.results import SessionResult, Signals
from formcheck.system.text import cell

EVERYONE = "*"
"""In place of a person: all of them."""
NO_SIGNALS = Signals((), {})
Tell = Callable[[str], None]
"""Takes a line for the user."""
COLUMNS = (
    "id",
    "person",
    "taken_at",
    "exercise",
    "source",
    "duration_s",
    "coverage",
    "reps",
    "holds",
    "median_reached",
    "held_s",
    "faults",
)


@dataclass(frozen=True)
class Entry:
    """One session of the history. taken_at: with its offset from UTC, as it was on that clock."""

    number: int
    person: str
    taken_at: datetime
    result: SessionResult


def add(db: sqlite3.Connection, person: str, taken_at: datetime, result: SessionResult) -> bool:
    """Keep a session; False when this very result is already there.

    taken_at: an aware time. The signals are not kept.
    """
    if taken_at.tzinfo is None:
        raise ValueError("taken_at needs a time zone")
    document = json.dumps(as_json(result), allow_nan=False)
    row = (person, result.exercise, taken_at.isoformat(timespec="seconds"), document)
    cursor = db.execute(
        "INSERT OR IGNORE INTO sessions (person, exercise, taken_at, document, fingerprint)"
        " VALUES (?, ?, ?, ?, ?)",
        (*row, fingerprint(document)),
    )
    return cursor.rowcount == 1


def put(db: sqlite3.Connection, person: str, taken_at: datetime, result: SessionResult) -> None:
    """Keep a session in place of the same person's of this exercise and this very time."""
    db.execute("BEGIN IMMEDIATE")
    try:
        db.execute(
            "DELETE FROM sessions WHERE person = ? AND exercise = ? AND taken_at = ?",
            (person, result.exercise, taken_at.isoformat(timespec="seconds")),
        )
        add(db, person, taken_at, result)
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def find(
    db: sqlite3.Connection,
    person: str = EVERYONE,
    exercise: str | None = None,
    tell: Tell = lambda _line: None,
) -> tuple[Entry, ...]:
    """Sessions in the order of time; of everyone, or of every exercise, when not named.

    tell: takes a line about each session that cannot be read and is left out.
    """
    rows = db.execute(
        "SELECT id, person, taken_at, document FROM sessions"
        " WHERE (? OR person = ?) AND (? IS NULL OR exercise = ?)",
        (person == EVERYONE, person, exercise, exercise),
    )
    return _readable(rows, tell)


def latest(
    db: sqlite3.Connection, person: str, most: int, tell: Tell = lambda _line: None
) -> tuple[Entry, ...]:
    """The last sessions of a person, at most so many, in the order of time.

    However long the history is, this reads no more of it than that. tell: as for `find`.
    """
    rows = db.execute(
        "SELECT id, person, taken_at, document FROM sessions WHERE person = ?"
        " ORDER BY taken_at DESC, id DESC LIMIT ?",
        (person, most),
    )
    return _readable(rows, tell)


def numbers(db: sqlite3.Connection, person: str) -> frozenset[int]:
    """The numbers of a person's sessions, readable or not."""
    rows = db.execute("SELECT id FROM sessions WHERE person = ?", (person,))
    return frozenset(number for (number,) in rows)


def count(db: sqlite3.Connection, person: str) -> int:
    """How many sessions a person has."""
    (number,) = db.execute("SELECT count(*) FROM sessions WHERE person = ?", (person,)).fetchone()
    return int(number)


def _readable(rows: Iterable[tuple[int, str, str, str]], tell: Tell) -> tuple[Entry, ...]:
    """The sessions that can be read, in the order of time; one that cannot hides no other."""
    entries = []
    for number, person, taken_at, document in rows:
        try:
            result = from_json(decoded(document), NO_SIGNALS)
            entries.append(Entry(number, person, datetime.fromisoformat(taken_at), result))
        except (KeyError, TypeError, ValueError, InputError) as error:
            remedy = f"remove it with: formcheck history delete {number}"
            tell(f"Session {number} cannot be read and is left out ({error}); {remedy}")
    return tuple(sorted(entries, key=lambda entry: (entry.taken_at, entry.number)))


def delete(db: sqlite3.Connection, numbers: Iterable[int]) -> int:
    """Remove sessions for good; give how many there were."""
    wanted = [(number,) for number in numbers]
    db.execute("BEGIN IMMEDIATE")
    cursor = db.executemany("DELETE FROM sessions WHERE id = ?", wanted)
    db.execute("COMMIT")
    return cursor.rowcount


def to_json(entries: Sequence[Entry]) -> str:
    """All that is known of the sessions."""
    return json.dumps([_fields(entry) for entry in entries], indent=2, allow_nan=False) + "\n"


def _fields(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.number,
        "person": entry.person,
        "taken_at": entry.taken_at.isoformat(),
        "session": as_json(entry.result),
    }


def to_csv(entries: Sequence[Entry]) -> str:
    """One line for each session."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([cell(value) for value in _line(entry)] for entry in entries)
    return text.getvalue()


def _line(entry: Entry) -> tuple[object, ...]:
    result = entry.result
    done = result.reps or result.holds
    return (
        entry.number,
        entry.person,
        entry.taken_at.isoformat(),
        result.exercise,
        result.source,
        result.duration_s,
        result.quality.coverage,
        len(result.reps),
        len(result.holds),
        round(median(rep.reached for rep in result.reps), 4) if result.reps else "",
        round(sum(hold.held_s for hold in result.holds), 3) if result.holds else "",
        " ".join(sorted(fault for span in done for fault in span.faults)),
    )
