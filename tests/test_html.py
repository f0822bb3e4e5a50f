"""The report page: valid, self-contained, harmless, and with the figures of session.json."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import cv2
import html5lib
import numpy as np
import pytest

from formcheck.exercises import load
from formcheck.pose.side_view import Side
from formcheck.report.html import render
from formcheck.report.pictures import Picture
from formcheck.report.save import save
from formcheck.report.session_file import load_session
from formcheck.results import SessionResult
from tests.browser import DARK, addresses_asked_for, overflow_px, screenshot, sheets
from tests.session_maker import heel_raises, nothing_counted, stretches

TWELVE = [0.97, 0.99, 1.0, 0.95, 0.96, 0.9, 0.93, 0.88, 0.69, 0.67, 0.66, 0.65]
SESSIONS = {
    "nobody": nothing_counted(0.0),
    "nothing": nothing_counted(),
    "one": heel_raises([1.0]),
    "twelve": heel_raises(TWELVE),
    "forty": heel_raises([1 - i / 130 for i in range(40)]),
    "three hundred": heel_raises([0.6 if i % 9 == 0 else 0.95 for i in range(300)]),
    "stretches": stretches([30.0, 22.0, 31.0, 30.0]),
}


def jpeg() -> bytes:
    noise = np.random.default_rng(1).integers(0, 255, (80, 60, 3), np.uint8)
    return cv2.imencode(".jpg", noise)[1].tobytes()


def pictures(result: SessionResult) -> tuple[Picture, ...]:
    number = len(result.reps or result.holds)
    return (Picture("best", 1, jpeg()), Picture("weakest", number, jpeg())) if number > 1 else ()


def parsed(page: str) -> Element:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(page)
    return tree


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def every(page: Element, tag: str) -> list[Element]:
    return [e for e in page.iter() if isinstance(e.tag, str) and e.tag.split("}")[-1] == tag]


@pytest.mark.parametrize("name", SESSIONS)
def test_page_is_valid_and_complete(name: str) -> None:
    result = SESSIONS[name]
    page = parsed(render(result, pictures(result)))
    assert page.attrib["lang"] == "en"
    assert len(every(page, "h1")) == 1
    assert "width=device-width" in str([m.attrib for m in every(page, "meta")])
    assert all(len(image.attrib["alt"]) > 30 for image in every(page, "img"))
    drawn = [d for d in every(page, "div") if d.attrib.get("role") == "img"]
    assert len(drawn) == (name != "nobody")
    assert all(d.attrib["aria-label"] for d in drawn)
    ids = [e.attrib["id"] for e in page.iter() if "id" in e.attrib]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", SESSIONS)
def test_nothing_in_it_could_fetch_or_run(name: str) -> None:
    result = SESSIONS[name]
    text = render(result, pictures(result))
    page = parsed(text)
    for tag in ("script", "link", "iframe", "object", "base", "form", "a", "use"):
        assert not every(page, tag)
    for element in page.iter():
        for attribute, value in element.attrib.items():
            assert not str(attribute).startswith("on")
            if str(attribute).split("}")[-1] in ("src", "href", "srcset", "action"):
                assert value.startswith("data:image/jpeg;base64,")
    assert "@import" not in text
    assert set(re.findall(r"url\(([^)]*)\)", text)) <= {"#hatch"}


def test_same_session_gives_the_same_page() -> None:
    for result in SESSIONS.values():
        assert render(result, pictures(result)) == render(result, pictures(result))


def test_figures_are_those_of_session_json(tmp_path: Path) -> None:
    save(heel_raises(TWELVE), tmp_path)
    stored = json.loads((tmp_path / "session.json").read_text())
    page = parsed(render(load_session(tmp_path / "session.json")))
    table = every(page, "table")[0]
    head = [text_of(cell) for cell in every(table, "th")]
    rows = [[text_of(c) for c in every(row, "td")] for row in every(table, "tr")[1:]]
    assert len(rows) == len(stored["reps"]) == 12
    for row, rep in zip(rows, stored["reps"], strict=True):
        told = dict(zip(head, row, strict=True))
        assert told["Rep"] == str(rep["number"])
        assert told["Plantarflexion"] == f"{rep['measures']['plantarflexion_deg']:.0f}°"
        assert told["Of your best"] == f"{100 * rep['reached']:.0f} %"
        assert told["Up"] == f"{rep['up_s']:.1f} s"
        assert told["Hold"] == f"{rep['hold_s']:.1f} s"
        assert told["Down"] == f"{rep['down_s']:.1f} s"
        assert told["Confidence"] == f"{100 * rep['confidence']:.0f} %"
        words = ", ".join(rep["faults"]).replace("_", " ") or "fine"
        assert told["To correct"].endswith(words)
    whole = text_of(page)
    for sentence in stored["not_graded"]:
        assert sentence in whole
    assert f"{100 * stored['quality']['coverage']:.0f} % of the recording" in whole
    assert stored["model"] in whole
    assert stored["source"] in whole


def test_holds_are_told_with_their_clock() -> None:
    page = parsed(render(SESSIONS["stretches"]))
    assert text_of(every(page, "h1")[0]) == (
        "4 calf stretches, 3 of them held for the full 30 s; 113 s of stretch in all."
    )
    table = every(page, "table")[0]
    held = [text_of(every(row, "td")[3]) for row in every(table, "tr")[1:]]
    assert held == ["30.0 s", "22.0 s", "31.0 s", "30.0 s"]


def test_every_norm_stands_with_its_source() -> None:
    whole = text_of(parsed(render(SESSIONS["twelve"])))
    assert "Rathleff 2015" in whole
    assert "Norm (Rathleff 2015)" in whole
    assert "rescribed" not in whole  # nobody prescribed anything


def test_left_and_right_are_compared_where_both_worked() -> None:
    left = heel_raises([1.0, 0.9], side=Side.LEFT)
    right = heel_raises([0.8, 0.7], side=Side.RIGHT)
    later = [
        replace(rep, number=rep.number + 2, start_s=rep.start_s + 10, end_s=rep.end_s + 10)
        for rep in right.reps
    ]
    both = replace(left, reps=(*left.reps, *later))
    assert "right 21 % lower" in text_of(parsed(render(both)))


def test_a_hostile_name_is_harmless() -> None:
    name = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>.mp4"
    hostile = replace(
        heel_raises([1.0, 0.5]), source=name, model=name, not_graded=(name, "{{ 7 * 7 }}")
    )
    text = render(hostile, pictures(hostile))
    page = parsed(text)
    assert not every(page, "script")
    assert len(every(page, "img")) == 2
    assert name in text_of(page)
    assert "49" not in text_of(page)


def test_without_signals_the_rest_is_still_told() -> None:
    full = heel_raises(TWELVE)
    bare = replace(full, signals=replace(full.signals, t_s=(), columns={}))
    page = parsed(render(bare))
    assert not [d for d in every(page, "div") if d.attrib.get("role") == "img"]
    assert len(every(every(page, "table")[0], "tr")) == 13


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(render(SESSIONS["twelve"], pictures(SESSIONS["twelve"])), encoding="utf-8")
    return path


def share_of(picture: np.ndarray, bgr: tuple[int, int, int]) -> float:
    """Share of the pixels that are nearly of a colour."""
    return float((np.abs(picture.astype(int) - bgr).max(axis=2) <= 6).mean())


def test_browser_shows_it_light_and_dark(page: Path) -> None:
    light = screenshot(page, 1100, 1700)
    dark = screenshot(page, 1100, 1700, DARK)
    assert share_of(light, (255, 255, 255)) > 0.6
    assert share_of(dark, (26, 23, 18)) > 0.6
    # The good bands and bars, the faulty bars and the curve are there.
    assert share_of(light, (178, 114, 0)) > 0.001
    assert share_of(light, (0, 94, 213)) > 0.0003
    assert share_of(light, (39, 35, 27)) > 0.001


def test_browser_asks_nobody_for_anything(page: Path) -> None:
    assert addresses_asked_for(page) == set()


def test_that_test_would_see_a_picture_from_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<!DOCTYPE html><title>x</title><img src='http://127.0.0.1:9/a.png'>")
    assert "http://127.0.0.1:9/a.png" in addresses_asked_for(path)


@pytest.mark.parametrize("name", ["nobody", "twelve", "three hundred", "stretches"])
def test_it_prints_on_two_sheets_and_fits_a_telephone(name: str, tmp_path: Path) -> None:
    result = SESSIONS[name]
    path = tmp_path / "report.html"
    path.write_text(render(result, pictures(result)), encoding="utf-8")
    assert sheets(path) <= 2
    assert overflow_px(path, 360) <= 0


def test_one_column_has_one_measure_even_where_a_view_hid_some_angles() -> None:
    clear = heel_raises([1.0, 0.9])
    graded = load("clamshell").graded
    hidden = replace(clear.reps[1], measures={graded: 0.7})
    seen = replace(clear.reps[0], measures={graded: 0.8, "opening_deg": 30.0})
    page = parsed(render(replace(clear, exercise="clamshell", reps=(seen, hidden))))
    rows = [[text_of(c) for c in every(row, "td")] for row in every(page, "tr")[1:3]]
    assert [row[2] for row in rows] == ["0.80", "0.70"]
