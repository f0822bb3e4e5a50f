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
from formcheck.system.child import python

SPEAKER = Path(__file__).parent / "speaker.py"
ENDED = "no voice: the speech engine ended by itself"
HANGS = "no voice: the speech engine hangs; there are beeps instead"
PATIENCE_S = 3.0
"""An engine that has made no progress for this long, beside the sentence that it speaks, hangs."""
SENTENCE_S_PER_CHARACTER = 0.08
"""At the speaker's 165 words a minute a character takes 0.06 s."""


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
        self._asked: deque[tuple[float, int]] = deque()
        self._delays_s: deque[float] = deque()
        self._problem: str | None = None
        self._start()

    def _start(self) -> None:
        self._asked.clear()
        self._progress_s, self._speaks = time.monotonic(), False
        self._process = subprocess.Popen(
            python(str(SPEAKER), self._lang),
            env=dict(os.environ),  # Python's: what MediaPipe's guard sets is for compiled code here
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
        if process is self._heard and self._problem in (None, HANGS):
            self._problem = ENDED

    def _take(self, answer: str, reason: str) -> None:
        now_s = time.monotonic()
        self._progress_s = now_s
        if answer == "failed":
            self._problem = f"no voice: {reason}"
        elif answer == "ready" and self._problem == HANGS:  # it was only slow to start
            self._problem = None
        elif answer == "started" and self._asked:
            self._speaks = True
            self._delays_s.append(now_s - self._asked[0][0])
        elif answer == "done" and self._asked:
            self._speaks = False
            self._asked.popleft()

    @property
    def problem(self) -> str | None:
        """Why it cannot speak, in one line, or None."""
        if self._problem is None and self._hangs():
            self._problem = HANGS
        return self._problem

    def _hangs(self) -> bool:
        if not self._asked:
            return False
        asked_s, characters = self._asked[0]
        sentence_s = SENTENCE_S_PER_CHARACTER * characters if self._speaks else 0.0
        waited_s = time.monotonic() - max(asked_s, self._progress_s)
        return waited_s > PATIENCE_S + sentence_s

    @property
    def busy(self) -> bool:
        """Whether a sentence is being said."""
        return self.problem is None and bool(self._asked)

    def say(self, text: str, *, interrupt: bool = False) -> None:
        """Begin to say `text` now; `interrupt`: in the middle of what is being said."""
        if interrupt and self.busy:
            self._stop()
            self._start()
        if self.problem is not None:
            self._beeper.beep()
            return
        self._asked.append((time.monotonic(), len(text)))
        try:
            assert self._process.stdin is not None
            self._process.stdin.write(json.dumps(text) + "\n")
        except OSError:
            self._problem = ENDED

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
