"""Sample clips as a camera and a model: their pictures one after the other, their recorded poses.

What takes the time of a real run, the pose model and the waiting for a camera, is left out; all
else is the product's own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Self

import numpy as np

from formcheck.engine.engine import Engine
from formcheck.exercises import load
from formcheck.exercises.card import Exercise
from formcheck.live.camera.capture import Arrival
from formcheck.pose.pose import Pose, Sighting, from_trace
from formcheck.video.frames import open_video
from formcheck.video.picture import Image

SAMPLES = Path(__file__).parents[1] / "samples"
GAP_S = 1.0
"""Between one clip and the next."""


@dataclass(frozen=True)
class Clip:
    """A sample clip and what was rendered in it."""

    path: Path
    truth: dict[str, Any]

    def sightings(self) -> list[Sighting]:
        """The poses that the full model found in it."""
        return list(from_trace(self.trace))

    @property
    def trace(self) -> Path:
        """The file of these poses; there is none where no body was to be seen."""
        return SAMPLES / "traces" / f"{self.path.stem}.full.npz"


REST_S = 1.1
"""The live coach wants a person who is at rest and seen for so long before it begins."""


@cache
def clip_of(exercise: str) -> Clip:
    """The shortest dev clip of an exercise that the live coach would not interrupt.

    Alone, without a fault, seen from where the card wants the camera, at rest in the beginning.
    """
    found = []
    for path in sorted((SAMPLES / "clips").glob("*.json")):
        truth = json.loads(path.read_text("utf-8"))
        clip = Clip(path.with_suffix(".mp4"), truth)
        done = [*truth["reps"], *truth["holds"]]
        if truth["exercise"] != exercise or truth["split"] != "dev" or truth["bystanders"]:
            continue
        clean = not any(one["faults"] for one in done) and done[0]["start_s"] > REST_S
        if clean and clip.trace.is_file():
            found.append((len(clip.sightings()), path.name, clip))
    return next(clip for *_, clip in sorted(found) if _filmed_as_asked(clip, load(exercise)))


def _filmed_as_asked(clip: Clip, card: Exercise) -> bool:
    engine = Engine(card)
    views = [engine.update(s).view for s in clip.sightings() if s.t_s < REST_S]
    return views[-1] in card.camera


class PlayedBack:
    """A pose model that gives what it once found at the time of the picture."""

    name = "played back"

    def __init__(self, sightings: Sequence[Sighting]) -> None:
        self._poses = [sighting.pose for sighting in sightings]
        self._times = np.array([sighting.t_s for sighting in sightings])

    def detect(self, _image: Image, t_s: float) -> Pose | None:
        pose = self._poses[int(np.abs(self._times - t_s).argmin())]
        return pose and replace(pose, t_s=t_s)

    def scout(self, _image: Image, _t_s: float) -> list[Pose]:
        return []

    def restart(self) -> None:
        """Nothing is remembered."""

    def close(self) -> None:
        """Nothing is held."""


class EveryPicture:
    """In place of the live capture: every picture of the clips, as fast as they are taken."""

    def __init__(self, clips: Sequence[Clip]) -> None:
        self._arrivals = _arrivals(clips)
        self._waiting = next(self._arrivals, None)
        self._now_s = 0.0
        self.arrived = self.dropped = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._arrivals.close()

    @property
    def over(self) -> bool:
        return self._waiting is None

    def now_s(self) -> float:
        return self._now_s

    def interval_s(self) -> None:
        """Nobody is asked to keep up."""

    def first(self) -> Arrival | None:
        return self.newest(0.0)

    def newest(self, _timeout_s: float) -> Arrival | None:
        arrival, self._waiting = self._waiting, next(self._arrivals, None)
        if arrival is not None:
            self.arrived += 1
            self._now_s = arrival.frame.t_s
        return arrival


def _arrivals(clips: Sequence[Clip]) -> Any:
    later_s = 0.0
    for clip in clips:
        t_s = 0.0
        with open_video(clip.path) as film:
            for number, frame in enumerate(film):
                t_s = frame.t_s
                yield Arrival(replace(frame, t_s=later_s + t_s), fresh=number == 0)
        later_s += t_s + GAP_S


def joined(clips: Sequence[Clip]) -> Iterator[Sighting]:
    """The sightings of clips that follow one another as `EveryPicture` shows them."""
    later_s = 0.0
    for clip in clips:
        t_s = 0.0
        for sighting in clip.sightings():
            t_s = sighting.t_s
            pose = sighting.pose and replace(sighting.pose, t_s=later_s + t_s)
            yield replace(sighting, t_s=later_s + t_s, pose=pose)
        later_s += t_s + GAP_S
