"""The commands `history` and `report`, as they are typed."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from formcheck.cli.main import run
from formcheck.history.book import Book
from formcheck.report.html import render
from formcheck.report.save import save
from formcheck.report.session_file import load_session
from tests.session_maker import heel_raises, stretches

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def db(tmp_path: Path) -> str:
    path = tmp_path / "history.db"
    for i in range(3):
        session = replace(heel_raises([1.0, 0.6]), source=f"{i}.mp4")
        Book(path).add(session, NOON + timedelta(days=2 * i))
    Book(path, "Ann").add(stretches([30.0, 22.0]), NOON)
    return str(path)


def typed(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> str:
    assert run(words) == status
    out, err = capsys.readouterr()
    return err if status else out


def test_history_lists_ones_own_sessions(db: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = typed(capsys, "history", "--db", db)
    assert told.count("2 heel raises") == 3
    assert "calf" not in told
    assert "2 calf stretches" in typed(capsys, "history", "--db", db, "--person", "Ann")
    assert "No session of Bob" in typed(capsys, "history", "--db", db, "--person", "Bob")


def test_history_of_an_exercise_shows_its_course(
    db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = typed(capsys, "history", "--db", db, "heel-raise")
    assert "3 sessions since 2 March 2026" in told
    assert "3.5 days a week" in " ".join(told.split())
    assert "▄▄▄" in told
    assert "1 session since" in typed(
        capsys, "history", "calf-stretch", "--person", "Ann", "--db", db
    )
    told = typed(capsys, "history", "heel-raise", "--db", db, "--per-week", "7")
    assert "7 days a week" in " ".join(told.split())


def test_history_writes_a_page(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "trend.html"
    assert str(page) in typed(capsys, "history", "heel-raise", "--db", db, "--html", str(page))
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_history_exports(db: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(typed(capsys, "history", "export", "--db", db).splitlines()) == 4
    everyone = typed(capsys, "history", "export", "--db", db, "--everyone", "--format", "json")
    assert {entry["person"] for entry in json.loads(everyone)} == {"me", "Ann"}
    out = tmp_path / "mine.csv"
    assert typed(capsys, "history", "export", "--db", db, "--out", str(out)) == ""
    assert len(out.read_text().splitlines()) == 4


def test_history_asks_before_it_deletes(
    db: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert "Nothing was deleted" in typed(capsys, "history", "delete", "1", "--db", db)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert run(["history", "delete", "1", "--db", db]) == 130
    capsys.readouterr()
    assert typed(capsys, "history", "--db", db).count("heel raises") == 3
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert "1 deleted" in typed(capsys, "history", "delete", "1", "--db", db)
    assert "2 deleted" in typed(capsys, "history", "delete", "--all", "--yes", "--db", db)
    assert "2 calf stretches" in typed(capsys, "history", "--db", db, "--person", "Ann")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["history", "heel-rise"], "Did you mean heel-raise?"),
        (["history", "delete", "4", "--yes"], "4 of me to delete"),  # it is Ann's
        (["history", "delete", "--yes"], "nothing of me to delete"),
        (["history", "heel-raise", "--programme", "none"], "no programme 'none'"),
    ],
)
def test_history_says_what_is_wrong_in_one_line(
    words: list[str], told: str, db: str, capsys: pytest.CaptureFixture[str]
) -> None:
    error = typed(capsys, *words, "--db", db, status=2)
    assert told in error
    assert error.count("\n") == 1


def test_a_foreign_file_is_named_and_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "letters.txt"
    path.write_text("Dear Ann, " * 100)
    assert "not a history" in typed(capsys, "history", "--db", str(path), status=2)
    assert path.read_text() == "Dear Ann, " * 100


def test_report_is_made_again_from_what_is_stored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(heel_raises([1.0, 0.6]), tmp_path)
    stored = tmp_path / "session.json"
    assert "report.html" in typed(capsys, "report", str(stored))
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page == render(load_session(stored))
    elsewhere = tmp_path / "other.html"
    typed(capsys, "report", str(stored), "--out", str(elsewhere))
    assert elsewhere.read_text(encoding="utf-8") == page


def test_report_of_what_is_no_session(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "session.json" in typed(capsys, "report", str(tmp_path / "session.json"), status=2)
