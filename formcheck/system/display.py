"""Whether there is a desktop on which a window can be opened.

Qt, with which OpenCV draws on Linux, ends the whole program where the display that the environment
names does not answer. So it is tried in a process of its own first.
"""

from __future__ import annotations

import os
import sys

from formcheck.system.child import answer

WINDOW_TRIAL = "import cv2; cv2.namedWindow('formcheck?'); cv2.destroyAllWindows(); print(True)"


def named_display() -> str | None:
    """What the environment names, or None."""
    return os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")


def can_open_window() -> bool:
    """Whether a window opens; takes half a second on Linux."""
    if sys.platform != "linux":
        return True
    return named_display() is not None and answer(WINDOW_TRIAL) == "True"
