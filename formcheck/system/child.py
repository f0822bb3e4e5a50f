"""Tries code in a Python process of its own, where it may hang, crash or end the program.

The process never imports from the folder in which the user happens to be (`-P`): a `cv2.py` that
lies there is not the library.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping

TRIAL_S = 15.0
"""What has not answered after this long is taken for broken, seconds."""


def python(*arguments: str) -> list[str]:
    """The command that runs this Python with what follows, away from the present folder."""
    return [sys.executable, "-P", *arguments]


def answer(code: str, timeout_s: float = TRIAL_S, extra: Mapping[str, str] | None = None) -> str:
    """The last line that this Python code prints; "" when it fails.

    extra: environment variables on top of the present ones.
    """
    try:
        done = subprocess.run(
            python("-c", code),
            env={**os.environ, **(extra or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout_s,
            check=True,
            text=True,
            errors="replace",
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError, OSError):
        return ""
    return done.stdout.strip().rpartition("\n")[2]
