"""A real engine speaks, without ever being waited for."""

import os
import shutil
import signal
import sys
import time
import wave
from pathlib import Path

import numpy as np
import pytest

from formcheck.speech.beeper import BEEP, tone
from formcheck.speech.voice import HANGS, Mute, Speaker
from tests.live.mjpeg import wait_until

TOOLS = {"espeak-ng": "espeak-ng", "aplay": "alsa-utils"}


@pytest.fixture
def sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where ALSA writes what would be heard: this machine may have no loudspeaker."""
    if sys.platform == "linux":
        missing = [package for tool, package in TOOLS.items() if shutil.which(tool) is None]
        assert not missing, f"install what speaks: apt-get install -y {' '.join(missing)}"
    heard = tmp_path / "heard.wav"
    config = tmp_path / "asound.conf"
    config.write_text(
        f'pcm.!default {{ type file file "{heard}" format "wav" slave.pcm {{ type null }} }}'
    )
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(config))
    return heard


def loudness(path: Path) -> float:
    with wave.open(str(path)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    return float(np.abs(samples.astype(float)).max()) if len(samples) else 0.0


@pytest.mark.parametrize(("lang", "text"), [("en", "Keep your knees straight"), ("de", "Größer")])
def test_it_speaks(sound: Path, lang: str, text: str) -> None:
    voice = Speaker(lang)
    try:
        voice.say(text)
        wait_until(lambda: not voice.busy)
        assert voice.problem is None
        assert len(voice.delays_s()) == 1
        assert loudness(sound) > 1000
    finally:
        voice.close()


@pytest.mark.skipif(sys.platform == "win32", reason="processes are stopped by a signal of Unix")
def test_nobody_waits_for_a_sentence(sound: Path) -> None:
    voice = Speaker("en")
    try:
        os.kill(voice._process.pid, signal.SIGSTOP)
        voice.say("Seven")  # comes back although nothing is being said
        assert voice.busy
        assert voice.delays_s() == []
        os.kill(voice._process.pid, signal.SIGCONT)
        wait_until(lambda: not voice.busy)
        assert len(voice.delays_s()) == 1
    finally:
        voice.close()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the engine plays by itself")
def test_it_is_busy_until_the_sentence_has_been_played(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    player = tmp_path / "aplay"
    player.write_text("#!/bin/sh\nsleep 0.5\n")
    player.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    voice = Speaker("en")
    try:
        for text in ("One", "Two"):
            begun_s = time.monotonic()
            voice.say(text)
            wait_until(lambda: not voice.busy)
            assert time.monotonic() - begun_s >= 0.5
    finally:
        voice.close()


def test_something_more_important_interrupts(sound: Path) -> None:
    voice = Speaker("en")
    try:
        voice.say("This is a very long sentence that goes on and on and on. " * 20)
        wait_until(voice.delays_s)  # it has begun, and would go on for a minute
        voice.say("Stop", interrupt=True)
        wait_until(lambda: not voice.busy, timeout_s=25.0)
        assert voice.problem is None
    finally:
        voice.close()


def test_without_an_engine_it_says_why_and_beeps(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("formcheck.speech.voice.SPEAKER", tmp_path / "nothing.py")
    voice = Speaker("en")
    try:
        wait_until(lambda: voice.problem is not None)
        assert voice.problem == "no voice: the speech engine ended by itself"
        voice.say("Seven")
        voice.tick()
        assert not voice.busy
    finally:
        voice.close()


def test_an_engine_that_cannot_start_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    voice = Speaker("en")
    try:
        wait_until(lambda: voice.problem is not None)
        assert "apt install alsa-utils" in str(voice.problem) or sys.platform != "linux"
    finally:
        voice.close()


def test_mute_says_nothing() -> None:
    voice = Mute()
    voice.say("Seven")
    voice.tick()
    assert (voice.busy, voice.problem, voice.delays_s()) == (False, None, [])


def test_a_beep_is_a_sound() -> None:
    assert len(tone(*BEEP)) > 5000


HANGING = """
import time
class Engine:
    def getProperty(self, name): return []
    def setProperty(self, name, value): pass
    def connect(self, topic, call): self.call = call
    said = 0
    def say(self, text): pass
    def runAndWait(self):
        self.said += 1
        if self.said > {speaks}: {then}
        self.call()
def init():
    {start}
    return Engine()
"""


@pytest.mark.parametrize(
    ("speaks", "then", "start"),
    [(0, "time.sleep(60)", ""), (1, "return", ""), (0, "return", "time.sleep(60)")],
    ids=["hangs", "speaks only once", "never starts"],
)
def test_an_engine_that_hangs_is_told_once_and_holds_nothing_up(
    speaks: int, then: str, start: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pyttsx3.py").write_text(HANGING.format(speaks=speaks, then=then, start=start))
    (tmp_path / "aplay").write_text("#!/bin/sh\n")
    (tmp_path / "aplay").chmod(0o755)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    voice = Speaker("en")
    try:
        for _ in range(speaks):
            voice.say("One")
            wait_until(lambda: not voice.busy)
            assert voice.problem is None
        begun_s = time.monotonic()
        voice.say("Two")
        wait_until(lambda: not voice.busy, timeout_s=5.0)
        assert time.monotonic() - begun_s < 4.0
        assert voice.problem == HANGS
        begun_s = time.monotonic()
        voice.say("Three")
        assert not voice.busy
        assert time.monotonic() - begun_s < 0.25
    finally:
        voice.close()
