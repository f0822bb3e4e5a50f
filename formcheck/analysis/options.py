"""What the user prescribes, as text and numbers from outside, brought into the engine's type."""

from __future__ import annotations

from formcheck.engine.engine import Options
from formcheck.errors import InputError
from formcheck.pose.side_view import Side

SMALLEST_CM, TALLEST_CM = 50, 272
"""A child, and the tallest person known."""
AUTO = "auto"


def options_of(
    side: str, target: float | None, height_cm: float | None, hold_s: float | None
) -> Options:
    """Check and gather what the user asks for; raises InputError."""
    sides = (AUTO, *Side)
    if side not in sides:
        raise InputError(f"no side {side!r}: give one of {', '.join(sides)}")
    if height_cm is not None and not SMALLEST_CM <= height_cm <= TALLEST_CM:
        raise InputError(f"a height of {height_cm:g} cm cannot be: give it in cm, such as 175")
    for name, value in (("target", target), ("hold", hold_s)):
        if value is not None and not value > 0:
            raise InputError(f"a {name} of {value:g} cannot be: give a number above 0")
    return Options(None if side == AUTO else Side(side), target, height_cm, hold_s)
