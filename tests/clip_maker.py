"""Makes small videos of which every frame carries its own number, as black and white blocks."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from formcheck.video.pyav import VideoStream, av

BITS = 8
MILLISECONDS = Fraction(1, 1000)


def numbered(number: int, width: int, height: int) -> NDArray[np.uint8]:
    """A grey picture with `number` written in binary along its middle row, first bit left."""
    image = np.full((height, width, 3), 128, np.uint8)
    block = width // BITS
    for bit in range(BITS):
        white = number >> bit & 1
        image[height // 4 : 3 * height // 4, bit * block : (bit + 1) * block] = 255 * white
    return image


def read_number(image: NDArray[np.uint8]) -> int:
    """The number that `numbered` wrote."""
    height, width = image.shape[:2]
    block = width / BITS
    row = image[height // 2 - 2 : height // 2 + 2].mean(axis=(0, 2))
    return sum(int(row[int((bit + 0.5) * block)] > 128) << bit for bit in range(BITS))


def write_clip(
    path: Path,
    pictures: Sequence[NDArray[np.uint8]],
    *,
    codec: str = "libx264",
    pixels: str = "yuv420p",
    times_ms: Sequence[int] | None = None,
    time_base: Fraction = MILLISECONDS,
    rotation: int | None = None,
    mirrored: bool = False,
    pixel_aspect: Fraction | None = None,
    options: dict[str, str] | None = None,
    container_options: dict[str, str] | None = None,
) -> Path:
    """Write `pictures` (h, w, 3) RGB at `times_ms`, or at 25 frames per second."""
    times_ms = times_ms or [40 * i for i in range(len(pictures))]
    height, width = pictures[0].shape[:2]
    with av.open(str(path), "w", options=container_options or {}) as container:
        stream = container.add_stream(codec, rate=25, options=options or {})
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = width, height, pixels
        stream.codec_context.time_base = time_base
        if pixel_aspect is not None:
            stream.codec_context.sample_aspect_ratio = pixel_aspect
        if rotation is not None:
            stream.set_display_rotation(rotation, hflip=mirrored)
        for picture, time_ms in zip(pictures, times_ms, strict=True):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.time_base = MILLISECONDS
            frame.pts = time_ms
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path
