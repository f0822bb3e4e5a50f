"""From a video to a result: decoding, pose and drawing each in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from formcheck.bundles import DEFAULT, locate
from formcheck.cuts import CutDetector
from formcheck.engine import Engine, Options
from formcheck.errors import InputError
from formcheck.exercise import Exercise
from formcheck.exercises import load
from formcheck.files import prepare_folder
from formcheck.follow import Follower
from formcheck.frames import Frame, Video, open_video
from formcheck.landmarker import Landmarker
from formcheck.options import AUTO, options_of
from formcheck.overlay import Overlay
from formcheck.pose_source import PoseSource
from formcheck.poses import Sighting
from formcheck.report.extras import Extras
from formcheck.report.save import ANNOTATED_NAME, save
from formcheck.results import SessionResult, Snapshot
from formcheck.threads import Beside, ahead, interruptible
from formcheck.writer import VideoWriter

QUEUED = 4
"""Frames that may wait before and behind the pose model: enough to even out, little to hold."""
INTERRUPTED = "The analysis was interrupted: what comes later in the video is not in the figures."


@dataclass(frozen=True)
class Progress:
    """How far an analysis is. duration_s: as promised by the file, None where it says nothing."""

    frames: int
    t_s: float
    duration_s: float | None


OnProgress = Callable[[Progress], None]
Show = Callable[[Frame, Snapshot], None]


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
    bundle = locate(str(model))
    extras = None
    if folder is not None:
        extras = Extras(card, report=report, blur_faces=blur_faces, landmarks=landmarks)
    with open_video(path) as film, Landmarker(bundle, film.info.size) as landmarker:
        annotated = None
        if folder is not None:
            prepare_folder(folder)
            annotated = _annotated_path(folder, path) if annotate else None
        result = run(
            film,
            landmarker,
            card,
            options,
            annotated=annotated,
            extras=extras,
            on_progress=on_progress,
        )
    result = replace(result, source=path.name, model=bundle.name)
    if folder is not None and extras is not None:
        save(result, folder)
        extras.write(result, folder)
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
    annotated: Path | None = None,
    extras: Extras | None = None,
    on_progress: OnProgress | None = None,
) -> SessionResult:
    """Take an open video through the model and the engine, and write `annotated` meanwhile.

    extras: are shown every frame.
    """
    follower, engine = Follower(source, card), Engine(card, options)
    with (
        interruptible() as interrupted,
        _beside(annotated, film, card.title, extras) as show,
        closing(ahead(_with_cuts(film), QUEUED)) as frames,
    ):
        for number, (frame, cut) in enumerate(frames, start=1):
            snapshot = engine.update(follower.see(frame.image, frame.t_s, cut=cut))
            show(frame, snapshot)
            if on_progress is not None:
                on_progress(Progress(number, frame.t_s, film.info.duration_s))
            if interrupted.is_set():
                break
    result = engine.finish()
    warnings = (*film.warnings, *result.quality.warnings)
    if interrupted.is_set():
        warnings = (INTERRUPTED, *result.quality.warnings)
    return replace(result, quality=replace(result.quality, warnings=warnings))


def _with_cuts(film: Video) -> Iterator[tuple[Frame, bool]]:
    cuts = CutDetector()
    for frame in film:
        yield frame, cuts.update(frame.image, frame.t_s)


@contextmanager
def _beside(path: Path | None, film: Video, title: str, extras: Extras | None) -> Iterator[Show]:
    """Give what shows a frame to the extras and films it to `path`, beside the caller's thread."""
    if path is None and extras is None:
        yield lambda _frame, _snapshot: None
        return
    overlay = Overlay(title)

    def work(item: tuple[Frame, Snapshot]) -> None:
        frame, snapshot = item
        if extras is not None:
            extras.update(frame.image, snapshot)
        if writer is not None:
            image = extras.presentable(frame.image, snapshot) if extras else frame.image
            overlay.draw(image, snapshot)
            writer.write(image, frame.t_s)

    video = nullcontext() if path is None else VideoWriter(path, film.info.time_base)
    with video as writer, Beside(work, QUEUED) as beside:
        yield lambda frame, snapshot: beside.put((frame, snapshot))


def _annotated_path(folder: Path, video: Path) -> Path:
    path = folder / ANNOTATED_NAME
    if path.resolve() == video.resolve():
        raise InputError(f"{path}: would be written over itself; choose another folder with --out")
    return path
