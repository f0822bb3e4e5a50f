"""Analysing a video without being told which exercise it shows.

The pose model sees the video once, with every card counting. What was seen is then judged for
each exercise that was recognised, beside the pictures, which are read again.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from formcheck import exercises
from formcheck.analysis.counter import counter, feet_for
from formcheck.analysis.folder import Files
from formcheck.analysis.loop import OnProgress, Shown, watch
from formcheck.analysis.offer import NOBODY_SHARE, moves_like
from formcheck.analysis.one_exercise import with_warnings
from formcheck.analysis.options import AUTO, options_of
from formcheck.analysis.recognition import Recognised, Recogniser
from formcheck.body.follow import Follower
from formcheck.close_up.feet_finder import FeetFinder
from formcheck.engine.engine import Options
from formcheck.errors import InputError
from formcheck.exercises.card import Exercise
from formcheck.pose.landmarker import Landmarker
from formcheck.pose.models import DEFAULT, locate
from formcheck.pose.pose import Sighting
from formcheck.results import SessionResult, Snapshot
from formcheck.video.frames import Frame, open_video

NOT_SURE = "not sure which exercise this is; name it with --exercise"
NOBODY = (
    "nobody is seen in it; film the whole body, or name what the feet do with --close-up --exercise"
)
FEET_ALONE = "no body is seen in it, but a foot that moves; name it with --close-up --exercise"


def analyze_auto(
    video: Path | str,
    *,
    side: str = AUTO,
    out: Path | str | None = None,
    model: Path | str = DEFAULT,
    height_cm: float | None = None,
    hold_s: float | None = None,
    annotate: bool = True,
    report: bool = True,
    blur_faces: bool = False,
    landmarks: Sequence[str] = (),
    on_progress: OnProgress | None = None,
) -> tuple[SessionResult, ...]:
    """Recognise what is done in a video; give a result per exercise, in the order of the first.

    The arguments are those of `analyze`. With several exercises each has a folder of its own,
    named after it, inside `out`.

    Raises InputError when it is not sure, else as `analyze` does.
    """
    path, folder = Path(video), None if out is None else Path(out)
    options, bundle = options_of(side, None, height_cm, hold_s), locate(str(model))
    files = Files(folder, annotate, report, blur_faces, landmarks)
    sightings: list[Sighting] = []
    found = Recogniser(_cards(), options)
    with open_video(path) as film, Landmarker(bundle, film.info.size) as landmarker:
        follower, feet = Follower(landmarker, *_cards()), FeetFinder()

        def see(frame: Frame, cut: bool) -> None:
            # Without the feet: pictures of a long video would not fit into memory.
            sightings.append(follower.see(frame.image, frame.t_s, cut=cut))
            found.update(feet.add(sightings[-1], frame.image))

        interrupted = watch(film, see, on_progress=on_progress)
    recognised = list(parts(sightings, found.finish()))
    if not recognised:
        raise InputError(f"{path}: {_why_not(path, sightings)}")
    results = []
    for name, part, confidence in recognised:
        card = exercises.load(name)
        its = files.within(name) if len(recognised) > 1 else files
        shown = its.begin(card, path)
        result = with_warnings(
            _judge(path, card, options, part, shown), film, interrupted=interrupted
        )
        result = replace(result, source=path.name, model=bundle.name, recognised=confidence)
        its.end(result, shown)
        results.append(result)
    return tuple(results)


def _cards() -> list[Exercise]:
    return [exercises.load(name) for name in exercises.names()]


def _why_not(path: Path, sightings: Sequence[Sighting]) -> str:
    """Why nothing is named, and what to name it as."""
    seen = sum(sighting.pose is not None for sighting in sightings)
    if seen > NOBODY_SHARE * len(sightings):
        return f"{NOT_SURE}: {', '.join(exercises.names())}"
    moves = moves_like(_cards(), path)  # offered, none is named: several may count one movement
    return f"{FEET_ALONE}: {', '.join(moves)}" if moves else NOBODY


def parts(
    sightings: Sequence[Sighting], found: Sequence[Recognised]
) -> Iterator[tuple[str, list[Sighting | None], float]]:
    """For each exercise its name, what was seen of it, and how sure it is.

    Per frame its sighting, or None while another exercise was done. One gives way to the next
    half-way between them; a return to the first begins afresh.
    """
    changes = [(a.end_s + b.start_s) / 2 for a, b in pairwise(found)]
    spans = list(zip([-math.inf, *changes], [*changes, math.inf], found, strict=False))
    for name in dict.fromkeys(r.exercise for r in found):
        mine = [(start, end) for start, end, r in spans if r.exercise == name]
        sure = max(r.confidence for r in found if r.exercise == name)
        yield name, list(_within(mine, sightings)), sure


def _within(
    spans: Sequence[tuple[float, float]], sightings: Iterable[Sighting]
) -> Iterator[Sighting | None]:
    away = False
    for sighting in sightings:
        inside = any(start <= sighting.t_s < end for start, end in spans)
        yield replace(sighting, cut=sighting.cut or away) if inside else None
        away = not inside


def _judge(
    path: Path, card: Exercise, options: Options, part: Iterable[Sighting | None], shown: Shown
) -> SessionResult:
    """Read the video once more: for the feet, and for the pictures."""
    engine, waiting = counter(card, options), iter(part)
    with_feet = feet_for(engine)

    def step(frame: Frame, _cut: bool) -> Snapshot | None:
        sighting = next(waiting, None)
        return None if sighting is None else engine.update(with_feet(sighting, frame.image))

    with open_video(path) as film:
        watch(film, step, shown)
    return engine.finish()
