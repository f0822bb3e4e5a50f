"""Whom to follow when several people are in the picture: the one who exercises.

The pose model follows the first body that it finds and cannot be told otherwise. So when the
followed body cannot be the patient (its posture is not the exercise's, or it walks through), all
bodies are looked for, the best one is chosen, and the model starts afresh on a picture in which
the others are painted out. From the next picture on it follows the chosen body by itself.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol

import cv2
import numpy as np

from formcheck.body.measures import Moment, Scale, middle_xy
from formcheck.body.tracking import measure_scale
from formcheck.pose.pose import LANDMARKS, Array, Pose, Sighting
from formcheck.pose.side_view import Side, View
from formcheck.pose.source import PoseSource
from formcheck.video.picture import Image

DOUBT_S = 1.0
"""An unsuitable body is followed this long before another is looked for."""
LOOK_EVERY_S = 3.0
"""Looking for all bodies costs several frames' time, so it is done this seldom at most."""
FIRST_LOOKS_S = (0.0, 1.0, 4.0)
"""Times after the first sight of a body at which all bodies are looked for anyway."""
AGREE_S = 0.3
"""Two looks this far apart must find the same body in the same place before it is followed: who
walks past is elsewhere by then."""
NEARER = 1.08
"""A body this much larger than the followed one is taken to be the patient's."""
WALKS_TORSO_PER_S = 1.0
"""A body that crosses its own torso length in a second walks by (gait is 2-3 a second)."""
APART_TORSO = 0.4
"""Bodies whose middles are nearer than this are one and the same."""
PAINT_MARGIN = 0.25
SURROUNDINGS = 0.08
"""Margin round the chosen body, as a share of its height."""
MAX_PEOPLE = 3
UPPER_BODY = [i for i, n in enumerate(LANDMARKS) if i <= 12 or n.endswith("hip")]
"""The detector finds people by face and trunk: painting these out is enough."""


class Candidate(Protocol):
    """What an exercise says of a body, so that it can be told whether it does that exercise."""

    @property
    def scale_of(self) -> Callable[[Pose], Scale]:
        """Lengths of the body, from one pose."""

    @property
    def view_of(self) -> Callable[[Pose], View]:
        """From where the camera looks, from one pose."""

    @property
    def side_of(self) -> Callable[[Pose, Scale], Side]:
        """Which leg works, from one pose."""

    @property
    def posture(self) -> Callable[[Moment], str | None]:
        """Why the posture cannot be the exercise's, in words; None when it can."""


class Follower:
    """Finds who does one of the exercises in each picture. See the module's docstring."""

    def __init__(self, source: PoseSource, *exercises: Candidate) -> None:
        self._source = source
        self._exercises = exercises
        self._looked_s = -math.inf
        self._places: deque[tuple[float, Array]] = deque()
        self._suited_s: float | None = None
        self._first_s: float | None = None
        self._last: Pose | None = None
        self._rejected: Pose | None = None
        self._candidate: Pose | None = None

    def see(self, image_rgb: Image, t_s: float, *, cut: bool = False) -> Sighting:
        """Take one picture (h, w, 3) RGB; give the followed body, and whether it changed."""
        if cut:
            self._source.restart()
            self._looked_s, self._suited_s, self._first_s = -math.inf, None, None
            self._last = self._rejected = self._candidate = None
            self._places.clear()
        pose = self._source.detect(self._without_rejected(image_rgb), t_s)
        self._last = pose or self._last
        if pose is None:
            return Sighting(t_s, None, cut)
        if self._rejected is not None and t_s - self._looked_s >= LOOK_EVERY_S:
            self._looked_s = t_s
            self._rejected = self._still_there(image_rgb, pose, self._rejected)
        if not self._must_look(pose):
            return Sighting(t_s, pose, cut)
        chosen = self._choose(image_rgb, pose)
        if chosen is pose:
            self._candidate = None
            return Sighting(t_s, pose, cut)
        if not self._agreed(chosen):
            return Sighting(t_s, pose, cut)
        return self._switch(image_rgb, chosen, pose)

    def _agreed(self, chosen: Pose) -> bool:
        """Whether the look before this one found the same body; if none did, the next may."""
        before, self._candidate = self._candidate, None
        if before is None:
            self._candidate = chosen
        return before is not None and not _apart(before, chosen)

    def _switch(self, image_rgb: Image, chosen: Pose, rejected: Pose) -> Sighting:
        """Follow another body from here on, and keep the rejected one out of the model's sight."""
        self._source.restart()
        self._places.clear()
        self._suited_s = None
        self._rejected = rejected
        seen = self._source.detect(_only(image_rgb, chosen, rejected), chosen.t_s)
        self._last = seen or chosen
        return Sighting(chosen.t_s, self._last, cut=True)

    def _without_rejected(self, image_rgb: Image) -> Image:
        """The picture without the rejected body: beside a second one the model drifts back."""
        if self._rejected is None or self._last is None:
            return image_rgb
        painted = image_rgb.copy()
        _paint_out(painted, self._rejected)
        keep = np.zeros(image_rgb.shape[:2], np.uint8)
        cv2.fillConvexPoly(keep, _hull(image_rgb, self._last), 1)
        cv2.copyTo(image_rgb, keep, painted)
        return painted

    def _still_there(self, image_rgb: Image, followed: Pose, rejected: Pose) -> Pose | None:
        """Where the rejected body is now; None when it has gone."""
        others = self._everybody(image_rgb, followed)
        return min(others, key=lambda p: math.dist(_middle(p), _middle(rejected)), default=None)

    def _must_look(self, pose: Pose) -> bool:
        """Whether it is time to look for everybody: at first, and in doubt."""
        doubts = self._doubts(pose)
        if self._first_s is None:
            self._first_s = pose.t_s
        due = [s for s in FIRST_LOOKS_S if self._looked_s < self._first_s + s <= pose.t_s]
        since_s = pose.t_s - self._looked_s
        again = self._candidate is not None and since_s >= AGREE_S
        if not due and not again and not (doubts and since_s >= LOOK_EVERY_S):
            return False
        self._looked_s = pose.t_s
        return True

    def _doubts(self, pose: Pose) -> bool:
        """Whether the followed body has not looked like the patient for DOUBT_S."""
        if self._suited_s is None:
            self._suited_s = pose.t_s
        if not self._walks(pose) and self._suits(pose):
            self._suited_s = pose.t_s
        return pose.t_s - self._suited_s >= DOUBT_S

    def _walks(self, pose: Pose) -> bool:
        self._places.append((pose.t_s, middle_xy(pose, "hip")))
        while pose.t_s - self._places[0][0] > 1.0:
            self._places.popleft()
        moved = math.dist(self._places[0][1], self._places[-1][1])
        return moved > WALKS_TORSO_PER_S * measure_scale(pose).torso_px

    def _suits(self, pose: Pose) -> bool:
        return any(fits(card, pose) for card in self._exercises)

    def _choose(self, image_rgb: Image, followed: Pose) -> Pose:
        """The nearest suitable body; the followed one unless another is clearly nearer.

        Whoever exercises has placed the camera before himself: helpers stand behind.
        """
        others = [p for p in self._everybody(image_rgb, followed) if self._suits(p)]
        nearest = max(others, key=self._size_px, default=followed)
        needed = NEARER * self._size_px(followed) if self._suits(followed) else 0.0
        return nearest if self._size_px(nearest) > needed else followed

    def _size_px(self, pose: Pose) -> float:
        fitting = (card for card in self._exercises if fits(card, pose))
        return next(fitting, self._exercises[0]).scale_of(pose).whole_px

    def _everybody(self, image_rgb: Image, followed: Pose) -> Sequence[Pose]:
        """All bodies but the followed one, by painting out who was found and looking again."""
        found = [followed]
        canvas = image_rgb.copy()
        for _ in range(MAX_PEOPLE):
            for pose in found:
                _paint_out(canvas, pose)
            fresh = [
                p
                for p in self._source.scout(canvas, followed.t_s)
                if all(_apart(p, known) for known in found)
            ]
            if not fresh:
                break
            found += fresh
        return found[1:]


