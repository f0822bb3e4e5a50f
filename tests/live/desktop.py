"""A desktop without a monitor: Xvfb, keys by xdotool, screenshots from its memory."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from formcheck.video.picture import Image

TOOLS = {"Xvfb": "xvfb", "xdotool": "xdotool"}
SIZE = "800x600x24"


@dataclass(frozen=True)
class Desktop:
    """A running X server. memory: the file that mirrors its screen, in the XWD format."""

    display: str
    memory: Path

    @property
    def environment(self) -> dict[str, str]:
        """For a program that is to run on it."""
        return {**os.environ, "DISPLAY": self.display}

    def press(self, key: str, window: str) -> None:
        """Press a key in the window of that name."""
        command = ["xdotool", "search", "--sync", "--name", window, "windowfocus", "key", key]
        subprocess.run(command, env=self.environment, check=True, timeout=60)

    def screenshot(self) -> Image:
        """What a monitor would show (h, w, 3) RGB."""
        data = self.memory.read_bytes()
        head = struct.unpack(">25I", data[:100])
        width, height, line = head[4], head[5], head[12]
        pixels = np.frombuffer(data, np.uint8, height * line, offset=head[0] + 12 * head[19])
        return pixels.reshape(height, line)[:, : 4 * width].reshape(height, width, 4)[..., 2::-1]


@contextmanager
def desktop(folder: Path) -> Iterator[Desktop]:
    """Run Xvfb with its screen's memory in `folder`; says what to install where it is missing."""
    missing = [package for tool, package in TOOLS.items() if shutil.which(tool) is None]
    assert not missing, f"install a desktop to test on: apt-get install -y {' '.join(missing)}"
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", SIZE, "-fbdir", str(folder)],
        pass_fds=[write_end],
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end) as answer:
            number = answer.readline().strip()
        assert number, "Xvfb did not start"
        yield Desktop(f":{number}", folder / "Xvfb_screen0")
    finally:
        server.terminate()
        server.wait(60)
