"""What has moved since one key picture, and the repetitions that are in it."""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from formcheck.close_up.direction import Direction, directions
from formcheck.close_up.flow import Field, KeyPictures
from formcheck.close_up.motion import Motion
from formcheck.close_up.why_none import NOT_BACK, NOT_THIS, UNCLEAR, Miss, better_known
from formcheck.engine.reps import RepTracker
from formcheck.exercises.card import Exercise, Reps
from formcheck.pose.pose import Array
from formcheck.pose.side_view import Side, View
from formcheck.results import Seen
from formcheck.video.picture import Image

LEAST_FIELDS = 8
LEAST_SHARE = 0.008
"""What moves less than this share of the liveliest part is its fringe, where patches are matched
wrongly for a moment (samples: 0.004; toes beside the towel that they pull 0.018)."""
RETURNED, AT_REST = 0.5, 0.2
"""Shares of the farthest way, below which a part has come back, and is at rest again."""
REST_S = 3.0
"""Rest before the longest repetition that is remembered with it."""


class Following:
    """Compares pictures with a key picture, remembers the fields, learns their direction."""

    def __init__(
        self, card: Exercise, counts: Reps, keys: KeyPictures, grey: Image, t_s: float
    ) -> None:
        self._card = card
        self._counts = counts
        self._keys = keys
        self._key = keys.key(grey, t_s)
        self.fields: deque[Field] = deque()
        self.direction: Direction | None = None
        self.moving = False
        self.nearest: Miss | None = None

    @property
    def key_s(self) -> float:
        """Time of the key picture, seconds."""
        return self._key.t_s

    def rest(self, grey: Image, t_s: float, still_since_s: float) -> None:
        """The foot rests as in this picture from now on."""
        self._key = self._keys.key(grey, t_s, still_since_s)

    def match(self, grey: Image, t_s: float) -> Field:
        """Compare a picture with the key picture."""
        return self._key.match(grey, t_s)

    def add(self, field: Field) -> None:
        """Remember a field, as long as a repetition may last."""
        self.fields.append(field)
        while field.t_s - self.fields[0].t_s > self._counts.max_s + REST_S:
            self.fields.popleft()

    def learn(self) -> bool:
        """Learn the directions of all that is remembered; whether one has repetitions in it."""
        self.moving = False
        found = list(directions(list(self.fields))) if len(self.fields) >= LEAST_FIELDS else []
        found.sort(key=lambda direction: -direction.energy)
        for direction in found:
            if direction.energy < LEAST_SHARE * found[0].energy:
                return False
            way = self._way(direction)
            if not self._came_back(way):
                self._miss(way, NOT_BACK)
                continue
            tracker = RepTracker(self._card, self._counts)
            if self._repeated(tracker, direction):
                self._miss(way, NOT_THIS)
                self.direction = direction
                return True
            self._miss(way, UNCLEAR)
            if tracker.moving and way[-1] <= AT_REST * way.max():
                return False  # what moves more is just ending: it comes first
        return False

    def _miss(self, way: Array, why: str) -> None:
        """Remember the farthest of a way (n,), in case that nothing counts."""
        at = int(way.argmax())
        miss = Miss(self.fields[at].t_s, float(way[at]), why)
        self.nearest = better_known(self.nearest, miss)

    def _way(self, direction: Direction) -> Array:
        """The travel (n,) of all that is remembered; 0 where it is not seen."""
        return np.nan_to_num([direction.travel(field) for field in self.fields])

    def _came_back(self, way: Array) -> bool:
        """Whether a way (n,) may have a repetition in it; else the foot, or a towel, is away."""
        far = way.max() >= self._counts.start
        back = bool(way[way.argmax() :].min() <= RETURNED * way.max())
        self.moving |= bool(far and not back)
        return bool(far and back)

    def _repeated(self, tracker: RepTracker, direction: Direction) -> bool:
        """Whether there are repetitions along a direction: one is enough."""
        for field in self.fields:
            values = self._values(Motion(field, direction))
            if tracker.update(_seen(field.t_s), values, ready=True) is not None:
                return True
        self.moving |= tracker.moving
        return False

    def values(self, field: Field) -> dict[str, float]:
        """The card's signals along the direction; NaN while there is none."""
        if self.direction is None:
            return dict.fromkeys(self._card.signals, math.nan)
        return self._values(Motion(field, self.direction))

    def _values(self, motion: Motion) -> dict[str, float]:
        return {name: signal(motion) for name, signal in self._card.signals.items()}


def _seen(t_s: float) -> Seen:
    return Seen(t_s, Side.BOTH, View.CLOSE_UP)
