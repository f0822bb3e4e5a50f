"""Headless Chromium, for tests that look at pages as people will."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--hide-scrollbars",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
)
DARK = "--blink-settings=preferredColorScheme=0"
OWN = '"initiator":"not an origin"'
TIMEOUT_S = 90


def browser() -> str:
    """Path of the browser; where there is none the test fails, for it must not pass unseen."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.fail("these tests look at pages in Chromium: apt-get install chromium")
    return found


def _run(page: Path, *options: str) -> str:
    with tempfile.TemporaryDirectory() as profile:
        command = [browser(), *QUIET, f"--user-data-dir={profile}", *options, page.as_uri()]
        done = subprocess.run(command, capture_output=True, timeout=TIMEOUT_S, check=True)
    return done.stdout.decode()


def screenshot(page: Path, width: int, height: int, *options: str) -> NDArray[np.uint8]:
    """(h, w, 3) BGR of the page as it is shown in a window of this size."""
    with tempfile.TemporaryDirectory() as folder:
        shot = Path(folder) / "shot.png"
        _run(page, f"--window-size={width},{height}", f"--screenshot={shot}", *options)
        picture = cv2.imread(str(shot))
    assert picture is not None
    return np.asarray(picture, np.uint8)


def sheets(page: Path) -> int:
    """On how many sheets of paper the page is printed."""
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "page.pdf"
        _run(page, f"--print-to-pdf={pdf}", "--no-pdf-header-footer")
        return len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))


def addresses_asked_for(page: Path) -> set[str]:
    """Every address that the page makes the browser ask for over a network.

    The browser's own requests (updates, time) are left out: they have no initiator.
    """
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "net.json"
        _run(page, f"--log-net-log={log}", "--dump-dom")
        events = log.read_text(errors="replace").splitlines()
    requests = (event for event in events if '"initiator":' in event and OWN not in event)
    return {found[1] for event in requests if (found := re.search(r'"url":"([^"]+)"', event))}


def overflow_px(page: Path, width: int) -> int:
    """By how much the page is wider than a telephone of this width."""
    frame = page.with_name("telephone.html")
    text = json.dumps(page.read_text(encoding="utf-8")).replace("</", "<\\/")
    script = (
        "const f = document.querySelector('iframe');"
        "f.onload = () => { document.title = f.contentDocument.documentElement.scrollWidth; };"
        f"f.srcdoc = {text};"
    )
    frame.write_text(
        f"<!DOCTYPE html><title>0</title><iframe style='width:{width}px;height:4000px;border:0'>"
        f"</iframe><script>{script}</script>",
        encoding="utf-8",
    )
    shown = _run(frame, "--window-size=800,4200", "--virtual-time-budget=5000", "--dump-dom")
    measured = re.search(r"<title>(\d+)</title>", shown)
    assert measured is not None
    assert int(measured[1]) > 0
    return int(measured[1]) - width
