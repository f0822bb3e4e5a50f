"""Keeps a live session like an analysed one: a folder with a report for each of its exercises."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from formcheck.close_up.card import card_of
from formcheck.history.book import Book
from formcheck.live.coach.records import results
from formcheck.live.start import Outcome
from formcheck.report.extras import write_page
from formcheck.report.save import REPORT_NAME, save
from formcheck.system.files import prepare_folder


def keep(
    outcome: Outcome, book: Book | None, began: datetime, *, blur_faces: bool = False
) -> tuple[Path, ...]:
    """Write the exercises of a session, remember them, and say where the reports are.

    book: None to remember nothing. began: with its time zone. Raises InputError or OutputError.
    """
    pages = []
    for result in results(outcome.records, outcome.source, outcome.model):
        card = card_of(result)
        folder = outcome.path.with_suffix("") / card.name
        prepare_folder(folder)
        save(result, folder)
        write_page(result, card, outcome.peaks[card.name], folder, blur_faces=blur_faces)
        pages.append(folder / REPORT_NAME)
        if book is not None:
            book.add(result, began)
    return tuple(pages)
