"""Names from outside command no terminal and no spreadsheet, and files are for their owner."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from formcheck.cli.main import run
from formcheck.history import sessions
from formcheck.report.save import save
from formcheck.system.text import cell, printable
from tests.session_maker import heel_raises


@pytest.mark.parametrize(
    "text",
    ["\x1b]0;owned\x07", "\x1b[2J", "a\rb", "\x9b31m", "\u202egpj.exe", "\ud800", "\x00", "\u2028"],
)
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    assert "\ufffd" in printable(text)
    assert not set(printable(text)) & set("\x1b\x07\r\x9b\u202e\x00\u2028")


@pytest.mark.parametrize("text", ["Größe 3", "Ann", "日本語", "می\u200cخواهم", "line\nline", "😀"])
def test_words_of_any_language_stay(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert str(cell(text)).startswith("'")


@pytest.mark.parametrize("value", [-1.5, 3, None, "clip-1.mp4", ""])
def test_other_cells_stay(value: object) -> None:
    assert cell(value) == value


def test_tables_of_sessions_hold_no_formula(tmp_path: Path) -> None:
    session = heel_raises([1.0])
    rep = replace(session.reps[0], faults=("=cmd()",), measures={"@evil": 1.0})
    session = replace(session, reps=(rep,), source="=HYPERLINK(1)")
    save(session, tmp_path)
    header, line = csv.reader(io.StringIO((tmp_path / "reps.csv").read_text("utf-8")))
    assert "'@evil" in header
    assert "'=cmd()" in line
    entry = sessions.Entry(1, "-Ann", datetime(2026, 1, 1, tzinfo=UTC), session)
    _, line = csv.reader(io.StringIO(sessions.to_csv([entry])))
    assert {"'-Ann", "'=HYPERLINK(1)", "'=cmd()"} <= set(line)


def test_a_name_in_an_error_commands_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["analyze", "\x1b[2Jno.mp4", "-e", "heel-raise"]) == 2
    assert "\x1b" not in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="Windows gives files to their owner by other means")
def test_files_about_a_person_are_for_nobody_else(tmp_path: Path) -> None:
    db = tmp_path / "new" / "history.db"
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state")}
    command = [sys.executable, "-m", "formcheck", "history", "--db", str(db)]
    subprocess.run(command, env=environment, check=True, timeout=60, capture_output=True)
    assert db.stat().st_mode & 0o777 == 0o600
    assert db.parent.stat().st_mode & 0o777 == 0o700


AMOUNTS = ["nan", "inf", "-inf", "-1", "1e308"]


@pytest.mark.parametrize("amount", AMOUNTS)
@pytest.mark.parametrize("option", ["--target", "--hold", "--height"])
def test_amounts_that_cannot_be_are_told_before_anything_is_opened(
    option: str, amount: str, capsys: pytest.CaptureFixture[str]
) -> None:
    exercise = "calf-stretch" if option == "--hold" else "heel-raise"
    for command in (
        ["analyze", "no.mp4", "-e", exercise],
        ["live", exercise, "--camera", "no.mp4"],
    ):
        assert run([*command, "--no-save", f"{option}={amount}"]) == 2
        told = capsys.readouterr().err
        assert told.count("\n") == 1
        assert "no.mp4" not in told


@pytest.mark.parametrize("size", ["0x0", "99999999x1", "1x", "x", "-1x5", "640x²"])
def test_sizes_that_no_camera_has(size: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["live", "--no-save", f"--size={size}"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("out", ["x" * 5000, "x" * 5000 + "/a.html"])
def test_a_name_that_no_file_can_have_is_one_line(
    out: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(heel_raises([1.0]), tmp_path)
    assert run(["report", str(tmp_path / "session.json"), "--out", out]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert len(told) < 6000
