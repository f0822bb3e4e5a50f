"""Writes the annotated video: H.264 that browsers play, each frame at its own time."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Self

import cv2
import numpy as np

from formcheck.system.files import new_part, not_writable, settle
from formcheck.video.picture import Image
from formcheck.video.pyav import ColorRange, Colorspace, VideoFrame, VideoStream, av

COARSEST = Fraction(1, 1000)
FINEST = Fraction(1, 1_000_000)
"""Seconds per tick, at most and at least: MP4 has 32 bits for ticks per second."""
ENCODER = {"preset": "ultrafast", "crf": "23", "g": "60"}
"""Measured at 960 x 540: 2.5 ms a frame; the next preset takes 4 ms and saves a tenth of the file.
A key frame every 60 frames lets people jump to and fro."""


class VideoWriter:
    """One MP4 file, to be used as a context manager: an error inside leaves no file behind.

    time_base: seconds per tick of the source, so that its times are kept exactly.
    """

    def __init__(self, path: Path, time_base: Fraction) -> None:
        self._path = path
        self._time_base = tick(time_base)
        self._last = -1
        self._stream: VideoStream | None = None
        # The index goes to the front (faststart): browsers play before they have it all.
        self._part = new_part(path)
        self._container = av.open(
            str(self._part), "w", format="mp4", options={"movflags": "+faststart"}
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()

    def write(self, image: Image, t_s: float) -> None:
        """Add a frame (h, w, 3) RGB shown from `t_s` seconds on; all of the first one's size.

        A last odd row or column is left out. Raises OutputError, for example on a full disk.
        """
        even = image[: image.shape[0] // 2 * 2, : image.shape[1] // 2 * 2]
        if self._stream is None:
            self._stream = self._start(even)
        # OpenCV converts ten times faster than swscale; its colours are BT.601's, limited range.
        planes = np.asarray(cv2.cvtColor(even, cv2.COLOR_RGB2YUV_I420), np.uint8)
        frame = VideoFrame.from_ndarray(planes, "yuv420p")
        frame.time_base = self._time_base
        frame.pts = self._last = max(round(t_s / self._time_base), self._last + 1)
        self._encode(frame)

    def close(self) -> None:
        """Finish the file and give it its name; without any frame there is none."""
        if self._stream is None:
            self.discard()
            return
        self._encode(None)
        try:
            self._container.close()
        except OSError as error:
            self.discard()
            raise not_writable(self._path, error) from error
        settle(self._part, self._path)

    def discard(self) -> None:
        """Leave no file behind."""
        with suppress(OSError):
            self._container.close()
        self._part.unlink(missing_ok=True)

    def _start(self, image: Image) -> VideoStream:
        stream = self._container.add_stream("libx264", options=ENCODER)
        stream.height, stream.width = image.shape[:2]
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = self._time_base
        stream.codec_context.color_range = ColorRange.MPEG
        stream.codec_context.colorspace = Colorspace.SMPTE170M
        return stream

    def _encode(self, frame: VideoFrame | None) -> None:
        assert self._stream is not None
        try:
            self._container.mux(self._stream.encode(frame))
        except OSError as error:
            raise not_writable(self._path, error) from error


def tick(time_base: Fraction) -> Fraction:
    """A time base in which every time of `time_base` is exact, within what MP4 can hold."""
    if time_base < FINEST:
        return FINEST
    return time_base / ceil(time_base / COARSEST)
