"""Cameras in the network: no proxy, no other host, no list of files, and no password is told."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from formcheck.errors import InputError
from formcheck.live.camera.address import is_near, proxy_for, without_secrets
from formcheck.live.camera.cameras import Stream, open_source
from formcheck.live.camera.capture import Capture
from tests.live.mjpeg import PhoneCamera

GREY = np.full((120, 160, 3), 90, np.uint8)
TIMEOUTS_S = (2.0, 1.0)


class Asked(ThreadingHTTPServer):
    """Answers every request alike and notes the paths. Its daemon threads end with the tests."""

    daemon_threads = True
    paths: list[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


@contextmanager
def answering(status: int, headers: dict[str, str], body: bytes = b"") -> Iterator[Asked]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.paths.append(self.path)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = Asked(("127.0.0.1", 0), Handler)
    server.paths = []
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def first_shape(url: str) -> tuple[int, ...]:
    with closing(Stream(url, TIMEOUTS_S).frames(time.monotonic)) as frames:
        return next(frames).image.shape


def test_a_camera_of_this_network_is_asked_without_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        answering(200, {"Content-Type": "text/plain"}, b"a proxy") as proxy,
        PhoneCamera(GREY) as phone,
    ):
        for variable in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(variable, proxy.url)
        assert first_shape(phone.url) == GREY.shape
        assert proxy.paths == []


def test_another_path_of_the_same_host_is_followed() -> None:
    with PhoneCamera(GREY) as phone, answering(302, {"Location": phone.url}) as front:
        assert first_shape(front.url) == GREY.shape


def test_another_host_is_not_followed() -> None:
    with PhoneCamera(GREY) as phone:
        elsewhere = phone.url.replace("127.0.0.1", "localhost")
        with (
            answering(302, {"Location": elsewhere}) as front,
            pytest.raises(InputError, match="sends to another address"),
        ):
            first_shape(front.url)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("application/vnd.apple.mpegurl", "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1,\n{}\n"),
        ("video/mp4", "ffconcat version 1.0\nfile {}\n"),
    ],
)
def test_a_camera_that_gives_a_list_opens_nothing(kind: str, text: str) -> None:
    with (
        answering(200, {}, b"private") as other,
        answering(200, {"Content-Type": kind}, text.format(other.url).encode()) as camera,
    ):
        with pytest.raises(InputError, match="not with a video"):
            first_shape(camera.url)
        assert other.paths == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("http://me:secret@cam/video", "http://cam/video"),
        ("rtsp://me:p%40ss@10.0.0.7:554/a", "rtsp://10.0.0.7:554/a"),
        ("http://cam/v?user=me&password=geheim&size=2", "http://cam/v?user=…&password=…&size=2"),
        ("HTTP://a:b@cam/", "HTTP://cam/"),
        ("http://me:a@b@cam/", "http://cam/"),
        ("lost rtsp://me:secret@cam/x here", "lost rtsp://cam/x here"),
        ("http://cam/video", "http://cam/video"),
    ],
)
def test_names_and_passwords_are_never_told(text: str, told: str) -> None:
    assert without_secrets(text) == told


def test_no_message_and_no_name_holds_a_password() -> None:
    nobody = "http://me:secret@127.0.0.1:9/video"
    assert open_source(nobody).name == "http://127.0.0.1:9/video"
    for spec in (nobody, "ftp://me:secret@cam/video", "http://me:secret@[::1"):
        with pytest.raises(InputError) as caught:
            next(open_source(spec).frames(time.monotonic))
        assert "secret" not in str(caught.value)
        assert "me:" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "near"),
    [
        ("http://192.168.1.20:8080/video", True),
        ("http://10.0.0.4/", True),
        ("http://phone/video", True),
        ("http://phone.local/video", True),
        ("rtsp://[fe80::1%25eth0]/a", True),
        ("http://127.0.0.1/", True),
        ("http://1.1.1.1/", False),
    ],
)
def test_what_is_near(url: str, near: bool) -> None:
    assert is_near(url) is near


def test_a_camera_elsewhere_goes_by_the_users_own_proxy_settings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever MediaPipe's guard has put into the environment of compiled code."""
    monkeypatch.setenv("http_proxy", "http://192.0.2.1:3128")
    monkeypatch.setenv("no_proxy", "cam.example")
    assert proxy_for("http://1.1.1.1/video") == "http://192.0.2.1:3128"
    assert proxy_for("http://cam.example/video") == ""
    assert proxy_for("http://192.168.1.2/video") == ""


class Faulty:
    """A camera whose driver raises what nobody expects."""

    name = "camera 0"
    ends = False

    def frames(self, _clock: object) -> Iterator[None]:
        raise IndexError("pop from an empty deque")
        yield


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_reader_that_dies_ends_the_capture(tmp_path: Path) -> None:
    with Capture(Faulty()) as capture:  # type: ignore[arg-type]
        with pytest.raises(InputError, match="gives no picture"):
            capture.first(timeout_s=5.0)
        assert capture.over
