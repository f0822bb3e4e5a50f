"""Keeps a live session like an analysed one: a folder with a report for each of its exercises.

After every set, so that whatever ends the program later takes none of it away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from formcheck.close_up.card import card_of
from formcheck.errors import FormcheckError
from formcheck.history.book import Book
from formcheck.live.coach.records import SetRecord, results
from formcheck.report.extras import write_page
from formcheck.report.peaks import Peaks
from formcheck.report.save import REPORT_NAME, save
from formcheck.system.files import prepare_folder
from formcheck.system.threads import Beside

WAITING = 64
"""Sets that may wait to be written; a page takes a fraction of a second and a set a minute."""


@dataclass(frozen=True)
class _Job:
    """The sets so far of one exercise, and its pictures as they are now."""

    records: tuple[SetRecord, ...]
    peaks: Peaks
    model: str


class Keeper:
    """Writes beside the loop. Use it as a context manager: leaving it waits for the last set.

    path: of the session's own file; the folders lie beside it. source: the camera's name. began:
    with its time zone. book: None to remember nothing. pages: the reports that are written.
    warning: what could not be written, in one line, or None.
    """

    def __init__(
        self, path: Path, source: str, began: datetime, book: Book | None, *, blur_faces: bool
    ) -> None:
        self._folder = path.with_suffix("")
        self._source, self._began, self._book = source, began, book
        self._blur_faces = blur_faces
        self._beside = Beside(self._write, WAITING)
        self.pages: list[Path] = []
        self.warning: str | None = None

    def __enter__(self) -> Self:
        self._beside.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._beside.__exit__(None)

    def set_done(
        self, records: Sequence[SetRecord], peaks: Mapping[str, Peaks], model: str
    ) -> None:
        """Take all sets so far, of which the last one has just ended."""
        name = records[-1].bout.exercise.name
        mine = tuple(done for done in records if done.bout.exercise.name == name)
        self._beside.put(_Job(mine, peaks.get(name, Peaks()).copy(), model))

    def _write(self, job: _Job) -> None:
        try:
            self._keep(job)
            self.warning = None
        except FormcheckError as error:
            self.warning = str(error)

    def _keep(self, job: _Job) -> None:
        """What was measured first, then what is made of it."""
        (result,) = results(job.records, self._source, job.model)
        card = card_of(result)
        folder = self._folder / card.name
        if self._book is not None:
            self._book.put(result, self._began)
        prepare_folder(folder)
        save(result, folder)
        write_page(result, card, job.peaks, folder, blur_faces=self._blur_faces)
        if folder / REPORT_NAME not in self.pages:
            self.pages.append(folder / REPORT_NAME)
