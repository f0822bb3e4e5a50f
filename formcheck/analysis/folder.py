"""The folder of an analysis: what is to be written, begun before the frames and ended after."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from formcheck.errors import InputError
from formcheck.report.landmarks import kinds_of
from formcheck.report.save import ANNOTATED_NAME
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

    def prepare(self, video: Path) -> bool:
        """Make the folder; whether it is a new one.

        Raises OutputError for a folder that cannot be written, InputError for the video's own.
        """
        if self.folder is None:
            return False
        is_new = not self.folder.exists()
        prepare_folder(self.folder)
        annotated = self.folder / ANNOTATED_NAME
        if self.annotate and annotated.resolve() == video.resolve():
            raise InputError(
                f"{annotated}: would be written over itself; choose another folder with --out"
            )
        return is_new

    def give_up(self) -> None:
        """Remove the folder, which was made for nothing."""
        if self.folder is not None:
            with suppress(OSError):  # something is in it
                self.folder.rmdir()


NO_FILES = Files(None)
