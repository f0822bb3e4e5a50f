"""A curve as an SVG path in a box of BOX x BOX, with no more points than the eye can tell."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from formcheck.pose.pose import Array

BOX = 1000
COLUMNS = 1200
"""Of a long curve the lowest and the highest value in each of so many slices are drawn."""


def svg_path(u: Array, v: Array) -> str:
    """Through points u (to the right), v (downwards), both (n,) in 0..1; NaN makes a break."""
    v = np.clip(v, 0, 1)
    keep = _extremes(u, v)
    commands, pen = [], "M"
    for a, b in zip(u[keep] * BOX, v[keep] * BOX, strict=True):
        if np.isnan(b):
            pen = "M"
            continue
        commands.append(f"{pen}{a:.1f} {b:.1f}")
        pen = "L"
    return "".join(commands)


def _extremes(u: Array, v: Array) -> NDArray[np.intp]:
    """Indices of each slice's lowest and highest value and of its breaks, in order."""
    if len(u) <= 2 * COLUMNS:
        return np.arange(len(u))
    slices = np.minimum((u * COLUMNS).astype(int), COLUMNS - 1)
    keep: set[int] = set()
    for _, group in itertools.groupby(range(len(u)), key=lambda i: slices[i]):
        members = np.array(list(group))
        seen = members[np.isfinite(v[members])]
        if len(seen) < len(members):
            keep.add(int(members[np.isnan(v[members])][0]))
        if len(seen):
            keep.update((int(seen[np.argmin(v[seen])]), int(seen[np.argmax(v[seen])])))
    return np.array(sorted(keep))
