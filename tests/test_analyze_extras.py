"""From a video to the report, the landmarks and the history, as `analyze` writes them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from formcheck.cli.main import run
from formcheck.report.save import REPORT_NAME
from tests.marks import one_worker

CLIP = Path(__file__).parent.parent / "samples" / "clips" / "heel_side_a.mp4"

pytestmark = one_worker("analysed")


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    words = ["analyze", str(CLIP), "-e", "heel-raise", "--model", "lite", "--out", str(out)]
    extra = ["--landmarks", "csv", "--format", "trc", "--blur-faces", "--no-video", "--quiet"]
    assert run([*words, *extra, "--person", "Ann", "--db", str(out / "history.db")]) == 0
    return out


def test_report_has_the_figures_and_two_pictures(analysed: Path) -> None:
    page = (analysed / REPORT_NAME).read_text(encoding="utf-8")
    stored = json.loads((analysed / "session.json").read_text())
    assert len(stored["reps"]) > 1
    assert f"<h1>{len(stored['reps'])} heel raises" in page
    assert page.count("data:image/jpeg;base64,") == 2
    names = sorted(path.name for path in (analysed / "pictures").iterdir())
    best = max(stored["reps"], key=lambda rep: (-len(rep["faults"]), rep["reached"]))
    assert names[0] == f"best-{best['number']}.jpg"
    assert names[1].startswith("weakest-")


def test_report_is_the_same_when_made_again(analysed: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.html"
    assert run(["report", str(analysed / "session.json"), "--out", str(again)]) == 0
    assert again.read_bytes() == (analysed / REPORT_NAME).read_bytes()


def test_landmarks_have_a_row_per_frame(analysed: Path) -> None:
    with (analysed / "signals.csv").open(newline="") as file:
        times = [row["t_s"] for row in csv.DictReader(file)]
    with (analysed / "landmarks.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["t_s"]) for row in rows] == pytest.approx([float(t) for t in times], abs=2e-3)
    seen = [row for row in rows if row["left_heel_y_px"]]
    assert len(seen) > 0.9 * len(rows)
    assert all(0 < float(row["left_heel_y_px"]) < 480 for row in seen)
    assert (analysed / "landmarks.trc").read_text().count("\n") == 6 + len(rows)


def test_history_has_the_session(analysed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["history", "--person", "Ann", "--db", str(analysed / "history.db")]) == 0
    assert "heel raises" in capsys.readouterr().out


def test_what_cannot_be_done_is_said_before_the_analysis(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "letters.txt"
    path.write_text("Dear Ann, " * 100)
    words = ["analyze", str(CLIP), "-e", "heel-raise", "--out", str(tmp_path / "out")]
    assert run([*words, "--db", str(path)]) == 2
    assert "not a history" in capsys.readouterr().err
    assert run([*words, "--no-save", "--landmarks", "c3d"]) == 2
    assert "'c3d'" in capsys.readouterr().err
    assert not list((tmp_path / "out").glob("*.json"))
