"""What is written beside the figures: the report with its pictures, and the landmarks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from formcheck.drawing.faces import hide_faces
from formcheck.engine.part import WHOLE, Part
from formcheck.exercises.card import Exercise
from formcheck.report.html import write_report
from formcheck.report.landmarks import Landmarks, kinds_of
from formcheck.report.peaks import Peaks
from formcheck.report.pictures import save_pictures, take_pictures
from formcheck.report.save import REPORT_NAME
from formcheck.report.session_file import as_stored
from formcheck.results import SessionResult, Snapshot
from formcheck.video.picture import Image


class Extras:
    """Watches the frames go by, before anything is drawn on them, and writes at the end.

    report: whether to write the page. landmarks: kinds of landmark files to write.
    Raises InputError for a kind that is unknown or cannot be written here.
    """

    def __init__(
        self,
        card: Exercise,
        *,
        report: bool = True,
        blur_faces: bool = False,
        landmarks: Sequence[str] = (),
    ) -> None:
        self._card = card
        self._blur_faces = blur_faces
        self._peaks = Peaks() if report else None
        self._landmarks = Landmarks(kinds_of(landmarks)) if landmarks else None

    def update(self, image: Image | None, snapshot: Snapshot) -> None:
        """Take one frame, (h, w, 3) RGB; without it no picture is taken of this one."""
        if self._peaks is not None and image is not None:
            self._peaks.update(image, snapshot)
        if self._landmarks is not None:
            self._landmarks.update(snapshot)

    def presentable(self, image: Image, snapshot: Snapshot) -> Image:
        """Give the picture that may be shown to others."""
        return hide_faces(image, snapshot.pose) if self._blur_faces else image

    def write(self, result: SessionResult, folder: Path, part: Part = WHOLE) -> None:
        """Write beside the session's files; raises OutputError.

        part: of the recording, which the landmarks are of.
        """
        if self._peaks is not None:
            write_page(result, self._card, self._peaks, folder, blur_faces=self._blur_faces)
        if self._landmarks is not None:
            self._landmarks.write(folder, part)


def write_page(
    result: SessionResult, card: Exercise, peaks: Peaks, folder: Path, *, blur_faces: bool
) -> None:
    """Write the report and its pictures; raises OutputError."""
    pictures = take_pictures(peaks, result, card, blur_faces=blur_faces)
    save_pictures(pictures, folder)
    # As it is stored, so that the figures in it are those of session.json.
    write_report(as_stored(result), pictures, folder / REPORT_NAME)
