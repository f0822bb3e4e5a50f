"""From video to result, with played-back poses and with the real model."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

import formcheck
from formcheck.analysis import sight
from formcheck.analysis.loop import Progress
from formcheck.analysis.run import INTERRUPTED, analyze, analyze_poses
from formcheck.errors import InputError, OutputError
from formcheck.pose.pose import Pose, Sighting, from_trace
from formcheck.pose.source import FakeLandmarker
from formcheck.results import SessionResult
from formcheck.video.frames import open_video
from formcheck.video.picture import Image
from formcheck.video.pyav import av
from tests.clip_maker import numbered, write_clip

SAMPLES = Path(__file__).parents[1] / "samples"
TRACE = SAMPLES / "traces" / "heel_side_a.full.npz"
TRUTH = SAMPLES / "clips" / "heel_side_a.json"
CLIP = SAMPLES / "clips" / "heel_side_a.mp4"
TIMES_MS = [0, 33, 67, 100, 250, 266, 300, 333, 366, 399, *range(440, 2440, 40)]


def film(path: Path, times_ms: Sequence[int] = TIMES_MS) -> Path:
    pictures = [numbered(i, 160, 96) for i in range(len(times_ms))]
    return write_clip(path, pictures, times_ms=times_ms)


def play(
    path: Path,
    source: FakeLandmarker | None = None,
    *,
    annotated: Path | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> SessionResult:
    """Analyse a video as if the model saw this in it; annotated: where that video is wanted."""
    out = annotated and annotated.parent
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sight, "open_model", lambda *_: source or FakeLandmarker([]))
        return analyze(path, "heel-raise", out=out, report=False, on_progress=on_progress)


def alone() -> bool:
    """Whether no thread of the pipeline is left over."""
    return not {"ahead", "beside"} & {thread.name for thread in threading.enumerate()}


def times_of(path: Path) -> list[float]:
    with open_video(path) as video:
        return [frame.t_s for frame in video]


def test_every_frame_is_measured_and_drawn_at_its_own_time(tmp_path: Path) -> None:
    result = play(film(tmp_path / "a.mp4"), annotated=tmp_path / "annotated.mp4")
    expected = [t / 1000 for t in TIMES_MS]
    assert result.signals.t_s == pytest.approx(expected)
    assert times_of(tmp_path / "annotated.mp4") == pytest.approx(expected)
    assert result.duration_s == expected[-1]
    assert result.reps == ()
    assert alone()


def test_progress_is_told_frame_by_frame(tmp_path: Path) -> None:
    told: list[Progress] = []
    play(film(tmp_path / "a.mp4"), on_progress=told.append)
    assert [p.frames for p in told] == list(range(1, len(TIMES_MS) + 1))
    assert told[-1].t_s == TIMES_MS[-1] / 1000
    assert told[0].duration_s == pytest.approx(2.44, abs=0.05)


def test_counting_through_the_whole_line_agrees_with_the_truth(tmp_path: Path) -> None:
    """A video that shows nothing, with the poses recorded on the sample: only the times count."""
    sightings = list(from_trace(TRACE))
    times_ms = [round(1000 * s.t_s) for s in sightings]
    pictures = [np.zeros((48, 64, 3), np.uint8)] * len(sightings)
    path = write_clip(tmp_path / "a.mp4", pictures, times_ms=times_ms)
    result = play(path, FakeLandmarker([s.pose for s in sightings]))
    truth = json.loads(TRUTH.read_text("utf-8"))["reps"]
    assert [rep.peak_s for rep in result.reps] == pytest.approx(
        [rep["peak_s"] for rep in truth], abs=0.7
    )
    from_poses = analyze_poses(sightings, "heel-raise")
    assert len(from_poses.reps) == len(result.reps)


def test_a_cut_restarts_the_model_and_reaches_the_engine(tmp_path: Path) -> None:
    chance = np.random.default_rng(3)
    rooms = [chance.integers(0, 255, (24, 32, 3), np.uint8).repeat(4, 0).repeat(4, 1) for _ in "ab"]
    path = write_clip(tmp_path / "a.mp4", [rooms[0]] * 40 + [rooms[1]] * 40)
    source = FakeLandmarker([])
    play(path, source)
    assert source.restarts == 1


class Broken(FakeLandmarker):
    """Fails at its tenth picture."""

    def __init__(self, fail: Callable[[], None]) -> None:
        super().__init__([])
        self._fail = fail
        self._seen = 0

    def detect(self, image_rgb: Image, t_s: float) -> Pose | None:
        self._seen += 1
        if self._seen == 10:
            self._fail()
        return super().detect(image_rgb, t_s)


def divide() -> None:
    raise ZeroDivisionError


def test_an_error_in_the_model_comes_through_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4")
    with pytest.raises(ZeroDivisionError):
        play(path, Broken(divide), annotated=tmp_path / "annotated.mp4")
    assert [p.name for p in tmp_path.iterdir()] == ["a.mp4"]
    assert alone()


def test_an_error_in_the_writer_comes_through(tmp_path: Path) -> None:
    path, folder = film(tmp_path / "a.mp4"), tmp_path / "out"
    folder.mkdir()

    def remove() -> None:
        shutil.rmtree(folder)

    with pytest.raises(OutputError, match="cannot be written"):
        play(path, Broken(remove), annotated=folder / "annotated.mp4")
    assert alone()


def test_an_interrupt_keeps_what_was_measured(tmp_path: Path) -> None:
    path, out = film(tmp_path / "a.mp4"), tmp_path / "annotated.mp4"
    before = signal.getsignal(signal.SIGINT)
    source = Broken(lambda: signal.raise_signal(signal.SIGINT))
    result = play(path, source, annotated=out)
    assert len(result.signals.t_s) == len(times_of(out)) == 10
    assert result.quality.warnings[0] == INTERRUPTED
    assert signal.getsignal(signal.SIGINT) is before
    assert alone()


def test_what_is_wrong_with_the_file_is_among_the_warnings(tmp_path: Path) -> None:
    gap = [*range(0, 2000, 40), *range(6000, 8000, 40)]
    result = play(film(tmp_path / "a.mp4", gap))
    assert result.quality.warnings[0] == "There is no picture from 2.0 s to 6.0 s."


def shortened(path: Path, frames: int) -> Path:
    """The first frames of the sample clip, as they are."""
    with av.open(str(CLIP)) as source, av.open(str(path), "w") as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in list(source.demux(video=0))[:frames]:
            packet.stream = stream
            target.mux(packet)
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_two_real_runs_give_the_same_files(tmp_path: Path) -> None:
    video = shortened(tmp_path / "short.mp4", 45)
    for name in ("one", "two"):
        result = analyze(video, "heel-raise", out=tmp_path / name, model="lite", landmarks=("csv",))
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert one == two
    assert {"session.json", "reps.csv", "signals.csv", "annotated.mp4", "report.html"} < set(one)
    stored = json.loads(one["session.json"])
    assert (stored["source"], stored["model"]) == (result.source, result.model)
    assert (result.source, result.model) == ("short.mp4", "lite")
    assert stored["quality"]["coverage"] > 0.5
    assert str(tmp_path).encode() not in b"".join(one.values())


def test_without_a_folder_nothing_is_written(tmp_path: Path) -> None:
    video = shortened(tmp_path / "short.mp4", 5)
    assert formcheck.analyze(str(video), exercise="heel-raise", model="lite").source == "short.mp4"
    assert [path.name for path in tmp_path.iterdir()] == ["short.mp4"]


BAD = [
    ({"exercise": "headstand"}, "headstand"),
    ({"side": "up"}, "left, right, both"),
    ({"height_cm": 1.75}, "in cm"),
    ({"target": 0.0}, "above 0"),
    ({"hold_s": -1.0}, "above 0"),
]


@pytest.mark.parametrize(("wrong", "reason"), BAD)
def test_options_that_cannot_be_are_told_in_one_line(
    tmp_path: Path, wrong: dict[str, object], reason: str
) -> None:
    options: dict[str, object] = {"exercise": "heel-raise", "out": tmp_path / "out", **wrong}
    with pytest.raises(InputError, match=reason) as caught:
        analyze(CLIP, **options)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_a_video_that_is_none_makes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        analyze(tmp_path / "missing.mp4", "heel-raise", out=tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_an_annotated_video_is_not_written_over_itself(tmp_path: Path) -> None:
    video = shortened(tmp_path / "annotated.mp4", 5)
    before = video.read_bytes()
    with pytest.raises(InputError, match="--out"):
        analyze(video, "heel-raise", out=tmp_path, model="lite")
    assert video.read_bytes() == before


def test_a_folder_that_cannot_be_is_told_before_the_analysis(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told: list[Progress] = []
    with pytest.raises(OutputError, match="cannot be written"):
        analyze(CLIP, "heel-raise", out=tmp_path / "file", model="lite", on_progress=told.append)
    assert told == []


def test_nobody_in_any_frame_is_a_result() -> None:
    result = analyze_poses([Sighting(i / 30, None) for i in range(90)], "heel-raise")
    assert result.reps == ()
    assert result.quality.coverage == 0
    assert len(result.quality.warnings) == 1


def test_the_package_is_silent_and_loads_nothing_before_it_is_asked() -> None:
    code = "import sys, formcheck; print({'cv2', 'av', 'numpy', 'mediapipe'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("set()\n", "")


def test_all_that_the_package_offers_is_there() -> None:
    for name in formcheck.__all__:
        assert getattr(formcheck, name).__name__ == name
    with pytest.raises(AttributeError):
        _ = formcheck.nothing
