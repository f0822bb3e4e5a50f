"""One person's history, for those who only add to it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from formcheck.history import sessions
from formcheck.history.database import default_path, open_history
from formcheck.results import SessionResult

ME = "me"


class Book:
    """Opens the history at once, so that a long analysis does not end in front of a shut door.

    Raises InputError or OutputError, as `open_history` does.
    """

    def __init__(self, db: Path | None = None, person: str | None = None) -> None:
        self._path, self._person = db or default_path(), person or ME
        with open_history(self._path):
            pass

    def add(self, result: SessionResult, taken_at: datetime) -> None:
        """Keep a session; the very same one is kept once. taken_at: with its time zone."""
        with open_history(self._path) as db:
            sessions.add(db, self._person, taken_at, result)

    def put(self, result: SessionResult, taken_at: datetime) -> None:
        """Keep a session that goes on, in place of what was kept of it at that time."""
        with open_history(self._path) as db:
            sessions.put(db, self._person, taken_at, result)
