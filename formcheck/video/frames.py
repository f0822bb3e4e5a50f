"""Reads a video file: pictures the right way up, with the stream's own times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import Self

from formcheck.errors import InputError
from formcheck.video.admission import RAW_STREAMS, check_size
from formcheck.video.container import describe, open_container
from formcheck.video.decoding import Decoder
from formcheck.video.orientation import Shape, on_canvas
from formcheck.video.picture import Image
from formcheck.video.pixels import to_rgb
from formcheck.video.pyav import VideoFrame
from formcheck.video.slow_motion import slow_down, slowed_somewhere
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
    """One picture: image (h, w, 3) RGB, t_s seconds from the first frame of the video.

    turned: the pictures have another shape from here on; what was seen before is as after a cut.
    """

    image: Image
    t_s: float
    turned: bool = False


class Video:
    """An open video file, to be iterated once for its frames. Use it as a context manager."""

    def __init__(self, path: Path, max_side: int, rotate: int = 0) -> None:
        self._container, self._stream = open_container(path)
        self._decoder = Decoder(self._container, self._stream)
        self._max_side, self._rotate = max_side, rotate
        self._last_s = 0.0
        self._told: list[str] = []
        try:
            self._begin(path)
        except InputError:
            self.close()
            raise

    def _begin(self, path: Path) -> None:
        decoded = iter(self._decoder)
        first = next(decoded, None)
        if first is None:
            raise InputError(f"{path}: no picture in it can be read; copy or export it again")
        self._path = path
        self._decoded = chain([first], decoded)
        self._shape = self._shape_of(first, self._max_side)
        check_size(path, (first.width, first.height), self._shape.scaled)
        rate = self._stream.average_rate or self._stream.guessed_rate or UNKNOWN_RATE
        slower = self._pace(path, rate)
        whole = self._shape_of(first, max(first.width, first.height))
        self.info = describe(path, self._container, self._stream, whole.size, slower)
        self._timeline = Timeline(self.info.time_base, float(1 / (rate * slower)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._container.close()

    def __iter__(self) -> Iterator[Frame]:
        shape = self._shape
        for decoded in self._decoded:
            self._step_to(self._timeline.place(self._stamp(decoded)))
            now = self._shape_of(decoded, self._max_side)
            turned, shape = now != shape, now
            if turned:
                check_size(self._path, (decoded.width, decoded.height), now.scaled)
                self._told.append(f"The picture turns or changes its size at {self._last_s:.1f} s.")
            image = now.upright.apply(to_rgb(decoded, now.scaled, self._path))
            if now.size != self._shape.size:
                image = on_canvas(image, self._shape.size)
            yield Frame(image, self._last_s, turned)

    def _shape_of(self, decoded: VideoFrame, max_side: int) -> Shape:
        return Shape.of(decoded, self._stream.sample_aspect_ratio, max_side, self._rotate)

    def _pace(self, path: Path, rate: Fraction) -> Fraction:
        """How many times slower than life it plays; raises InputError for a time-lapse."""
        metadata = {**self._stream.metadata, **self._container.metadata}
        slower = slow_down(metadata, rate)
        if slower < 1:
            raise InputError(f"{path}: a time-lapse, which leaves out most of it; film it again")
        if slower > 1:
            self._told.append(
                f"The phone filmed this in slow motion; all times are brought back to real time, "
                f"{float(slower):.3g} times as fast as it plays."
            )
        if slowed_somewhere(metadata, rate):
            self._told.append(
                "An iPhone filmed this in slow motion, and this copy may be slowed down in places: "
                "times may be too long. Export the unmodified original."
            )
        if self._container.format.name in RAW_STREAMS:
            self._told.append(
                f"The file holds no times: {float(rate):.3g} pictures a second are assumed, and "
                "every time in the figures hangs on that. Use the original mp4 or mov."
            )
        return slower

    def _stamp(self, decoded: VideoFrame) -> int | None:
        # AVI stores no times of presentation: those of decoding are in order, the guessed are not.
        return decoded.dts if self._container.format.name == "avi" else decoded.pts

    def _step_to(self, t_s: float) -> None:
        if t_s - self._last_s > GAP_S:
            self._told.append(f"There is no picture from {self._last_s:.1f} s to {t_s:.1f} s.")
        self._last_s = t_s

    @property
    def warnings(self) -> tuple[str, ...]:
        """What went wrong while reading, in sentences; complete after the last frame."""
        found = list(self._told)
        if self._decoder.broken:
            number = self._decoder.broken
            places = "1 damaged place" if number == 1 else f"{number} damaged places"
            found.append(f"The video has {places}; frames there are missing.")
        promised_s = self.info.duration_s or 0.0
        if self._last_s < min(0.95 * promised_s, promised_s - MISSING_S):
            found.append(
                f"The video stops at {self._last_s:.1f} s of {promised_s:.1f} s; "
                "the file is cut off."
            )
        return tuple(found)


def open_video(path: Path | str, max_side: int = MAX_SIDE, rotate: int = 0) -> Video:
    """Open a video file and read its first frame.

    max_side: long side of the frames handed on, pixels; smaller videos keep their size.
    rotate: degrees clockwise by which the shown picture is turned: 0, 90, 180 or 270.
    Raises InputError when the file is missing, empty, not a video, or nothing in it can be read.
    """
    return Video(Path(path), max_side, rotate)
