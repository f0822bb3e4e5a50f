"""Where the count stands: beside the body, never over what is being corrected."""

from __future__ import annotations

import math
from collections.abc import Sequence

from formcheck.pose.pose import Pose

RADIUS = 0.2
"""Of the ring of the count; all lengths are shares of the picture's height."""
DISC = 1.22 * RADIUS
"""The dark disc behind the ring."""
LEFT, TOP, BOTTOM = 0.255, 0.47, 0.68
RIGHT_MARGIN = 0.48
"""From the right edge to the count: the bar stands there."""
IN_VIEW = 0.5
LEGS = ("knee", "ankle", "heel", "foot_index")
STAYS_S = 1.5
"""A better place must be better for so long: a count that jumps cannot be read."""

Place = tuple[float, float]


class CountPlace:
    """Chooses among four places, and keeps to the chosen one while it is free."""

    def __init__(self) -> None:
        self._place: Place | None = None
        self._covering_since_s: float | None = None

    def update(self, pose: Pose | None, marked: Sequence[str], t_s: float, width: float) -> Place:
        """The middle of the count for this frame, in a mirrored picture `width` heights wide.

        marked: the landmarks that are being corrected.
        """
        places = [(x, y) for y in (TOP, BOTTOM) for x in (LEFT, width - RIGHT_MARGIN)]
        covered = [_covered(place, pose, marked) for place in places]
        best = places[covered.index(min(covered))]
        if self._place not in places:
            self._place = best
        if covered[places.index(self._place)] <= min(covered):
            self._covering_since_s = None
        elif self._covering_since_s is None:
            self._covering_since_s = t_s
        elif t_s - self._covering_since_s >= STAYS_S:
            self._place, self._covering_since_s = best, None
        return self._place


def _covered(place: Place, pose: Pose | None, marked: Sequence[str]) -> int:
    """How much of the working part of the body the count would hide."""
    if pose is None:
        return 0
    legs = [f"{side}_{joint}" for side in ("left", "right") for joint in LEGS]
    return sum(_hides(place, pose, name) for name in (*legs, *marked))


def _hides(place: Place, pose: Pose, name: str) -> bool:
    if pose.visibility(name) < IN_VIEW:
        return False
    wide, high = pose.size
    x, y = pose.xy(name)
    return math.dist(place, ((wide - 1 - x) / high, y / high)) < DISC
