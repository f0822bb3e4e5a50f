"""Videos made here, frame by frame, are read back with their pictures, their times, their turn."""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from formcheck.errors import InputError
from formcheck.video.frames import MAX_SIDE, open_video
from formcheck.video.orientation import fitted
from formcheck.video.pyav import av
from formcheck.video.timeline import JUMP_FRAMES, MIN_STEP_S, Timeline
from tests.clip_maker import numbered, read_number, write_clip

SIZE = (160, 96)
QUIET = {"x265-params": "log-level=none"}
KINDS = [
    ("h264.mp4", "libx264", "yuv420p", {}),
    ("h264.mkv", "libx264", "yuv420p", {}),
    ("hevc.mov", "libx265", "yuv420p", QUIET),
    ("hevc_10_bit.mp4", "libx265", "yuv420p10le", QUIET),
    ("vp9.webm", "libvpx-vp9", "yuv420p", {"deadline": "realtime"}),
    ("av1.webm", "libsvtav1", "yuv420p", {"preset": "12"}),
    ("mjpeg.mov", "mjpeg", "yuvj422p", {}),
    ("animation.gif", "gif", "rgb8", {}),
    ("grey.mkv", "ffv1", "gray", {}),
]


def pictures(count: int, size: tuple[int, int] = SIZE) -> list[NDArray[np.uint8]]:
    return [numbered(i, *size) for i in range(count)]


def read(path: Path) -> tuple[list[int], list[float]]:
    """Numbers in the pictures and times in milliseconds."""
    with open_video(path) as video:
        frames = list(video)
    return [read_number(f.image) for f in frames], [round(1000 * f.t_s, 3) for f in frames]


@pytest.mark.parametrize(("name", "codec", "pixels", "options"), KINDS)
def test_every_kind_of_video(
    tmp_path: Path, name: str, codec: str, pixels: str, options: dict[str, str]
) -> None:
    path = write_clip(tmp_path / name, pictures(20), codec=codec, pixels=pixels, options=options)
    numbers, times_ms = read(path)
    assert numbers == list(range(20))
    assert times_ms == [40 * i for i in range(20)]


@pytest.mark.parametrize(("codec", "pixels"), [("libx264", "yuv420p"), ("mjpeg", "yuvj420p")])
def test_avi_keeps_its_pace_with_and_without_reordered_frames(
    tmp_path: Path, codec: str, pixels: str
) -> None:
    path = write_clip(
        tmp_path / "webcam.avi", pictures(30), codec=codec, pixels=pixels, time_base=Fraction(1, 25)
    )
    numbers, times_ms = read(path)
    assert numbers == list(range(30))
    assert times_ms == [40 * i for i in range(30)]


def test_variable_frame_rate_keeps_the_streams_times_from_its_first_frame(tmp_path: Path) -> None:
    written = [500, 517, 550, 600, 601, 733, 900, 1400]
    path = write_clip(tmp_path / "phone.mp4", pictures(8), times_ms=written)
    numbers, times_ms = read(path)
    assert numbers == list(range(8))
    assert times_ms == [t - 500 for t in written]


