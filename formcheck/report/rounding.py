"""Rounds figures for files, by their unit."""

from __future__ import annotations

import math
from typing import overload

TIME_PLACES = 3
"""Decimals of seconds (names ending in `_s`): a millisecond."""
PLACES = 4
"""Decimals of everything else: finer than any of it is measured."""


@overload
def rounded(name: str, value: float) -> float | None: ...
@overload
def rounded(name: str, value: object) -> object: ...
def rounded(name: str, value: object) -> object:
    """`value` with the decimals that suit `name`; None for a number that is none (NaN)."""
    if not isinstance(value, float):
        return value
    if not math.isfinite(value):
        return None
    places = TIME_PLACES if name.endswith("_s") else PLACES
    return round(float(value), places) + 0.0  # -0.0 becomes 0.0
