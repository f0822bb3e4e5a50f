"""Whatever stands in a session file or a history: it is read rightly, or told in one line."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.errors import FormcheckError, InputError
from formcheck.history.sessions import _readable
from formcheck.report.csv_files import SIGNALS_NAME
from formcheck.report.html import render
from formcheck.report.pictures import Picture
from formcheck.report.session_file import as_json, from_json, load_session
from formcheck.results import Signals
from tests.session_maker import heel_raises, stretches

NOTHING = Signals((), {})
HOSTILE: tuple[Any, ...] = (None, True, -1, 1e308, "\x1b[31m", [], {}, [None])
"""`make hostile` tries many more."""


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something stands in a document."""
    found = [path]
    if isinstance(node, dict):
        found += [p for key, value in node.items() for p in places(value, (*path, key))]
    elif isinstance(node, list):
        found += [p for i, value in enumerate(node[:2]) for p in places(value, (*path, i))]
    return found


def with_value(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    changed = copy.deepcopy(document)
    if not path:
        return value
    node = changed
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return changed


def try_to_read(document: Any) -> None:
    """Read and render it, or be told why not in one line."""
    try:
        result = from_json(document, NOTHING)
    except (KeyError, TypeError, ValueError, AttributeError):
        return
    with suppress(FormcheckError):
        assert "</html>" in render(result)


@pytest.mark.parametrize("session", [heel_raises([1.0, 0.6]), stretches([30.0, 8.0])])
def test_any_hostile_value_in_any_place_is_told_or_harmless(session: Any) -> None:
    document = as_json(session)
    for path in places(document):
        for value in HOSTILE:
            try_to_read(with_value(document, path, value))


NUMBERS = st.floats(0, 1e6, allow_nan=False)


@settings(max_examples=20, deadline=None, database=None, derandomize=True)
@given(
    reached=st.lists(NUMBERS, min_size=1, max_size=60),
    figures=st.tuples(NUMBERS, st.floats(0, 1)),
    times=st.tuples(NUMBERS, NUMBERS, NUMBERS).map(sorted),
    faults=st.lists(st.text(max_size=20), max_size=3),
    held=st.booleans(),
)
def test_whatever_the_schema_lets_through_can_be_shown(
    reached: list[float],
    figures: tuple[float, float],
    times: list[float],
    faults: list[str],
    held: bool,
) -> None:
    target, coverage = figures
    start_s, peak_s, end_s = (t / 2 for t in times)
    document = as_json(stretches([30.0]) if held else heel_raises([1.0]))
    document["quality"]["coverage"] = coverage
    (span,) = document["holds" if held else "reps"]
    span |= {"start_s": start_s, "end_s": end_s, "faults": faults}
    if held:
        span |= {"held_s": target / 2, "target_s": target / 3}
        spans = [span]
    else:
        span |= {"peak_s": peak_s, "target": target}
        spans = [span | {"number": i + 1, "reached": r} for i, r in enumerate(reached)]
    document["holds" if held else "reps"] = spans
    assert "</html>" in render(from_json(json.loads(json.dumps(document)), NOTHING))


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        (("exercise",), 5, r"\$\.exercise"),
        (("reps", 0, "start_s"), None, r"\$\.reps\[0\]\.start_s"),
        (("reps", 0, "side"), "up", r"\$\.reps\[0\]\.side"),
        (("reps", 0, "end_s"), 0.0, "out of order"),
        (("quality", "coverage"), 7, r"\$\.quality\.coverage"),
        (("duration_s",), 1e300, r"\$\.duration_s"),
    ],
)
def test_the_line_says_where(
    path: tuple[Any, ...], value: Any, reason: str, tmp_path: Path
) -> None:
    file = tmp_path / "session.json"
    file.write_text(json.dumps(with_value(as_json(heel_raises([1.0])), path, value)))
    with pytest.raises(InputError, match=reason) as caught:
        load_session(file)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    ['{"schema": NaN}', '{"schema": 1e999}', "[" * 100_000, '{"schema": ' + "9" * 5000 + "}", "\0"],
    ids=["nan", "inf", "deep", "long", "nul"],
)
def test_texts_that_are_no_json_are_told(text: str, tmp_path: Path) -> None:
    file = tmp_path / "session.json"
    file.write_text(text)
    with pytest.raises(InputError):
        load_session(file)


@pytest.mark.parametrize("document", ["x", "[]", '{"schema": 1}', "null"])
def test_a_session_of_the_history_that_is_none_is_named(document: str) -> None:
    told: list[str] = []
    assert _readable([(2, "me", "2026-01-03T00:00:00+00:00", document)], told.append) == ()
    (line,) = told
    assert line.startswith("Session 2 cannot be read")


@pytest.mark.parametrize(
    "table",
    [
        "",
        "t_s,a\n0,1\n1\n",
        "t_s,a\n1,1\n0,1\n",
        "t_s,a\n0,1e999\n",
        "t_s\n-1\n",
        'a\n"' + "x" * 200_000,
    ],
)
def test_a_table_of_signals_that_is_none_is_told(table: str, tmp_path: Path) -> None:
    file = tmp_path / "session.json"
    file.write_text(json.dumps(as_json(heel_raises([1.0]))))
    (tmp_path / SIGNALS_NAME).write_text(table)
    with pytest.raises(InputError, match="not a table of signals") as caught:
        load_session(file)
    assert "\n" not in str(caught.value)


def test_pictures_of_a_longer_session_in_the_same_folder_are_left_out() -> None:
    jpeg = b"never decoded"
    page = render(heel_raises([1.0, 0.8]), [Picture("best", 7, jpeg), Picture("weakest", 0, jpeg)])
    assert "data:image/jpeg" not in page
