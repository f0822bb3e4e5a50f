"""Which leg works, and from where the camera looks."""

from __future__ import annotations

from enum import StrEnum


class Side(StrEnum):
    """Which leg works, anatomically (never as in a mirror)."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"

    @property
    def other(self) -> Side:
        """The other leg; both stay both."""
        return {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}.get(self, self)


class View(StrEnum):
    """From where the camera looks at the person."""

    SIDE = "side"
    OBLIQUE = "oblique"
    FRONT = "front"
    BACK = "back"
    CLOSE_UP = "close-up"
    """Nothing but feet or lower legs."""
    UNKNOWN = "unknown"
