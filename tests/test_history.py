"""The history file: kept, brought up to date, shared by processes, never overwritten."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from formcheck.errors import InputError, OutputError
from formcheck.history import sessions
from formcheck.history.book import Book
from formcheck.history.database import default_path, open_history
from formcheck.history.schema import MIGRATIONS
from tests.session_maker import heel_raises, stretches

VERSION_1 = Path(__file__).parent / "data" / "history_v1.sql"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SESSION = heel_raises([1.0, 0.9, 0.6])


def stored(path: Path, person: str = sessions.EVERYONE) -> tuple[sessions.Entry, ...]:
    with open_history(path) as db:
        return sessions.find(db, person)


def test_a_session_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / "history.db"
    Book(path, "Ann").add(SESSION, NOON)
    (entry,) = stored(path)
    assert (entry.person, entry.taken_at) == ("Ann", NOON)
    assert entry.result.exercise == "heel-raise"
    assert [rep.faults for rep in entry.result.reps] == [(), (), ("shallow",)]
    assert entry.result.reps[1].reached == pytest.approx(0.9)
    assert entry.result.signals.t_s == ()


def test_the_very_same_session_is_kept_once(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with open_history(path) as db:
        assert sessions.add(db, "me", NOON, SESSION)
        assert not sessions.add(db, "me", NOON + timedelta(hours=1), SESSION)
        assert sessions.add(db, "Ann", NOON, SESSION)
        assert sessions.add(db, "me", NOON, replace(SESSION, source="other.mp4"))
    assert len(stored(path)) == 3


def test_people_and_exercises_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with open_history(path) as db:
        sessions.add(db, "me", NOON, SESSION)
        sessions.add(db, "me", NOON, stretches([30.0]))
        sessions.add(db, "Robert'); DROP TABLE sessions;--", NOON, SESSION)
        assert len(sessions.find(db, "me")) == 2
        assert len(sessions.find(db, "me", "calf-stretch")) == 1
        assert len(sessions.find(db, "Robert'); DROP TABLE sessions;--")) == 1
        assert sessions.find(db, "nobody") == ()


def test_sessions_come_in_the_order_of_time_whatever_the_zone(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    tokyo, lima = timezone(timedelta(hours=9)), timezone(timedelta(hours=-5))
    times = [
        datetime(2026, 3, 3, 1, tzinfo=tokyo),
        datetime(2026, 3, 2, 14, tzinfo=UTC),
        datetime(2026, 3, 2, 12, tzinfo=lima),
    ]
    with open_history(path) as db:
        for i, when in enumerate(reversed(times)):
            sessions.add(db, "me", when, replace(SESSION, source=f"{i}.mp4"))
    assert [entry.taken_at for entry in stored(path)] == sorted(times)


def test_a_time_without_a_zone_is_refused(tmp_path: Path) -> None:
    with open_history(tmp_path / "h.db") as db, pytest.raises(ValueError, match="time zone"):
        sessions.add(db, "me", datetime(2026, 3, 2), SESSION)


def version_1(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.executescript(VERSION_1.read_text())


def test_version_1_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    version_1(path)
    entries = stored(path)
    assert [(e.person, e.result.exercise) for e in entries] == [
        ("me", "heel-raise"),
        ("Ann", "calf-stretch"),
    ]
    assert entries[0].number == 1
    assert entries[1].result.holds[0].held_s == pytest.approx(30.2)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_migration_that_fails_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "history.db"
    version_1(path)

    def broken(db: sqlite3.Connection) -> None:
        db.execute("DELETE FROM sessions")
        db.execute("SELECT nothing FROM nowhere")

    monkeypatch.setattr("formcheck.history.database.MIGRATIONS", (*MIGRATIONS, broken))
    with pytest.raises(OutputError), open_history(path):
        pass
    monkeypatch.undo()
    assert len(stored(path)) == 2


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("CREATE TABLE bookmarks (url TEXT)")
        db.commit()


def text(path: Path) -> None:
    path.write_text("shopping: bread, milk, eggs\n" * 20)


def short(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0")


def newer(path: Path) -> None:
    version_1(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")


def torn(path: Path) -> None:
    Book(path).add(heel_raises([0.8] * 60), NOON)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("make", [foreign, text, short, newer, torn])
def test_what_is_no_history_gets_one_line_and_is_left_alone(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    path = tmp_path / "history.db"
    make(path)
    before = path.read_bytes()
    with pytest.raises(InputError) as caught:
        Book(path)
    assert str(path) in str(caught.value)
    assert "--db" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_history(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    path.touch()
    Book(path).add(SESSION, NOON)
    assert len(stored(path)) == 1


def test_a_folder_in_its_place_gets_a_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--db"):
        Book(tmp_path)


def test_a_place_where_nothing_can_be_written_gets_a_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises((InputError, OutputError), match="--db"):
        Book(tmp_path / "file" / "history.db")


WRITER = """
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from formcheck.history.book import Book
from tests.session_maker import heel_raises
session = heel_raises([1.0, 0.9])
sys.stdin.readline()
for i in range(40):
    Book(Path(sys.argv[1])).add(replace(session, source=f"{sys.argv[2]}{i}.mp4"), datetime.now(UTC))
