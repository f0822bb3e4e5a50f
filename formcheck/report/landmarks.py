"""The landmarks of every frame, to go on with elsewhere: CSV, Parquet, or TRC for OpenSim."""

from __future__ import annotations

import csv
import importlib.util
import io
from collections.abc import Iterable
from enum import StrEnum
from itertools import compress
from pathlib import Path

import numpy as np

from formcheck.engine.part import WHOLE, Part
from formcheck.errors import InputError
from formcheck.pose.pose import LANDMARKS, Array
from formcheck.report.trc import trc_text
from formcheck.results import Snapshot
from formcheck.system.files import new_part, not_writable, settle, write_text

IMAGE = (("x_px", 2), ("y_px", 2), ("z_px", 2), ("visibility", 3))
WORLD = (("x_m", 4), ("y_m", 4), ("z_m", 4))
"""What each landmark has, with the decimals that mean something."""
COLUMNS = (
    *(f"{name}_{field}" for name in LANDMARKS for field, _ in IMAGE),
    *(f"{name}_{field}" for name in LANDMARKS for field, _ in WORLD),
)


class LandmarkFormat(StrEnum):
    """A kind of file, by the ending of its name."""

    CSV = "csv"
    PARQUET = "parquet"
    TRC = "trc"


def kinds_of(names: Iterable[str]) -> tuple[LandmarkFormat, ...]:
    """The kinds by their names; raises InputError for an unknown one."""
    names = tuple(dict.fromkeys(names))
    unknown = [name for name in names if name not in tuple(LandmarkFormat)]
    if unknown:
        raise InputError(
            f"no landmark file {unknown[0]!r}: give one of {', '.join(LandmarkFormat)}"
        )
    return tuple(LandmarkFormat(name) for name in names)


class Landmarks:
    """Fed with every snapshot; keeps about one kilobyte a frame.

    Raises InputError at once when one of the wanted kinds needs something that is not installed.
    """

    def __init__(self, kinds: Iterable[LandmarkFormat]) -> None:
        self._kinds = tuple(kinds)
        self._times: list[float] = []
        self._rows: list[np.ndarray[tuple[int], np.dtype[np.float32]]] = []
        if LandmarkFormat.PARQUET in self._kinds and importlib.util.find_spec("pyarrow") is None:
            raise InputError("Parquet needs pyarrow: pip install 'formcheck[parquet]', or take csv")

    def update(self, snapshot: Snapshot) -> None:
        """Take one frame; where nobody was found there is NaN."""
        pose = snapshot.pose
        self._times.append(snapshot.t_s)
        values = np.full(len(COLUMNS), np.nan, np.float32)
        if pose is not None:
            values[:] = np.concatenate([pose.image.ravel(), pose.world.ravel()])
        self._rows.append(values)

    def write(self, folder: Path, part: Part = WHOLE) -> None:
        """Write the wanted files, of a part, as landmarks.KIND; raises OutputError."""
        inside = [part.has(t_s) for t_s in self._times]
        self._times = list(compress(self._times, inside))
        self._rows = list(compress(self._rows, inside))
        writers = {LandmarkFormat.CSV: self._write_csv, LandmarkFormat.PARQUET: self._write_parquet}
        writers[LandmarkFormat.TRC] = self._write_trc
        for kind in self._kinds:
            writers[kind](folder / f"landmarks.{kind}")

    def _table(self) -> Array:
        """(n, columns) values, without the time."""
        return np.array(self._rows, np.float64).reshape(-1, len(COLUMNS))

    def _write_csv(self, path: Path) -> None:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("t_s", *COLUMNS))
        decimals = [d for fields in (IMAGE, WORLD) for _ in LANDMARKS for _, d in fields]
        for t_s, row in zip(self._times, self._table(), strict=True):
            values = zip(row, decimals, strict=True)
            told = ("" if np.isnan(value) else f"{value:.{places}f}" for value, places in values)
            writer.writerow((f"{t_s:.4f}", *told))
        write_text(path, text.getvalue())

    def _write_parquet(self, path: Path) -> None:
        import pyarrow as pa  # noqa: PLC0415
        from pyarrow import parquet  # noqa: PLC0415

        columns = {"t_s": np.array(self._times), **dict(zip(COLUMNS, self._table().T, strict=True))}
        part = new_part(path)
        try:
            parquet.write_table(pa.table(columns), part, compression="zstd")
        except OSError as error:
            part.unlink(missing_ok=True)
            raise not_writable(path, error) from error
        settle(part, path)

    def _write_trc(self, path: Path) -> None:
        split = len(LANDMARKS) * len(IMAGE)
        table = self._table()
        image = table[:, :split].reshape(-1, len(LANDMARKS), len(IMAGE))
        world = table[:, split:].reshape(-1, len(LANDMARKS), len(WORLD))
        write_text(path, trc_text(path.name, np.array(self._times), image, world))
