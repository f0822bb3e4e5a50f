"""Keeps the terminal for formcheck's own words: compiled libraries write to a log instead."""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import suppress
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path

from platformdirs import user_log_path

STDERR = 2
LARGEST = 1_000_000
"""Bytes of the log, beyond which it begins anew."""


def log_path() -> Path:
    """Where compiled libraries write, and what was not foreseen is told in full."""
    return user_log_path("formcheck", appauthor=False) / "formcheck.log"


def keep_terminal() -> None:
    """From now on, in any thread and to the very end, only Python writes on the terminal.

    MediaPipe and OpenCV write to file descriptor 2, some of it from threads of their own and when
    the process ends. That descriptor becomes the log, and Python's stderr a copy of what it was.
    Child processes inherit the log. What the terminal's own encoding cannot show becomes a
    question mark, on stdout too.
    """
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    if sys.stderr is None:  # as under pythonw: there is no terminal to keep
        return
    try:
        terminal = os.dup(STDERR)
    except OSError:
        return
    log = _open_log()
    sys.stderr.flush()
    os.dup2(log, STDERR)
    os.close(log)
    sys.stderr = os.fdopen(
        terminal, "w", buffering=1, encoding=sys.stderr.encoding, errors="backslashreplace"
    )


def _open_log() -> int:
    """A descriptor of the log; of nowhere, where it cannot be written."""
    path = log_path()
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LARGEST:
            flags |= os.O_TRUNC
        return os.open(path, flags, 0o600)
    return os.open(os.devnull, os.O_WRONLY)


def note(error: BaseException) -> None:
    """Write what was not foreseen into the log, as far as it can be written."""
    lines = traceback.format_exception(error)
    with suppress(OSError):
        log_path().parent.mkdir(parents=True, exist_ok=True)
        with log_path().open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')}\n")
            log.writelines(lines)
