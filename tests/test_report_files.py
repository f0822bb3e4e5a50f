"""What is written about a session is what was measured, the same every time, and can be read."""

from __future__ import annotations

import csv
import io
import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from formcheck.errors import InputError, OutputError
from formcheck.pose.side_view import Side, View
from formcheck.report.csv_files import read_signals
from formcheck.report.save import files_in, save
from formcheck.report.session_file import load_session
from formcheck.report.terminal import show
from formcheck.results import Hold, Quality, SessionResult, Signals
from formcheck.system.files import prepare_folder, write_text
from tests.session_maker import heel_raises

FIELDS = [
    *("schema", "exercise", "source", "duration_s", "model", "recognised", "quality"),
    *("reps", "holds", "findings", "not_graded", "why_none", "prescribed"),
]
REP_FIELDS = [
    *("number", "side", "start_s", "peak_s", "end_s", "up_s", "hold_s", "down_s"),
    *("measures", "target", "reached", "faults", "confidence"),
]


def session() -> SessionResult:
    """Six heel raises, the fourth low, with a warning, figures of many decimals and a NaN."""
    made = heel_raises([1.0, 0.97, 0.95, 0.6, 0.99, 1.0], side=Side.LEFT)
    first = made.reps[0]
    odd = {**first.measures, "rise_cm": 7.123456789, "knee_flexion_deg": math.nan, "zero": -1e-9}
    reps = (replace(first, measures=odd, start_s=1 / 3), *made.reps[1:])
    quality = Quality(0.123456789, View.SIDE, ("Ein Satz für alle: \u201cachtung\u201d, \n;",))
    return replace(made, reps=reps, quality=quality)


def hold(side: Side, held_s: float) -> Hold:
    return Hold(side, 1.0, 33.5, held_s, 30.0, {"ankle_deg": 31.25}, ("heel_lifts",))


def saved(folder: Path, result: SessionResult) -> Path:
    save(result, folder)
    return folder


def test_session_json_has_the_fields_of_the_schema_in_its_order(tmp_path: Path) -> None:
    stored = json.loads((saved(tmp_path, session()) / "session.json").read_text("utf-8"))
    assert list(stored) == FIELDS
    assert list(stored["quality"]) == ["coverage", "view", "warnings"]
    assert all(list(rep) == REP_FIELDS for rep in stored["reps"])
    assert all(list(f) == ["fault", "start_s", "end_s", "message"] for f in stored["findings"])
    assert (stored["schema"], stored["exercise"], stored["model"]) == (1, "heel-raise", "full")
    assert stored["source"] == "heel_raises.mp4"


def test_figures_are_rounded_and_nan_is_null(tmp_path: Path) -> None:
    text = (saved(tmp_path, session()) / "session.json").read_text("utf-8")
    assert "NaN" not in text
    assert "-0.0" not in text
    stored = json.loads(text)
    rep = stored["reps"][0]
    assert rep["start_s"] == 0.333
    assert rep["measures"]["rise_cm"] == 7.1235
    assert rep["measures"]["knee_flexion_deg"] is None
    assert stored["quality"]["coverage"] == 0.1235


def test_the_same_session_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
        save(session(), folder)
    names = ["reps.csv", "session.json", "signals.csv"]
    assert sorted(path.name for path in one.iterdir()) == names
    assert all((one / n).read_bytes() == (two / n).read_bytes() for n in names)
    assert not any(b"\r" in (one / n).read_bytes() for n in names)


def test_a_session_is_read_back(tmp_path: Path) -> None:
    written = session()
    read = load_session(saved(tmp_path, written) / "session.json")
    assert [rep.number for rep in read.reps] == [rep.number for rep in written.reps]
    assert (read.reps[0].side, read.quality.view) == (Side.LEFT, View.SIDE)
    assert read.quality.warnings == written.quality.warnings
    assert read.findings == tuple(
        replace(f, start_s=round(f.start_s, 3), end_s=round(f.end_s, 3)) for f in written.findings
    )
    assert math.isnan(read.reps[0].measures["knee_flexion_deg"])
    assert read.signals.t_s == pytest.approx(written.signals.t_s, abs=6e-4)
    for name, column in written.signals.columns.items():
        assert read.signals.columns[name] == pytest.approx(column, abs=6e-5, nan_ok=True)
    save(read, tmp_path)
    assert load_session(tmp_path / "session.json").reps[1:] == read.reps[1:]


def test_without_signals_a_session_is_read_all_the_same(tmp_path: Path) -> None:
    (saved(tmp_path, session()) / "signals.csv").unlink()
    assert load_session(tmp_path / "session.json").signals == Signals((), {})


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_reps_csv(tmp_path: Path) -> None:
    table = rows(saved(tmp_path, session()) / "reps.csv")
    assert [row["number"] for row in table] == list("123456")
    assert table[0]["side"] == "left"
    assert table[0]["rise_cm"] == "7.1235"
    assert table[0]["knee_flexion_deg"] == table[1]["rise_cm"] == ""
    assert table[3]["faults"] == "shallow;no_pause"
    assert float(table[3]["reached"]) == 0.6


