"""Opens a video file and says in one line why it cannot be used."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from formcheck.errors import InputError
from formcheck.video.pyav import Disposition, InputContainer, VideoStream, av

FORMATS = "mp4, mov, mkv, webm, avi or gif"


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
    try:
        # "file:" keeps a name with a colon from being taken for a network address.
        container = av.open(f"file:{path.absolute()}", metadata_errors="ignore")
    except (av.FFmpegError, OSError, ValueError) as error:
        raise InputError(
            f"{path}: not a video, or cut off while it was recorded or copied; "
            f"use a complete {FORMATS} file"
        ) from error
    try:
        return container, _choose_stream(path, container)
    except InputError:
        container.close()
        raise


def _check_file(path: Path) -> None:
    if not path.exists():
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


def _choose_stream(path: Path, container: InputContainer) -> VideoStream:
    """Take the first moving picture; a cover picture in a sound file is none."""
    if container.format.name.endswith("_pipe") or container.format.name == "image2":
        raise InputError(f"{path}: this is a picture; give a video ({FORMATS})")
    streams = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
    if not streams:
        raise InputError(f"{path}: there is no picture in it, only sound or data; give a video")
    stream = streams[0]
    if stream.codec_context is None:
        raise InputError(f"{path}: its kind of video is unknown here; convert it to mp4 (H.264)")
    stream.thread_type = "AUTO"
    return stream


def describe(
    path: Path, container: InputContainer, stream: VideoStream, size: tuple[int, int]
) -> VideoInfo:
    """Gather what the container promises; size: width and height as shown, pixels."""
    time_base = stream.time_base or Fraction(1, 90_000)
    duration_s = None
    if stream.duration:
        duration_s = float(stream.duration * time_base)
    elif container.duration:
        duration_s = container.duration / av.time_base
    count = stream.frames or None
    if count is None and duration_s and stream.average_rate:
        count = round(duration_s * float(stream.average_rate))
    return VideoInfo(path, size, duration_s, count, time_base)
