"""`session.json`: written from a result, read back into one. SCHEMA.md describes its fields."""

from __future__ import annotations

import json
import math
from dataclasses import fields
from pathlib import Path
from typing import Any

from formcheck.errors import InputError
from formcheck.pose.side_view import Side, View
from formcheck.report.csv_files import SIGNALS_NAME, read_signals
from formcheck.report.rounding import rounded
from formcheck.report.schema import LARGEST_FILE, check, decoded
from formcheck.results import SCHEMA_VERSION, Finding, Hold, Quality, Rep, SessionResult, Signals
from formcheck.system.files import write_text

SESSION_NAME = "session.json"


def write_session(result: SessionResult, path: Path) -> None:
    """Write `result` without its signals; the same result gives the same bytes.

    Raises OutputError when the file cannot be written.
    """
    write_text(path, json.dumps(as_json(result), indent=2, ensure_ascii=False) + "\n")


def as_json(result: SessionResult) -> dict[str, Any]:
    """The fields of the schema in its order, with rounded figures, None for NaN."""
    return {
        "schema": result.schema,
        "exercise": result.exercise,
        "source": result.source,
        "duration_s": rounded("duration_s", result.duration_s),
        "model": result.model,
        "recognised": result.recognised and rounded("confidence", result.recognised),
        "quality": _plain(result.quality),
        "reps": [_plain(rep) for rep in result.reps],
        "holds": [_plain(hold) for hold in result.holds],
        "findings": [_plain(finding) for finding in result.findings],
        "not_graded": list(result.not_graded),
        "why_none": list(result.why_none),
        "prescribed": result.prescribed,
    }


def load_session(path: Path) -> SessionResult:
    """Read a `session.json`, and the signals from a `signals.csv` beside it if there is one.

    Raises InputError when it is missing, of another kind or of another schema.
    """
    try:
        stored = decoded(_limited(path))
        schema = stored["schema"]
    except OSError as error:
        reason = error.strerror
        raise InputError(f"{path}: cannot be read ({reason}); give a {SESSION_NAME}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: not a {SESSION_NAME} of formcheck") from error
    if schema != SCHEMA_VERSION:
        raise InputError(
            f"{path}: of schema {schema}, and this formcheck reads {SCHEMA_VERSION}; "
            "analyze the video again"
        )
    signals = read_signals(path.with_name(SIGNALS_NAME))
    try:
        return from_json(stored, signals)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{path}: a field is missing or wrong ({error})") from error


def _limited(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise ValueError("it is far too large")
    return data


def from_json(stored: dict[str, Any], signals: Signals) -> SessionResult:
    """What `as_json` gave, back as a result, with the signals, which it does not hold.

    Raises KeyError, TypeError, ValueError or AttributeError when a field is missing or wrong.
    """
    check(stored)
    quality = stored["quality"]
    return SessionResult(
        exercise=stored["exercise"],
        duration_s=stored["duration_s"],
        quality=Quality(quality["coverage"], View(quality["view"]), tuple(quality["warnings"])),
        reps=tuple(Rep(**_span(rep)) for rep in stored["reps"]),
        holds=tuple(Hold(**_span(hold)) for hold in stored["holds"]),
        findings=tuple(Finding(**finding) for finding in stored["findings"]),
        not_graded=tuple(stored["not_graded"]),
        signals=signals,
        source=stored["source"],
        model=stored["model"],
        recognised=stored.get("recognised"),
        why_none=tuple(stored.get("why_none", ())),
        prescribed=stored.get("prescribed"),
        schema=stored["schema"],
    )


def as_stored(result: SessionResult) -> SessionResult:
    """The result as it is read back from its files: with rounded figures."""
    signals = result.signals
    columns = {name: _rounded(name, values) for name, values in signals.columns.items()}
    return from_json(as_json(result), Signals(_rounded("t_s", signals.t_s), columns))


def _rounded(name: str, values: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(math.nan if (v := rounded(name, x)) is None else v for x in values)


def _plain(part: Quality | Rep | Hold | Finding) -> dict[str, Any]:
    values = {field.name: getattr(part, field.name) for field in fields(part)}
    return {
        name: {k: rounded(k, v) for k, v in value.items()}
        if name == "measures"
        else rounded(name, value)
        for name, value in values.items()
    }


def _span(stored: dict[str, Any]) -> dict[str, Any]:
    """The fields of a repetition or hold in their own types."""
    measures = {k: math.nan if v is None else v for k, v in stored["measures"].items()}
    return stored | {
        "side": Side(stored["side"]),
        "measures": measures,
        "faults": tuple(stored["faults"]),
    }
