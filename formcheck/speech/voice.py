"""Speaks sentences without ever waiting for them; see `speaker` for the process that does."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import deque
from pathlib import Path
from threading import Thread
from typing import Protocol

from formcheck.speech.beeper import Beeper

SPEAKER = Path(__file__).parent / "speaker.py"
ENDED = "no voice: the speech engine ended by itself"
STUCK_S = 30.0
"""An engine that has not answered for this long counts as free; no sentence takes so long."""


class Voice(Protocol):
    """What says the coach's sentences."""

    @property
    def busy(self) -> bool:
        """Whether a sentence is being said."""

    @property
    def problem(self) -> str | None:
        """Why it cannot speak, in one line, or None."""

    def say(self, text: str, *, interrupt: bool = False) -> None:
        """Begin to say `text` now; `interrupt`: in the middle of what is being said."""

    def tick(self) -> None:
        """Give a quiet tick."""

    def delays_s(self) -> list[float]:
        """Seconds from `say` to the engine's start, for each sentence since the last call."""

    def close(self) -> None:
        """Fall silent."""


class Mute:
    """Says nothing."""

    busy = False
    problem: str | None = None

    def say(self, text: str, *, interrupt: bool = False) -> None:
        """Say nothing."""

    def tick(self) -> None:
        """Give no tick."""

    def delays_s(self) -> list[float]:
        """No sentences, no delays."""
        return []

    def close(self) -> None:
        """Nothing to close."""


class Speaker:
    """Speaks with the system's engine in a process of its own; beeps where there is none.

    lang: ISO 639-1 code.
    """

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._beeper = Beeper()
        self._asked_s: deque[float] = deque()
        self._delays_s: deque[float] = deque()
        self.problem: str | None = None
        self._start()

    def _start(self) -> None:
        self._asked_s.clear()
        self._process = subprocess.Popen(
            # -P keeps formcheck's own folder from hiding modules of the standard library.
            [sys.executable, "-P", str(SPEAKER), self._lang],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
            start_new_session=True,
        )
        self._heard: subprocess.Popen[str] | None = self._process
        Thread(target=self._listen, args=(self._process,), name="voice", daemon=True).start()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        with process.stdout as answers:
            for line in answers:
                if process is not self._heard:
                    return  # it was interrupted
                self._take(*line.strip().partition(" ")[::2])
        if process is self._heard and self.problem is None:
            self.problem = ENDED

    def _take(self, answer: str, reason: str) -> None:
        if answer == "failed":
            self.problem = f"no voice: {reason}"
        elif answer == "started" and self._asked_s:
            self._delays_s.append(time.monotonic() - self._asked_s[0])
        elif answer == "done" and self._asked_s:
            self._asked_s.popleft()

    @property
    def busy(self) -> bool:
        """Whether a sentence is being said."""
        if self.problem is not None or not self._asked_s:
            return False
        return time.monotonic() - self._asked_s[-1] < STUCK_S

    def say(self, text: str, *, interrupt: bool = False) -> None:
        """Begin to say `text` now; `interrupt`: in the middle of what is being said."""
        if interrupt and self.busy:
            self._stop()
            self._start()
        if self.problem is not None:
            self._beeper.beep()
            return
        self._asked_s.append(time.monotonic())
        try:
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps(text) + "\n")
        except OSError:
            self.problem = ENDED

    def tick(self) -> None:
        """Give a quiet tick."""
        self._beeper.tick()

    def delays_s(self) -> list[float]:
        """Seconds from `say` to the engine's start, for each sentence since the last call."""
        return [self._delays_s.popleft() for _ in range(len(self._delays_s))]

    def close(self) -> None:
        """Fall silent."""
        self._stop()
        self._beeper.close()

    def _stop(self) -> None:
        process, self._heard = self._process, None  # its end is no problem
        if sys.platform == "win32":
            process.kill()
        elif process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)  # the engine's player is in the same group
        process.wait()
        assert process.stdin is not None
        process.stdin.close()
