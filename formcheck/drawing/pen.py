"""Draws panels, words, rings and bars on pictures, in colours that colour-blind people tell apart.

All functions paint in place on image (h, w, 3) RGB; places and sizes are pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from formcheck.video.picture import Image

Colour = tuple[int, int, int]
Point = tuple[float, float]

# Okabe and Ito's palette, RGB.
ORANGE: Colour = (230, 159, 0)
SKY: Colour = (86, 180, 233)
GREEN: Colour = (0, 158, 115)
YELLOW: Colour = (240, 228, 66)
BLUE: Colour = (0, 114, 178)
VERMILLION: Colour = (213, 94, 0)
WHITE: Colour = (255, 255, 255)
GREY: Colour = (150, 156, 164)
INK: Colour = (18, 22, 28)
MINT: Colour = (96, 210, 168)
"""Green for words: GREEN is too dark to be read on a panel (3.8:1)."""
PANEL_OPACITY = 0.88
"""Words on a panel have a contrast of at least 4.5:1 (WCAG 2.2, 1.4.3), whatever is behind it."""

CAP_HEIGHT = 0.72
"""Height of a capital or a digit over the size of the letters, in OpenCV's built-in sans."""
FIXED_POINT = 4
"""Binary places below the pixel that OpenCV's drawing takes: nothing wobbles between pixels."""


@dataclass(frozen=True)
class Rectangle:
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The x just behind it."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The y just below it."""
        return self.y + self.h

    @property
    def middle(self) -> Point:
        """Its centre."""
        return self.x + self.w / 2, self.y + self.h / 2


class Pen:
    """Writes words in OpenCV's built-in TrueType sans."""

    def __init__(self) -> None:
        self._font = cv2.FontFace("sans")

    def width(self, text: str, size: float, weight: int = 600) -> float:
        """How wide `text` comes out."""
        box = cv2.getTextSize((0, 0), text, (0, 0), self._font, round(size), weight)
        return float(box[0] + box[2])

    def write(
        self, image: Image, text: str, at: Point, size: float, *, colour: Colour, weight: int = 600
    ) -> None:
        """Write `text` with the left end of its baseline at `at`."""
        origin = (round(at[0]), round(at[1]))
        cv2.putText(image, text, origin, colour, self._font, round(size), weight)

    def centre(
        self, image: Image, text: str, middle: Point, size: float, *, colour: Colour
    ) -> None:
        """Write `text` with the middle of its capitals at `middle`."""
        left = middle[0] - self.width(text, size) / 2
        baseline = middle[1] + CAP_HEIGHT * size / 2
        self.write(image, text, (left, baseline), size, colour=colour)

    def fitting(self, text: str, size: float, width: float) -> float:
        """`size`, or less where `text` would be wider than `width`."""
        return size * min(1.0, width / max(self.width(text, size), 1.0))

    def wrapped(self, text: str, size: float, width: float) -> list[str]:
        """`text` in lines no wider than `width`, as far as its words allow."""
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, size) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines


def panel(
    image: Image, box: Rectangle, colour: Colour = INK, opacity: float = PANEL_OPACITY
) -> None:
    """Lay a see-through sheet with round corners under words."""
    x, y = max(0, round(box.x)), max(0, round(box.y))
    under = image[y : max(0, round(box.bottom)), x : max(0, round(box.right))]
    if not under.size:
        return
    sheet = under.copy()
    h, w = sheet.shape[:2]
    radius = round(min(h, w) * 0.16)
    cv2.rectangle(sheet, (radius, 0), (w - 1 - radius, h - 1), colour, cv2.FILLED)
    cv2.rectangle(sheet, (0, radius), (w - 1, h - 1 - radius), colour, cv2.FILLED)
    for corner in ((radius, radius), (w - 1 - radius, radius)):
        for cy in (corner[1], h - 1 - corner[1]):
            cv2.circle(sheet, (corner[0], cy), radius, colour, cv2.FILLED, cv2.LINE_AA)
    cv2.addWeighted(sheet, opacity, under, 1 - opacity, 0, dst=under)


def line(image: Image, start: Point, end: Point, colour: Colour, width: float) -> None:
    """Draw a smooth line."""
    cv2.line(
        image, _fixed(start), _fixed(end), colour, max(1, round(width)), cv2.LINE_AA, FIXED_POINT
    )


def dot(image: Image, middle: Point, radius: float, colour: Colour, width: float = -1) -> None:
    """Draw a disc, or a circle whose line is `width` wide."""
    thickness = cv2.FILLED if width < 0 else max(1, round(width))
    size = round(radius * 2**FIXED_POINT)
    cv2.circle(image, _fixed(middle), size, colour, thickness, cv2.LINE_AA, FIXED_POINT)


def diamond(image: Image, middle: Point, radius: float, colour: Colour, width: float) -> None:
    """Draw a square that stands on its corner."""
    (x, y), r = middle, radius
    corners = ((x, y - r), (x + r, y), (x, y + r), (x - r, y))
    points = np.array([_fixed(corner) for corner in corners], np.int32)
    thickness = max(1, round(width))
    cv2.polylines(image, [points], True, colour, thickness, cv2.LINE_AA, FIXED_POINT)


def ring(image: Image, middle: Point, radius: float, share: float, colour: Colour) -> None:
    """Draw a ring of which `share` (0..1), clockwise from the top, is filled."""
    width = max(2, round(radius * 0.22))
    centre, axes = (round(middle[0]), round(middle[1])), (round(radius), round(radius))
    cv2.ellipse(image, centre, axes, 0, 0, 360, GREY, max(1, width // 3), cv2.LINE_AA)
    if share > 0:
        degrees = 360 * min(share, 1.0)
        cv2.ellipse(image, centre, axes, -90, 0, degrees, colour, width, cv2.LINE_AA)


def _fixed(point: Point) -> tuple[int, int]:
    return round(point[0] * 2**FIXED_POINT), round(point[1] * 2**FIXED_POINT)
