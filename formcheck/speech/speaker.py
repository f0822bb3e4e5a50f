"""The process that speaks: sentences come in on standard input, one JSON string a line.

It stands alone (no import of formcheck) so that it starts fast, and in a process of its own
because pyttsx3 blocks, wants a main thread on macOS, and is ended at once this way when something
more important is to be said. It answers with one line each: `ready`, `failed REASON`, `started`
and `done`.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from threading import Event
from typing import Any

WORDS_PER_MINUTE = 165
LEAST_S, S_PER_CHARACTER = 3.0, 0.12
"""Far longer than any sentence takes: an engine that never says that it has finished."""
SPOKEN_S_PER_CHARACTER = 0.03
"""An engine that was busy for this long has spoken, whether it says so or not."""


def main() -> None:
    """Speak until the input ends. The language's ISO 639-1 code is the only argument."""
    # Engines and players print; only the answers may go where the parent reads.
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    try:
        engine = _engine(sys.argv[1])
    except Exception as error:  # noqa: BLE001 - whatever an engine throws, it cannot speak
        reason = str(error).splitlines() or [type(error).__name__]
        print(f"failed {reason[0]}", file=answers)
        return
    finished = Event()
    engine.connect("finished-utterance", lambda **_: finished.set())
    print("ready", file=answers)
    for line in sys.stdin:
        print("started", file=answers)
        text = json.loads(line)
        finished.clear()
        begun_s = time.monotonic()
        engine.say(text)
        engine.runAndWait()
        # pyttsx3 (2.99, espeak) comes back from its first sentence before it is spoken.
        if time.monotonic() - begun_s < len(text) * SPOKEN_S_PER_CHARACTER:
            finished.wait(LEAST_S + len(text) * S_PER_CHARACTER)
        print("done", file=answers)


def _engine(lang: str) -> Any:
    if sys.platform == "linux" and shutil.which("aplay") is None:
        raise OSError("no sound player; install it with: apt install alsa-utils")
    import pyttsx3  # noqa: PLC0415 - its absence is a reason, not a crash

    engine = pyttsx3.init()
    engine.setProperty("rate", WORDS_PER_MINUTE)
    voice = _voice(engine.getProperty("voices"), engine.getProperty("voice"), lang)
    if voice is not None:
        engine.setProperty("voice", voice)
    return engine


def _voice(voices: Any, current: str, lang: str) -> str | None:
    """The voice to speak a language with: the user's own, else the plainest (en-gb, not en-029)."""
    fitting = [(len(code), str(v.id)) for v in voices for code in _codes(v) if _is(code, lang)]
    if any(name == current for _, name in fitting):
        return current
    return min(fitting, default=(0, None))[1]


def _codes(voice: Any) -> list[str]:
    """Engines write de, de-DE, de_DE, or bytes that begin with a priority."""
    codes = [c.decode(errors="ignore") if isinstance(c, bytes) else str(c) for c in voice.languages]
    return [code.strip("\x00\x05\x02").lower().replace("_", "-") for code in codes]


def _is(code: str, lang: str) -> bool:
    return code.split("-", maxsplit=1)[0] == lang


if __name__ == "__main__":
    main()
