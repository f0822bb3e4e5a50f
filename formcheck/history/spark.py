"""Small curves made of letters, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

BLOCKS = "▁▂▃▄▅▆▇█"


def spark_line(values: Sequence[float | None], low: float | None = None) -> str:
    """One block for each value, from the lowest (or `low`) to the highest; a gap for None."""
    known = [value for value in values if value is not None]
    if not known:
        return ""
    least = min(known) if low is None else low
    span = max(known) - least
    steps = len(BLOCKS) - 1
    return "".join(
        " "
        if value is None
        else BLOCKS[round((value - least) / span * steps) if span else steps // 2]
        for value in values
    )
