"""From frames to sightings: what every engine of an analysis is given of a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Protocol

from formcheck.analysis.counter import looks_at_feet
from formcheck.analysis.request import Request
from formcheck.body.follow import Follower
from formcheck.close_up.engine import METHOD, glimpse_of
from formcheck.close_up.feet_finder import FeetFinder
from formcheck.exercises.card import Exercise
from formcheck.pose.open_model import open_model
from formcheck.pose.pose import Sighting
from formcheck.pose.source import PoseModel
from formcheck.video.frames import Frame, Video


class Sight(Protocol):
    """Takes the frames of a video in time order."""

    @property
    def name(self) -> str:
        """What saw it, for the report."""

    def see(self, frame: Frame, cut: bool) -> Sighting:
        """Look at one frame. cut: whether a cut came before it."""


class BodySight:
    """A whole body, found by a pose model, with its feet where a card looks at them."""

    def __init__(self, model: PoseModel, cards: Sequence[Exercise]) -> None:
        self.name = model.name
        self._follower = Follower(model, *cards)
        self._feet = FeetFinder() if any(map(looks_at_feet, cards)) else None

    def see(self, frame: Frame, cut: bool) -> Sighting:
        """Find the body that exercises."""
        sighting = self._follower.see(frame.image, frame.t_s, cut=cut)
        return sighting if self._feet is None else self._feet.add(sighting, frame.image)


class CloseUpSight:
    """Feet or lower legs alone: nothing is looked for, the picture itself is compared."""

    name = METHOD

    def see(self, frame: Frame, cut: bool) -> Sighting:
        """Make a picture ready to be compared."""
        return glimpse_of(frame.image, frame.t_s, cut=cut)


@contextmanager
def sight_of(request: Request, cards: Sequence[Exercise], film: Video) -> Iterator[Sight]:
    """What sees the frames of an open video; raises ModelError."""
    if request.close_up:
        yield CloseUpSight()
        return
    with closing(open_model(request.model, film.info.size)) as model:
        yield BodySight(model, cards)
