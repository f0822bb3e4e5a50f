"""What a picture is, everywhere in formcheck."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""Pixels, (h, w, 3) RGB or (h, w) grey, 0..255."""
