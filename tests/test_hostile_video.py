"""Videos that are not what they seem: each gives its right pictures and times, or one line."""

from __future__ import annotations

import struct
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from formcheck.errors import InputError
from formcheck.video.admission import MAX_PIXELS
from formcheck.video.frames import open_video
from formcheck.video.orientation import Upright
from formcheck.video.pyav import VideoStream, av
from formcheck.video.slow_motion import slow_down, slowed_somewhere
from formcheck.video.timeline import JUMP_FRAMES, LEAP_S, Timeline
from tests.clip_maker import numbered, read_number, write_clip

SIZE = (160, 96)
SECRET = "secret.mp4"


def pictures(count: int, size: tuple[int, int] = SIZE) -> list[np.ndarray]:
    return [numbered(i, *size) for i in range(count)]


def told(path: Path) -> tuple[str, ...]:
    """What is said of a video that can be read."""
    with open_video(path) as video:
        list(video)
    return video.warnings


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        told(path)
    line = str(caught.value)
    assert line.startswith(str(path))
    assert "\n" not in line
    return line


LISTS = {
    "live.m3u8": f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1.2,\n{SECRET}\n",
    "renamed.mp4": f"ffconcat version 1.0\nfile {SECRET}\n",
    "manifest.mpd": f'<?xml version="1.0"?>\n<MPD><BaseURL>{SECRET}</BaseURL></MPD>\n',
    "after_a_mark.mp4": f"\ufeffffconcat version 1.0\nfile {SECRET}\n",
    "list.pls": f"[playlist]\nFile1={SECRET}\n",
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_other_files_opens_none_of_them(name: str, tmp_path: Path) -> None:
    write_clip(tmp_path / SECRET, pictures(5))
    path = tmp_path / name
    path.write_text(LISTS[name], encoding="utf-8")
    assert "list of other files" in refusal(path)


def test_a_list_in_disguise_is_no_container_that_is_let_in(tmp_path: Path) -> None:
    """What no heading gives away: FFmpeg finds the format, and it stands on no list."""
    write_clip(tmp_path / SECRET, pictures(5))
    path = tmp_path / "sequence.mp4"
    path.write_text("\n\n# a comment first\nffconcat version 1.0\nfile secret.mp4\n")
    refusal(path)


def test_pictures_larger_than_8k_are_refused_before_they_are_decoded(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "bomb.gif", pictures(3), codec="gif", pixels="rgb8")
    data = bytearray(path.read_bytes())
    data[6:10] = struct.pack("<HH", 16_000, 16_000)  # GIF89a: the logical screen
    path.write_bytes(data)
    assert "too large" in refusal(path)


@pytest.mark.parametrize("size", [(16, 4096), (4096, 8)])
def test_pictures_in_which_nobody_could_be_seen(size: tuple[int, int], tmp_path: Path) -> None:
    grey = np.full((size[1], size[0], 3), 128, np.uint8)
    path = write_clip(tmp_path / "slit.mkv", [grey] * 3, codec="ffv1")
    assert "nobody can be seen" in refusal(path)


def test_the_largest_film_is_taken_and_not_the_first(tmp_path: Path) -> None:
    path = tmp_path / "two.mkv"
    with av.open(str(path), "w") as container:
        streams = []
        for width, height in ((32, 24), SIZE):
            stream = container.add_stream("ffv1", rate=25)
            assert isinstance(stream, VideoStream)
            stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
            streams.append(stream)
        for number in range(20):
            for stream in streams:
                image = numbered(number, stream.width, stream.height)
                for packet in stream.encode(av.VideoFrame.from_ndarray(image, format="rgb24")):
                    container.mux(packet)
        for stream in streams:
            container.mux(stream.encode(None))
    with open_video(path) as video:
        frames = list(video)
    assert video.info.size == SIZE
    assert [read_number(frame.image) for frame in frames] == list(range(20))


SLOW: list[tuple[str, float, Fraction]] = [
    ("120", 30.0, Fraction(4)),
    ("240.000000", 29.97, Fraction(8)),
    ("120", 7.5, Fraction(4)),  # pictures were dropped: the stretch is the nominal one
    ("240", 239.5, Fraction(1)),  # true times, slowed down only as it plays
    ("30.000000", 29.9, Fraction(1)),
    ("30", 14.8, Fraction(1)),  # a dark room: half of the pictures, the right times
    ("24", 24.0, Fraction(1)),
    ("60", 59.8, Fraction(1)),
    ("nonsense", 30.0, Fraction(1)),
    ("inf", 30.0, Fraction(1)),
    ("-120", 30.0, Fraction(1)),
]


@pytest.mark.parametrize(("filmed", "rate", "slower"), SLOW)
def test_how_much_slower_than_life_it_plays(filmed: str, rate: float, slower: Fraction) -> None:
    assert slow_down({"com.android.capture.fps": filmed}, rate) == slower


def test_an_exported_slow_motion_of_an_iphone_is_told() -> None:
    intent = "com.apple.quicktime.full-frame-rate-playback-intent"
    assert slowed_somewhere({intent: "0"}, 30)
    assert not slowed_somewhere({intent: "0"}, 240)  # the original: true times
    assert not slowed_somewhere({intent: "1"}, 30)
    assert not slowed_somewhere({}, 30)


def with_capture_rate(path: Path, rate: str) -> Path:
    with av.open(str(path), "w", options={"movflags": "use_metadata_tags"}) as container:
        container.metadata["com.android.capture.fps"] = rate
        stream = container.add_stream("libx264", rate=30)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        for number in range(90):
            frame = av.VideoFrame.from_ndarray(numbered(number, *SIZE), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def test_slow_motion_of_android_is_brought_to_real_time(tmp_path: Path) -> None:
    path = with_capture_rate(tmp_path / "slow.mp4", "120")
    with open_video(path) as video:
        frames = list(video)
    assert [round(f.t_s, 4) for f in frames] == [round(i / 120, 4) for i in range(90)]
    assert video.info.duration_s == pytest.approx(0.75, abs=0.01)
    assert any("slow motion" in line for line in video.warnings)
    assert not any("cut off" in line for line in video.warnings)


def test_a_time_lapse_is_refused(tmp_path: Path) -> None:
    assert "time-lapse" in refusal(with_capture_rate(tmp_path / "lapse.mp4", "2"))


def test_a_bare_stream_says_that_it_holds_no_times(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "bare.h264", pictures(30))
    assert any("holds no times" in line for line in told(path))


def turning(path: Path) -> Path:
    """Ten pictures lying, then ten standing, in one stream of changing size."""
    halves = [
        write_clip(path.with_name(f"{i}.h264"), [numbered(255, *size)] * 10)
        for i, size in enumerate(TURNS)
    ]
    path.write_bytes(b"".join(half.read_bytes() for half in halves))
    return path


TURNS = (SIZE, SIZE[::-1])


def test_a_picture_that_turns_in_mid_stream_is_a_cut_and_keeps_its_proportions(
    tmp_path: Path,
) -> None:
    with open_video(turning(tmp_path / "turning.h264")) as video:
        frames = list(video)
    assert len(frames) == 20
    assert {frame.image.shape for frame in frames} == {(96, 160, 3)}
    assert [i for i, frame in enumerate(frames) if frame.turned] == [10]
    assert any("turns" in line for line in video.warnings)
    shown = frames[10].image.max(axis=2) > 40  # the rest of the canvas is black
    rows, columns = shown.any(axis=1).sum(), shown.any(axis=0).sum()
    assert columns / rows == pytest.approx(96 / 160, abs=0.03)


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize("stored", [Upright(), Upright(True, True, False), Upright(False, True)])
def test_a_forced_turn_comes_on_top_of_the_files_own(degrees: int, stored: Upright) -> None:
    image = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    expected = np.rot90(stored.apply(image), -degrees // 90)
    assert np.array_equal(stored.then_turned(degrees).apply(image), expected)


def test_single_frames_of_a_far_future_are_not_believed() -> None:
    far = round(1000 * (LEAP_S + 5000))
    stamps = [0, 40, 80, far, 160, 200, 240, 280]
    timeline = Timeline(Fraction(1, 1000), 0.04)
    assert [timeline.place(s) for s in stamps] == pytest.approx([s * 0.04 for s in range(8)])


def test_a_long_pause_of_the_camera_is_believed_after_some_frames() -> None:
    stamps = [0, 40, *(20_000 + 40 * i for i in range(6))]
    timeline = Timeline(Fraction(1, 1000), 0.04)
    times_s = [timeline.place(s) for s in stamps]
    assert times_s[1 + JUMP_FRAMES :] == pytest.approx([s / 1000 for s in stamps[4:]])


def test_photos_of_phones_are_refused_as_others_are(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "photo.mp4", pictures(1))
    data = path.read_bytes()
    assert data[4:8] == b"ftyp"
    for brand in (b"heic", b"avif", b"mif1"):
        path.write_bytes(data[:8] + brand + data[12:])
        assert "this is a picture" in refusal(path)


@pytest.fixture
def broken_demuxer(monkeypatch: pytest.MonkeyPatch) -> Callable[[type[Exception]], None]:
    """Make the reader raise, after some packets, what PyAV has been seen to raise."""

    def install(error: type[Exception]) -> None:
        from formcheck.video import decoding  # noqa: PLC0415

        real = decoding.Decoder._packets

        class Reader:
            def __init__(self, container: object) -> None:
                self._container, self._given = container, 0

            def demux(self, stream: object) -> object:
                for packet in self._container.demux(stream):  # type: ignore[attr-defined]
                    self._given += 1
                    if self._given in (5, 6):
                        raise error
                    yield packet

        def packets(self: decoding.Decoder) -> object:
            self._container = Reader(self._container)  # type: ignore[assignment]
            return real(self)

        monkeypatch.setattr(decoding.Decoder, "_packets", packets)

    return install


@pytest.mark.parametrize(("error", "kept"), [(IndexError, 18), (OSError, 4), (ValueError, 4)])
def test_errors_of_the_reader_end_nothing_but_the_reading(
    error: type[Exception],
    kept: int,
    broken_demuxer: Callable[[type[Exception]], None],
    tmp_path: Path,
) -> None:
    path = write_clip(tmp_path / "clip.mkv", pictures(20), codec="mjpeg", pixels="yuvj420p")
    broken_demuxer(error)
    with open_video(path) as video:
        assert len(list(video)) == kept


def test_8k_is_let_in() -> None:
    assert 7680 * 4320 <= MAX_PIXELS < 16000 * 16000
