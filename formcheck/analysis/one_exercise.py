"""From a video, or from recorded poses, to the result of one exercise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from formcheck.analysis.counter import counter, feet_for
from formcheck.analysis.folder import Files
from formcheck.analysis.loop import NOWHERE, OnProgress, Shown, watch
from formcheck.analysis.offer import offer
from formcheck.analysis.options import AUTO, options_of
from formcheck.body.follow import Follower
from formcheck.engine.engine import Engine, Options
from formcheck.exercises import load
from formcheck.exercises.card import Exercise
from formcheck.pose.landmarker import Landmarker
from formcheck.pose.models import DEFAULT, locate
from formcheck.pose.pose import Sighting
from formcheck.pose.source import PoseSource
from formcheck.results import SessionResult, Snapshot
from formcheck.video.frames import Frame, Video, open_video

INTERRUPTED = "The analysis was interrupted: what comes later in the video is not in the figures."


def analyze(
    video: Path | str,
    exercise: str,
    *,
    side: str = AUTO,
    out: Path | str | None = None,
    model: Path | str = DEFAULT,
    height_cm: float | None = None,
    target: float | None = None,
    hold_s: float | None = None,
    annotate: bool = True,
    report: bool = True,
    blur_faces: bool = False,
    landmarks: Sequence[str] = (),
    on_progress: OnProgress | None = None,
) -> SessionResult:
    """Count, time and judge an exercise in a video file.

    side: left, right, both or auto. out: folder for the files, None for no files. model: lite,
    full, heavy or a path. height_cm: of the person. target: full range, in the unit of the graded
    measure. hold_s: prescribed hold. annotate, report: write the annotated video, the report page.
    blur_faces: in both. landmarks: files of landmarks to write, of csv, parquet and trc.
    on_progress: called after every frame. Ctrl-C ends early and keeps what was measured.

    Raises InputError, ModelError or OutputError, each with one line that says what to do.
    """
    path, folder = Path(video), None if out is None else Path(out)
    card, options = load(exercise), options_of(side, target, height_cm, hold_s)
    bundle, files = locate(str(model)), Files(folder, annotate, report, blur_faces, landmarks)
    with open_video(path) as film, Landmarker(bundle, film.info.size) as landmarker:
        shown = files.begin(card, path)
        result = run(film, landmarker, card, options, shown=shown, on_progress=on_progress)
    result = replace(result, source=path.name, model=bundle.name)
    if tip := offer(result, card, path):
        warnings = (*result.quality.warnings, tip)
        result = replace(result, quality=replace(result.quality, warnings=warnings))
    files.end(result, shown)
    return result


def analyze_poses(
    sightings: Iterable[Sighting],
    exercise: str,
    *,
    side: str = AUTO,
    height_cm: float | None = None,
    target: float | None = None,
    hold_s: float | None = None,
) -> SessionResult:
    """Count, time and judge an exercise in recorded poses, in time order; see `analyze`."""
    engine = Engine(load(exercise), options_of(side, target, height_cm, hold_s))
    for sighting in sightings:
        engine.update(sighting)
    return engine.finish()


def run(
    film: Video,
    source: PoseSource,
    card: Exercise,
    options: Options,
    *,
    shown: Shown = NOWHERE,
    on_progress: OnProgress | None = None,
) -> SessionResult:
    """Take an open video through the model and the engine, and show every frame meanwhile."""
    follower, engine = Follower(source, card), counter(card, options)
    with_feet = feet_for(engine)

    def step(frame: Frame, cut: bool) -> Snapshot:
        sighting = follower.see(frame.image, frame.t_s, cut=cut)
        return engine.update(with_feet(sighting, frame.image))

    interrupted = watch(film, step, shown, on_progress)
    return with_warnings(engine.finish(), film, interrupted=interrupted)


def with_warnings(result: SessionResult, film: Video, *, interrupted: bool) -> SessionResult:
    """The result with what went wrong while the video was read."""
    # Who interrupts knows that the video goes on; what it says of its end would be wrong.
    first = (INTERRUPTED,) if interrupted else film.warnings
    quality = replace(result.quality, warnings=(*first, *result.quality.warnings))
    return replace(result, quality=quality)
