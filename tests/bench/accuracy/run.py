"""Runs formcheck and the baselines over the sample clips' landmark traces, and their feet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from formcheck.analysis.counter import counter
from formcheck.close_up.feet_finder import FeetFinder
from formcheck.engine.engine import Options
from formcheck.exercises import load, names
from formcheck.pose.pose import Sighting, from_trace
from formcheck.results import SessionResult
from formcheck.video.frames import open_video
from tests.bench.accuracy.baselines import fixed_angles, peaks
from tests.bench.accuracy.score import Score, score
from tests.bench.accuracy.truth import Clip

STRETCHES = {"calf-stretch", "soleus-stretch"}
"""The same stance: each is meant to recognise, and name, the other."""


@dataclass(frozen=True)
class Run:
    """One clip with one model: how formcheck and the baselines did on its own exercise."""

    model: str
    score: Score
    baselines: dict[str, int]


@dataclass(frozen=True)
class Phantom:
    """What an exercise counted on a clip that does not show it."""

    model: str
    exercise: str
    clip: Clip
    formcheck: int
    baselines: dict[str, int]


def analyse(exercise: str, sightings: Iterable[Sighting], hold_s: float | None) -> SessionResult:
    """The engine's result for one exercise."""
    engine = counter(load(exercise), Options(hold_s=hold_s))
    for sighting in sightings:
        engine.update(sighting)
    return engine.finish()


def seen(clip: Clip, model: str) -> Iterator[Sighting]:
    """What the model saw in a clip, with the feet cut out of its pictures."""
    finder = FeetFinder()
    with open_video(clip.video) as film:
        for frame, sighting in zip(film, from_trace(clip.trace(model)), strict=False):
            yield finder.add(sighting, frame.image)


def runs(clips: Iterable[Clip], model: str) -> Iterator[Run]:
    """Every clip on its own exercise."""
    for clip in clips:
        if clip.exercise not in names():
            continue
        sightings = list(seen(clip, model))
        hold_s = clip.prescribed_s or None
        result = analyse(clip.exercise, sightings, hold_s)
        yield Run(model, score(clip, result), _baselines(clip.exercise, sightings, result))


def phantoms(clips: Iterable[Clip], model: str) -> Iterator[Phantom]:
    """Every clip on every exercise that it does not show."""
    for clip in clips:
        sightings = list(seen(clip, model))
        for exercise in names():
            if exercise == clip.exercise or {exercise, clip.exercise} == STRETCHES:
                continue
            result = analyse(exercise, sightings, None)
            counted = len(result.reps) + len(result.holds)
            others = _baselines(exercise, sightings, result)
            yield Phantom(model, exercise, clip, counted, others)


def _baselines(exercise: str, sightings: list[Sighting], result: SessionResult) -> dict[str, int]:
    counts = load(exercise).counts
    if counts.held:
        return {}
    found = {
        "fixed angles": fixed_angles(exercise, sightings),
        "peak finder": peaks(exercise, result.signals, counts.driver),
    }
    return {name: count for name, count in found.items() if count is not None}
