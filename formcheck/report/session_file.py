"""`session.json`: written from a result and read back into one. SCHEMA.md describes the fields."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from formcheck.errors import InputError
from formcheck.files import write_text
from formcheck.report.signals_file import SIGNALS_NAME, read_signals
from formcheck.results import (
    SCHEMA_VERSION,
    Finding,
    Hold,
    Quality,
    Rep,
    SessionResult,
    Side,
    Signals,
    View,
)

SESSION_NAME = "session.json"
TIME_PLACES = 3
"""Decimals of fields whose name ends in `_s`: milliseconds."""
PLACES = 4
"""Decimals of all other figures: a hundredth of a per cent, far below what the model can see."""


def write_session(result: SessionResult, path: Path) -> None:
    """Write `result` without its signals; the same result gives the same bytes.

    Raises OutputError when the file cannot be written.
    """
    write_text(path, json.dumps(as_json(result), indent=2, allow_nan=False) + "\n")


def as_json(result: SessionResult) -> dict[str, Any]:
    """The fields of the schema, in its order, with rounded figures and None for NaN."""
    fields: dict[str, Any] = {
        "schema": result.schema,
        "exercise": result.exercise,
        "source": result.source,
        "duration_s": result.duration_s,
        "model": result.model,
        "quality": _fields(result.quality),
        "reps": [_fields(rep) for rep in result.reps],
        "holds": [_fields(hold) for hold in result.holds],
        "findings": [_fields(finding) for finding in result.findings],
        "not_graded": list(result.not_graded),
    }
    rounded: dict[str, Any] = _rounded(fields)
    return rounded


def load_session(path: Path) -> SessionResult:
    """Read a `session.json`, and the signals from the `signals.csv` beside it if there is one.

    Raises InputError when it is missing, not of this kind, or of a newer schema.
    """
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        schema = fields["schema"]
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); give a {SESSION_NAME}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: not a session of formcheck; give a {SESSION_NAME}") from error
    if schema != SCHEMA_VERSION:
        raise InputError(
            f"{path}: written in schema {schema}, this formcheck reads {SCHEMA_VERSION}; "
            "analyse the video again"
        )
    signals = read_signals(path.with_name(SIGNALS_NAME))
    try:
        return _from_json(fields, signals)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path}: a field is missing or wrong ({error})") from error


def _from_json(fields: Mapping[str, Any], signals: Signals) -> SessionResult:
    quality = fields["quality"]
    return SessionResult(
        exercise=fields["exercise"],
        duration_s=fields["duration_s"],
        quality=Quality(quality["coverage"], View(quality["view"]), tuple(quality["warnings"])),
        reps=tuple(Rep(**_restored(rep)) for rep in fields["reps"]),
        holds=tuple(Hold(**_restored(hold)) for hold in fields["holds"]),
        findings=tuple(Finding(**finding) for finding in fields["findings"]),
        not_graded=tuple(fields["not_graded"]),
        signals=signals,
        source=fields["source"],
        model=fields["model"],
        schema=fields["schema"],
    )
