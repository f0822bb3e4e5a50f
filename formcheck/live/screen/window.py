"""Where the live screen is shown: OpenCV's window, or nowhere."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Protocol

import cv2

from formcheck.errors import OutputError
from formcheck.system.display import can_open_window
from formcheck.system.quiet import native_stderr_silenced
from formcheck.video.picture import Image

TITLE = "formcheck"
PLAIN = cv2.WINDOW_NORMAL | cv2.WINDOW_KEEPRATIO | cv2.WINDOW_GUI_NORMAL
"""Resizable, and without the toolbar of OpenCV's Qt windows."""
ESCAPE = "\x1b"


class Window(Protocol):
    """Shows pictures and gives keys."""

    def show(self, image_rgb: Image) -> str | None:
        """Show a picture (h, w, 3) RGB; give the key that was pressed, or None."""

    def close(self) -> None:
        """Take the window away."""


class NoWindow:
    """Shows nothing, for machines without a screen and for measuring."""

    def show(self, image_rgb: Image) -> str | None:
        """Show nothing."""

    def close(self) -> None:
        """Nothing to close."""


class ScreenWindow:
    """A window of the desktop; closing it is like pressing q.

    Raises OutputError where there is no desktop to open it on.
    """

    def __init__(self, *, fullscreen: bool) -> None:
        # The wheel's Qt looks for fonts that it does not bring and complains about each.
        os.environ.setdefault("QT_LOGGING_RULES", "*.warning=false")
        if not can_open_window():
            raise OutputError(
                "there is no desktop to open a window on: run it on one, or --no-window"
            )
        try:
            with native_stderr_silenced():
                cv2.namedWindow(TITLE, PLAIN)
        except cv2.error as error:
            raise OutputError("no window can be opened: run formcheck doctor") from error
        self._fullscreen = fullscreen
        self._sized = False

    def show(self, image_rgb: Image) -> str | None:
        """Show a picture; give the key that was pressed, "q" when the window was closed."""
        try:
            return self._show(image_rgb)
        except cv2.error:  # of Qt's windows there is nothing left to ask once one was closed
            return "q"

    def _show(self, image_rgb: Image) -> str | None:
        if self._sized and cv2.getWindowProperty(TITLE, cv2.WND_PROP_VISIBLE) <= 0:
            return "q"  # asked first: to show a picture would open the window again
        cv2.imshow(TITLE, cv2.cvtColor(image_rgb, cv2.COLOR_RGB2BGR))
        if not self._sized:
            self._sized = True
            self._resize(image_rgb)
        key = cv2.pollKey()
        if key < 0:
            return None
        character = chr(key & 0xFF).lower()
        return "q" if character == ESCAPE else character

    def _resize(self, image_rgb: Image) -> None:
        """To the screen's size, or the picture's; some desktops obey only once it is shown."""
        cv2.resizeWindow(TITLE, image_rgb.shape[1], image_rgb.shape[0])
        if self._fullscreen:
            cv2.setWindowProperty(TITLE, cv2.WND_PROP_FULLSCREEN, cv2.WINDOW_FULLSCREEN)

    def close(self) -> None:
        """Take the window away."""
        with suppress(cv2.error):  # it may be closed already
            cv2.destroyAllWindows()
