"""Lines round what moves, for the picture."""

from __future__ import annotations

import cv2
import numpy as np

from formcheck.close_up.motion import Motion
from formcheck.results import Outline


def outlines(motion: Motion) -> tuple[Outline, ...]:
    """Round the cells that are followed, where they are at rest."""
    cells = motion.direction.cells.astype(np.uint8)
    height, width = cells.shape
    # Drawn larger, so that the line runs round the cells and not through their middles.
    large = cv2.resize(cells, (4 * width, 4 * height), interpolation=cv2.INTER_NEAREST)
    lines, _ = cv2.findContours(large, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    corners = [line[:, 0] / (4 * width, 4 * height) for line in lines]
    return tuple(tuple((float(x), float(y)) for x, y in line) for line in corners)
