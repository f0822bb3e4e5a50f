"""What is written is read back: pictures, times, and what a browser asks of a file."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from formcheck.errors import OutputError
from formcheck.video.frames import open_video
from formcheck.video.pyav import VideoStream, av
from formcheck.video.writer import VideoWriter, tick
from tests.clip_maker import numbered, read_number

MILLISECONDS = Fraction(1, 1000)


def write(path: Path, times_s: list[float], time_base: Fraction, size: tuple[int, int]) -> None:
    with VideoWriter(path, time_base) as writer:
        for i, t_s in enumerate(times_s):
            writer.write(numbered(i, *size), t_s)


@pytest.mark.parametrize(
    ("time_base", "stamps"),
    [
        (Fraction(1, 15360), [512 * i for i in range(30)]),
        (Fraction(1, 600), [0, 20, 41, 60, 95, 300, 301, 900]),
        (Fraction(1001, 30000), list(range(30))),
        (Fraction(1, 25), [0, 1, 2, 5, 6]),
        (Fraction(1, 1_000_000_000), [0, 33_333_000, 66_667_000, 99_001_000]),
    ],
)
def test_every_frame_keeps_its_time(tmp_path: Path, time_base: Fraction, stamps: list[int]) -> None:
    times_s = [float(stamp * time_base) for stamp in stamps]
    write(tmp_path / "a.mp4", times_s, time_base, (160, 96))
    with open_video(tmp_path / "a.mp4") as video:
        frames = list(video)
    assert [f.t_s for f in frames] == pytest.approx(times_s, abs=1e-9)
    assert [read_number(f.image) for f in frames] == list(range(len(stamps)))


def test_times_too_close_for_the_clock_still_increase(tmp_path: Path) -> None:
    write(tmp_path / "a.mp4", [0.0, 0.0001, 0.0002, 0.04], MILLISECONDS, (160, 96))
    with open_video(tmp_path / "a.mp4") as video:
        assert [round(1000 * f.t_s) for f in video] == [0, 1, 2, 40]


def test_colours_come_back(tmp_path: Path) -> None:
    colours = np.array([[200, 40, 40], [40, 180, 60], [50, 60, 200], [230, 220, 60]], np.uint8)
    picture = colours.repeat(40, axis=0)[None].repeat(96, axis=0)
    with VideoWriter(tmp_path / "a.mp4", MILLISECONDS) as writer:
        writer.write(picture, 0.0)
    with open_video(tmp_path / "a.mp4") as video:
        shown = next(iter(video)).image
    assert np.abs(shown[40, 20::40].astype(int) - colours).max() <= 8


@pytest.mark.parametrize("size", [(161, 97), (160, 97), (2, 2), (3, 500)])
def test_odd_sizes_lose_at_most_one_row_and_column(tmp_path: Path, size: tuple[int, int]) -> None:
    with VideoWriter(tmp_path / "a.mp4", MILLISECONDS) as writer:
        writer.write(np.zeros((size[1], size[0], 3), np.uint8), 0.0)
    with av.open(str(tmp_path / "a.mp4")) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height) == (size[0] // 2 * 2, size[1] // 2 * 2)


def test_a_browser_can_play_it(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    write(path, [i / 30 for i in range(90)], MILLISECONDS, (160, 96))
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert isinstance(stream, VideoStream)
        assert (stream.codec_context.name, stream.pix_fmt) == ("h264", "yuv420p")
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_nothing_is_there_before_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"the former one")
    with VideoWriter(path, MILLISECONDS) as writer:
        writer.write(numbered(0, 160, 96), 0.0)
        assert path.read_bytes() == b"the former one"
    assert path.read_bytes() != b"the former one"
    assert [p.name for p in tmp_path.iterdir()] == ["a.mp4"]


def fail_half_way(path: Path) -> None:
    with VideoWriter(path, MILLISECONDS) as writer:
        writer.write(numbered(0, 160, 96), 0.0)
        raise ZeroDivisionError


def test_an_error_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_half_way(tmp_path / "a.mp4")
    assert list(tmp_path.iterdir()) == []


def test_without_frames_there_is_no_file(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "a.mp4", MILLISECONDS):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write(tmp_path / "gone" / "a.mp4", [0.0, 0.1], MILLISECONDS, (160, 96))


@pytest.mark.skipif(sys.platform == "win32", reason="no limits to file sizes")
def test_a_full_disk(tmp_path: Path) -> None:
    import resource  # noqa: PLC0415
    import signal  # noqa: PLC0415

    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, hard))
    try:
        with pytest.raises(OutputError, match=r"^.*a\.mp4: cannot be written .*$"):
            write_noise(tmp_path / "a.mp4", frames=100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert list(tmp_path.iterdir()) == []


def write_noise(path: Path, frames: int) -> None:
    chance = np.random.default_rng(0)
    with VideoWriter(path, MILLISECONDS) as writer:
        for i in range(frames):
            writer.write(chance.integers(0, 255, (240, 320, 3), np.uint8), i / 25)


def test_tick() -> None:
    assert tick(Fraction(1, 15360)) == Fraction(1, 15360)
    assert tick(Fraction(1, 25)) == Fraction(1, 1000)
    assert tick(Fraction(1, 10**9)) == Fraction(1, 10**6)
