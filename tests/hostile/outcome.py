"""What became of one hostile input, and the worker that tries them one after the other."""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import os
import resource
import time
import traceback
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import Connection

HANG_S = 60.0
"""No input is larger than a few seconds of video: whoever takes longer hangs."""
MOST_BYTES = 1_000_000_000
FRESH_AFTER = 150
"""Cases for one worker: what one leaves behind must not hide what the next does."""


class Outcome(StrEnum):
    """The last three must never be."""

    CLEAN = "clean"
    ONE_LINE = "one line"
    TRACEBACK = "traceback"
    HANG = "hang"
    MEMORY = "memory over 1 GB"


BAD = (Outcome.TRACEBACK, Outcome.HANG, Outcome.MEMORY)


@dataclass(frozen=True)
class Case:
    """A command line to try. name: says how to make it again."""

    name: str
    arguments: tuple[str, ...]


@dataclass(frozen=True)
class Tried:
    """A case, what became of it, and what was told."""

    case: Case
    outcome: Outcome
    told: str


def try_all(cases: Sequence[Case]) -> Iterator[Tried]:
    """Try the cases in worker processes, which are replaced when they hang, die or grow."""
    waiting = list(cases)
    while waiting:
        batch, waiting = waiting[:FRESH_AFTER], waiting[FRESH_AFTER:]
        while batch:
            done = yield from _with_one_worker(batch)
            batch = batch[done:]


def _with_one_worker(batch: Sequence[Case]) -> Generator[Tried, None, int]:
    """Give what one worker found, until it is not to be trusted any more; return how many."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    worker = context.Process(target=_work, args=(there, list(batch)), daemon=True)
    worker.start()
    there.close()
    try:
        for number, case in enumerate(batch, start=1):
            tried = _heard(here, case)
            yield tried
            if tried.outcome in BAD:
                return number
        return len(batch)
    finally:
        worker.kill()
        worker.join()
        here.close()


def _heard(worker: Connection, case: Case) -> Tried:
    if not worker.poll(HANG_S):
        return Tried(case, Outcome.HANG, f"more than {HANG_S:.0f} s")
    try:
        outcome, told = worker.recv()
    except EOFError:
        return Tried(case, Outcome.TRACEBACK, "the process died")
    return Tried(case, Outcome(outcome), told)


def _work(parent: Connection, cases: Sequence[Case]) -> None:
    from formcheck.cli.main import run  # noqa: PLC0415 - once in each worker

    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what compiled libraries write
    for case in cases:
        out, err = io.StringIO(), io.StringIO()
        started_s = time.monotonic()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                status = run(case.arguments)
            except SystemExit as error:
                status = int(error.code or 0) if isinstance(error.code, int | None) else 1
            except BaseException:  # noqa: BLE001 - this is what is looked for
                status = -1
                err.write(traceback.format_exc())
        parent.send(_judged(status, err.getvalue(), time.monotonic() - started_s))


def _judged(status: int, told: str, took_s: float) -> tuple[str, str]:
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    if grown > MOST_BYTES:
        return Outcome.MEMORY, f"{grown / 1e6:.0f} MB"
    if took_s > HANG_S:
        return Outcome.HANG, f"{took_s:.0f} s"
    if status == 0 and "Traceback" not in told:
        return Outcome.CLEAN, told
    lines = told.strip().splitlines()
    if status == 2 and len(lines) == 1 and lines[0].startswith("Error:"):
        return Outcome.ONE_LINE, told
    return Outcome.TRACEBACK, f"status {status}: {told}"
