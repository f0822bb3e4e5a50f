"""The trend over weeks: points, symmetry, adherence, and how they are told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import html5lib
import pytest

from formcheck.exercises import load
from formcheck.history.page import render
from formcheck.history.sessions import Entry
from formcheck.history.spark import spark_line
from formcheck.history.trend import sentence, trend
from formcheck.pose.side_view import Side
from formcheck.results import SessionResult
from tests.browser import overflow_px, sheets
from tests.session_maker import heel_raises, nothing_counted, stretches

MONDAY = datetime(2026, 3, 2, 18, tzinfo=UTC)
CARD = load("heel-raise")


def entries(results: Sequence[SessionResult], days: Sequence[int]) -> list[Entry]:
    return [
        Entry(i + 1, "me", MONDAY + timedelta(days=day), result)
        for i, (result, day) in enumerate(zip(results, days, strict=True))
    ]


def on(day: int) -> date:
    return (MONDAY + timedelta(days=day)).date()


def test_a_point_is_the_session_in_figures() -> None:
    (point,) = trend(entries([heel_raises([1.0, 0.8, 0.6, 0.9])], [0]), CARD, on(0)).points
    assert point.count == 4
    assert point.middle == pytest.approx(0.85 * 32)
    assert point.best == pytest.approx(32)
    assert point.faults == 0.5
    assert point.symmetry is None


def test_a_point_of_stretches_has_its_time() -> None:
    card = load("calf-stretch")
    (point,) = trend(entries([stretches([30.0, 20.0])], [0]), card, on(0)).points
    assert (point.count, point.held_s, point.faults) == (2, 50.0, 0.5)
    assert point.symmetry == pytest.approx(29 / 30)


def test_symmetry_from_one_leg_and_from_both() -> None:
    left, right = (
        heel_raises([share], side=side) for share, side in ((1.0, Side.LEFT), (0.8, Side.RIGHT))
    )
    legs = replace(left, reps=(*left.reps, *right.reps))
    both = heel_raises([1.0, 1.0])
    reps = tuple(replace(r, measures={**r.measures, "uneven_share": 0.3}) for r in both.reps)
    found = trend(entries([legs, replace(both, reps=reps)], [0, 1]), CARD, on(1)).points
    assert found[0].symmetry == pytest.approx(0.8)
    assert found[1].symmetry == pytest.approx(0.7)


@pytest.mark.parametrize(
    ("days", "today", "per_week", "share"),
    [
        ([0, 2, 4, 7, 9, 11], 13, 3, 1.0),
        ([0, 7], 13, 3, 2 / 6),
        ([0, 0, 0], 6, 3.5, 1 / 3.5),  # three sessions on one day are one day
        ([0], 0, 3.5, 1.0),
        ([0, 1, 2, 3, 4, 5, 6], 6, 3.5, 2.0),
        ([0], 0, None, None),
        ([], 0, 3, None),
    ],
)
def test_adherence(
    days: list[int], today: int, per_week: float | None, share: float | None
) -> None:
    found = trend(entries([heel_raises([1.0])] * len(days), days), CARD, on(today), per_week)
    assert found.done_share == (None if share is None else pytest.approx(share))


def test_weeks_without_a_session_are_there_too() -> None:
    results = [heel_raises([1.0])] * 4
    found = trend(entries(results, [0, 2, 2, 21]), CARD, on(29))
    assert [week.days for week in found.weeks] == [2, 0, 0, 1, 0]
    assert found.weeks[0].monday == on(0)


def test_sessions_in_which_nothing_was_done_do_not_count() -> None:
    found = trend(entries([nothing_counted(), heel_raises([1.0])], [0, 3]), CARD, on(3))
    assert len(found.points) == 1


def test_the_sentence() -> None:
    assert sentence(trend([], CARD, on(0)), CARD) == "No heel raise is in the history yet."
    growing = [heel_raises([1.0], best_deg=20 + 2 * i) for i in range(6)]
    found = trend(entries(growing, [0, 2, 4, 7, 9, 11]), CARD, on(13), 3)
    assert sentence(found, CARD) == (
        "6 sessions since 2 March 2026; 100 % of the 3 days a week that are prescribed; "
        "height up by 27 %."
    )


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ([], ""),
        ([None], ""),
        ([5.0], "▄"),
        ([1.0, 2.0, 3.0], "▁▅█"),
        ([3.0, None, 1.0], "█ ▁"),
        ([0.0, 7.0], "▁█"),
    ],
)
def test_spark_lines(values: list[float | None], line: str) -> None:
    assert spark_line(values) == line


@pytest.mark.parametrize("number", [0, 1, 14, 150])
def test_the_page_is_valid_and_self_contained(number: int, tmp_path: Path) -> None:
    results = [heel_raises([1.0, 0.6], best_deg=20 + i % 9) for i in range(number)]
    found = trend(entries(results, [3 * i for i in range(number)]), CARD, on(3 * number), 3.5)
    text = render(found, CARD, "<script>alert(1)</script>")
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    assert not list(page.iter("script"))
    assert "<script>alert(1)</script>" in "".join(page.itertext())
    assert len(list(page.iter("tr"))) == (number + 1 if number else 0)
    assert not re.search(r"(src|href)=|@import|https?:", text)
    assert text == render(found, CARD, "<script>alert(1)</script>")


def test_the_page_fits_a_telephone_and_a_sheet(tmp_path: Path) -> None:
    results = [heel_raises([1.0, 0.6], best_deg=20 + i % 9) for i in range(14)]
    found = trend(entries(results, [3 * i for i in range(14)]), CARD, on(42), 3.5)
    path = tmp_path / "history.html"
    path.write_text(render(found, CARD, "me"), encoding="utf-8")
    assert overflow_px(path, 360) <= 0
    assert sheets(path) <= 2
