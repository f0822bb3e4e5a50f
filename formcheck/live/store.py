"""Keeps what was done as soon as it is done: one JSON line each, on the disk before it goes on.

Whatever ends the program, at most the repetition in progress is lost. A line that could not be
written (full disk) is tried again with the next one; a torn line is cut off before that.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from formcheck.errors import OutputError
from formcheck.live.coach.records import SetRecord
from formcheck.programmes.plan import Bout
from formcheck.results import Hold, Rep, Signals

SCHEMA_VERSION = 1
SESSION, REP, HOLD, SET, END = "session", "rep", "hold", "set", "end"
"""Types of entries. A session without END was cut off: the program was killed, or is running."""
NO_SIGNALS = Signals((), {})
NEW_FILE = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
"""O_BINARY is Windows', which would turn line ends into two characters."""


class Store:
    """An append-only file of one session. Use it as a context manager.

    Raises OutputError when the file cannot be made; later trouble is told by `warning`.
    """

    def __init__(self, path: Path, header: Mapping[str, Any]) -> None:
        self.path = path
        self._late: list[bytes] = []
        self._good = 0
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(path, NEW_FILE, 0o600)
        except OSError as error:
            raise OutputError(
                f"{path} cannot be written ({error.strerror}): choose another folder with --out"
            ) from error
        self._append({"type": SESSION, "schema": SCHEMA_VERSION, "process": os.getpid(), **header})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._append({"type": END})
        os.close(self._file)

    @property
    def warning(self) -> str | None:
        """Why not everything is on the disk, in one line, or None when it is."""
        if not self._late:
            return None
        return f"{self.path}: {len(self._late)} results are not saved yet; make room on the disk"

    def add(self, bout: Bout, done: Rep | Hold) -> None:
        """Keep a repetition or hold as it was judged when it ended."""
        kind = REP if isinstance(done, Rep) else HOLD
        self._append({"type": kind, **_of_bout(bout), **asdict(done)})

    def add_set(self, record: SetRecord) -> None:
        """Keep a whole set, judged against its final target, without its signals."""
        fields = asdict(replace(record, signals=NO_SIGNALS))
        del fields["bout"], fields["signals"]
        self._append({"type": SET, **_of_bout(record.bout), **fields})

    def _append(self, entry: Mapping[str, Any]) -> None:
        self._late.append(json.dumps(entry, ensure_ascii=False).encode() + b"\n")
        try:
            os.ftruncate(self._file, self._good)
            while self._late:
                self._write(self._late[0])
                self._late.pop(0)
            os.fsync(self._file)
        except OSError:
            return  # kept in `_late`, told by `warning`, tried again with the next line

    def _write(self, line: bytes) -> None:
        os.lseek(self._file, self._good, os.SEEK_SET)
        rest = memoryview(line)
        while rest:
            rest = rest[os.write(self._file, rest) :]
        self._good += len(line)


def _of_bout(bout: Bout) -> Mapping[str, Any]:
    return {"exercise": bout.exercise.name, "set": bout.number, "prescribed_side": bout.side}


def read(path: Path) -> Iterator[Mapping[str, Any]]:
    """The entries of a session file; a torn last line of an interrupted session is left out."""
    with path.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n"):
                return
            yield json.loads(line)
