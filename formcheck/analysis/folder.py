"""The folder of an analysis: what is to be written, begun before the frames and ended after."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from formcheck.errors import InputError
from formcheck.report.landmarks import kinds_of
from formcheck.report.save import ANNOTATED_NAME
from formcheck.report.session_file import SESSION_NAME
from formcheck.system.files import prepare_folder


def is_of_another(folder: Path, video: Path) -> bool:
    """Whether the folder holds results of another recording than `video`."""
    sessions = (folder / SESSION_NAME, *folder.glob(f"*/{SESSION_NAME}"))
    return any(_source(path) not in (None, video.name) for path in sessions)


def _source(session: Path) -> str | None:
    """Of which recording a session is; None where there is none that can be read."""
    try:
        source = json.loads(session.read_text(encoding="utf-8"))["source"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return source if isinstance(source, str) else None


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
        if is_of_another(self.folder, video):
            raise InputError(
                f"{self.folder}: holds the results of another recording; choose another with --out"
            )
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