def test_holds_have_a_table_of_their_own(tmp_path: Path) -> None:
    save(session(), tmp_path)
    holds = (hold(Side.LEFT, 30.0), hold(Side.RIGHT, 12.3456))
    save(replace(session(), reps=(), holds=holds), tmp_path)
    table = rows(tmp_path / "holds.csv")
    assert [(r["side"], r["held_s"], r["faults"]) for r in table] == [
        ("left", "30.0", "heel_lifts"),
        ("right", "12.346", "heel_lifts"),
    ]
    assert (tmp_path / "reps.csv").exists()  # of the session before; nothing is deleted
    assert "reps.csv" not in {path.name for path in files_in(tmp_path)}
    assert load_session(tmp_path / "session.json").holds[0] == holds[0]


def test_signals_csv_has_a_row_per_frame_and_gaps_where_nothing_was_seen(tmp_path: Path) -> None:
    columns = {"knee_deg": (1.23456, math.nan, 3.0), "rise_shank": (math.nan, math.nan, 0.5)}
    save(replace(session(), signals=Signals((0.0, 1 / 30, 2 / 30), columns)), tmp_path)
    text = (tmp_path / "signals.csv").read_text("utf-8")
    assert text == "t_s,knee_deg,rise_shank\n0.0,1.2346,\n0.033,,\n0.067,3.0,0.5\n"


def test_an_empty_session(tmp_path: Path) -> None:
    signals = Signals((), {"knee_deg": ()})
    nothing = replace(session(), reps=(), findings=(), duration_s=0.0, signals=signals)
    save(nothing, tmp_path)
    assert rows(tmp_path / "reps.csv") == []
    assert read_signals(tmp_path / "signals.csv") == signals
    assert load_session(tmp_path / "session.json").reps == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "cannot be read"),
        ("", "not a session.json"),
        ("[1]", "not a session.json"),
        ('{"a": 1}', "not a session.json"),
        ('{"schema": 99}', "schema 99"),
        ('{"schema": 1}', "missing or wrong"),
    ],
)
def test_what_is_no_session_is_told(tmp_path: Path, text: str | None, reason: str) -> None:
    path = tmp_path / "session.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(InputError, match=reason) as caught:
        load_session(path)
    assert "\n" not in str(caught.value)


def test_a_wrong_field_is_told(tmp_path: Path) -> None:
    path = saved(tmp_path, session()) / "session.json"
    path.write_text(path.read_text("utf-8").replace('"side": "left"', '"side": "up"'), "utf-8")
    with pytest.raises(InputError, match="'up'"):
        load_session(path)


def test_signals_of_another_kind_are_told(tmp_path: Path) -> None:
    (tmp_path / "signals.csv").write_text("t_s,a\n1,x\n")
    with pytest.raises(InputError, match="not a table of signals"):
        read_signals(tmp_path / "signals.csv")


def test_a_folder_that_cannot_be_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"cannot be written .*--out"):
        prepare_folder(tmp_path / "file")
    with pytest.raises(OutputError, match="cannot be written"):
        prepare_folder(tmp_path / "file" / "below")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "first")
    assert path.read_text() == "first"
    write_text(path, "second \udce9")  # from a file name in another encoding
    assert path.read_text() == "second ?"
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError):
        write_text(tmp_path / "folder", "text")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "folder"]


def printed(result: SessionResult, width: int = 100) -> str:
    text = io.StringIO()
    show(result, [Path("out/session.json")], Console(file=text, width=width))
    return text.getvalue()


@pytest.mark.parametrize("width", [80, 100, 200])
def test_the_terminal_shows_every_repetition_with_its_faults_in_words(width: int) -> None:
    lines = printed(session(), width).splitlines()
    assert lines[0].startswith("6 heel raises")
    assert all(len(line) <= width for line in lines)
    text = " ".join(" ".join(lines).split())
    for part in ("100 %", "60 %", "shallow", "no pause", "1.0 s", "7.1 cm", "left"):
        assert part in text
    assert "out/session.json" in text
    assert "Ein Satz" in text


def test_markup_in_a_name_is_only_text() -> None:
    odd = replace(session(), not_graded=("[bold]x[/bold] [/]",))
    assert "[bold]x[/bold] [/]" in printed(odd)


def test_the_terminal_without_any_repetition() -> None:
    nothing = replace(session(), reps=(), findings=())
    assert printed(nothing).splitlines()[0].startswith("No heel raises")


def test_files_in_lists_what_is_there(tmp_path: Path) -> None:
    save(session(), tmp_path)
    (tmp_path / "other.txt").write_text("")
    assert [path.name for path in files_in(tmp_path)] == ["session.json", "reps.csv", "signals.csv"]


def test_data_frame() -> None:
    frame = session().to_dataframe()
    assert list(frame["number"]) == [1, 2, 3, 4, 5, 6]
    assert frame["reached"][3] == 0.6
    assert frame["plantarflexion_deg"][0] == 32.0
    holds = replace(session(), reps=(), holds=(hold(Side.LEFT, 30.0),)).to_dataframe()
    assert holds["held_s"][0] == 30.0