"""


def test_two_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    root = Path(__file__).parent.parent
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), name],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=root,
            text=True,
        )
        for name in "ab"
    ]
    for writer in writers:  # both have loaded what they need, and begin with no file there
        assert writer.stdin is not None
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        _, errors = writer.communicate(timeout=120)
        assert writer.returncode == 0, errors
    assert {entry.result.source for entry in stored(path)} == {
        f"{name}{i}.mp4" for name in "ab" for i in range(40)
    }
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_deleted_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with open_history(path) as db:
        for i in range(4):
            sessions.add(db, "me", NOON, replace(SESSION, source=f"{i}.mp4"))
        assert sessions.delete(db, [2, 4]) == 2
        assert sessions.delete(db, [4]) == 0
    assert [entry.number for entry in stored(path)] == [1, 3]


def test_exports_have_every_session(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    with open_history(path) as db:
        sessions.add(db, "me", NOON, SESSION)
        sessions.add(db, 'Zoë, "Z"', NOON, stretches([30.0, 20.0]))
    entries = stored(path)
    rows = list(csv.DictReader(io.StringIO(sessions.to_csv(entries))))
    assert [row["person"] for row in rows] == ["me", 'Zoë, "Z"']
    assert (rows[0]["reps"], rows[0]["median_reached"], rows[0]["faults"]) == (
        "3",
        "0.9",
        "shallow",
    )
    assert (rows[1]["holds"], rows[1]["held_s"], rows[1]["reps"]) == ("2", "50.0", "0")
    whole = json.loads(sessions.to_json(entries))
    assert whole[0]["session"]["reps"][2]["faults"] == ["shallow"]
    assert whole[1]["taken_at"] == "2026-03-02T12:00:00+00:00"


def test_the_usual_place_is_the_data_folder_of_the_user(tmp_path: Path) -> None:
    assert default_path().name == "history.db"
    assert default_path().parent.name == "formcheck"


def test_the_last_sessions_are_found_without_reading_the_others(tmp_path: Path) -> None:
    with open_history(tmp_path / "history.db") as db:
        for day in range(5):
            session = replace(SESSION, source=f"{day}.mp4")
            sessions.add(db, "me", NOON + timedelta(days=day), session)
        db.execute("UPDATE sessions SET document = 'x' WHERE taken_at < '2026-03-04'")
        found = sessions.latest(db, "me", 3)
        assert [entry.result.source for entry in found] == ["2.mp4", "3.mp4", "4.mp4"]
        assert sessions.count(db, "me") == 5
        plan = db.execute(
            "EXPLAIN QUERY PLAN SELECT document FROM sessions WHERE person = 'me'"
            " ORDER BY taken_at DESC, id DESC LIMIT 3"
        ).fetchall()
    assert "USING INDEX by_time" in plan[0][-1]
    assert len(plan) == 1  # nothing is sorted