def test_info_tells_what_the_file_promises(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.mp4", pictures(50), rotation=90)
    with open_video(path) as video:
        assert video.info.path == path
        assert video.info.size == (96, 160)
        assert video.info.duration_s == pytest.approx(2.0, abs=0.01)
        assert video.info.frame_count == 50


CORNERS = np.array([[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [255, 255, 255]]], np.uint8)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("mirrored", [False, True])
def test_rotation_and_mirroring_are_honoured(tmp_path: Path, rotation: int, mirrored: bool) -> None:
    stored = CORNERS.repeat(32, axis=0).repeat(48, axis=1)
    path = write_clip(tmp_path / "turned.mp4", [stored] * 3, rotation=rotation, mirrored=mirrored)
    with open_video(path) as video:
        shown = next(iter(video)).image
    # FFmpeg's matrix turns counter-clockwise, then mirrors the turned picture.
    expected = np.rot90(stored, rotation // 90)
    expected = expected[:, ::-1] if mirrored else expected
    assert shown.shape == expected.shape
    assert np.abs(shown.astype(int) - expected).mean() < 12


def test_odd_sizes_and_small_videos_are_not_enlarged(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "odd.mkv", pictures(3, (161, 97)), codec="ffv1", pixels="yuv420p")
    with open_video(path) as video:
        assert next(iter(video)).image.shape == (97, 161, 3)


def test_large_videos_are_made_smaller_in_proportion(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "uhd.mp4", pictures(2, (3840, 2160)))
    with open_video(path) as video:
        frames = list(video)
        assert video.info.size == (3840, 2160)
    assert frames[0].image.shape == (MAX_SIDE * 9 // 16, MAX_SIDE, 3)
    assert [read_number(f.image) for f in frames] == [0, 1]


@pytest.mark.parametrize(
    ("stored", "pixel_aspect", "shown"),
    [
        ((640, 480), None, (640, 480)),
        ((1440, 1080), Fraction(4, 3), (960, 540)),
        ((720, 576), Fraction(16, 15), (720, 540)),
        ((720, 480), Fraction(8, 9), (640, 480)),
        ((480, 4000), None, (115, 960)),
        ((320, 240), Fraction(0), (320, 240)),
        ((320, 240), Fraction(100), (320, 240)),
    ],
)
def test_fitted(
    stored: tuple[int, int], pixel_aspect: Fraction | None, shown: tuple[int, int]
) -> None:
    assert fitted(*stored, pixel_aspect, 960) == shown


def test_pixels_that_are_not_square_are_evened_out(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "wide.mp4", pictures(3), pixel_aspect=Fraction(2, 1))
    with open_video(path) as video:
        assert next(iter(video)).image.shape == (48, 160, 3)


def test_timeline_fills_in_orders_and_joins() -> None:
    step = 0.04
    cases: dict[str, tuple[list[int | None], list[float]]] = {
        "missing": ([100, None, 180, None], [0, step, 0.08, 0.12]),
        "all missing": ([None, None, None], [0, step, 2 * step]),
        "twice the same": ([0, 40, 40, 80], [0, 0.04, 0.04 + MIN_STEP_S, 0.08]),
        "one late frame": ([0, 2000, 40, 2040], [0, 2.0, 2.0 + MIN_STEP_S, 2.04]),
    }
    for name, (stamps, expected) in cases.items():
        timeline = Timeline(Fraction(1, 1000), step)
        assert [timeline.place(s) for s in stamps] == pytest.approx(expected), name


def test_timeline_goes_on_with_a_joined_recording() -> None:
    timeline = Timeline(Fraction(1, 1000), 0.04)
    times_s = [timeline.place(s) for s in [*range(0, 5000, 40), *range(0, 2000, 40)]]
    assert np.all(np.diff(times_s) > 0)
    assert times_s[-1] == pytest.approx(4.96 + 2.0, abs=0.04 * JUMP_FRAMES)


def test_a_file_cut_off_is_read_to_its_end_and_says_so(tmp_path: Path) -> None:
    path = write_clip(
        tmp_path / "whole.mp4", pictures(120), container_options={"movflags": "+faststart"}
    )
    cut_off = tmp_path / "cut_off.mp4"
    cut_off.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])
    with open_video(cut_off) as video:
        numbers = [read_number(f.image) for f in video]
    assert 20 < len(numbers) < 120
    assert numbers == list(range(len(numbers)))
    assert "cut off" in video.warnings[-1]


def test_a_damaged_middle_costs_only_itself(tmp_path: Path) -> None:
    path = write_clip(
        tmp_path / "clip.mp4", pictures(120), options={"g": "10", "bf": "0", "crf": "1"}
    )
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) * 9 // 16] = b"Z" * (len(data) // 16)
    path.write_bytes(data)
    with open_video(path) as video:
        frames = list(video)
    numbers = [read_number(f.image) for f in frames]
    assert numbers[:40] == list(range(40))
    assert numbers[-20:] == list(range(100, 120))
    assert frames[-1].t_s == pytest.approx(119 * 0.04)
    assert np.all(np.diff([f.t_s for f in frames]) > 0)
    assert "damaged" in video.warnings[-1]


def test_a_whole_file_gives_no_warning(tmp_path: Path) -> None:
    with open_video(write_clip(tmp_path / "clip.mp4", pictures(60))) as video:
        assert len(list(video)) == 60
    assert video.warnings == ()


def sound_only(path: Path) -> None:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=8000)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
        frame.rate = 8000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def without_index(path: Path) -> None:
    whole = write_clip(path.with_name("whole.mp4"), pictures(60))
    path.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])


def picture(path: Path) -> None:
    path.write_bytes(cv2.imencode(".jpg", numbered(1, *SIZE))[1].tobytes())


BAD = [
    ("missing.mp4", Path.absolute, "no such file"),
    ("folder", lambda p: p.mkdir(), "folder"),
    ("empty.mp4", lambda p: p.write_bytes(b""), "empty"),
    ("text.mp4", lambda p: p.write_text("not a video\n" * 40), "not a video"),
    ("noise.mp4", lambda p: p.write_bytes(os.urandom(9999)), "not a video"),
    ("cut_off.mp4", without_index, "cut off"),
    ("sound.mp4", sound_only, "only sound"),
    ("photo.jpg", picture, "a picture"),
    ("photo.mp4", picture, "a picture"),
    ("list.m3u8", lambda p: p.write_text("#EXTM3U\nhttp://127.0.0.1:9/a.ts\n"), "not a video"),
]


@pytest.mark.parametrize(("name", "make", "reason"), BAD, ids=[b[0] for b in BAD])
def test_what_cannot_be_read_is_told_in_one_line(
    tmp_path: Path, name: str, make: object, reason: str
) -> None:
    path = tmp_path / name
    assert callable(make)
    make(path)
    with pytest.raises(InputError, match=reason) as caught:
        open_video(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everyone may read it")
def test_a_file_one_may_not_read(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "private.mp4", pictures(2))
    path.chmod(0)
    with pytest.raises(InputError, match="permission"):
        open_video(path)


def test_names_with_colons_and_accents_are_files(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", pictures(2)).rename(tmp_path / "http:Übung 1%d.mp4")
    assert read(path)[0] == [0, 1]
