"""Which engine counts an exercise: the one place where that is chosen."""

from __future__ import annotations

from typing import Any, Protocol

from formcheck.close_up.engine import CloseUpEngine
from formcheck.close_up.feet_engine import FeetEngine
from formcheck.close_up.flow import KeyPictures
from formcheck.engine.engine import DEFAULTS, Engine, Options
from formcheck.engine.part import WHOLE, Part
from formcheck.exercises.card import Exercise
from formcheck.results import SessionResult, Snapshot


class Counter(Protocol):
    """Takes what a camera saw, frame by frame, and counts."""

    def update(self, sighting: Any, /) -> Snapshot:
        """Take one frame, in time order."""

    def finish(self, part: Part = WHOLE) -> SessionResult:
        """Close the recording, and give what was done in a part of it."""


def counter(
    exercise: Exercise,
    options: Options = DEFAULTS,
    *,
    close_up: bool = False,
    keys: KeyPictures | None = None,
) -> Counter:
    """What counts an exercise. keys: key pictures that the other counters of this camera share.

    Close up it is the flow of the picture. Of a whole body it is the landmarks, or, where these
    show toes too badly, the flow at the feet that were cut out of the picture.
    """
    if close_up:
        return CloseUpEngine(exercise, options, keys=keys)
    if looks_at_feet(exercise) and exercise.close_up and exercise.close_up.at_feet:
        return FeetEngine(exercise, exercise.close_up.at_feet, options, keys)
    return Engine(exercise, options)


def looks_at_feet(exercise: Exercise) -> bool:
    """Whether the feet must be cut out of pictures of a whole body to count this."""
    return exercise.close_up is not None and exercise.close_up.at_feet is not None
