"""Opens a video file and says in one line why it cannot be used."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from formcheck.errors import InputError
from formcheck.video.admission import check_size, choose_stream, open_file
from formcheck.video.pyav import InputContainer, VideoStream, av

LARGE_PIXELS = 3840 * 2160
"""4K. A picture of 8K takes 50 MB, and decoders keep up to sixteen for each thread."""


@dataclass(frozen=True)
class VideoInfo:
    """What the file says of itself. size: width and height as shown (upright), pixels.

    duration_s and frame_count are the container's promise, None where it makes none.
    time_base: seconds per tick of the stream's clock.
    """

    path: Path
    size: tuple[int, int]
    duration_s: float | None
    frame_count: int | None
    time_base: Fraction


def open_container(path: Path) -> tuple[InputContainer, VideoStream]:
    """Open the file and choose its moving picture; raises InputError when there is none."""
    _check_file(path)
    container = open_file(path)
    try:
        stream = choose_stream(path, container)
        context = stream.codec_context
        if context.width and context.height:
            check_size(path, (context.width, context.height), (context.width, context.height))
    except InputError:
        container.close()
        raise
    # Each thread holds pictures of its own: with large ones only their slices go to threads.
    large = context.width * context.height > LARGE_PIXELS
    stream.thread_type = "SLICE" if large else "AUTO"
    return container, stream


def _check_file(path: Path) -> None:
    try:
        there = path.exists()
    except OSError as error:  # for example a name that is too long
        raise InputError(f"{path}: cannot be opened ({error.strerror}); check the name") from error
    if not there:
        raise InputError(f"{path}: no such file; check the name and the folder")
    if path.is_dir():
        raise InputError(f"{path}: this is a folder; give the video file in it")
    if not path.is_file():
        raise InputError(f"{path}: not a file; give a video file")
    try:
        with path.open("rb") as file:
            empty = not file.read(1)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise InputError(f"{path}: cannot be opened ({reason}); check its permissions") from error
    if empty:
        raise InputError(f"{path}: the file is empty; copy it again from the camera")


def describe(
    path: Path,
    container: InputContainer,
    stream: VideoStream,
    size: tuple[int, int],
    slower: Fraction = Fraction(1),
) -> VideoInfo:
    """Gather what the container promises; size: width and height as shown, pixels.

    slower: how many times longer than life the file's times are.
    """
    time_base = (stream.time_base or Fraction(1, 90_000)) / slower
    duration_s = None
    if stream.duration:
        duration_s = float(stream.duration * time_base)
    elif container.duration:
        duration_s = container.duration / av.time_base / float(slower)
    count = stream.frames or None
    if count is None and duration_s and stream.average_rate:
        count = round(duration_s * float(stream.average_rate * slower))
    return VideoInfo(path, size, duration_s, count, time_base)
