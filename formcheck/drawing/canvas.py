"""Draws in shares of the picture's height, so that 640 x 480 and 1920 x 1080 look the same.

x is measured from the left edge, y from the top; both, and all sizes, as shares of the height.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import cv2
import numpy as np

from formcheck.drawing.pen import (
    CAP_HEIGHT,
    INK,
    PANEL_OPACITY,
    WHITE,
    Colour,
    Pen,
    Rectangle,
    dot,
    panel,
    ring,
)
from formcheck.video.picture import Image

Place = tuple[float, float]


class Align(StrEnum):
    """Where the given x lies in a text."""

    LEFT = "left"
    MIDDLE = "middle"
    RIGHT = "right"


class Canvas:
    """An image (h, w, 3) RGB that is drawn on in place."""

    def __init__(self, image: Image, pen: Pen) -> None:
        self.image = image
        self._pen = pen
        self._high = int(image.shape[0])
        self.width = int(image.shape[1]) / self._high
        """Width of the picture as a share of its height."""

    def text(
        self,
        text: str,
        at: Place,
        size: float,
        colour: Colour = WHITE,
        *,
        weight: int = 700,
        align: Align = Align.LEFT,
    ) -> None:
        """Write one line with its baseline at `at`; a dark edge keeps it readable on anything."""
        pixels = size * self._high
        wide = self._pen.width(text, pixels, weight)
        shift = {Align.LEFT: 0.0, Align.MIDDLE: wide / 2, Align.RIGHT: wide}[align]
        x, y, edge = at[0] * self._high - shift, at[1] * self._high, max(1.0, pixels / 40)
        self._pen.write(self.image, text, (x + edge, y + edge), pixels, colour=INK, weight=weight)
        self._pen.write(self.image, text, (x, y), pixels, colour=colour, weight=weight)

    def fitting(self, text: str, size: float, width: float) -> float:
        """`size`, or less where the line would be wider than `width`."""
        return self._pen.fitting(text, size * self._high, width * self._high) / self._high

    def wrapped(self, text: str, size: float, width: float) -> list[str]:
        """`text` in lines no wider than `width`."""
        return self._pen.wrapped(text, size * self._high, width * self._high)

    def panel(
        self,
        left: float,
        top: float,
        right: float,
        bottom: float,
        opacity: float = PANEL_OPACITY,
    ) -> None:
        """Lay a dark sheet under what follows; words need the usual opacity."""
        panel(self.image, self._box(left, top, right, bottom), opacity=opacity)

    def ring(self, middle: Place, radius: float, share: float, colour: Colour) -> None:
        """A ring of which `share` (0..1) is filled, on a dark disc."""
        dot(self.image, self._place(middle), 1.22 * radius * self._high, INK)
        ring(self.image, self._place(middle), radius * self._high, share, colour)

    def dot(self, middle: Place, radius: float, colour: Colour) -> None:
        """A filled circle."""
        dot(self.image, self._place(middle), radius * self._high, colour)

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
        """A filled rectangle."""
        b = self._box(left, top, right, bottom)
        start, end = (round(b.x), round(b.y)), (round(b.right) - 1, round(b.bottom) - 1)
        cv2.rectangle(self.image, start, end, colour, cv2.FILLED)

    def shape(self, points: Sequence[Place], colour: Colour) -> None:
        """A filled polygon."""
        pixels = np.array([self._place(point) for point in points]).round().astype(np.int32)
        cv2.fillPoly(self.image, [pixels], colour, cv2.LINE_AA)

    def paste(self, picture: Image, left: float, top: float, height: float) -> None:
        """Put a picture into this one; what would stick out is cut off."""
        rows = round(height * self._high)
        columns = round(rows * int(picture.shape[1]) / int(picture.shape[0]))
        small = cv2.resize(picture, (columns, rows), interpolation=cv2.INTER_AREA)
        x, y = (round(v) for v in self._place((left, top)))
        target = self.image[y : y + rows, x : x + columns]
        target[:] = small[: target.shape[0], : target.shape[1]]

    def label(
        self, text: str, at: Place, size: float, colour: Colour = WHITE, *, air: float = 0.35
    ) -> None:
        """Write one line, its middle at `at`, on a panel of its own. air: round it, in sizes."""
        size = self.fitting(text, size, self.width - 2 * air * size)
        half = self._pen.width(text, size * self._high, 700) / self._high / 2
        baseline, margin = at[1] + CAP_HEIGHT * size / 2, air * size
        top, bottom = at[1] - CAP_HEIGHT * size / 2 - margin, baseline + margin
        self.panel(at[0] - half - margin, top, at[0] + half + margin, bottom)
        self.text(text, (at[0], baseline), size, colour, align=Align.MIDDLE)

    def _place(self, at: Place) -> Place:
        return at[0] * self._high, at[1] * self._high

    def _box(self, left: float, top: float, right: float, bottom: float) -> Rectangle:
        x, y, right, bottom = (v * self._high for v in (left, top, right, bottom))
        return Rectangle(x, y, right - x, bottom - y)
