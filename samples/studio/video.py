"""Write frames as an H.264 file that browsers play, within a size."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

CRF = 24  # x264's quality; smaller is better
MAX_BYTES = 280_000  # of one clip, container included
BUFFER_S = 2.0  # over which the bit rate may swing


def write_video(
    path: Path,
    frames: Iterable[npt.NDArray[np.uint8]],
    fps: int,
    size: tuple[int, int],
    seconds: float,
) -> None:
    """Encode frames (h, w, 3) RGB at a constant rate, frame i at i / fps seconds."""
    rate = int(MAX_BYTES * 8 / seconds)
    options = {
        "crf": str(CRF),
        "maxrate": str(rate),
        "bufsize": str(int(rate * BUFFER_S)),
        "preset": "medium",
        "threads": "1",
    }
    with av.open(str(path), "w", options={"movflags": "faststart"}) as container:
        stream = container.add_stream("libx264", rate=fps, options=options)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.time_base = Fraction(1, fps)
        for i, image in enumerate(frames):
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            frame.pts, frame.time_base = i, Fraction(1, fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
