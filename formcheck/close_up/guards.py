"""What spoils a close-up: a camera that moves, somebody in the way, a foot set down elsewhere."""

from __future__ import annotations

from collections import deque

import numpy as np

from formcheck.close_up.flow import Field, Plane

WINDOW_S = 0.4
"""Stillness is measured over this time."""
STILL = 0.004
"""Shift (picture sizes) below which nothing moves: the noise of webcams makes 0.001 (samples)."""
SHAKEN = 0.012
"""Motion of the whole picture in WINDOW_S that is a camera held by hand, or nudged (samples)."""
AWAY = 0.04
"""Shift of the whole picture after which the key picture shows another place."""
CROWDED = 0.6
"""Share of what the picture showed that is gone: something else is in the way (samples: heel
raises hide 0.4 of a picture full of feet, somebody who passes by 0.7)."""
CAMERA, CROWD = "Keep the camera still", "Only your feet should be in the picture"


class Guards:
    """Takes the fields of one key picture in time order."""

    def __init__(self) -> None:
        self._recent: deque[Field] = deque()
        self.still_since_s: float | None = None

    def update(self, field: Field) -> str | None:
        """Why nothing counts just now, in words, or None."""
        self._recent.append(field)
        while field.t_s - self._recent[0].t_s > WINDOW_S:
            self._recent.popleft()
        if self._moved(field):
            self.still_since_s = None
        elif self.still_since_s is None:
            self.still_since_s = self._recent[0].t_s
        if self._shaken(field) or float(np.hypot(*field.camera)) > AWAY:
            return CAMERA
        return CROWD if field.gone > CROWDED else None

    def still_s(self, t_s: float) -> float:
        """For how long nothing has moved, seconds."""
        return 0.0 if self.still_since_s is None else t_s - self.still_since_s

    def _moved(self, field: Field) -> bool:
        return any(_apart(field, other) > STILL for other in self._sampled())

    def _shaken(self, field: Field) -> bool:
        moved = [np.hypot(*(field.camera - other.camera)) for other in self._recent]
        return float(max(moved)) > SHAKEN

    def _sampled(self) -> list[Field]:
        """The first and the middle of the last fields: what moves has moved from one of them."""
        return [self._recent[0], self._recent[len(self._recent) // 2]]


def _apart(field: Field, other: Field) -> float:
    """How far the part that moves most has moved, in picture sizes."""
    both: Plane = np.minimum(field.found, other.found)
    moved = np.hypot(*np.moveaxis(field.shift - other.shift, 2, 0)) * (both > 0.5)
    return float(np.sort(moved, axis=None)[-4])
