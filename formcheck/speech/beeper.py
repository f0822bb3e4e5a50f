"""Short sounds without any library: the tick of the tempo, and a beep where there is no voice."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

import numpy as np

RATE = 22_050
TICK = (1200.0, 0.03, 0.15)
BEEP = (660.0, 0.15, 0.4)
"""Frequency in Hz, length in s, loudness 0..1: a tick must not drown a word."""
PLAYERS = (("afplay",), ("aplay", "-q"), ("paplay",))


class Beeper:
    """Plays sounds without waiting for them; stays quiet where nothing can play."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="formcheck-")
        self._player = next((p for p in PLAYERS if shutil.which(p[0])), None)
        self._playing: subprocess.Popen[bytes] | None = None
        self._tick = self._write("tick", *TICK)
        self._beep = self._write("beep", *BEEP)

    def tick(self) -> None:
        """One quiet tick."""
        self._play(self._tick)

    def beep(self) -> None:
        """One beep."""
        self._play(self._beep)

    def close(self) -> None:
        """Let go of the player and the files."""
        if self._playing is not None:
            self._playing.kill()
            self._playing.wait()
        self._folder.cleanup()

    def _write(self, name: str, hertz: float, length_s: float, loudness: float) -> Path:
        path = Path(self._folder.name) / f"{name}.wav"
        path.write_bytes(tone(hertz, length_s, loudness))
        return path

    def _play(self, path: Path) -> None:
        if sys.platform == "win32":
            import winsound  # noqa: PLC0415 - there is none elsewhere

            winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC)
        elif self._player is not None and (
            self._playing is None or self._playing.poll() is not None
        ):
            quiet = subprocess.DEVNULL
            command = [*self._player, str(path)]
            self._playing = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet)


def tone(hertz: float, length_s: float, loudness: float) -> bytes:
    """A WAV file of a fading sine. loudness: 0..1."""
    t_s = np.arange(round(RATE * length_s)) / RATE
    sine = loudness * np.sin(2 * np.pi * hertz * t_s) * (1 - t_s / length_s)
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes((32_767 * sine).astype("<i2").tobytes())
    return file.getvalue()
