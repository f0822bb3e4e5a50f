"""Analysing a video without naming the exercise, with poses recorded on the samples."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from formcheck.analysis import sight
from formcheck.analysis.run import analyze_auto, analyze_poses
from formcheck.cli.main import run
from formcheck.errors import InputError
from formcheck.pose.pose import Sighting, from_trace
from formcheck.pose.source import FakeLandmarker
from tests.clip_maker import numbered, write_clip
from tests.marks import SLOW

SAMPLES = Path(__file__).parents[1] / "samples"
TRACES = SAMPLES / "traces"
PAUSE_S = 1.0


def sightings(*clips: str) -> list[Sighting]:
    """The sightings of clips, one after the other."""
    found: list[Sighting] = []
    for clip in clips:
        later_s = found[-1].t_s + PAUSE_S if found else 0.0
        trace = from_trace(TRACES / f"{clip}.full.npz")
        found += [Sighting(s.t_s + later_s, s.pose, s.cut) for s in trace]
    return found


def film(path: Path, monkeypatch: pytest.MonkeyPatch, seen: list[Sighting]) -> Path:
    """A small video for which the model gives these poses."""
    monkeypatch.setattr(sight, "open_model", lambda *_: FakeLandmarker([s.pose for s in seen]))
    times_ms = [round(1000 * s.t_s) for s in seen]
    return write_clip(path, [numbered(0, 64, 48)] * len(seen), times_ms=times_ms)


def test_it_gives_what_naming_the_exercise_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    video = film(tmp_path / "a.mp4", monkeypatch, sightings("heel_side_a"))
    (result,) = analyze_auto(video)
    named = analyze_poses(from_trace(TRACES / "heel_side_a.full.npz"), "heel-raise")
    assert result.exercise == "heel-raise"
    assert len(result.reps) == len(named.reps) == 4
    assert result.recognised is not None
    assert result.recognised > 0.9


def test_several_exercises_have_a_folder_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    video = film(tmp_path / "a.mp4", monkeypatch, sightings("heel_side_a", "clam_right_a"))
    assert run(["analyze", str(video), "--exercise", "auto", "--no-save"]) == 0
    counts = {}
    for name in ("heel-raise", "clamshell"):
        folder = video.with_suffix("") / name
        stored = json.loads((folder / "session.json").read_text("utf-8"))
        assert stored["exercise"] == name
        assert (folder / "report.html").is_file()
        assert (folder / "annotated.mp4").is_file()
        counts[name] = len(stored["reps"])
    assert counts == {"heel-raise": 4, "clamshell": 4}
    printed = capsys.readouterr().out
    assert "Recognised as heel raise" in printed
    assert "Recognised as clamshell" in printed


def test_not_being_sure_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    video = film(tmp_path / "a.mp4", monkeypatch, sightings("no_squats_a"))
    assert run(["analyze", str(video), "--exercise", "auto", "--no-save"]) == 2
    printed = capsys.readouterr()
    assert printed.err.count("\n") == 1
    assert "name it with --exercise: " in printed.err
    assert not video.with_suffix("").exists()


def test_an_empty_room_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = [Sighting(i / 25, None) for i in range(50)]
    video = film(tmp_path / "a.mp4", monkeypatch, seen)
    with pytest.raises(InputError, match="nobody is seen"):
        analyze_auto(video)


@SLOW
@pytest.mark.parametrize(
    ("clip", "why"),
    [
        ("close_heel_b", "a foot that moves; .* --close-up --exercise: heel-raise"),
        ("close_no_still_e", "nobody is seen"),
    ],
)
def test_feet_alone_are_offered_as_what_they_move_like(
    clip: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sight, "open_model", lambda *_: FakeLandmarker([]))
    with pytest.raises(InputError, match=why):
        analyze_auto(SAMPLES / "clips" / f"{clip}.mp4")
