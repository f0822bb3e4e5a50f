"""A table of signals that grows by a row a frame; columns are NumPy views, never copies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.pose.pose import Array


class Rows:
    """Times and signals of frames."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._column = {name: i + 1 for i, name in enumerate(names)}
        self._table: Array = np.empty((256, len(names) + 1))
        self._used = 0

    def __len__(self) -> int:
        return self._used

    def append(self, t_s: float, values: Mapping[str, float]) -> None:
        """Add one frame; `values` must have every name."""
        if self._used == len(self._table):
            self._table = np.concatenate([self._table, np.empty_like(self._table)])
        self._table[self._used, 0] = t_s
        for name, i in self._column.items():
            self._table[self._used, i] = values[name]
        self._used += 1

    def where(self, taken: NDArray[np.bool_]) -> Rows:
        """A copy of the frames (n,) that are taken."""
        found = Rows(tuple(self._column))
        found._table = np.concatenate([self._table[: self._used][taken], found._table])
        found._used = int(taken.sum())
        return found

    @property
    def t_s(self) -> Array:
        """(n,) times, seconds."""
        times: Array = self._table[: self._used, 0]
        return times

    def columns(self) -> dict[str, Array]:
        """All the signals by name, (n,) each."""
        return {name: self[name] for name in self._column}

    def __getitem__(self, name: str) -> Array:
        """(n,) values of one signal."""
        values: Array = self._table[: self._used, self._column[name]]
        return values


@dataclass(frozen=True)
class OverStay:
    """Signals that one frame tells roughly or not at all: (n,) each, from the n frames of a stay.

    names: theirs; one that the card has of single frames, too, counts as the stay tells it.
    """

    names: tuple[str, ...] = ()
    tell: Callable[[Rows], Mapping[str, Array]] = lambda _stay: {}


ALL_TOLD = OverStay()
"""Every frame tells all."""
