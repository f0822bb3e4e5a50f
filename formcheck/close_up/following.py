"""What has moved since one key picture, and the repetitions that are in it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from formcheck.close_up.direction import Direction, learn
from formcheck.close_up.flow import Field, Image, KeyPicture
from formcheck.close_up.motion import Motion
from formcheck.exercise import Exercise, Reps
from formcheck.reps import RepTracker
from formcheck.results import Seen, Side, View

LEAST_FIELDS = 8
REST_S = 3.0
"""Rest before the longest repetition that is remembered with it."""


class Following:
    """Compares pictures with a key picture, remembers the fields, learns their direction."""

    def __init__(self, card: Exercise, counts: Reps, grey: Image, t_s: float) -> None:
        self._card = card
        self._counts = counts
        self._key = KeyPicture(grey, t_s)
        self.fields: deque[Field] = deque()
        self.direction: Direction | None = None
        self.moving = False

    @property
    def key_s(self) -> float:
        """Time of the key picture, seconds."""
        return self._key.t_s

    def rest(self, grey: Image, t_s: float) -> None:
        """The foot rests as in this picture from now on."""
        self._key = KeyPicture(grey, t_s)

    def match(self, grey: Image, t_s: float) -> Field:
        """Compare a picture with the key picture."""
        return self._key.match(grey, t_s)

    def add(self, field: Field) -> None:
        """Remember a field, as long as a repetition may last."""
        self.fields.append(field)
        while field.t_s - self.fields[0].t_s > self._counts.max_s + REST_S:
            self.fields.popleft()

    def learn(self) -> bool:
        """Learn the direction of all that is remembered; whether there is a repetition in it."""
        if len(self.fields) < LEAST_FIELDS:
            return False
        self.direction = learn(list(self.fields))
        tracker = RepTracker(self._card, self._counts)
        found = [
            tracker.update(seen(field.t_s), self.values(motion), ready=True)
            for field, motion in self.motions()
        ]
        self.moving = tracker.moving
        return any(rep is not None for rep in found)

    def motions(self) -> Iterator[tuple[Field, Motion]]:
        """What is remembered, along the direction."""
        if self.direction is not None:
            yield from ((field, Motion(field, self.direction)) for field in self.fields)

    def values(self, motion: Motion) -> dict[str, float]:
        """The card's signals."""
        return {name: signal(motion) for name, signal in self._card.signals.items()}


def seen(t_s: float) -> Seen:
    """What is known of a frame close up: one foot or both, as it may be."""
    return Seen(t_s, Side.BOTH, View.CLOSE_UP)
