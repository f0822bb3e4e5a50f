"""Opens the history: makes it, brings it up to date, and leaves alone what is not a history."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from platformdirs import user_data_path

from formcheck.errors import InputError, OutputError
from formcheck.history.schema import APPLICATION_ID, MIGRATIONS

BUSY_S = 15.0
"""How long to wait for another formcheck that is writing."""
MAGIC = b"SQLite format 3\0"
CHECKED_BYTES = 50_000_000
"""A history up to this size is looked through when it is opened, which takes a tenth of a second;
10,000 sessions."""
HEADER = struct.Struct(">16s 52x I")
"""SQLite's file format, section 1.3: the magic string, and the application id at byte 68."""
ANOTHER = "give another file with --db; it was left as it is"


def default_path() -> Path:
    """The history in the user's data folder."""
    return user_data_path("formcheck", appauthor=False) / "history.db"


@contextmanager
def open_history(path: Path) -> Iterator[sqlite3.Connection]:
    """The history at `path`, made when there is none, at the present version.

    Raises InputError for a file that is damaged, newer or no history: it is left as it is; and
    OutputError where nothing can be written.
    """
    _refuse_foreign(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)) as db:
            _refuse_damaged(db, path)
            _migrate(db, path)
            _use_wal(db, path)
            yield db
    except (sqlite3.OperationalError, OSError) as error:
        raise OutputError(f"{path}: cannot be used ({error}); choose another --db") from error
    except sqlite3.DatabaseError as error:
        raise InputError(f"{path}: damaged ({error}); {ANOTHER}") from error


def _refuse_foreign(path: Path) -> None:
    # Read as plain bytes: to open a foreign database with SQLite might already change it.
    try:
        with path.open("rb") as file:
            header = file.read(HEADER.size)
    except FileNotFoundError:
        return
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); {ANOTHER}") from error
    if not header:
        return
    if len(header) < HEADER.size or HEADER.unpack(header) != (MAGIC, APPLICATION_ID):
        raise InputError(f"{path}: not a history of formcheck; {ANOTHER}")


def _refuse_damaged(db: sqlite3.Connection, path: Path) -> None:
    if path.stat().st_size > CHECKED_BYTES:
        return  # damage shows where it is read
    (report,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if report != "ok":
        raise InputError(f"{path}: damaged ({' '.join(report.split())}); {ANOTHER}")


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    """Bring the tables to the present version, all in one step, one process at a time."""
    db.execute("BEGIN IMMEDIATE")
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        db.execute("ROLLBACK")
        raise InputError(f"{path}: written by a newer formcheck; update it, or {ANOTHER}")
    try:
        for migrate in MIGRATIONS[version:]:
            migrate(db)
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    except sqlite3.Error:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _use_wal(db: sqlite3.Connection, path: Path) -> None:
    """Let others read while one writes, where the drive can do that."""
    # Only after the tables are there, so that the file's first bytes always name its owner.
    (mode,) = db.execute("PRAGMA journal_mode").fetchone()
    if mode == "wal":
        return
    try:
        db.execute("PRAGMA journal_mode = WAL")
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as another:
            another.execute("BEGIN IMMEDIATE")
            another.execute("ROLLBACK")
    except sqlite3.OperationalError:
        # Another process has it open just now, or the drive has no shared memory, as some network
        # drives: the file stays right without.
        with suppress(sqlite3.OperationalError):
            db.execute("PRAGMA journal_mode = DELETE")
