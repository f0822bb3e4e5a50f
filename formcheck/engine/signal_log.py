"""The signals of every frame of a recording, and how much of it was seen."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

from formcheck.motion.frame_table import Rows
from formcheck.pose.side_view import View
from formcheck.results import Signals


class SignalLog:
    """Collects a row a frame."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names
        self._rows = Rows(names)
        self._blank = dict.fromkeys(names, math.nan)
        self._views: Counter[View] = Counter()
        self._hidden: Counter[str] = Counter()

    def unseen(self, t_s: float, reason: str) -> None:
        """A frame that lacks a needed landmark, and which."""
        self._rows.append(t_s, self._blank)
        self._hidden[reason] += 1

    def seen(self, t_s: float, view: View, values: Mapping[str, float]) -> None:
        """A frame with all that the exercise needs."""
        self._rows.append(t_s, values)
        self._views[view] += 1

    @property
    def duration_s(self) -> float:
        """Time of the last frame, seconds."""
        return float(self._rows.t_s[-1]) if len(self._rows) else 0.0

    @property
    def coverage(self) -> float:
        """Share of the frames with all that the exercise needs, 0..1."""
        return sum(self._views.values()) / max(1, len(self._rows))

    @property
    def view(self) -> View:
        """The commonest view."""
        return self._views.most_common(1)[0][0] if self._views else View.UNKNOWN

    @property
    def views(self) -> frozenset[View]:
        """The views that make up at least a tenth of what was seen."""
        least = sum(self._views.values()) / 10
        return frozenset(view for view, frames in self._views.items() if frames >= least)

    @property
    def commonest_reason(self) -> str | None:
        """Why frames were not seen, most often."""
        return self._hidden.most_common(1)[0][0] if self._hidden else None

    def signals(self) -> Signals:
        """All rows as columns; NaN where not seen."""
        columns = {name: tuple(self._rows[name].tolist()) for name in self._names}
        return Signals(tuple(self._rows.t_s.tolist()), columns)
