"""Only the newest picture is kept, drops are counted, and a camera that returns goes on."""

import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest

from formcheck.errors import InputError
from formcheck.live.camera.cameras import Clock, PacedFile, Stream, Turned, Webcam, open_source
from formcheck.live.camera.capture import Capture
from formcheck.video.frames import Frame
from tests.clip_maker import numbered, read_number, write_clip
from tests.live.mjpeg import PATIENCE_S, PhoneCamera, wait_until

GREY = np.full((48, 64, 3), 128, np.uint8)


@dataclass(frozen=True)
class Scripted:
    """Gives so many pictures each time that it is opened; fails to open where there are none."""

    openings: list[int]
    every_s: float = 0.0
    ends: bool = False
    name: str = "scripted"

    def frames(self, clock: Clock) -> Generator[Frame, None, None]:
        count = self.openings.pop(0) if self.openings else 0
        if not count:
            raise InputError("scripted is not there")
        for _ in range(count):
            time.sleep(self.every_s)
            yield Frame(GREY, clock())


def test_only_the_newest_is_kept_and_drops_are_counted() -> None:
    with Capture(Scripted([10], ends=True)) as capture:
        wait_until(lambda: capture.arrived == 10)
        assert capture.dropped == 9
        assert capture.newest(0.1) is not None
        assert capture.newest(0.1) is None
        assert capture.over


def test_a_lost_camera_is_tried_again_and_its_first_picture_is_marked() -> None:
    source = Scripted([3, 0, 2, 0], every_s=0.02)
    fresh: list[bool] = []
    with Capture(source, retry_s=0.05) as capture:
        while capture.arrived < 5 or len(fresh) < 5:
            arrival = capture.newest(PATIENCE_S)
            assert arrival is not None
            fresh.append(arrival.fresh)
    assert fresh == [False, False, False, True, False]


def test_a_camera_that_cannot_be_opened_at_the_start_is_an_error() -> None:
    with Capture(Scripted([])) as capture, pytest.raises(InputError, match="is not there"):
        capture.first(PATIENCE_S)


def test_a_webcam_that_is_not_there_says_what_to_do() -> None:
    with Capture(Webcam(99)) as capture, pytest.raises(InputError, match=r"^camera 99 cannot be"):
        capture.first(PATIENCE_S)


class FakeDevice:
    """OpenCV's camera: two pictures, blue, and then the cable is pulled."""

    def __init__(self, index: int) -> None:  # noqa: ARG002
        self.settings: dict[int, float] = {}
        self.pictures = 2
        self.released = False
        DEVICES.append(self)

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return True

    def set(self, setting: int, value: float) -> None:
        self.settings[setting] = value

    def read(self) -> tuple[bool, np.ndarray | None]:
        self.pictures -= 1
        found = self.pictures >= 0
        return found, np.full((4, 4, 3), (255, 0, 0), np.uint8) if found else None

    def release(self) -> None:
        self.released = True


DEVICES: list[FakeDevice] = []


def test_a_webcam_gives_rgb_in_the_size_asked_for_and_is_released(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("formcheck.live.camera.cameras.cv2.VideoCapture", FakeDevice)
    times = iter([1.0, 2.0])
    frames = list(Webcam(0, (1280, 720)).frames(lambda: next(times)))
    assert [frame.t_s for frame in frames] == [1.0, 2.0]
    assert tuple(frames[0].image[0, 0]) == (0, 0, 255)
    device = DEVICES[-1]
    assert device.released
    assert device.settings[cv2.CAP_PROP_FRAME_WIDTH] == 1280
    assert cv2.CAP_PROP_FOURCC in device.settings


@dataclass
class FakeTime:
    """Time that passes while somebody sleeps, and not else."""

    now_s: float = 100.0

    def sleep(self, seconds: float) -> None:
        self.now_s += seconds

    def monotonic(self) -> float:
        return self.now_s


@pytest.fixture
def five_pictures(tmp_path: Path) -> Path:
    pictures = [numbered(i, 64, 48) for i in range(5)]
    return write_clip(tmp_path / "clip.mp4", pictures, times_ms=TIMES_MS)


TIMES_MS = [0, 100, 150, 400, 500]


def test_a_file_comes_at_its_own_pace_with_its_own_times(
    five_pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = FakeTime()
    monkeypatch.setattr("formcheck.live.camera.cameras.time", fake)
    seen = [(f, fake.now_s) for f in PacedFile(five_pictures).frames(fake.monotonic)]
    assert [read_number(frame.image) for frame, _ in seen] == list(range(5))
    assert [frame.t_s - 100 for frame, _ in seen] == pytest.approx([t / 1000 for t in TIMES_MS])
    assert [now_s for _, now_s in seen] == pytest.approx([frame.t_s for frame, _ in seen])


def test_a_file_comes_to_its_end(five_pictures: Path) -> None:
    with Capture(PacedFile(five_pictures)) as capture:
        numbers = []
        while (arrival := capture.newest(PATIENCE_S)) is not None:
            numbers.append(read_number(arrival.frame.image))
        assert capture.over
    assert numbers[-1] == 4
    assert capture.arrived == len(numbers) + capture.dropped == 5


def test_a_network_camera_that_stalls_comes_back() -> None:
    with PhoneCamera(numbered(42, 320, 240)) as phone:
        source = Stream(phone.url, timeouts_s=(PATIENCE_S, 1.0))
        with Capture(source, retry_s=0.1) as capture:
            assert read_number(capture.first(PATIENCE_S).frame.image) == 42
            wait_until(lambda: capture.arrived > 5)
            phone.stalled.set()
            before = phone.connections
            wait_until(lambda: phone.connections > before)  # it is tried again
            while capture.newest(0.0) is not None:
                pass  # what was seen before
            phone.stalled.clear()
            arrival = capture.newest(PATIENCE_S)
            assert arrival is not None
            assert arrival.fresh
            assert read_number(arrival.frame.image) == 42


def test_an_address_where_nobody_answers_is_an_error() -> None:
    nobody = Stream("http://127.0.0.1:9/video")  # the discard port: nothing listens
    with Capture(nobody) as capture, pytest.raises(InputError, match="does not answer"):
        capture.first(PATIENCE_S)


def test_what_a_user_means_by_a_camera() -> None:
    assert open_source("1", (1280, 720)) == Webcam(1, (1280, 720))
    assert open_source("rtsp://phone/live") == Stream("rtsp://phone/live")
    assert open_source("clip.mp4") == PacedFile(Path("clip.mp4"))
    with pytest.raises(InputError, match="no such kind of camera"):
        open_source("ftp://x/y")


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_camera_that_hangs_on_its_side_is_set_right(degrees: int, tmp_path: Path) -> None:
    picture = numbered(5, 160, 96)
    path = write_clip(tmp_path / "a.mp4", [picture] * 2)
    plain = next(open_source(str(path)).frames(time.monotonic)).image
    turned = next(Turned(open_source(str(path)), degrees).frames(time.monotonic)).image
    assert np.array_equal(turned, np.rot90(plain, -degrees // 90))
