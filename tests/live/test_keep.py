"""A live session leaves what an analysed one leaves: reports, and a line in the history."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from formcheck.exercises import load
from formcheck.history.book import Book
from formcheck.history.database import open_history
from formcheck.history.sessions import find
from formcheck.live.coach.records import SetRecord, results
from formcheck.live.keep import Keeper
from formcheck.programmes.plan import Dose, bouts
from formcheck.report.peaks import Peaks
from formcheck.results import SessionResult, Snapshot, Status
from tests.session_maker import heel_raises, stretches
from tests.stick import Camera, standing

BEGAN = datetime(2026, 3, 2, 18, tzinfo=UTC)


def set_of(result: SessionResult, later_s: float = 0.0) -> SetRecord:
    (bout, *_) = bouts([Dose(result.exercise)])
    kept = (result.findings, result.quality, result.not_graded, result.signals)
    return SetRecord(bout, result.reps, result.holds, *kept, result.duration_s + later_s)


RECORDS = (
    set_of(heel_raises([1.0, 0.9, 0.6])),
    set_of(heel_raises([0.9, 0.6]), 60.0),
    set_of(stretches([30.0, 22.0])),
)


def peaks() -> Peaks:
    found, pose = Peaks(), Camera(azimuth_deg=90).see(standing(), 0.0)
    found.update(np.zeros((240, 320, 3), np.uint8), Snapshot(0.0, Status.READY, 0, pose))
    return found


PEAKS = {name: peaks() for name in ("heel-raise", "calf-stretch")}


def keep(folder: Path, book: Book | None, sets: int = len(RECORDS)) -> Keeper:
    """Everything of a session of so many sets, as the live loop hands it over."""
    path = folder / "2026-03-02T18-00-00.jsonl"
    with Keeper(path, "camera 0", BEGAN, book, blur_faces=False) as keeper:
        for number in range(1, sets + 1):
            keeper.set_done(RECORDS[:number], PEAKS, "full")
    return keeper


def test_sets_of_an_exercise_become_one_result() -> None:
    raises, stretched = results(RECORDS, "camera 0", "full")
    assert [rep.number for rep in raises.reps] == [1, 2, 3, 4, 5]
    assert [rep.reached for rep in raises.reps] == [1.0, 0.9, 0.6, 0.9, 0.6]
    told = [f.message.split(":")[0] for f in raises.findings if f.fault == "shallow"]
    assert told == ["Rep 3", "Rep 5"]
    assert len(raises.signals.t_s) == sum(len(r.signals.t_s) for r in RECORDS[:2])
    assert (raises.source, raises.model) == ("camera 0", "full")
    assert [hold.held_s for hold in stretched.holds] == [30.0, 22.0]
    assert load(stretched.exercise).title == "Calf stretch"


def test_each_exercise_gets_a_report_and_is_remembered_once(tmp_path: Path) -> None:
    db = tmp_path / "history.db"
    keeper = keep(tmp_path, Book(db, "Ann"))
    assert keeper.warning is None
    assert [page.parent.name for page in keeper.pages] == ["heel-raise", "calf-stretch"]
    assert "5 heel raises" in keeper.pages[0].read_text(encoding="utf-8")
    assert (keeper.pages[0].parent / "session.json").is_file()
    with open_history(db) as opened:
        remembered = find(opened, "Ann")
    assert [entry.result.exercise for entry in remembered] == ["heel-raise", "calf-stretch"]
    assert [len(entry.result.reps) for entry in remembered] == [5, 0]
    assert {entry.taken_at for entry in remembered} == {BEGAN}


def test_it_is_kept_after_every_set(tmp_path: Path) -> None:
    db = tmp_path / "history.db"
    keeper = keep(tmp_path, Book(db, "Ann"), sets=1)
    assert "3 heel raises" in keeper.pages[0].read_text(encoding="utf-8")
    with open_history(db) as opened:
        assert [len(entry.result.reps) for entry in find(opened, "Ann")] == [3]


def test_what_cannot_be_written_is_told_and_the_history_has_it(tmp_path: Path) -> None:
    (tmp_path / "2026-03-02T18-00-00").write_text("a file where the folder should be")
    db = tmp_path / "history.db"
    keeper = keep(tmp_path, Book(db, "Ann"))
    assert keeper.warning is not None
    assert "cannot be written" in keeper.warning
    assert keeper.pages == []
    with open_history(db) as opened:
        assert len(find(opened, "Ann")) == 2


def test_it_need_not_be_remembered(tmp_path: Path) -> None:
    assert len(keep(tmp_path, None).pages) == 2
    assert not list(tmp_path.rglob("*.db"))
