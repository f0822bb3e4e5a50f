"""Says, line by line, whether what formcheck needs is there, and how to get what is not.

It must work on a half-installed machine: what may be missing is imported only to try it.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Console
from rich.markup import escape

from formcheck.errors import FormcheckError
from formcheck.pose import models as bundles
from formcheck.system.child import answer
from formcheck.system.display import WINDOW_TRIAL, named_display
from formcheck.system.libraries import PACKAGES, not_loadable
from formcheck.system.packages import OPENCV, versions, without_wheels

PROBE_S = 15.0
"""What has not answered after this long is taken for broken, seconds."""

# Each is run in a process of its own and prints True last when all is well.
MEDIAPIPE_PROBE = """
import numpy as np
from formcheck.errors import FormcheckError
from formcheck.pose.open_model import open_model
try:
    model = open_model("lite")
    model.detect(np.zeros((64, 64, 3), np.uint8), 0.0)
    model.close()
    print(True)
except FormcheckError as error:
    print(error)
"""
CAMERA_PROBE = "import cv2; print(cv2.VideoCapture({index}).read()[0])"
VOICE_PROBE = "import pyttsx3; print(bool(pyttsx3.init()))"
ENCODER_PROBE = "import av; print(av.Codec('libx264', 'w').name == 'libx264')"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at. remedy: how to get it, when it is not ok."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""
    required: bool = True


def examine(camera: int = 0) -> tuple[Check, ...]:
    """Look at everything; `camera` is the index of the webcam. Takes a few seconds."""
    return (
        _python(),
        _machine(),
        _opencv(),
        *_system_libraries(),
        *(_model(name) for name in bundles.NAMES),
        _mediapipe(),
        _encoder(),
        _camera(camera),
        _voice(),
        _screen(),
    )


def main(camera: int = 0, console: Console | None = None) -> int:
    """Print the lines; 0 when all that is required is there, else 2."""
    console = console or Console()
    checks = examine(camera)
    for check in checks:
        _print(check, console)
    return 0 if all(check.ok for check in checks if check.required) else 2


def _print(check: Check, console: Console) -> None:
    word = "ok" if check.ok else "missing" if check.required else "optional"
    style = "green" if check.ok else "bold red" if check.required else "yellow"
    line = f"[{style}]{word:8}[/] {check.name:15} {escape(check.detail)}"
    console.print(line, soft_wrap=True, highlight=False)
    if not check.ok:
        console.print(f"{'':9}get it: {escape(check.remedy)}", soft_wrap=True, highlight=False)


def _python() -> Check:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Check("Python", sys.version_info >= (3, 11), version, "install Python 3.11 or newer")


def _machine() -> Check:
    reason = without_wheels()
    remedy = "take a machine with Linux, Windows on x86-64, or macOS on Apple silicon"
    return Check("machine", reason is None, reason or "MediaPipe and OpenCV exist for it", remedy)


def _opencv() -> Check:
    """Two packages are laid into one folder: of different versions neither is whole."""
    found = versions(OPENCV)
    if len(set(found.values())) == 1:
        return Check("OpenCV", True, next(iter(found.values())))
    detail = " over ".join(f"{name} {number}" for name, number in found.items()) or "not installed"
    wanted = found.get(OPENCV[1], "5.0.0.93")  # the one that MediaPipe chose
    both = " ".join(f"{name}=={wanted}" for name in OPENCV)
    return Check("OpenCV", False, detail, f"python -m pip install --force-reinstall {both}")


def _system_libraries() -> Iterator[Check]:
    if sys.platform != "linux":
        return
    missing = not_loadable()
    for package in PACKAGES:
        detail = f"{missing[package]} cannot be loaded" if package in missing else "system library"
        yield Check(package, package not in missing, detail, f"apt-get install {package}")


def _model(name: str) -> Check:
    required = name != "heavy"  # the others travel in the package
    try:
        model = bundles.locate(name)
    except FormcheckError as error:
        detail, _, remedy = str(error).partition(": ")
        return Check(f"model {name}", False, detail, remedy, required)
    return Check(f"model {name}", True, f"as shipped, SHA-256 {model.sha256}")


def _mediapipe() -> Check:
    """Run the smallest model on an empty picture: nothing short of that shows that it works."""
    answer = _probe(MEDIAPIPE_PROBE)
    ok = answer == "True"
    detail = "finds poses" if ok else answer or "crashes or hangs"
    return Check("MediaPipe", ok, detail, "see the lines above, or install formcheck anew")


def _encoder() -> Check:
    remedy = "python -m pip install --upgrade --force-reinstall av"
    return Check(
        "H.264 encoder", _probe(ENCODER_PROBE) == "True", "for the annotated video", remedy
    )


def _camera(index: int) -> Check:
    ok = _probe(CAMERA_PROBE.format(index=index)) == "True"
    detail = f"number {index} gives pictures" if ok else f"number {index} gives no picture"
    remedy = "plug a camera in, close other programs that use it, allow this one to use it"
    return Check("camera", ok, detail, remedy, required=False)


def _voice() -> Check:
    """Try the speech engine, and on Linux look for the player through which pyttsx3 speaks."""
    linux = sys.platform == "linux"
    if _probe(VOICE_PROBE) != "True":
        detail = "no speech engine"
    elif linux and shutil.which("aplay") is None:
        detail = "no aplay to play what is said"
    else:
        return Check("voice", True, "speaks offline", required=False)
    remedy = "apt-get install espeak-ng alsa-utils" if linux else "python -m pip install pyttsx3"
    return Check("voice", False, detail, remedy, required=False)


def _screen() -> Check:
    """Try to open a window: a display may be named, and its server not be there."""
    remedy = "log in to a desktop (over ssh: ssh -X); videos are analysed without one"
    if sys.platform == "linux" and named_display() is None:
        return Check("screen", False, "no DISPLAY to show a window on", remedy, required=False)
    ok = _probe(WINDOW_TRIAL) == "True"
    detail = "can show a window" if ok else "no window can be opened on the display"
    return Check("screen", ok, detail, remedy, required=False)


def _probe(code: str) -> str:
    """The last line that this Python code prints, in a process of its own; "" when it fails."""
    return answer(code, PROBE_S)
