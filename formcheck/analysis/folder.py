"""The folder of an analysis: what is to be written, begun before the frames and ended after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from formcheck.analysis.loop import NOWHERE, Shown
from formcheck.errors import InputError
from formcheck.exercises.card import Exercise
from formcheck.report.extras import Extras
from formcheck.report.landmarks import kinds_of
from formcheck.report.save import ANNOTATED_NAME, save
from formcheck.results import SessionResult
from formcheck.system.files import prepare_folder


@dataclass(frozen=True)
class Files:
    """What to write about a video, and where; nothing without a folder.

    annotate: the annotated video. report: the page. blur_faces: in both. landmarks: kinds of
    landmark files. Raises InputError for a kind that is unknown or cannot be written here.
    """

    folder: Path | None
    annotate: bool = True
    report: bool = True
    blur_faces: bool = False
    landmarks: Sequence[str] = ()

    def __post_init__(self) -> None:
        if self.folder is not None:
            kinds_of(self.landmarks)

    def within(self, name: str) -> Files:
        """The same in a folder of its own inside this one."""
        return replace(self, folder=self.folder and self.folder / name)

    def begin(self, card: Exercise, video: Path) -> Shown:
        """Make the folder; give what takes the frames.

        Raises OutputError for a folder that cannot be written, InputError for the video's own.
        """
        if self.folder is None:
            return NOWHERE
        prepare_folder(self.folder)
        annotated = self.folder / ANNOTATED_NAME
        if self.annotate and annotated.resolve() == video.resolve():
            raise InputError(
                f"{annotated}: would be written over itself; choose another folder with --out"
            )
        extras = Extras(
            card, report=self.report, blur_faces=self.blur_faces, landmarks=self.landmarks
        )
        return Shown(card.title, annotated if self.annotate else None, extras)

    def end(self, result: SessionResult, shown: Shown) -> None:
        """Write what is written at the end. Raises OutputError."""
        if self.folder is not None and shown.extras is not None:
            save(result, self.folder)
            shown.extras.write(result, self.folder)
