"""`reps.csv`, `holds.csv` and `signals.csv`: tables whose column names carry the units."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from formcheck.errors import InputError
from formcheck.report.rounding import rounded
from formcheck.results import Hold, Rep, SessionResult, Signals, flat
from formcheck.system.files import write_text
from formcheck.system.text import cell

REPS_NAME = "reps.csv"
HOLDS_NAME = "holds.csv"
SIGNALS_NAME = "signals.csv"
REP_COLUMNS = (
    *("number", "side", "start_s", "peak_s", "end_s", "up_s", "hold_s", "down_s"),
    *("target", "reached", "faults", "confidence"),
)
HOLD_COLUMNS = ("side", "start_s", "end_s", "held_s", "target_s", "faults")


def write_spans(result: SessionResult, folder: Path) -> None:
    """Write the repetitions, or the holds where the exercise is held.

    A row each; the measures stand in columns of their own; faults are joined by ";".
    Raises OutputError.
    """
    reps, holds = folder / REPS_NAME, folder / HOLDS_NAME
    if result.holds:
        write_text(holds, _table(result.holds, HOLD_COLUMNS))
    else:
        write_text(reps, _table(result.reps, REP_COLUMNS))


def write_signals(signals: Signals, path: Path) -> None:
    """Write a row per frame: t_s and the measures, empty where not seen. Raises OutputError."""
    header = ("t_s", *signals.columns)
    columns = zip(signals.t_s, *signals.columns.values(), strict=True)
    rows = ([rounded(name, v) for name, v in zip(header, row, strict=True)] for row in columns)
    write_text(path, _csv(header, rows))


def read_signals(path: Path) -> Signals:
    """Read what `write_signals` wrote; without the file there are no signals.

    Raises InputError for a file of another kind.
    """
    if not path.is_file():
        return Signals((), {})
    try:
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
            values = [[_number(cell) for cell in row] for row in rows]
        t_s, *columns = zip(*values, strict=True) if values else [()] * len(header)
        _check_times(t_s)
        return Signals(t_s, dict(zip(header[1:], columns, strict=True)))
    except (OSError, ValueError, csv.Error) as error:
        raise InputError(f"{path}: not a table of signals ({error}); remove it") from error


def _number(cell: str) -> float:
    value = float(cell) if cell else math.nan
    if math.isinf(value):
        raise ValueError(f"{cell} is too large")
    return value


def _check_times(t_s: Sequence[float]) -> None:
    """Raise ValueError unless these are seconds in order."""
    if not all(0 <= t < math.inf for t in t_s):
        raise ValueError("a time that is none")
    if any(later < earlier for earlier, later in pairwise(t_s)):
        raise ValueError("its times go back")


def _table(spans: Sequence[Rep] | Sequence[Hold], fixed: Sequence[str]) -> str:
    measures = dict.fromkeys(name for span in spans for name in span.measures)
    before = fixed.index("target" if "target" in fixed else "faults")
    header = (*fixed[:before], *measures, *fixed[before:])
    return _csv(header, ([_cell(name, flat(span)) for name in header] for span in spans))


def _cell(name: str, row: dict[str, object]) -> object:
    value = row.get(name)
    return ";".join(map(str, value)) if isinstance(value, tuple) else rounded(name, value)


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """None becomes an empty cell; lines end as on the machine where they are read: "\\n"."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([cell(name) for name in header])
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue()
