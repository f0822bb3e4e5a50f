"""From live pictures to sightings; falls back to the lite model when the full one is too slow."""

from __future__ import annotations

import statistics
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Self, TypeVar

import cv2
import numpy as np

from formcheck.body.follow import Follower
from formcheck.close_up.feet_finder import FeetFinder
from formcheck.exercises.card import Exercise
from formcheck.live.camera.capture import Arrival
from formcheck.pose.pose import Pose, Sighting
from formcheck.pose.source import PoseModel
from formcheck.video.cuts import CutDetector
from formcheck.video.frames import MAX_SIDE
from formcheck.video.orientation import fitted
from formcheck.video.picture import Image

JUDGED_FRAMES = 60
"""Two seconds of a webcam: the first frames of a model are slow and would mislead."""
ENOUGH_S = 1 / 20
"""A camera may be faster than this; the engine need not be (30, 25 and 15 fps count the same)."""
TOO_SLOW = 1.1
"""Looking takes this many times as long as there is."""

T = TypeVar("T")


Open = Callable[[str], PoseModel]
"""Opens the model of a name."""


class Watch:
    """A pose source that notes how long it looks. spent_s: seconds since it was last set to 0."""

    def __init__(self, source: PoseModel) -> None:
        self._source = source
        self.spent_s = 0.0

    def detect(self, image_rgb: Image, t_s: float) -> Pose | None:
        """Follow one body."""
        return self._timed(lambda: self._source.detect(image_rgb, t_s))

    def scout(self, image_rgb: Image, t_s: float) -> list[Pose]:
        """Find all bodies."""
        return self._timed(lambda: self._source.scout(image_rgb, t_s))

    def restart(self) -> None:
        """Look afresh."""
        self._timed(self._source.restart)

    def close(self) -> None:
        """Let go of the model."""
        self._source.close()

    def _timed(self, look: Callable[[], T]) -> T:
        begun_s = time.perf_counter()
        try:
            return look()
        finally:
            self.spent_s += time.perf_counter() - begun_s


class Eyes:
    """Finds the exercising person in live pictures. Use it as a context manager.

    names: the models to use, best first; the next one is taken when one is too slow. exercises:
    one of them is done. Poses come
    in pixels of the pictures that the model saw, which are smaller than those of a large camera.
    """

    def __init__(
        self, names: Sequence[str], exercises: tuple[Exercise, ...], open_model: Open
    ) -> None:
        self._names = list(names)
        self._exercises = exercises
        self._open = open_model
        self._cuts = CutDetector()
        self._begin()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._model.close()

    @property
    def model(self) -> str:
        """Name of the model in use."""
        return self._names[0]

    @property
    def spent_s(self) -> float:
        """What the model took for the last picture, seconds."""
        return self._model.spent_s

    def _begin(self) -> None:
        self._model = Watch(self._open(self.model))
        self._follower = Follower(self._model, *self._exercises)
        self._feet = FeetFinder()
        self._spent: deque[float] = deque(maxlen=JUDGED_FRAMES)
        self._switched = False

    def look_for(self, exercises: tuple[Exercise, ...]) -> None:
        """From now on follow whoever does one of these."""
        if exercises != self._exercises:
            self._exercises = exercises
            self._follower = Follower(self._model, *exercises)

    def see(self, arrival: Arrival) -> Sighting:
        """Find the person in a picture of the camera."""
        self._model.spent_s = 0.0
        image, t_s = _scaled(arrival.frame.image), arrival.frame.t_s
        cut = self._cuts.update(arrival.frame.image, t_s) or arrival.fresh or self._switched
        self._switched = False
        sighting = self._follower.see(image, t_s, cut=cut)
        self._spent.append(self._model.spent_s)
        return self._feet.add(sighting, image)

    def fall_back(self, interval_s: float | None) -> bool:
        """Take the next model if this one cannot keep up with a picture each `interval_s`."""
        if len(self._names) < 2 or interval_s is None or len(self._spent) < JUDGED_FRAMES:
            return False
        if statistics.median(self._spent) <= TOO_SLOW * max(interval_s, ENOUGH_S):
            return False
        self._model.close()
        self._names.pop(0)
        self._begin()
        self._switched = True
        return True


def _scaled(image: Image) -> Image:
    """The picture as small as `analyze` hands it to the model."""
    height, width = image.shape[:2]
    size = fitted(width, height, None, MAX_SIDE)
    if size == (width, height):
        return image
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
