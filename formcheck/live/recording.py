"""Keeps the annotated video of a live session, encoded beside the loop and never holding it up."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from queue import Full, Queue
from threading import Thread
from types import TracebackType
from typing import Self

from formcheck.errors import OutputError
from formcheck.video.picture import Image
from formcheck.video.writer import VideoWriter

MILLISECOND = Fraction(1, 1000)
WAITING = 30
"""Pictures that may wait for the encoder, a second of a webcam; more are left out and counted."""


class Recording:
    """One MP4 file. Use it as a context manager; leaving it finishes the file.

    left_out: pictures that the encoder could not take. warning: why there is no video, in one
    line, or None.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer = VideoWriter(path, MILLISECOND)
        self._queue: Queue[tuple[Image, float] | None] = Queue(WAITING)
        self._thread = Thread(target=self._run, name="recording")
        self._first_s: float | None = None
        self.left_out = 0
        self.warning: str | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._queue.put(None)
        self._thread.join()

    def add(self, image_rgb: Image, t_s: float) -> None:
        """Take the next picture (h, w, 3) RGB, shown from `t_s` seconds on."""
        if self._first_s is None:
            self._first_s = t_s
        try:
            self._queue.put_nowait((image_rgb, t_s - self._first_s))
        except Full:
            self.left_out += 1

    def _run(self) -> None:
        try:
            while (item := self._queue.get()) is not None:
                self._writer.write(*item)
            self._writer.close()
        except OutputError as error:
            self.warning = str(error)
            self._writer.discard()
            while self._queue.get() is not None:  # so that nobody waits for room
                self.left_out += 1
