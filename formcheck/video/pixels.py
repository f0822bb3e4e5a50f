"""From a decoded picture to RGB of the wanted size."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from formcheck.errors import InputError
from formcheck.video.picture import Image
from formcheck.video.pyav import Colorspace, VideoFrame, av


def to_rgb(decoded: VideoFrame, size: tuple[int, int], path: Path | str) -> Image:
    """The picture as (h, w, 3) RGB; size: width and height, pixels.

    A kind of colour that nobody can name is taken for the usual one (ITU-R BT.601).
    Raises InputError, naming `path`, for pixels that cannot be converted.
    """
    try:
        try:
            image = _scaled(decoded, size)
        except av.FFmpegError:
            decoded.colorspace = Colorspace.SMPTE170M
            image = _scaled(decoded, size)
    except (av.FFmpegError, OSError, ValueError, TypeError) as error:
        raise InputError(
            f"{path}: its kind of pixels ({decoded.format.name}) cannot be read; "
            "convert it to mp4 (H.264)"
        ) from error
    return image


def _scaled(decoded: VideoFrame, size: tuple[int, int]) -> Image:
    width, height = size
    # AREA is the cheapest way down from 1080p and 4K that does not alias (measured).
    image = decoded.to_ndarray(format="rgb24", width=width, height=height, interpolation="AREA")
    return image.astype(np.uint8, copy=False)
