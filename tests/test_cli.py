"""The command line: exit statuses, one clear line, what is printed where."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from formcheck.analysis import sight
from formcheck.analysis.run import INTERRUPTED
from formcheck.cli.main import run
from formcheck.pose.pose import Pose, from_trace
from formcheck.pose.source import FakeLandmarker
from formcheck.video.picture import Image
from tests.clip_maker import numbered, write_clip

CLIP = Path(__file__).parents[1] / "samples" / "clips" / "heel_side_a.mp4"
BARE = ("--no-video", "--no-report")
TRACE = Path(__file__).parents[1] / "samples" / "traces" / "heel_side_a.full.npz"


@pytest.fixture
def video(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small video for which the model gives the poses recorded on a sample."""
    sightings = list(from_trace(TRACE))
    monkeypatch.setattr(sight, "open_model", lambda *_: FakeLandmarker([s.pose for s in sightings]))
    times_ms = [round(1000 * s.t_s) for s in sightings]
    return write_clip(
        tmp_path / "clip.mp4", [numbered(0, 64, 48)] * len(sightings), times_ms=times_ms
    )


def one_line(text: str) -> str:
    """The only line of what was printed."""
    assert text.endswith("\n")
    assert text.count("\n") == 1
    return text


def test_a_video_is_analysed_into_a_folder_beside_it(
    video: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["analyze", str(video), "--exercise", "heel-raise", "--height", "178"]) == 0
    folder = video.with_suffix("")
    names = {"session.json", "reps.csv", "signals.csv", "annotated.mp4", "report.html"}
    assert names <= {path.name for path in folder.iterdir()}
    stored = json.loads((folder / "session.json").read_text("utf-8"))
    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out.startswith(f"{len(stored['reps'])} heel raises")
    assert "cm" in printed.out
    assert all(str(folder / name) in printed.out for name in names)


def test_options_reach_the_analysis(video: Path, tmp_path: Path) -> None:
    out = tmp_path / "elsewhere"
    options = ["--out", str(out), *BARE, "--side", "left", "--target", "50", "-q"]
    assert run(["analyze", str(video), "-e", "heel-raise", *options]) == 0
    stored = json.loads((out / "session.json").read_text("utf-8"))
    assert {rep["side"] for rep in stored["reps"]} == {"left"}
    assert {rep["target"] for rep in stored["reps"]} == {50.0}
    assert not (out / "annotated.mp4").exists()
    assert not video.with_suffix("").exists()


def test_quiet_prints_nothing(video: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["analyze", str(video), "-e", "heel-raise", *BARE, "--quiet", "--progress"]) == 0
    assert capsys.readouterr() == ("", "")


def test_progress_is_shown_on_stderr_when_asked_for(
    video: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["analyze", str(video), "-e", "heel-raise", *BARE, "--progress"]) == 0
    printed = capsys.readouterr()
    assert "Analysing" in printed.err
    assert "Analysing" not in printed.out


class Interrupted(FakeLandmarker):
    """Presses Ctrl-C at three seconds of video."""

    def detect(self, image_rgb: Image, t_s: float) -> Pose | None:
        if 3.0 <= t_s < 3.03:
            signal.raise_signal(signal.SIGINT)
        return super().detect(image_rgb, t_s)


def test_an_interrupt_keeps_what_was_measured(
    video: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    poses = [s.pose for s in from_trace(TRACE)]
    monkeypatch.setattr(sight, "open_model", lambda *_: Interrupted(poses))
    assert run(["analyze", str(video), "-e", "heel-raise"]) == 130
    assert "interrupted" in capsys.readouterr().out
    stored = json.loads((video.with_suffix("") / "session.json").read_text("utf-8"))
    assert stored["duration_s"] == 3.0
    assert stored["quality"]["warnings"][0] == INTERRUPTED


def test_an_interrupt_before_anything_was_measured(
    video: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> FakeLandmarker:
        raise KeyboardInterrupt

    monkeypatch.setattr(sight, "open_model", interrupt)
    assert run(["analyze", str(video), "-e", "heel-raise"]) == 130
    assert capsys.readouterr() == ("", "")


def test_a_video_without_ending_does_not_clash_with_its_folder(
    video: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = video.rename(video.with_name("clip"))
    assert run(["analyze", str(plain), "-e", "heel-raise", *BARE]) == 0
    assert (plain.with_name("clip_results") / "session.json").is_file()


@pytest.mark.skipif(sys.platform != "linux", reason="file names are Unicode")
def test_a_name_that_is_not_unicode(video: Path) -> None:
    odd = video.rename(video.with_name(os.fsdecode(b"caf\xe9.mp4")))
    assert run(["analyze", str(odd), "-e", "heel-raise", "--no-video"]) == 0
    stored = json.loads((odd.with_suffix("") / "session.json").read_text("utf-8"))
    assert stored["source"] == "caf?.mp4"


BAD = [
    (["analyze"], "video"),
    (["analyze", "missing.mp4"], "--exercise"),
    (["analyze", "missing.mp4", "-e", "heel-raise"], "missing.mp4: no such file"),
    (["analyze", "missing.mp4", "-e", "heal-raise"], "heel-raise"),
    (["analyze", "missing.mp4", "-e", "heel-raise", "--side", "up"], "left, right, both"),
    (["analyze", "missing.mp4", "-e", "heel-raise", "--height", "tall"], "--height"),
    (["analyze", str(CLIP), "-e", "heel-raise", "--model", "huge"], "lite, full, heavy"),
    (["analyze", "missing.mp4", "-e", "heel-raise", "--colour"], "--colour"),
    (["analyse"], "analyse"),
    (["--colour"], "--colour"),
]


@pytest.mark.parametrize(("arguments", "reason"), BAD)
def test_bad_input_gives_one_line_and_status_2(
    arguments: list[str], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert reason in one_line(printed.err)


@pytest.mark.parametrize("content", [b"", b"no video\n" * 99])
def test_a_bad_video_makes_no_folder(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(content)
    assert run(["analyze", str(path), "-e", "heel-raise"]) == 2
    assert str(path) in one_line(capsys.readouterr().err)
    assert [p.name for p in tmp_path.iterdir()] == ["clip.mp4"]


def test_a_library_that_is_missing_points_to_the_doctor(
    video: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking(*_: object, **__: object) -> None:
        raise ImportError("libGL.so.1: cannot open shared object file")

    monkeypatch.setattr(sight, "open_model", lacking)
    assert run(["analyze", str(video), "-e", "heel-raise"]) == 2
    assert "formcheck doctor" in one_line(capsys.readouterr().err)


def test_exercises_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["exercises"]) == 0
    assert "heel-raise" in capsys.readouterr().out


def test_without_arguments_it_shows_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in ("analyze", "live", "exercises", "doctor"))


def test_the_version_is_told_without_loading_much() -> None:
    code = (
        "import sys; from formcheck.cli.main import run; status = run(['--version']); "
        "print(status, {'cv2', 'av', 'mediapipe', 'scipy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("formcheck ")
    assert done.stdout.endswith("0 set()\n")
    assert done.stderr == ""


def test_it_runs_as_a_module() -> None:
    command = [sys.executable, "-m", "formcheck", "analyze", "missing.mp4", "-e", "heel-raise"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no such file" in one_line(done.stderr)
