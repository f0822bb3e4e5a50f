"""Tells where a film is cut, or dissolves, from one camera view to another."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Cells = NDArray[np.float32]

BLOCKS = 8
CELLS = 6
SIDE = BLOCKS * CELLS
"""A picture is looked at as 48 x 48 grey cells in 8 x 8 blocks of 6 x 6 cells."""
WINDOW_S = 0.6
"""A view is compared with the one so long ago; dissolves of up to this length are found."""
SPACING_S = 0.03
"""Views closer together than this are not kept: a slow-motion film costs no more than another."""
FLAT = 6.0
"""Standard deviation in a block (grey levels 0..255) below which it shows nothing but noise."""
ALIKE = 0.5
"""Correlation above which a block still shows the same; light changes leave it near 1."""
FEWEST_BLOCKS = 6
CHANGED_SHARE = 0.5
"""Share of the blocks that show something which must have changed (measured on 8 clips: people at
exercise reach 0.40 in 0.5 s, walkers 0.64; views of other rooms begin at 0.64)."""
SHAKEN_SHARE = 0.4
"""The same when each block may look as in any of the SHAKES: below 0.35 pans begin to pass for
cuts, above 0.45 cuts are missed."""
UNBLENDED_SHARE = 0.3
"""How much of the change may be no blend of old and new (measured on the same clips: nine in ten
cuts and dissolves below 0.2, a moving body from 0.38 on: it is in between, not here and there)."""
LEAST_VIEWS = 3
LEAST_SPAN_S = 0.12
"""Fewer and shorter moments cannot tell a cut from a quick movement."""
SHAKES = tuple((y, x) for y in (-1, 0, 1) for x in (-1, 0, 1))
"""Shifts of the whole picture, in cells, that a camera held by hand makes."""


@dataclass(frozen=True)
class _View:
    """One moment: cells (SIDE, SIDE) grey; detail (64, 36) less the block's mean; spread (64,)."""

    t_s: float
    cells: Cells
    detail: Cells
    spread: Cells

    @classmethod
    def of(cls, image: NDArray[np.uint8], t_s: float) -> _View:
        # Nearest first: averaging all the pixels takes ten times as long and shows no more.
        small = cv2.resize(image, (4 * SIDE, 4 * SIDE), interpolation=cv2.INTER_NEAREST)
        small = cv2.resize(small, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
        cells = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32)
        return cls.of_cells(cells, t_s)

    @classmethod
    def of_cells(cls, cells: Cells, t_s: float) -> _View:
        blocks = cells.reshape(BLOCKS, CELLS, BLOCKS, CELLS).swapaxes(1, 2).reshape(-1, CELLS**2)
        detail = blocks - blocks.mean(axis=1, keepdims=True)
        return cls(t_s, cells, detail, np.sqrt((detail**2).mean(axis=1)))

    @property
    def blank(self) -> bool:
        """Nothing to be seen: black, or faded out."""
        return bool(self.spread.max() < FLAT)


class CutDetector:
    """Remembers the last moments and compares each new picture with them."""

    def __init__(self) -> None:
        self._past: deque[_View] = deque()

    def update(self, image: NDArray[np.uint8], t_s: float) -> bool:
        """Whether `image` (h, w, 3) RGB at `t_s` seconds is the first of another view.

        A dissolve is told near its end. A person who moves, a lamp, exposure, noise and a pan
        are no cuts; black between two views is passed over.
        """
        now = _View.of(image, t_s)
        if now.blank:
            return False
        while len(self._past) > 1 and t_s - self._past[0].t_s > WINDOW_S:
            self._past.popleft()
        cut = self._is_cut(now)
        if cut:
            self._past.clear()
        if not self._past or t_s - self._past[-1].t_s >= SPACING_S:
            self._past.append(now)
        return cut

    def _is_cut(self, now: _View) -> bool:
        if len(self._past) < LEAST_VIEWS or now.t_s - self._past[0].t_s < LEAST_SPAN_S:
            return False
        before, *between = self._past
        changed = _changed(before, now)
        if not _is_other(changed, before, now, CHANGED_SHARE):
            return False
        if _unblended(before, now, between, changed) > UNBLENDED_SHARE:
            return False
        for shift in SHAKES:
            changed &= _changed(before, _View.of_cells(np.roll(now.cells, shift, (0, 1)), now.t_s))
        return _is_other(changed, before, now, SHAKEN_SHARE)


def _changed(before: _View, now: _View) -> NDArray[np.bool_]:
    """Which blocks (64,) show something else."""
    scale = np.maximum(before.spread, FLAT / 2) * np.maximum(now.spread, FLAT / 2)
    alike = (before.detail * now.detail).mean(axis=1) / scale
    changed: NDArray[np.bool_] = (alike < ALIKE) & (np.maximum(before.spread, now.spread) > FLAT)
    return changed


def _is_other(changed: NDArray[np.bool_], before: _View, now: _View, share: float) -> bool:
    """Whether enough of what can be seen has changed."""
    shows = int((np.maximum(before.spread, now.spread) > FLAT).sum())
    return bool(changed.sum() >= share * max(shows, FEWEST_BLOCKS))


def _unblended(
    before: _View, now: _View, between: list[_View], changed: NDArray[np.bool_]
) -> float:
    """Largest share of the change in a view between that is no blend of `before` and `now`."""
    where = np.kron(changed.reshape(BLOCKS, BLOCKS), np.ones((CELLS, CELLS), bool))
    old = before.cells[where]
    change = now.cells[where] - old
    steps = np.stack([view.cells[where] for view in between]) - old
    progress = steps @ change / (change @ change)
    rest = np.abs(steps - progress[:, None] * change).sum(axis=1)
    return float(rest.max() / np.abs(change).sum())
