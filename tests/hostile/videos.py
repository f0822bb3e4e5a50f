"""Hostile videos: odd ones made here, and small whole ones with damage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from random import Random

import numpy as np

from formcheck.video.frames import open_video
from formcheck.video.pyav import VideoStream, av
from tests.hostile.outcome import Case
from tests.hostile.values import mutated_bytes

SAMPLE = Path(__file__).parents[2] / "samples" / "clips" / "heel_side_a.mp4"
KINDS = (
    *(("mp4", "libx264", "yuv420p"), ("mkv", "libx264", "yuv444p"), ("mov", "mjpeg", "yuvj422p")),
    *(("webm", "libvpx-vp9", "yuv420p"), ("avi", "mpeg4", "yuv420p"), ("gif", "gif", "rgb8")),
    *(("ts", "mpeg2video", "yuv420p"), ("flv", "flv", "yuv420p"), ("h264", "libx264", "yuv420p")),
    *(("mkv", "ffv1", "gray16le"), ("mkv", "ffv1", "yuva420p"), ("nut", "rawvideo", "bgr24")),
    *(("mpg", "mpeg1video", "yuv420p"), ("mkv", "huffyuv", "rgb24"), ("mp4", "libx265", "yuv420p")),
    *(("mov", "prores", "yuv422p10le"), ("mkv", "png", "rgba"), ("mkv", "ffv1", "yuv410p")),
)
SIZES = ((160, 120), (120, 160), (16, 16), (640, 16), (16, 640), (2, 2), (1, 1), (1918, 18))
FRAMES = 12
COUNT = 1000
ODD_SHARE = 0.25


def videos(folder: Path, chance: Random) -> Iterator[Case]:
    """COUNT command lines, each with a file of its own."""
    seeds = [*_whole(folder)]
    for number in range(COUNT):
        if chance.random() < ODD_SHARE:
            path = _odd(folder, number, chance)
        else:
            seed = chance.choice(seeds)
            path = folder / f"{number}{seed.suffix}"
            path.write_bytes(mutated_bytes(seed.read_bytes(), chance))
        exercise = chance.choice(("heel-raise", "calf-stretch", "auto", "clamshell"))
        wishes = ["--close-up"] if exercise == "heel-raise" and chance.random() < 0.5 else []
        out = ("--out", str(folder / f"{number}_out"), "--no-save", "--quiet", "--model", "lite")
        yield Case(path.name, ("analyze", str(path), "-e", exercise, *wishes, *out))


def _person() -> list[np.ndarray]:
    """Somebody, half a picture in size."""
    with open_video(SAMPLE, max_side=320) as video:
        return [frame.image for frame, _ in zip(video, range(FRAMES), strict=False)]


def _whole(folder: Path) -> Iterator[Path]:
    """One small video of each kind."""
    images = _person()
    for number, (ending, codec, pixels) in enumerate(KINDS):
        path = folder / f"whole_{number}.{ending}"
        with suppress(av.FFmpegError, ValueError):
            write(path, images, codec, pixels, [number * 40 for number in range(FRAMES)])
            yield path


def _odd(folder: Path, number: int, chance: Random) -> Path:
    """A video as no phone writes it: sizes, times, turns."""
    ending, codec, pixels = chance.choice(KINDS)
    path = folder / f"{number}.{ending}"
    width, height = chance.choice(SIZES)
    images = [np.full((height, width, 3), chance.randrange(256), np.uint8) for _ in range(FRAMES)]
    step_ms = chance.choice((1, 40, 5000, 10**7))
    times_ms = [
        i * step_ms + chance.randrange(2) * chance.randrange(step_ms) for i in range(FRAMES)
    ]
    with suppress(av.FFmpegError, ValueError, OSError, TypeError):
        filmed, turn = chance.choice(("", "120", "x")), chance.choice((None, 90, 180, 45))
        write(path, images, codec, pixels, sorted(times_ms), filmed=filmed, turn=turn)
    if not path.exists():
        path.write_bytes(b"")
    return path


def write(
    path: Path,
    images: list[np.ndarray],
    codec: str,
    pixels: str,
    times_ms: list[int],
    *,
    filmed: str = "",
    turn: int | None = None,
) -> None:
    """Write the pictures (h, w, 3) RGB at their times."""
    tags = {"movflags": "use_metadata_tags"} if path.suffix in (".mp4", ".mov") else {}
    quiet = {"x265-params": "log-level=none"} if codec == "libx265" else {}
    with av.open(str(path), "w", options=tags) as container:
        if filmed:
            container.metadata["com.android.capture.fps"] = filmed
        stream = container.add_stream(codec, rate=25, options=quiet)
        assert isinstance(stream, VideoStream)
        stream.height, stream.width = images[0].shape[:2]
        stream.pix_fmt = pixels
        stream.codec_context.time_base = Fraction(1, 1000 if codec != "mpeg1video" else 25)
        if turn is not None:
            stream.set_display_rotation(turn)
        for image, time_ms in zip(images, times_ms, strict=True):
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            frame.time_base, frame.pts = Fraction(1, 1000), time_ms
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
