"""Which engine counts an exercise: by the landmarks of the body, or by what moves at the feet."""

from __future__ import annotations

from collections.abc import Callable

from formcheck.close_up.feet_engine import FeetEngine
from formcheck.close_up.feet_finder import FeetFinder
from formcheck.engine.engine import DEFAULTS, Engine, Options
from formcheck.exercises.card import Exercise
from formcheck.pose.pose import Sighting
from formcheck.video.picture import Image


def counter(exercise: Exercise, options: Options = DEFAULTS) -> Engine | FeetEngine:
    """What counts an exercise in sightings with feet: landmarks, or what moves at the feet."""
    close = exercise.close_up
    if close is None or close.at_feet is None:
        return Engine(exercise, options)
    return FeetEngine(exercise, close.at_feet, options)


def feet_for(engine: Engine | FeetEngine) -> Callable[[Sighting, Image], Sighting]:
    """What adds the feet to sightings and their pictures, for an engine that looks at them."""
    return FeetFinder().add if isinstance(engine, FeetEngine) else lambda sighting, _image: sighting
