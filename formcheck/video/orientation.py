"""How a stored picture becomes the shown one: its turn, its mirroring and its size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

import cv2
import numpy as np

from formcheck.video.picture import Image
from formcheck.video.pyav import VideoFrame


@dataclass(frozen=True)
class Upright:
    """Transpose the picture, then mirror it in x, then in y: any of the eight ways to lie."""

    transpose: bool = False
    flip_x: bool = False
    flip_y: bool = False

    @classmethod
    def of(cls, frame: VideoFrame) -> Upright:
        """Read the display matrix (a b u, c d v, x y w, as QuickTime writes it) of a frame."""
        # PyAV's stubs call this a TypedDict; it is a mapping of buffers.
        side_data = cast("Mapping[str, bytes]", frame.side_data)
        if "DISPLAYMATRIX" not in side_data:
            return cls()
        a, b, _, c, d = np.frombuffer(side_data["DISPLAYMATRIX"], np.int32)[:5].tolist()
        turned = abs(b) > abs(a)
        return cls(turned, (c if turned else a) < 0, (b if turned else d) < 0)

    def then_turned(self, degrees: int) -> Upright:
        """This way to lie, turned clockwise by a multiple of 90 degrees on top."""
        turned = self
        for _ in range(degrees // 90 % 4):
            # A turn is a transposition and then a mirroring in x; transposing swaps the mirrors.
            turned = Upright(not turned.transpose, not turned.flip_y, turned.flip_x)
        return turned

    def apply(self, image: Image) -> Image:
        """Turn `image` (h, w, 3) the right way up."""
        shown = cv2.transpose(image) if self.transpose else image
        if self.flip_x and self.flip_y:
            shown = cv2.flip(shown, -1)
        elif self.flip_x or self.flip_y:
            shown = cv2.flip(shown, 1 if self.flip_x else 0)
        return np.asarray(shown, np.uint8)

    def size(self, width: int, height: int) -> tuple[int, int]:
        """Width and height after `apply`."""
        return (height, width) if self.transpose else (width, height)


@dataclass(frozen=True)
class Shape:
    """How stored pictures become shown ones. scaled: width and height before they are turned."""

    upright: Upright
    scaled: tuple[int, int]

    @classmethod
    def of(
        cls, frame: VideoFrame, pixel_aspect: Fraction | None, max_side: int, rotate: int = 0
    ) -> Shape:
        """Read it from a frame; rotate: degrees clockwise, on top of what the file says."""
        upright = Upright.of(frame).then_turned(rotate)
        return cls(upright, fitted(frame.width, frame.height, pixel_aspect, max_side))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height as shown, pixels."""
        return self.upright.size(*self.scaled)


def on_canvas(image: Image, size: tuple[int, int]) -> Image:
    """The picture in the middle of a black one of `size`, as large as fits, undistorted."""
    height, width = image.shape[:2]
    scale = min(size[0] / width, size[1] / height)
    wide, high = max(1, round(width * scale)), max(1, round(height * scale))
    canvas = np.zeros((size[1], size[0], 3), np.uint8)
    left, top = (size[0] - wide) // 2, (size[1] - high) // 2
    canvas[top : top + high, left : left + wide] = cv2.resize(
        image, (wide, high), interpolation=cv2.INTER_AREA
    )
    return canvas


def fitted(
    width: int, height: int, pixel_aspect: Fraction | None, max_side: int
) -> tuple[int, int]:
    """Largest size with square pixels and a long side of `max_side` that invents no pixels.

    pixel_aspect: width over height of a stored pixel; absent or absurd values mean square.
    """
    aspect = float(pixel_aspect or 1)
    if not 1 / 4 <= aspect <= 4:
        aspect = 1.0
    wide, high = (width, height / aspect) if aspect > 1 else (width * aspect, float(height))
    scale = min(1.0, max_side / max(wide, high))
    return max(1, round(wide * scale)), max(1, round(high * scale))
