"""Where live pictures come from: a webcam, a network stream, or a file at its own pace.

A source opens anew each time that it is iterated, and ends when it gives no more pictures: whether
that is the end (a file) or a loss (a cable, a network) is for the reader to know.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np

from formcheck.errors import InputError
from formcheck.live.camera.address import (
    SCHEMES,
    protocols,
    proxy_for,
    settled,
    without_secrets,
)
from formcheck.system.quiet import native_stderr_silenced
from formcheck.video.admission import CAMERA_FORMATS, check_size, open_options
from formcheck.video.frames import Frame, open_video
from formcheck.video.orientation import Upright, fitted
from formcheck.video.picture import Image
from formcheck.video.pixels import to_rgb
from formcheck.video.pyav import InputContainer, VideoFrame, av

MAX_SIDE = 1920
WEBCAM_SIZE = (640, 480)
"""Asked of a webcam unless told otherwise: MediaPipe looks at the body at 256 x 256."""
TIMEOUTS_S = (10.0, 3.0)
"""To open a stream, and to wait for its next picture."""
STREAM_OPTIONS = {
    "rtsp_transport": "tcp",
    "fflags": "nobuffer",
    "flags": "low_delay",
    "probesize": "500000",
    "analyzeduration": "500000",
}
"""Pictures now rather than smooth ones later."""

Clock = Callable[[], float]
Frames = Generator[Frame, None, None]


class Source(Protocol):
    """Gives pictures."""

    @property
    def name(self) -> str:
        """How to call it in a message."""

    @property
    def ends(self) -> bool:
        """Whether it comes to an end and is not opened again."""

    def frames(self, clock: Clock) -> Frames:
        """Open it and give its pictures; raises InputError when it cannot be opened.

        clock: seconds since the session began; the time of a picture is that of its arrival.
        """


@dataclass(frozen=True)
class Webcam:
    """A camera of this machine, by its number. size: asked for, (width, height) pixels."""

    index: int
    size: tuple[int, int] = WEBCAM_SIZE
    ends: bool = False

    @property
    def name(self) -> str:
        """How to call it."""
        return f"camera {self.index}"

    def frames(self, clock: Clock) -> Frames:
        """Give its pictures; raises InputError when it is not there."""
        with native_stderr_silenced():
            camera = cv2.VideoCapture(self.index)
        try:
            if not camera.isOpened():
                raise InputError(
                    f"{self.name} cannot be opened: plug it in, close other programs that use it, "
                    "or choose another with --camera"
                )
            if self.size[0] > WEBCAM_SIZE[0]:  # uncompressed, USB 2 carries no more than VGA
                camera.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
            camera.set(cv2.CAP_PROP_FRAME_WIDTH, self.size[0])
            camera.set(cv2.CAP_PROP_FRAME_HEIGHT, self.size[1])
            camera.set(cv2.CAP_PROP_BUFFERSIZE, 1)
            while True:
                found, bgr = camera.read()
                if not found:
                    return
                yield Frame(np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), np.uint8), clock())
        finally:
            camera.release()


@dataclass(frozen=True)
class Stream:
    """A network camera: MJPEG over HTTP or RTSP, as phone-camera apps serve it."""

    url: str
    timeouts_s: tuple[float, float] = TIMEOUTS_S
    ends: bool = False

    @property
    def name(self) -> str:
        """How to call it."""
        return without_secrets(self.url)

    def frames(self, clock: Clock) -> Frames:
        """Give its pictures; raises InputError when nothing answers."""
        try:
            container = self._open()
        except (av.FFmpegError, OSError, ValueError, IndexError) as error:
            raise InputError(
                f"{self.name} does not answer, or not with a video: start the camera app, and "
                "check the address and that both are in the same network"
            ) from error
        try:
            for decoded in container.decode(video=0):
                yield Frame(self._rgb(decoded), clock())
        except (av.FFmpegError, OSError, IndexError, ValueError):
            return
        finally:
            container.close()

    def _open(self) -> InputContainer:
        """Open it, or where it sends to on the same host."""
        try:
            return av.open(self.url, options=_options(self.url), timeout=self.timeouts_s)
        except (av.FFmpegError, OSError, ValueError, IndexError):
            if not self.url.lower().startswith("http"):
                raise
            url = settled(self.url, self.timeouts_s[1])
            if url == self.url:
                raise
            return av.open(url, options=_options(url), timeout=self.timeouts_s)

    def _rgb(self, decoded: VideoFrame) -> Image:
        size = fitted(decoded.width, decoded.height, None, MAX_SIDE)
        check_size(self.name, (decoded.width, decoded.height), size)
        return to_rgb(decoded, size, self.name)


@dataclass(frozen=True)
class PacedFile:
    """A video file as if it were a camera: each picture comes when its time has come."""

    path: Path
    ends: bool = True

    @property
    def name(self) -> str:
        """How to call it."""
        return str(self.path)

    def frames(self, clock: Clock) -> Frames:
        """Give its pictures with the file's own times; raises InputError for what is no video."""
        with open_video(self.path, MAX_SIDE) as video:
            begun_s = clock()
            for frame in video:
                time.sleep(max(0.0, begun_s + frame.t_s - clock()))
                yield Frame(frame.image, begun_s + frame.t_s, frame.turned)


@dataclass(frozen=True)
class Turned:
    """A camera that hangs on its side or upside down. degrees: clockwise, to set it right."""

    source: Source
    degrees: int

    @property
    def name(self) -> str:
        """How to call it."""
        return self.source.name

    @property
    def ends(self) -> bool:
        """Whether it comes to an end."""
        return self.source.ends

    def frames(self, clock: Clock) -> Frames:
        """Give its pictures the right way up."""
        upright = Upright().then_turned(self.degrees)
        with closing(self.source.frames(clock)) as frames:
            for frame in frames:
                yield replace(frame, image=upright.apply(frame.image))


def open_source(spec: str, size: tuple[int, int] = WEBCAM_SIZE) -> Source:
    """The source that a user means by a number, an address or a path."""
    if spec.isdecimal():
        return Webcam(int(spec), size)
    if spec.lower().startswith(SCHEMES):
        return Stream(spec)
    if "://" in spec:
        raise InputError(
            f"{without_secrets(spec)}: no such kind of camera; give {', '.join(SCHEMES)}…"
        )
    return PacedFile(Path(spec))


def _options(url: str) -> dict[str, str]:
    """What FFmpeg is told of a camera's address."""
    options = {**STREAM_OPTIONS, **open_options(CAMERA_FORMATS, protocols(url))}
    if url.lower().startswith("rtsp"):
        return options | {"format_whitelist": ",".join(("rtsp", "sdp", *CAMERA_FORMATS))}
    del options["rtsp_transport"]
    options["max_redirects"] = "0"  # where it sends to is looked at first
    return options | {"http_proxy": proxy_for(url)}  # never what MediaPipe's guard has set
