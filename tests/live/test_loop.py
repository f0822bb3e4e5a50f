"""The loop with a real camera thread, a fake model and a fake voice."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import av
import numpy as np
import pytest

from formcheck.live.camera.cameras import Stream
from formcheck.live.camera.capture import Arrival, Capture
from formcheck.live.camera.eyes import Eyes
from formcheck.live.camera.stats import Stats
from formcheck.live.coach.session import LiveSession, Scene
from formcheck.live.coach.stages import Command, Stage, Timing
from formcheck.live.keep import Keeper
from formcheck.live.loop import Loop, brightness
from formcheck.live.recording import Recording
from formcheck.live.screen.screen import Screen
from formcheck.live.store import Store, read
from formcheck.pose.pose import Pose
from formcheck.pose.source import FakeLandmarker
from formcheck.programmes.plan import Dose, bouts
from formcheck.video.frames import Frame
from formcheck.video.picture import Image
from formcheck.words import Words, load
from tests.live.actor import SIDE_ON
from tests.live.fakes import FakeVoice, FakeWindow, always
from tests.live.mjpeg import PATIENCE_S, PhoneCamera, wait_until
from tests.stick import standing

ROOM = np.full((480, 640, 3), 140, np.uint8)
PLAN = bouts([Dose("heel-raise", sets=2, reps=5)])


@contextmanager
def running(loop: Loop, capture: Capture) -> Iterator[Thread]:
    """The loop in a thread; it is ended like by the key q."""
    thread = Thread(target=loop.run, args=(capture.first(PATIENCE_S),))
    thread.start()
    try:
        yield thread
    finally:
        loop.session.command(Command.QUIT)
        thread.join(PATIENCE_S)


BEGAN = datetime(2026, 3, 2, 18, tzinfo=UTC)
QUICK = Timing(ready_s=0.2, count_in_s=1)


def loop_of(capture: Capture, folder: Path, timing: Timing = QUICK, **parts: object) -> Loop:
    model = FakeLandmarker(always(standing(), SIDE_ON))
    words = load()
    loop = Loop(
        capture=capture,
        eyes=Eyes(["lite"], (PLAN[0].exercise,), lambda _name: model),
        session=LiveSession(PLAN, words, timing),
        screen=Screen(words),
        window=FakeWindow(),
        voice=FakeVoice(),
        store=Store(folder / "session.jsonl", {}),
        stats=Stats(),
        keeper=Keeper(folder / "session.jsonl", "camera", BEGAN, None, blur_faces=False),
        tell=lambda _line: None,
    )
    return replace(loop, **parts)  # type: ignore[arg-type]


def test_a_stalled_camera_is_told_and_the_session_goes_on_when_it_returns(tmp_path: Path) -> None:
    voice = FakeVoice()
    with PhoneCamera(ROOM) as phone:
        source = Stream(phone.url, timeouts_s=(PATIENCE_S, 1.0))
        with Capture(source, retry_s=0.1) as capture:
            loop = loop_of(capture, tmp_path, voice=voice)
            with running(loop, capture):
                wait_until(lambda: "Go!" in voice.texts)
                phone.stalled.set()
                wait_until(lambda: "The camera shows nothing. Paused." in voice.texts)
                phone.stalled.clear()
                wait_until(lambda: "Go on." in voice.texts)
    texts = voice.texts
    assert texts.index("The camera is back.") < texts.index("Go on.")
    assert texts.count("The camera shows nothing. Paused.") == 1
    interrupted = {text for _, text, interrupt in voice.said if interrupt}
    assert interrupted == {"The camera shows nothing. Paused."}


def test_the_count_in_is_said(tmp_path: Path) -> None:
    voice = FakeVoice(seconds=0.3)
    slow = Timing(ready_s=0.2)
    with (
        PhoneCamera(ROOM) as phone,
        Capture(Stream(phone.url)) as capture,
        running(loop_of(capture, tmp_path, slow, voice=voice), capture),
    ):
        wait_until(lambda: "Go!" in voice.texts)
    assert voice.texts[-4:] == [*"321", "Go!"]


class Watched(Screen):
    """Notes the stages that it draws."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.stages: list[Stage] = []

    def draw(self, image_rgb: Image, scene: Scene, *, muted: bool = False) -> Image:
        self.stages.append(scene.stage)
        return super().draw(image_rgb, scene, muted=muted)


