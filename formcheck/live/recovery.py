"""Brings a live session that was cut off into its reports and into the history.

Finished sets are there already; what is left in the session's own file are the repetitions and
holds of the set that was under way.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from formcheck import exercises
from formcheck.engine.judging import judge_set
from formcheck.errors import FormcheckError, InputError
from formcheck.exercises.card import Exercise
from formcheck.history.book import Book
from formcheck.live.store import END, HOLD, REP, SESSION, SET, read
from formcheck.pose.side_view import View
from formcheck.report.html import write_report
from formcheck.report.pictures import load_pictures
from formcheck.report.save import REPORT_NAME, save
from formcheck.report.session_file import SESSION_NAME, as_stored, load_session
from formcheck.results import Hold, Quality, Rep, SessionResult, Signals
from formcheck.system.files import prepare_folder

CUT_OFF = "The session was cut off; this is what was kept of it."
Entry = Mapping[str, Any]


def cut_off(folder: Path) -> tuple[Path, ...]:
    """The sessions in a folder that were cut off and hold something, oldest first."""
    return tuple(path for path in sorted(folder.glob("*.jsonl")) if _is_cut_off(path))


def _is_cut_off(path: Path) -> bool:
    try:
        entries = list(read(path))
    except (OSError, ValueError):
        return False
    if not entries or entries[-1]["type"] == END or _runs(entries[0].get("process")):
        return False
    return any(entry["type"] in (REP, HOLD, SET) for entry in entries)


def _runs(process: object) -> bool:
    """Whether the process that writes a session is still there."""
    if not isinstance(process, int) or os.name == "nt":  # to ask it there would end it
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def recover(path: Path, book: Book | None) -> tuple[Path, ...]:
    """Write the reports of a session that was cut off; give where they are.

    book: the history; None to remember nothing. Raises InputError for a file of another kind, or
    with nothing in it, and OutputError.
    """
    began, camera, entries = _opened(path)
    names = dict.fromkeys(entry["exercise"] for entry in entries)
    pages = [_recover(path.with_suffix("") / name, name, entries, camera) for name in names]
    for page in pages if book is not None else ():
        assert book is not None
        book.put(load_session(page.with_name(SESSION_NAME)), began)
    with path.open("ab") as file:
        file.write(msgspec.json.encode({"type": END}) + b"\n")
    return tuple(pages)


def _opened(path: Path) -> tuple[datetime, str, Sequence[Entry]]:
    """When a session began, at which camera, and what was done in it."""
    try:
        head, *rest = read(path)
        began, camera = datetime.fromisoformat(head["began"]), str(head["camera"])
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: no session of formcheck live; give a .jsonl of one") from error
    done = [entry for entry in rest if entry.get("type") in (REP, HOLD, SET)]
    if head.get("type") != SESSION or not done:
        raise InputError(f"{path}: nothing was done in this session")
    return began, camera, done


def _recover(folder: Path, name: str, entries: Iterable[Entry], camera: str) -> Path:
    card = exercises.load(name)
    reps, holds = _done([entry for entry in entries if entry["exercise"] == name])
    page = folder / REPORT_NAME
    kept = _kept(folder)
    if (
        kept is not None
        and page.is_file()
        and len(kept.reps) + len(kept.holds) >= len((*reps, *holds))
    ):
        return page
    prepare_folder(folder)
    result = _with(kept or _empty(card, camera), card, reps, holds)
    save(result, folder)
    write_report(as_stored(result), load_pictures(folder), page)
    return page


def _done(entries: Sequence[Entry]) -> tuple[tuple[Rep, ...], tuple[Hold, ...]]:
    """All repetitions and holds of one exercise: of whole sets, and of the one under way."""
    reps: list[Rep] = []
    holds: list[Hold] = []
    running: list[Entry] = []
    for entry in entries:
        if entry["type"] != SET:
            running.append(entry)
            continue
        running.clear()
        reps += msgspec.convert(entry["reps"], list[Rep])
        holds += msgspec.convert(entry["holds"], list[Hold])
    reps += msgspec.convert([e for e in running if e["type"] == REP], list[Rep])
    holds += msgspec.convert([e for e in running if e["type"] == HOLD], list[Hold])
    return tuple(replace(rep, number=i) for i, rep in enumerate(reps, start=1)), tuple(holds)


def _kept(folder: Path) -> SessionResult | None:
    """What was written of the exercise when its last set ended."""
    try:
        return load_session(folder / SESSION_NAME)
    except FormcheckError:
        return None


def _empty(card: Exercise, camera: str) -> SessionResult:
    quality = Quality(1.0, View.UNKNOWN, ())
    return SessionResult(
        card.name, 0.0, quality, (), (), (), card.never_graded, Signals((), {}), camera
    )


def _with(
    base: SessionResult, card: Exercise, reps: tuple[Rep, ...], holds: tuple[Hold, ...]
) -> SessionResult:
    ends = [rep.end_s for rep in reps] + [hold.end_s for hold in holds]
    told = tuple(dict.fromkeys((*base.quality.warnings, CUT_OFF)))
    return replace(
        base,
        duration_s=max([base.duration_s, *ends]),
        quality=replace(base.quality, warnings=told),
        reps=reps,
        holds=holds,
        findings=judge_set(card, reps) if reps else base.findings,
    )
