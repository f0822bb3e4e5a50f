"""The loop that every analysis shares: each frame through a step, and shown beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import TypeVar

from formcheck.system.threads import Beside, ahead, interruptible
from formcheck.video.cuts import CutDetector
from formcheck.video.frames import Frame, Video

QUEUED = 4
"""Frames that may wait before and behind the step: enough to even out, little to hold."""

Made = TypeVar("Made")


@dataclass(frozen=True)
class Progress:
    """How far an analysis is. duration_s: as promised by the file, None where it says nothing."""

    frames: int
    t_s: float
    duration_s: float | None


OnProgress = Callable[[Progress], None]


def watch(
    film: Video,
    step: Callable[[Frame, bool], Made],
    show: Callable[[Frame, Made], None],
    on_progress: OnProgress | None = None,
) -> bool:
    """Take an open video through `step`; whether Ctrl-C ended it early.

    step: takes a frame and whether a cut came before it. show: takes the frame and what the step
    made of it. Decoding, the step, and showing have a thread each.
    """
    with (
        interruptible() as interrupted,
        Beside[tuple[Frame, Made]](lambda item: show(*item), QUEUED) as beside,
        closing(ahead(_with_cuts(film), QUEUED)) as frames,
    ):
        for number, (frame, cut) in enumerate(frames, start=1):
            beside.put((frame, step(frame, cut)))
            if on_progress is not None:
                on_progress(Progress(number, frame.t_s, film.info.duration_s))
            if interrupted.is_set():
                break
    return interrupted.is_set()


def _with_cuts(film: Video) -> Iterator[tuple[Frame, bool]]:
    cuts = CutDetector()
    for frame in film:
        yield frame, cuts.update(frame.image, frame.t_s) or frame.turned