def test_keys_mute_pause_and_quit_and_everything_is_measured_and_recorded(tmp_path: Path) -> None:
    voice, window, video = FakeVoice(), FakeWindow(), tmp_path / "session.mp4"
    told: list[str] = []
    with (
        PhoneCamera(ROOM) as phone,
        Capture(Stream(phone.url)) as capture,
        Recording(video) as recording,
    ):
        screen = Watched(load())
        loop = replace(
            loop_of(capture, tmp_path, voice=voice, window=window),
            screen=screen,
            recording=recording,
            tell=told.append,
        )
        with running(loop, capture) as thread:
            wait_until(lambda: "Go!" in voice.texts)
            window.keys += [" "]
            wait_until(lambda: "Paused." in voice.texts)
            window.keys += ["m", " "]
            wait_until(lambda: loop.muted)
            wait_until(lambda: screen.stages[-1] is Stage.ACTIVE)
            voice.problem = "no voice: gone"
            wait_until(lambda: told)
            window.keys += ["q"]
            thread.join(PATIENCE_S)
            assert not thread.is_alive()
    assert voice.texts[-1] == "Paused."  # muted: "Go on." was not said
    assert told == ["no voice: gone"]
    spreads = loop.stats.spreads()
    assert {"model", "everything else", "captured to shown", "event to cue"} <= set(spreads)
    assert 0 < spreads["model"].p50_ms < spreads["captured to shown"].p50_ms
    assert [entry["type"] for entry in read(tmp_path / "session.jsonl")] == ["session"]
    with av.open(str(video)) as container:
        frames = sum(1 for _ in container.decode(video=0))
        assert frames == spreads["model"].samples - recording.left_out


LOOKS_S = 0.07
"""How long the slow model looks at a picture."""


@dataclass
class Watch:
    """A clock that only the slow model moves on."""

    now_s: float = 0.0

    def perf_counter(self) -> float:
        return self.now_s


class Slow(FakeLandmarker):
    """Takes its time."""

    def __init__(self, poses: Iterator[Pose | None], watch: Watch) -> None:
        super().__init__(poses)
        self._watch = watch

    def detect(self, image_rgb: Image, t_s: float) -> Pose | None:
        self._watch.now_s += LOOKS_S
        return super().detect(image_rgb, t_s)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """The clock by which the loop measures how long a model looks."""
    watch = Watch()
    monkeypatch.setattr("formcheck.live.camera.eyes.time", watch)
    return watch


def test_a_model_that_cannot_keep_up_gives_way_to_a_faster_one(
    monkeypatch: pytest.MonkeyPatch, watch: Watch
) -> None:
    monkeypatch.setattr("formcheck.live.camera.eyes.JUDGED_FRAMES", 12)
    opened = []

    def open_model(name: str) -> FakeLandmarker:
        opened.append(name)
        poses = always(standing(), SIDE_ON)
        return Slow(poses, watch) if name == "full" else FakeLandmarker(poses)

    with Eyes(["full", "lite"], (PLAN[0].exercise,), open_model) as eyes:
        for i in range(12):
            assert not eyes.fall_back(1 / 30)
            eyes.see(Arrival(Frame(ROOM, i / 14), fresh=False))
        assert not eyes.fall_back(1 / 10)  # a camera this slow leaves time enough
        assert eyes.fall_back(1 / 30)
        assert (eyes.model, opened) == ("lite", ["full", "lite"])
        assert eyes.see(Arrival(Frame(ROOM, 9.0), fresh=False)).cut  # baselines are stale
        assert not eyes.fall_back(1 / 30)


def test_the_slower_computer_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, watch: Watch
) -> None:
    monkeypatch.setattr("formcheck.live.camera.eyes.JUDGED_FRAMES", 5)
    voice, told = FakeVoice(), list[str]()

    def open_model(name: str) -> FakeLandmarker:
        poses = always(standing(), SIDE_ON)
        return Slow(poses, watch) if name == "full" else FakeLandmarker(poses)

    with PhoneCamera(ROOM) as phone, Capture(Stream(phone.url)) as capture:
        eyes = Eyes(["full", "lite"], (PLAN[0].exercise,), open_model)
        monkeypatch.setattr(capture, "interval_s", lambda: 1 / 20)
        loop = loop_of(capture, tmp_path, voice=voice, eyes=eyes, tell=told.append)
        with running(loop, capture):
            wait_until(lambda: "This computer is too slow" in " ".join(voice.texts))
    assert told == ["The model is too slow for this camera here: using lite."]


def test_brightness_is_a_grey_level() -> None:
    assert brightness(ROOM) == pytest.approx(140)
    assert brightness(ROOM * 0) == 0


def test_faces_are_hidden_in_what_is_recorded_and_not_on_the_screen(tmp_path: Path) -> None:
    """A picture of stripes: where they are still sharp, nothing is hidden."""
    stripes = np.zeros((480, 640, 3), np.uint8)
    stripes[:, ::8] = stripes[:, 1::8] = stripes[:, 2::8] = 255
    with PhoneCamera(stripes) as phone, Capture(Stream(phone.url)) as capture:
        arrival = capture.first(PATIENCE_S)
        loop = loop_of(capture, tmp_path, blur_faces=True)
        scene = loop.session.update(loop.eyes.see(arrival), 140.0)
        pose = scene.snapshot.pose
        assert pose is not None
        hidden = loop._hidden(arrival.frame.image, scene)
        shown = loop.screen.draw(arrival.frame.image, scene)
    x, y = (int(v) for v in pose.xy("nose"))
    part = np.s_[y - 6 : y + 6, 639 - x - 12 : 639 - x + 12]  # the screen is a mirror
    assert hidden[part].std() < 0.5 * shown[part].std()
