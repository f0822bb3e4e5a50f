"""One analysis from the request to its results: a video is read once, whatever is in it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol, Unpack

from formcheck import exercises
from formcheck.analysis.counter import Counter, counter
from formcheck.analysis.loop import OnProgress, watch
from formcheck.analysis.lying import told, turn_for
from formcheck.analysis.offer import Offer
from formcheck.analysis.recognition import Done, Recogniser
from formcheck.analysis.reels import Keep, Reels, Showing
from formcheck.analysis.request import AUTO, Request, Wishes, options_of
from formcheck.analysis.sight import Sight, sight_of
from formcheck.engine.engine import Engine
from formcheck.engine.part import WHOLE, Part
from formcheck.errors import InputError
from formcheck.exercises.card import Exercise
from formcheck.pose.pose import Sighting
from formcheck.results import SessionResult, Snapshot, Status
from formcheck.video.frames import Frame, open_video

INTERRUPTED = "The analysis was interrupted: what comes later in the video is not in the figures."
NOT_SURE = "not sure which exercise this is; name it with --exercise"
NOBODY = (
    "nobody is seen in it; film the whole body, or name what the feet do with --close-up --exercise"
)
FEET_ALONE = "no body is seen in it, but a foot that moves; name it with --close-up --exercise"
SHOWN_S = 2.0
"""An exercise whose posture was left for longer is not shown as what this may be."""


def analyze(
    video: Path | str,
    exercise: str,
    *,
    on_progress: OnProgress | None = None,
    **wishes: Unpack[Wishes],
) -> SessionResult:
    """Count, time and judge an exercise in a video file.

    side: left, right, both or auto. out: folder for the files, None for no files. model: lite,
    full, heavy or a path. height_cm: of the person. target: full range, in the unit of the graded
    measure. hold_s: prescribed hold. close_up: only feet or lower legs are in the picture. rotate:
    degrees clockwise to turn the picture by; without it, it is found out.
    annotate, report: write the annotated video, the report page. blur_faces: in both. landmarks:
    files of landmarks to write, of csv, parquet and trc. on_progress: called after every frame.
    Ctrl-C ends early and keeps what was measured.

    Raises InputError, ModelError or OutputError, each with one line that says what to do.
    """
    return run(Request.of(video, exercise, **wishes), on_progress)[0]


def analyze_auto(
    video: Path | str, *, on_progress: OnProgress | None = None, **wishes: Unpack[Wishes]
) -> tuple[SessionResult, ...]:
    """Recognise what is done in a video; give a result per exercise, in the order of the first.

    The arguments are those of `analyze`. With several exercises each has a folder of its own,
    named after it, inside `out`.

    Raises InputError when it is not sure, else as `analyze` does.
    """
    return run(Request.of(video, AUTO, **wishes), on_progress)


def analyze_poses(
    sightings: Iterable[Sighting], exercise: str, **wishes: Unpack[Wishes]
) -> SessionResult:
    """Count, time and judge an exercise in recorded poses, in time order; see `analyze`."""
    engine = Engine(exercises.load(exercise), options_of(wishes))
    for sighting in sightings:
        engine.update(sighting)
    return engine.finish()


class Counting(Protocol):
    """What counts in a video: one engine, or all of them until it is known which is right."""

    def update(self, sighting: Sighting) -> Mapping[str, Snapshot]:
        """Take one frame, in time order; give what there is to say of it by exercise."""

    def may_be(self, exercise: str) -> bool:
        """Whether this is the exercise that is being done, as far as is known."""

    def done(self) -> Sequence[Done]:
        """Close the recording; what was done in it."""

    def result(self, done: Done) -> SessionResult:
        """What its engine counted of it."""


class Named:
    """The exercise that was asked for."""

    def __init__(self, card: Exercise, engine: Counter) -> None:
        self._name, self._engine = card.name, engine

    def update(self, sighting: Sighting) -> Mapping[str, Snapshot]:
        """Take one frame, in time order."""
        return {self._name: self._engine.update(sighting)}

    def may_be(self, _exercise: str) -> bool:
        """It was named."""
        return True

    def done(self) -> Sequence[Done]:
        """It is what was done, all the time."""
        return (Done(self._name, WHOLE),)

    def result(self, _done: Done) -> SessionResult:
        """What was counted."""
        return self._engine.finish()


def run(
    request: Request,
    on_progress: OnProgress | None = None,
    keep: Keep = lambda _result: None,
) -> tuple[SessionResult, ...]:
    """Analyse a video as asked; raises InputError, ModelError or OutputError.

    keep: takes each result as soon as it is stored, before pages and videos are made of it.
    """
    cards = request.cards()
    turn = turn_for(request, cards)
    with (
        open_video(request.video, rotate=turn) as film,
        sight_of(request, cards, film) as sight,
        Reels(cards, request.files, request.video, film.info.time_base) as reels,
    ):
        course = Course(request, cards, sight)
        interrupted = watch(film, course.step, reels.take, on_progress)
        results = course.results(
            (*told(turn, request), *((INTERRUPTED,) if interrupted else film.warnings))
        )
        for part, result in results:
            reels.end(result, part, keep, alone=len(results) == 1)
    return tuple(result for _part, result in results)


class Course:
    """The steps of one analysis, and what comes of them."""

    def __init__(self, request: Request, cards: Sequence[Exercise], sight: Sight) -> None:
        self._request, self._sight = request, sight
        self._counting: Counting
        if request.exercise == AUTO:
            self._counting = Recogniser(cards, lambda _card: request.options)
        else:
            engine = counter(cards[0], request.options, close_up=request.close_up)
            self._counting = Named(cards[0], engine)
        self._offer = Offer(() if request.close_up else cards)
        self._fitted_s: dict[str, float] = {}

    def step(self, frame: Frame, cut: bool) -> Sequence[Showing]:
        """Count in one frame; give what there is to show of it."""
        sighting = self._sight.see(frame, cut)
        snapshots = self._counting.update(sighting)
        seen = any(snapshot.status is not Status.NOT_SEEN for snapshot in snapshots.values())
        self._offer.update(frame, cut=cut, seen=seen)
        return [self._showing(name, snapshot) for name, snapshot in snapshots.items()]

    def _showing(self, name: str, snapshot: Snapshot) -> Showing:
        t_s = snapshot.t_s
        if snapshot.status in (Status.READY, Status.ACTIVE) or self._counting.may_be(name):
            self._fitted_s[name] = t_s
        return Showing(name, snapshot, t_s - self._fitted_s.get(name, -math.inf) <= SHOWN_S)

    def results(self, warnings: Sequence[str]) -> Sequence[tuple[Part, SessionResult]]:
        """What was done, with the part of the video that it was done in.

        warnings: what went wrong while it was read. Raises InputError when nothing is recognised.
        """
        found = self._counting.done()
        if not found:
            raise InputError(f"{self._request.video}: {self._why_not()}")
        return [(done.part, self._finished(done, warnings)) for done in found]

    def _finished(self, done: Done, warnings: Sequence[str]) -> SessionResult:
        result = self._counting.result(done)
        told = (*warnings, *result.quality.warnings, *self._offered(result))
        return replace(
            result,
            quality=replace(result.quality, warnings=told),
            source=self._request.video.name,
            model=self._sight.name,
            recognised=done.confidence,
        )

    def _offered(self, result: SessionResult) -> Sequence[str]:
        """What to try when nobody was seen, but a foot."""
        moves = [] if result.reps else self._offer.moves_like()
        name = self._request.video.name
        return [
            "No body was seen, but a foot that moves: try "
            f"formcheck analyze {name} --exercise {exercise} --close-up"
            for exercise in moves
        ]

    def _why_not(self) -> str:
        """Why nothing is named, and what to name it as."""
        if not self._offer.nobody:
            return f"{NOT_SURE}: {', '.join(exercises.names())}"
        moves = self._offer.moves_like()  # offered, none is named: several may count one movement
        return f"{FEET_ALONE}: {', '.join(moves)}" if moves else NOBODY
