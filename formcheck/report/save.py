"""The files of a session in one folder; SCHEMA.md describes them."""

from __future__ import annotations

from pathlib import Path

from formcheck.report.csv_files import (
    HOLDS_NAME,
    REPS_NAME,
    SIGNALS_NAME,
    write_signals,
    write_spans,
)
from formcheck.report.session_file import SESSION_NAME, write_session
from formcheck.results import SessionResult

ANNOTATED_NAME = "annotated.mp4"
REPORT_NAME = "report.html"
LANDMARK_NAMES = ("landmarks.csv", "landmarks.parquet", "landmarks.trc")
NAMES = (
    REPORT_NAME,
    SESSION_NAME,
    REPS_NAME,
    HOLDS_NAME,
    SIGNALS_NAME,
    ANNOTATED_NAME,
    *LANDMARK_NAMES,
)


def save(result: SessionResult, folder: Path) -> None:
    """Write all but the video, which is written while it is read. Raises OutputError."""
    write_session(result, folder / SESSION_NAME)
    write_spans(result, folder)
    write_signals(result.signals, folder / SIGNALS_NAME)


def files_in(folder: Path) -> tuple[Path, ...]:
    """The files of a session that are there; what is older than it is of an earlier one."""
    found = [folder / name for name in NAMES if (folder / name).is_file()]
    session = folder / SESSION_NAME
    begun_ns = session.stat().st_mtime_ns if session in found else 0
    return tuple(path for path in found if path.stat().st_mtime_ns >= begun_ns)
