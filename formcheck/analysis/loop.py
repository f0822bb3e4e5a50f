"""The loop that every analysis shares: each frame through a step, and shown beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from formcheck.drawing.overlay import Overlay
from formcheck.report.extras import Extras
from formcheck.results import Snapshot
from formcheck.system.threads import Beside, ahead, interruptible
from formcheck.video.cuts import CutDetector
from formcheck.video.frames import Frame, Video
from formcheck.video.writer import VideoWriter

QUEUED = 4
"""Frames that may wait before and behind the step: enough to even out, little to hold."""


@dataclass(frozen=True)
class Progress:
    """How far an analysis is. duration_s: as promised by the file, None where it says nothing."""

    frames: int
    t_s: float
    duration_s: float | None


OnProgress = Callable[[Progress], None]
Step = Callable[[Frame, bool], Snapshot | None]
"""Takes a frame and whether a cut came before it; gives what to show of it, None for nothing."""
Show = Callable[[Frame, Snapshot], None]


@dataclass(frozen=True)
class Shown:
    """Where frames go beside the step. title: drawn on the annotated video at `annotated`."""

    title: str = ""
    annotated: Path | None = None
    extras: Extras | None = None


NOWHERE = Shown()


def watch(
    film: Video, step: Step, shown: Shown = NOWHERE, on_progress: OnProgress | None = None
) -> bool:
    """Take an open video through `step`; whether Ctrl-C ended it early.

    Decoding, the step, and drawing have a thread each.
    """
    with (
        interruptible() as interrupted,
        _beside(film, shown) as show,
        closing(ahead(_with_cuts(film), QUEUED)) as frames,
    ):
        for number, (frame, cut) in enumerate(frames, start=1):
            snapshot = step(frame, cut)
            if snapshot is not None:
                show(frame, snapshot)
            if on_progress is not None:
                on_progress(Progress(number, frame.t_s, film.info.duration_s))
            if interrupted.is_set():
                break
    return interrupted.is_set()


def _with_cuts(film: Video) -> Iterator[tuple[Frame, bool]]:
    cuts = CutDetector()
    for frame in film:
        yield frame, cuts.update(frame.image, frame.t_s) or frame.turned


@contextmanager
def _beside(film: Video, shown: Shown) -> Iterator[Show]:
    """Give what shows a frame to the extras and films it, beside the caller's thread."""
    path, extras = shown.annotated, shown.extras
    if path is None and extras is None:
        yield lambda _frame, _snapshot: None
        return
    overlay = Overlay(shown.title)

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
