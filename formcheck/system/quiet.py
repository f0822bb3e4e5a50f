"""Keeps compiled libraries from writing on the user's terminal."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_STDERR = 2
_REDIRECTED = threading.RLock()


@contextmanager
def native_stderr_silenced() -> Iterator[None]:
    """Send file descriptor 2 to nowhere for a short while.

    For what no logging setting reaches: MediaPipe's and TensorFlow's start-up lines, OpenCV's
    complaints about a camera that is not there. Whatever other threads write to stderr meanwhile
    is lost too, so keep it short and show progress on stdout.
    """
    with _REDIRECTED:  # else a second thread would take the redirection for the real thing
        try:
            real = os.dup(_STDERR)
        except OSError:  # no stderr at all, as under pythonw
            yield
            return
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, _STDERR)
            os.close(nowhere)
            yield
        finally:
            os.dup2(real, _STDERR)
            os.close(real)
