"""The close-up camera on the clips of feet alone: counts, phantoms, times."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from formcheck import exercises
from formcheck.analysis.run import analyze
from formcheck.results import SessionResult
from tests.bench.accuracy.table import markdown
from tests.bench.accuracy.truth import CLOSE_UP, SAMPLES


@dataclass(frozen=True)
class CloseUpRun:
    """One clip counted as one exercise; true: the repetitions that are commanded."""

    name: str
    split: str
    exercise: str
    is_negative: bool
    true: tuple[dict[str, Any], ...]
    result: SessionResult

    def errors_s(self) -> list[tuple[float, float]]:
        """Of times and of holds, found minus true, where the count is right."""
        if len(self.true) != len(self.result.reps):
            return []
        pairs = zip(self.true, self.result.reps, strict=True)
        return [
            (
                max(abs(rep.start_s - real["start_s"]), abs(rep.end_s - real["end_s"])),
                abs(rep.hold_s - (real["top_end_s"] - real["top_start_s"])),
            )
            for real, rep in pairs
        ]


def close_up_runs() -> Iterable[CloseUpRun]:
    """Every clip of feet alone; negatives as every exercise that can be seen close up."""
    able = [name for name in exercises.names() if exercises.load(name).close_up]
    for path in sorted((SAMPLES / "clips").glob("*.json")):
        truth = json.loads(path.read_text())
        if truth["camera"]["view"] != CLOSE_UP:
            continue
        for exercise in [truth["exercise"]] if truth["exercise"] else able:
            result = analyze(Path(path).with_suffix(".mp4"), exercise, close_up=True)
            yield CloseUpRun(
                truth["clip"],
                truth["split"],
                exercise,
                truth["exercise"] is None,
                tuple(truth["reps"]),
                result,
            )


def close_up_table(runs: Iterable[CloseUpRun]) -> str:
    """A row for each clip and exercise."""
    header = ["clip", "split", "as", "true", "counted", "times, s", "hold, s"]
    rows = []
    for run in runs:
        errors = run.errors_s()
        times, holds = np.max(errors, axis=0) if errors else (np.nan, np.nan)
        rows.append(
            [
                run.name,
                run.split,
                run.exercise,
                str(len(run.true)),
                str(len(run.result.reps)),
                f"{times:.2f}" if errors else "",
                f"{holds:.2f}" if errors else "",
            ]
        )
    return markdown(header, rows)
