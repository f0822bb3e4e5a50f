"""What was measured is kept, whatever cannot be written or read afterwards."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from formcheck.analysis import sight
from formcheck.analysis.folder import Files
from formcheck.cli.analyze import default_folder
from formcheck.cli.main import INTERRUPTED_STATUS, run
from formcheck.errors import InputError, OutputError
from formcheck.history.book import Book
from formcheck.history.database import open_history
from formcheck.history.sessions import find
from formcheck.report import extras
from formcheck.system.files import refuse_target, write_text
from formcheck.video.writer import VideoWriter
from tests.played_back import PlayedBack, clip_of
from tests.session_maker import heel_raises

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
NO_ROOM = OutputError("no room on the disk; make some")
TABLE = """
from formcheck.system.terminal import keep_terminal
keep_terminal()
print("38\u00b0 \u2192 \u2584")
"""
WAITS = """
import time
from formcheck.cli import main
main.app = lambda **_: [print("begun", flush=True), time.sleep(60)]
main.main()
"""


@pytest.mark.parametrize("broken", [(VideoWriter, "write"), (extras, "write_page")], ids=str)
def test_measured_is_kept_when_the_video_or_the_page_cannot_be_written(
    broken: tuple[object, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise NO_ROOM

    clip, out, db = clip_of("heel-raise"), tmp_path / "out", tmp_path / "history.db"
    monkeypatch.setattr(sight, "open_model", lambda *_: PlayedBack(clip.sightings()))
    monkeypatch.setattr(*broken, fail)
    command = ("analyze", str(clip.path), "-e", "heel-raise", "--out", str(out), "--db", str(db))
    assert run(command) == 2
    printed = capsys.readouterr()
    assert printed.err == f"Error: {NO_ROOM}\n"
    assert "heel raises" in printed.out
    assert (out / "session.json").is_file()
    assert (out / "reps.csv").is_file()
    assert (out / "report.html").is_file() is (broken[1] == "write")
    assert (out / "annotated.mp4").is_file() is (broken[1] != "write")
    with open_history(db) as opened:
        assert [entry.result.exercise for entry in find(opened)] == ["heel-raise"]


def test_a_drive_without_shared_memory_keeps_a_history(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    (tmp_path / "history.db-shm").mkdir()  # so that SQLite cannot make it
    for number in range(2):
        Book(path).add(heel_raises([1.0, 0.9 - 0.1 * number]), NOON)
    with open_history(path) as opened:
        assert len(find(opened)) == 2


def test_a_session_that_cannot_be_read_hides_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "history.db"
    for share in (0.9, 0.8, 0.7):
        Book(path).add(heel_raises([1.0, share]), NOON)
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE sessions SET document = '{}' WHERE id = 2")
        db.commit()
    for command in (("history",), ("history", "export"), ("history", "heel-raise")):
        assert run([*command, "--db", str(path)]) == 0
        printed = capsys.readouterr()
        assert "formcheck history delete 2" in printed.err
        assert printed.out
    assert run(["history", "delete", "2", "--yes", "--db", str(path)]) == 0
    assert run(["history", "--db", str(path)]) == 0
    assert capsys.readouterr().err == ""


def test_nobody_is_deleted_by_a_pattern(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "history.db"
    Book(path, "Ann").add(heel_raises([1.0]), NOON)
    wanted = ["history", "delete", "--all", "--yes", "--person", "*", "--db", str(path)]
    assert run(wanted) == 2
    assert "name the person" in capsys.readouterr().err
    with open_history(path) as opened:
        assert len(find(opened)) == 1


def test_a_terminal_without_these_letters_shows_the_others() -> None:
    env = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    command = [sys.executable, "-c", TABLE]
    done = subprocess.run(command, env=env, capture_output=True, check=True, timeout=60)
    assert done.stdout.decode("cp1252").strip() == "38\u00b0 ? ?"


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without asking it")
def test_to_be_asked_to_end_is_to_be_interrupted() -> None:
    command = [sys.executable, "-c", WAITS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == INTERRUPTED_STATUS


def other(path: Path, source: str) -> None:
    path.mkdir()
    (path / "session.json").write_text(json.dumps({"source": source}), "utf-8")


def test_two_recordings_of_one_name_have_a_folder_each(tmp_path: Path) -> None:
    other(tmp_path / "IMG_1", "IMG_1.mov")
    assert default_folder(tmp_path / "IMG_1.mov") == tmp_path / "IMG_1"
    assert default_folder(tmp_path / "IMG_1.mp4") == tmp_path / "IMG_1_mp4"
    other(tmp_path / "IMG_1_mp4", "somebody.else")
    assert default_folder(tmp_path / "IMG_1.mp4") == tmp_path / "IMG_1_mp4-2"


@pytest.mark.parametrize("folder", [".", "/"])
def test_a_folder_is_no_video(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["analyze", folder, "-e", "heel-raise", "--no-save"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_folder_of_another_recording_is_refused(tmp_path: Path) -> None:
    other(tmp_path / "out", "another.mp4")
    with pytest.raises(InputError, match="results of another recording"):
        Files(tmp_path / "out").prepare(tmp_path / "mine.mp4")
    Files(tmp_path / "out").prepare(tmp_path / "another.mp4")


@pytest.mark.parametrize("kind", ["link", "folder", "itself"])
def test_a_result_is_not_written_over_what_it_is_made_of(kind: str, tmp_path: Path) -> None:
    made_of, target = tmp_path / "history.db", tmp_path / "out"
    made_of.write_text("precious")
    if kind == "folder":
        target.mkdir()
    else:
        target = made_of if kind == "itself" else target
    if kind == "link":
        target.symlink_to(made_of)
    with pytest.raises(OutputError):
        refuse_target(target, made_of)
    refuse_target(tmp_path / "new.csv", made_of)


def test_what_is_not_complete_follows_no_link_that_waits_for_it(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("precious")
    (tmp_path / ".page.html.part").symlink_to(precious)
    write_text(tmp_path / "page.html", "a page")
    assert precious.read_text() == "precious"
    assert {path.name for path in tmp_path.iterdir()} == {
        "precious",
        ".page.html.part",
        "page.html",
    }
