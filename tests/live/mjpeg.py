"""A phone-camera app: MJPEG over HTTP on this machine, which can stall and go away."""

from __future__ import annotations

import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from types import TracebackType
from typing import Self

import cv2
import numpy as np

from formcheck.video.picture import Image

BOUNDARY = "picture"
FPS = 20


class PhoneCamera:
    """Serves one picture again and again. Use it as a context manager.

    stalled: while set, connections stay open and nothing arrives. connections: so far.
    """

    def __init__(self, image_rgb: Image) -> None:
        found, jpeg = cv2.imencode(".jpg", np.ascontiguousarray(image_rgb[..., ::-1]))
        assert found
        self.stalled = Event()
        self.connections = 0
        self._closed = Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler(jpeg.tobytes()))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/video"

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closed.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self, jpeg: bytes) -> type[BaseHTTPRequestHandler]:
        camera = self
        part = (
            f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
        ).encode()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                camera.connections += 1
                self.send_response(200)
                self.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={BOUNDARY}")
                self.end_headers()
                while not camera._closed.wait(1 / FPS):
                    if camera.stalled.is_set():
                        continue
                    try:
                        self.wfile.write(part + jpeg + b"\r\n")
                    except OSError:
                        return

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        return Handler


PATIENCE_S = 60.0
"""Far longer than anything takes, on a machine that is busy with something else."""


def wait_until(what: Callable[[], object], timeout_s: float = PATIENCE_S) -> None:
    """Wait for `what()` to be true; fails after `timeout_s`."""
    end_s = time.monotonic() + timeout_s
    while not what():
        assert time.monotonic() < end_s, "waited in vain"
        time.sleep(0.02)
