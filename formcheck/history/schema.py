"""The versions of the history's tables. A version is never changed once released; add a new one.

Version 1 keeps each session as its session.json document. Version 2 adds a fingerprint of the
document, so that analysing one video twice is not counted as two sessions. Version 3 finds a
person's last sessions without reading the others.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable

APPLICATION_ID = 0x466F726D
"""Marks a SQLite file as this program's ("Form"), at byte 68 of its header."""


def fingerprint(document: str) -> str:
    """SHA-256 of a session's document, hexadecimal."""
    return hashlib.sha256(document.encode("utf-8")).hexdigest()


def _version_1(db: sqlite3.Connection) -> None:
    db.execute(
        """
        CREATE TABLE sessions (
            id INTEGER PRIMARY KEY,
            person TEXT NOT NULL,
            exercise TEXT NOT NULL,
            taken_at TEXT NOT NULL,
            document TEXT NOT NULL
        )
        """
    )
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _version_2(db: sqlite3.Connection) -> None:
    db.execute("ALTER TABLE sessions ADD COLUMN fingerprint TEXT")
    for row, document in db.execute("SELECT id, document FROM sessions").fetchall():
        values = (fingerprint(document), row)
        db.execute("UPDATE sessions SET fingerprint = ? WHERE id = ?", values)
    db.execute(
        """
        DELETE FROM sessions WHERE id NOT IN
        (SELECT min(id) FROM sessions GROUP BY person, exercise, fingerprint)
        """
    )
    db.execute("CREATE UNIQUE INDEX one_of_each ON sessions (person, exercise, fingerprint)")


def _version_3(db: sqlite3.Connection) -> None:
    db.execute("CREATE INDEX by_time ON sessions (person, taken_at)")


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    _version_1,
    _version_2,
    _version_3,
)
"""The n-th makes version n out of version n - 1."""
