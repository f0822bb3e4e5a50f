"""The live coach with the close-up camera: eyes without a pose model, and its set-up check."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Self

from formcheck.close_up.card import close_up_card
from formcheck.close_up.engine import METHOD, CloseUpEngine, Glimpse, glimpse_of
from formcheck.exercises.card import Exercise
from formcheck.live.camera.capture import Arrival
from formcheck.live.coach.session import Camera
from formcheck.live.coach.setup_check import DARK, SetupAdvice
from formcheck.programmes.plan import Bout
from formcheck.results import Snapshot, Status
from formcheck.video.cuts import CutDetector


class CloseUpEyes:
    """Hands live pictures on to the close-up engine. Use it as a context manager."""

    model = METHOD

    def __init__(self) -> None:
        self._cuts = CutDetector()
        self.spent_s = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """There is nothing to let go of."""

    def look_for(self, exercises: tuple[Exercise, ...]) -> None:
        """Feet look the same in every exercise."""

    def see(self, arrival: Arrival) -> Glimpse:
        """Make a picture of the camera ready to be compared."""
        begun_s = time.perf_counter()
        frame = arrival.frame
        cut = self._cuts.update(frame.image, frame.t_s) or arrival.fresh
        glimpse = glimpse_of(frame.image, frame.t_s, cut=cut)
        self.spent_s = time.perf_counter() - begun_s
        return glimpse

    def fall_back(self, interval_s: float | None) -> bool:  # noqa: ARG002
        """There is no faster way."""
        return False


def advise_close_up(bout: Bout, snapshot: Snapshot, brightness: float) -> SetupAdvice | None:  # noqa: ARG001
    """The first thing to put right, or None when the exercise can begin."""
    if brightness < DARK:
        return SetupAdvice("too_dark")
    if snapshot.status is Status.NOT_READY:
        return SetupAdvice("as_card_says", snapshot.message or "Keep the camera still")
    return None


def close_up_bouts(plan: Sequence[Bout]) -> tuple[Bout, ...]:
    """The sets as the close-up camera counts them; raises InputError where it cannot."""
    return tuple(replace(bout, exercise=close_up_card(bout.exercise)) for bout in plan)


class FeetWatch:
    """Looks, while nobody is seen, for a foot that exercises: then the close-up is offered."""

    def __init__(self) -> None:
        self._engine: CloseUpEngine | None = None
        self._told = False

    def update(self, arrival: Arrival, exercise: Exercise, *, nobody: bool) -> bool:
        """Take one picture; whether to offer the close-up now."""
        if exercise.close_up is None or self._told or not nobody:
            self._engine = None
            return False
        if self._engine is None:
            self._engine = CloseUpEngine(exercise)
        frame = arrival.frame
        glimpse = glimpse_of(frame.image, frame.t_s, cut=arrival.fresh)
        self._told = self._engine.update(glimpse).count > 0
        return self._told


CLOSE_UP = Camera(CloseUpEngine, advise_close_up)
