"""A live session that was killed comes back, with what was done of the running set."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from formcheck.cli.main import run
from formcheck.history.database import open_history
from formcheck.history.sessions import find
from formcheck.live.keep import Keeper
from formcheck.live.recovery import CUT_OFF, cut_off
from formcheck.live.store import Store
from formcheck.report.session_file import load_session
from formcheck.results import Rep
from tests.live.test_keep import PEAKS, RECORDS

BEGAN = datetime(2026, 3, 2, 18, tzinfo=UTC)
NOBODY = 2**22 + 1
"""Larger than any process number of Linux."""


def killed(folder: Path, *, sets: int, more: tuple[Rep, ...] = ()) -> Path:
    """The file of a session that ended in the middle of a set."""
    path = folder / "2026-03-02T18-00-00.jsonl"
    head = {"began": BEGAN.isoformat(), "camera": "camera 0", "process": NOBODY}
    store = Store(path, head)
    with Keeper(path, "camera 0", BEGAN, None, blur_faces=False) as keeper:
        for number in range(1, sets + 1):
            done = RECORDS[number - 1]
            for rep in done.reps:
                store.add(done.bout, rep)
            store.add_set(done)
            keeper.set_done(RECORDS[:number], PEAKS, "full")
    for rep in more:
        store.add(RECORDS[0].bout, rep)
    os.close(store._file)
    return path


def later(rep: Rep, by_s: float) -> Rep:
    times = {name: getattr(rep, name) + by_s for name in ("start_s", "peak_s", "end_s")}
    return replace(rep, **times)


def recovered(path: Path, db: Path) -> list[tuple[str, int, int]]:
    """Exercise, repetitions and holds of each session that the history then has."""
    assert run(["recover", str(path), "--db", str(db)]) == 0
    with open_history(db) as opened:
        entries = find(opened)
    assert {entry.taken_at for entry in entries} == {BEGAN}
    return [(e.result.exercise, len(e.result.reps), len(e.result.holds)) for e in entries]


def test_the_running_set_is_added_to_those_that_were_kept(tmp_path: Path) -> None:
    more = tuple(later(rep, 200.0) for rep in RECORDS[0].reps[:2])
    path, db = killed(tmp_path, sets=1, more=more), tmp_path / "history.db"
    assert cut_off(tmp_path) == (path,)
    assert recovered(path, db) == [("heel-raise", 5, 0)]
    session = load_session(path.with_suffix("") / "heel-raise" / "session.json")
    assert [rep.number for rep in session.reps] == [1, 2, 3, 4, 5]
    assert CUT_OFF in session.quality.warnings
    assert len(session.signals.t_s) > 0  # of the sets that were kept
    assert cut_off(tmp_path) == ()


def test_a_first_set_that_was_cut_off_comes_back(tmp_path: Path) -> None:
    path = killed(tmp_path, sets=0, more=RECORDS[0].reps)
    assert recovered(path, tmp_path / "history.db") == [("heel-raise", 3, 0)]
    page = path.with_suffix("") / "heel-raise" / "report.html"
    assert "3 heel raises" in page.read_text("utf-8")


def test_a_session_that_ended_well_is_not_offered(tmp_path: Path) -> None:
    with Store(tmp_path / "whole.jsonl", {"began": BEGAN.isoformat(), "camera": "0"}) as store:
        store.add_set(RECORDS[0])
    assert cut_off(tmp_path) == ()


@pytest.mark.parametrize("content", [None, "", "x", "{}\n", "[]\n", '{"type": "session"}\n'])
def test_what_is_no_session_gets_one_line(
    content: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.jsonl"
    if content is not None:
        path.write_text(content)
    assert run(["recover", str(path), "--no-save"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
