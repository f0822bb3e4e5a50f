"""What is made of the frames while they go by: pictures, landmarks, the annotated video.

Of a video in which the exercise is to be recognised, every exercise that may be the one has a
reel, so that nothing must be read again when it is known; the reels of the others are discarded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

from formcheck.analysis.folder import Files
from formcheck.drawing.overlay import Overlay
from formcheck.engine.part import Part
from formcheck.errors import FormcheckError, OutputError
from formcheck.exercises.card import Exercise
from formcheck.report.extras import Extras
from formcheck.report.save import ANNOTATED_NAME, save
from formcheck.results import SessionResult, Snapshot
from formcheck.system.files import not_writable, prepare_folder
from formcheck.video.frames import Frame
from formcheck.video.picture import Image
from formcheck.video.writer import VideoWriter

Keep = Callable[[SessionResult], None]
"""Remembers a result beside its files, as the history does."""


@dataclass(frozen=True)
class Showing:
    """What there is to show of one frame for one exercise. shown: whether it may be this one."""

    exercise: str
    snapshot: Snapshot
    shown: bool = True


class Reel:
    """One exercise's. annotated: where its video is written, from the first frame shown on."""

    def __init__(
        self, card: Exercise, files: Files, annotated: Path | None, time_base: Fraction
    ) -> None:
        self._extras = Extras(
            card, report=files.report, blur_faces=files.blur_faces, landmarks=files.landmarks
        )
        self._overlay = Overlay(card.title)
        self._annotated, self._time_base = annotated, time_base
        self._writer: VideoWriter | None = None
        self._problem: OutputError | None = None

    def take(self, image: Image, t_s: float, showing: Showing) -> None:
        """Take one frame (h, w, 3) RGB, which is drawn on."""
        snapshot = showing.snapshot
        self._extras.update(image if showing.shown else None, snapshot)
        if self._annotated is None or not showing.shown or self._problem is not None:
            return
        image = self._extras.presentable(image, snapshot)
        self._overlay.draw(image, snapshot)
        try:
            self._film(self._annotated, image, t_s)
        except OutputError as error:  # a full disk: what is measured goes on without a video
            self._problem = error
            self.discard()

    def _film(self, path: Path, image: Image, t_s: float) -> None:
        if self._writer is None:
            self._writer = VideoWriter(path, self._time_base)
        self._writer.write(image, t_s)

    def end(self, result: SessionResult, part: Part, folder: Path, keep: Keep) -> None:
        """Write the files of a result into a folder, each as far as it can be.

        What was measured comes first, then what is made of it. keep: remembers the result
        elsewhere. Raises the first OutputError of all, when the rest is written.
        """
        steps = (
            lambda: save(result, folder),
            lambda: keep(result),
            lambda: self._extras.write(result, folder, part),
            lambda: self._end_film(folder),
        )
        problems = [problem for step in steps if (problem := _problem_of(step)) is not None]
        if problems:
            raise problems[0]

    def _end_film(self, folder: Path) -> None:
        if self._problem is not None:
            raise self._problem
        if self._writer is not None and self._annotated is not None:
            self._writer.close()
            self._writer = None
            _move(self._annotated, folder / ANNOTATED_NAME)

    def discard(self) -> None:
        """Leave nothing behind of what was not ended."""
        if self._writer is not None:
            self._writer.discard()
            self._writer = None


def _problem_of(step: Callable[[], None]) -> FormcheckError | None:
    """What a step could not do; None when it is done."""
    try:
        step()
    except FormcheckError as error:
        return error
    return None


class Reels:
    """All reels of an analysis. Use it as a context manager; `end` what was done before leaving.

    Raises OutputError for a folder that cannot be written, InputError for the video's own.
    """

    def __init__(
        self, cards: Sequence[Exercise], files: Files, video: Path, time_base: Fraction
    ) -> None:
        self._files = files
        self._is_new = files.prepare(video)
        self._reels: dict[str, Reel] = {}
        if files.folder is None:
            return
        for card in cards:
            name = ANNOTATED_NAME if len(cards) == 1 else f".{card.name}-{ANNOTATED_NAME}"
            annotated = files.folder / name if files.annotate else None
            self._reels[card.name] = Reel(card, files, annotated, time_base)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for reel in self._reels.values():
            reel.discard()
        if self._is_new:
            self._files.give_up()

    def take(self, frame: Frame, showings: Sequence[Showing]) -> None:
        """Take one frame, for each exercise that it may show."""
        showings = showings if self._reels else ()
        last = sum(showing.shown for showing in showings) == 1
        for showing in showings:
            image = frame.image if last or not showing.shown else frame.image.copy()
            self._reels[showing.exercise].take(image, frame.t_s, showing)

    def end(self, result: SessionResult, part: Part, keep: Keep, *, alone: bool) -> None:
        """Write what was done; `alone` into the folder, else into one of its own inside it.

        keep: remembers the result elsewhere, before anything is made of it.
        """
        folder = self._files.folder
        if folder is None:
            keep(result)
            return
        its = folder if alone else folder / result.exercise
        prepare_folder(its)
        self._reels[result.exercise].end(result, part, its, keep)


def _move(written: Path, path: Path) -> None:
    try:
        if written.exists():  # of a video without any picture there is none
            written.replace(path)
    except OSError as error:
        raise not_writable(path, error) from error