def fits(exercise: Candidate, pose: Pose) -> bool:
    """Whether the body can be doing the exercise."""
    scale = exercise.scale_of(pose)
    moment = Moment(pose, scale, exercise.view_of(pose), exercise.side_of(pose, scale))
    return exercise.posture(moment) is None


def _apart(one: Pose, other: Pose) -> bool:
    torso = max(measure_scale(one).torso_px, measure_scale(other).torso_px)
    return math.dist(_middle(one), _middle(other)) > APART_TORSO * torso


def _middle(pose: Pose) -> Array:
    middle: Array = (middle_xy(pose, "hip") + middle_xy(pose, "shoulder")) / 2
    return middle


def _paint_out(image_rgb: Image, pose: Pose) -> None:
    """Cover face and trunk with the picture's mean colour, in place."""
    cv2.fillConvexPoly(image_rgb, _hull(image_rgb, pose), image_rgb.mean(axis=(0, 1)).tolist())


def _only(image_rgb: Image, chosen: Pose, other: Pose) -> Image:
    """A copy with nothing but the chosen body's surroundings, the other body painted out there."""
    painted = np.empty_like(image_rgb)
    painted[:] = image_rgb.mean(axis=(0, 1))
    part = _surroundings(image_rgb, chosen)
    painted[part] = image_rgb[part]
    _paint_out(painted, other)
    keep = np.zeros(image_rgb.shape[:2], np.uint8)
    cv2.fillConvexPoly(keep, _hull(image_rgb, chosen), 1)
    return np.where(keep[..., None] == 1, image_rgb, painted)


def _surroundings(image_rgb: Image, pose: Pose) -> tuple[slice, slice]:
    """Rows and columns of the whole body with a margin, in this image's size."""
    points = pose.image[:, :2] * (image_rgb.shape[1] / pose.size[0])
    low, high = points.min(axis=0), points.max(axis=0)
    margin = SURROUNDINGS * float(high[1] - low[1])
    left, top = np.maximum(low - margin, 0).astype(int)
    right, bottom = (high + margin).astype(int)
    return slice(top, bottom), slice(left, right)


def _hull(image_rgb: Image, pose: Pose) -> np.ndarray:
    """(k, 1, 2) int pixel outline of face and trunk with a margin, in this image's size."""
    shrink = image_rgb.shape[1] / pose.size[0]
    points = pose.image[UPPER_BODY, :2] * shrink
    middle = points.mean(axis=0)
    grown = middle + (points - middle) * (1 + PAINT_MARGIN)
    hull: np.ndarray = cv2.convexHull(grown.astype(np.int32))
    return hull
