"""Offers the close-up camera when a video shows nobody, but a foot that moves."""

from __future__ import annotations

from collections.abc import Iterable

from formcheck.close_up.engine import CloseUpEngine, glimpse_of
from formcheck.close_up.flow import KeyPictures
from formcheck.exercises.card import Exercise
from formcheck.video.frames import Frame

NOBODY_SHARE = 0.1
"""Of the frames: a body seen in no more is a mistake of the model, or somebody who passed."""
SOMEBODY_S = 1.0
"""A body that is seen for so long is there, and its feet need not be looked at from close up."""


class Offer:
    """Looks, while nobody is seen, for a foot that moves as one of the exercises would have it."""

    def __init__(self, cards: Iterable[Exercise]) -> None:
        keys = KeyPictures()
        self._engines = [
            CloseUpEngine(card, keys=keys) for card in cards if card.close_up is not None
        ]
        self._frames = self._seen = 0
        self._since_s: float | None = None
        self._away = False

    def update(self, frame: Frame, *, cut: bool, seen: bool) -> None:
        """Take one frame. seen: whether it shows somebody."""
        self._frames += 1
        self._seen += seen
        if not seen:
            self._since_s = None
        elif self._since_s is None:
            self._since_s = frame.t_s
        away = self._since_s is not None and frame.t_s - self._since_s >= SOMEBODY_S
        if not away:
            glimpse = glimpse_of(frame.image, frame.t_s, cut=cut or self._away)
            for engine in self._engines:
                engine.update(glimpse)
        self._away = away

    @property
    def nobody(self) -> bool:
        """Whether hardly anybody was seen so far."""
        return self._seen <= NOBODY_SHARE * self._frames

    def moves_like(self) -> list[str]:
        """Those of the exercises that the close-up camera counts, when nobody was seen.

        One foot's movement can be counted as several of them.
        """
        if not self.nobody:
            return []
        results = [engine.finish() for engine in self._engines]
        return [result.exercise for result in results if result.reps]
