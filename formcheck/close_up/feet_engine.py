"""Toes of somebody seen from head to foot: the pose says when, the flow at the feet says what.

The pose model has one point for all toes, and hardly moves it when they do. So its landmarks are
asked where the feet are, and whether the posture is the exercise's; what moves at them is counted
as the close-up camera counts it.
"""

from __future__ import annotations

import math
from dataclasses import replace

from formcheck.close_up.card import Genuine
from formcheck.close_up.engine import CloseUpEngine, Glimpse
from formcheck.close_up.flow import KeyPictures
from formcheck.engine.engine import DEFAULTS, NOBODY, Engine, Options
from formcheck.engine.part import WHOLE, Part
from formcheck.exercises.card import Exercise
from formcheck.pose.pose import Feet, Sighting
from formcheck.results import Outline, SessionResult, Snapshot, Status

GRACE_S = 0.6
"""The model may doubt the posture for so long: a lift goes on meanwhile."""


class FeetEngine:
    """One exercise of the toes, one person, one recording. See the module's docstring.

    genuine: what a repetition must show in the picture round the feet. keys: key pictures of the
    feet that other exercises share.
    """

    def __init__(
        self,
        exercise: Exercise,
        genuine: Genuine,
        options: Options = DEFAULTS,
        keys: KeyPictures | None = None,
    ) -> None:
        self._body = Engine(exercise, options)
        self._feet = CloseUpEngine(exercise, options, genuine, keys)
        self._ready_s = -math.inf
        self._away = True

    def update(self, sighting: Sighting) -> Snapshot:
        """Take one frame, in time order, and say what may be shown about it."""
        body = self._body.update(sighting)
        if body.status in (Status.READY, Status.ACTIVE):
            self._ready_s = sighting.t_s
        shown = self._look_at_feet(sighting, body)
        return replace(shown, pose=body.pose, side=body.side, view=body.view)

    def _look_at_feet(self, sighting: Sighting, body: Snapshot) -> Snapshot:
        feet = sighting.feet
        if feet is None or sighting.t_s - self._ready_s > GRACE_S:
            self._away = True
            shown = self._feet.unseen(sighting.t_s, body.message or NOBODY)
            return replace(shown, status=body.status, message=body.message)
        begun = self._away or feet.begun or sighting.cut
        self._away = False
        glimpse = Glimpse(t_s=sighting.t_s, grey=feet.grey, cut=begun, knees_shank=feet.knees_shank)
        shown = self._feet.update(glimpse)
        outlines = tuple(_in_frame(line, feet, body) for line in shown.outlines)
        return replace(shown, outlines=outlines)

    def finish(self, part: Part = WHOLE) -> SessionResult:
        """Close the recording: what is in a part of it judged against the same, final target."""
        result, body = self._feet.finish(part), self._body.finish(part).quality
        return replace(result, quality=replace(result.quality, coverage=body.coverage))


def _in_frame(line: Outline, feet: Feet, body: Snapshot) -> Outline:
    """A line in shares of the picture of the feet, in shares of the whole one."""
    if body.pose is None:
        return ()
    left, top, right, bottom = feet.box
    width, height = body.pose.size
    return tuple(
        ((left + x * (right - left)) / width, (top + y * (bottom - top)) / height) for x, y in line
    )
