"""Reads a video file: pictures the right way up, with the stream's own times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Self

import numpy as np

from formcheck.errors import InputError
from formcheck.video.container import describe, open_container
from formcheck.video.orientation import Upright, fitted
from formcheck.video.picture import Image
from formcheck.video.pyav import VideoFrame, av
from formcheck.video.timeline import Timeline

MAX_SIDE = 960
"""Long side of the pictures handed on, pixels. MediaPipe looks at the body at 256 x 256 and takes
the same time for any picture; decoding, drawing and encoding do not (see tests/bench)."""
GAP_S = 1.0
"""A longer time without a picture is told: nothing in it could be counted."""
MISSING_S = 1.0
"""A video that ends earlier than promised by more than this, and 5 %, counts as cut off."""
UNKNOWN_RATE = Fraction(30)
"""Frames per second where neither the stream nor FFmpeg's guess gives any."""


@dataclass(frozen=True)
class Frame:
    """One picture: image (h, w, 3) RGB, t_s seconds from the first frame of the video."""

    image: Image
    t_s: float


class Video:
    """An open video file, to be iterated once for its frames. Use it as a context manager."""

    def __init__(self, path: Path, max_side: int) -> None:
        self._container, self._stream = open_container(path)
        self._broken = 0
        self._last_s = 0.0
        self._gaps: list[str] = []
        decoded = self._decode()
        first = next(decoded, None)
        if first is None:
            self.close()
            raise InputError(f"{path}: no picture in it can be read; copy or export it again")
        self._decoded = chain([first], decoded)
        self._upright = Upright.of(first)
        aspect = self._stream.sample_aspect_ratio
        self._scaled = fitted(first.width, first.height, aspect, max_side)
        shown = fitted(first.width, first.height, aspect, max(first.width, first.height))
        self.info = describe(path, self._container, self._stream, self._upright.size(*shown))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._container.close()

    def __iter__(self) -> Iterator[Frame]:
        rate = self._stream.average_rate or self._stream.guessed_rate or UNKNOWN_RATE
        timeline = Timeline(self.info.time_base, float(1 / rate))
        width, height = self._scaled
        for decoded in self._decoded:
            self._step_to(timeline.place(self._stamp(decoded)))
            # AREA is the cheapest way down from 1080p and 4K that does not alias (measured).
            image = decoded.to_ndarray(
                format="rgb24", width=width, height=height, interpolation="AREA"
            )
            yield Frame(self._upright.apply(image.astype(np.uint8, copy=False)), self._last_s)

    def _stamp(self, decoded: VideoFrame) -> int | None:
        # AVI stores no times of presentation: those of decoding are in order, the guessed are not.
        return decoded.dts if self._container.format.name == "avi" else decoded.pts

    def _step_to(self, t_s: float) -> None:
        if t_s - self._last_s > GAP_S:
            self._gaps.append(f"There is no picture from {self._last_s:.1f} s to {t_s:.1f} s.")
        self._last_s = t_s

    @property
    def warnings(self) -> tuple[str, ...]:
        """What went wrong while reading, in sentences; complete after the last frame."""
        found = list(self._gaps)
        if self._broken:
            places = "1 damaged place" if self._broken == 1 else f"{self._broken} damaged places"
            found.append(f"The video has {places}; frames there are missing.")
        promised_s = self.info.duration_s or 0.0
        if self._last_s < min(0.95 * promised_s, promised_s - MISSING_S):
            found.append(
                f"The video stops at {self._last_s:.1f} s of {promised_s:.1f} s; "
                "the file is cut off."
            )
        return tuple(found)

    def _decode(self) -> Iterator[VideoFrame]:
        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets, None)
                frames = self._stream.decode(packet) if packet is not None else None
            except av.FFmpegError:
                self._broken += 1
                continue  # a decoder recovers; a reader that failed is at its end: next is None
            if frames is None:
                return
            self._broken += sum(frame.is_corrupt for frame in frames)
            yield from frames


def open_video(path: Path | str, max_side: int = MAX_SIDE) -> Video:
    """Open a video file and read its first frame.

    max_side: long side of the frames handed on, pixels; smaller videos keep their size.
    Raises InputError when the file is missing, empty, not a video, or nothing in it can be read.
    """
    return Video(Path(path), max_side)
