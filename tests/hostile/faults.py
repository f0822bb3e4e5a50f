"""Faults of the machine, and what was kept: `python -m tests.hostile.faults` prints a table."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from formcheck.history import sessions
from formcheck.history.database import open_history
from formcheck.live.store import read
from formcheck.report.session_file import load_session

REPO = Path(__file__).resolve().parents[2]
KILLS, WRITERS_ADD = 30, 50
DISK_SIZES = (0, 1, 100, 500, 1000, 2000, 4000, 8000, 16_000, 1_000_000)

STORING = """
import sys
from pathlib import Path
from formcheck.live.store import Store
from formcheck.programmes.plan import Dose, bouts
from tests.session_maker import heel_raises
(bout,) = bouts([Dose("heel-raise", sets=1)])
rep = heel_raises([1.0]).reps[0]
with Store(Path(sys.argv[1]), {}) as store:
    number = 0
    while True:
        store.add(bout, rep)
        number += 1
        print(number, flush=True)
"""
SAVING = """
import resource, signal, sys
from pathlib import Path
from formcheck.errors import OutputError
from formcheck.report.save import save
from tests.session_maker import heel_raises
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), -1))
try:
    save(heel_raises([1.0, 0.9]), Path(sys.argv[1]))
    print("all")
except OutputError as error:
    print("one line:", error)
"""
ADDING = """
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from formcheck.history.book import Book
from tests.session_maker import heel_raises
book = Book(Path(sys.argv[1]))
for number in range(int(sys.argv[3])):
    book.add(replace(heel_raises([1.0]), source=f"{sys.argv[2]} {number}"), datetime.now(UTC))
"""


def main() -> None:
    """Try each fault and print a line of the table."""
    print("| fault | tried | what was kept |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"| live session killed (SIGKILL) | {KILLS} random moments | {_killed(folder)} |")
        print(f"| disk full while saving | {len(DISK_SIZES)} sizes | {_full(folder)} |")
        print(f"| two writers of one history | 2 x {WRITERS_ADD} sessions | {_two(folder)} |")


def _start(code: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(command, cwd=REPO, stdout=subprocess.PIPE, text=True)


def _killed(folder: Path) -> str:
    chance, lost, told = random.Random(1), 0, 0
    for kill in range(KILLS):
        path = folder / f"{kill}.jsonl"
        process = _start(STORING, str(path))
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.random() * 0.2)
        process.kill()
        said = 1 + sum(1 for _ in process.stdout)
        kept = sum(entry["type"] == "rep" for entry in read(path))
        told, lost = told + said, lost + max(0, said - kept)
        process.wait()
    return f"every repetition that was done ({told}; {lost} lost)"


def _full(folder: Path) -> str:
    whole = 0
    for size in DISK_SIZES:
        its = folder / f"full_{size}"
        its.mkdir()
        answer = _start(SAVING, str(its), str(size)).communicate()[0]
        assert answer.startswith(("all", "one line:")), answer
        assert answer.count("\n") == 1
        if (its / "session.json").exists():
            load_session(its / "session.json")
            whole += 1
    return f"whole files or none; {whole} sessions whole, {len(DISK_SIZES) - whole} times one line"


def _two(folder: Path) -> str:
    path = folder / "history.db"
    writers = [_start(ADDING, str(path), name, str(WRITERS_ADD)) for name in ("a", "b")]
    assert [writer.wait() for writer in writers] == [0, 0]
    with open_history(path) as db:
        kept = len(sessions.find(db))
    return f"{kept} of {2 * WRITERS_ADD} sessions"


if __name__ == "__main__":
    main()
