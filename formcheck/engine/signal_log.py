"""The signals of every frame of a recording, and how much of it was seen."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from formcheck.engine.part import Part
from formcheck.motion.frame_table import Rows
from formcheck.pose.pose import Array
from formcheck.pose.side_view import View
from formcheck.results import Quality, Signals

LOW_COVERAGE = 0.8
"""Below this share of usable frames the report warns."""


class SignalLog:
    """Collects a row a frame."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names
        self._rows = Rows(names)
        self._blank = dict.fromkeys(names, math.nan)
        self._views: list[View | None] = []
        self._hidden: list[str | None] = []
        self._blocked: list[str | None] = []

    def unseen(self, t_s: float, reason: str) -> None:
        """A frame that lacks a needed landmark, and which."""
        self._append(t_s, self._blank, None, reason, None)

    def seen(
        self, t_s: float, view: View, values: Mapping[str, float], blocked: str | None = None
    ) -> None:
        """A frame with all that the exercise needs. blocked: why nothing counts in it."""
        self._append(t_s, values, view, None, blocked)

    def _append(
        self,
        t_s: float,
        values: Mapping[str, float],
        view: View | None,
        reason: str | None,
        blocked: str | None,
    ) -> None:
        self._rows.append(t_s, values)
        self._views.append(view)
        self._hidden.append(reason)
        self._blocked.append(blocked)

    def within(self, part: Part) -> SignalLog:
        """The frames of a part of the recording alone."""
        inside = np.array([part.has(t_s) for t_s in self._rows.t_s.tolist()], np.bool_)
        found = SignalLog(self._names)
        found._rows = self._rows.where(inside)
        found._views = [v for v, taken in zip(self._views, inside, strict=True) if taken]
        found._hidden = [h for h, taken in zip(self._hidden, inside, strict=True) if taken]
        found._blocked = [b for b, taken in zip(self._blocked, inside, strict=True) if taken]
        return found

    @property
    def hidden(self) -> Sequence[str | None]:
        """Why a frame was not seen, frame by frame; None: it was."""
        return self._hidden

    @property
    def blocked(self) -> Sequence[str | None]:
        """Why nothing counted in a frame that was seen; None: it could."""
        return self._blocked

    @property
    def t_s(self) -> Array:
        """(n,) times of the frames, seconds."""
        return self._rows.t_s

    def signal(self, name: str) -> Array:
        """(n,) one signal; NaN where not seen, or where there is none of that name."""
        return self._rows[name] if name in self._names else np.full(len(self._rows), math.nan)

    @property
    def duration_s(self) -> float:
        """Time of the last frame, seconds."""
        return float(self._rows.t_s[-1]) if len(self._rows) else 0.0

    @property
    def coverage(self) -> float:
        """Share of the frames with all that the exercise needs, 0..1."""
        return self._seen.total() / max(1, len(self._rows))

    @property
    def _seen(self) -> Counter[View]:
        return Counter(view for view in self._views if view is not None)

    @property
    def view(self) -> View:
        """The commonest view."""
        commonest = self._seen.most_common(1)
        return commonest[0][0] if commonest else View.UNKNOWN

    @property
    def views(self) -> frozenset[View]:
        """The views that make up at least a tenth of what was seen."""
        least = self._seen.total() / 10
        return frozenset(view for view, frames in self._seen.items() if frames >= least)

    def quality(self) -> Quality:
        """How far the recording could be used, with a warning where much of it could not."""
        commonest = Counter(why for why in self._hidden if why is not None).most_common(1)
        warnings = [
            f"Only {self.coverage:.0%} of the recording could be used: {reason}."
            for reason, _frames in commonest
            if self.coverage < LOW_COVERAGE
        ]
        return Quality(self.coverage, self.view, tuple(warnings))

    def signals(self) -> Signals:
        """All rows as columns; NaN where not seen."""
        columns = {name: tuple(self._rows[name].tolist()) for name in self._names}
        return Signals(tuple(self._rows.t_s.tolist()), columns)
