"""Faults found on the rendered dev clips, against the faults that were rendered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from tests.bench.accuracy.score import score
from tests.marks import one_worker
from tests.test_traces import CLIPS, POSITIVE, result_of


@dataclass(frozen=True)
class Floor:
    """Shares below which an exercise must not fall; `false_per_clean` must not rise above."""

    precision: float
    recall: float
    false_per_clean: float


FLOORS: Mapping[str, Floor] = {
    "calf-stretch": Floor(0.95, 0.90, 0.0),  # measured: 1.00, 0.96, 0
    "clamshell": Floor(0.80, 0.75, 0.12),  # 0.86, 0.82, 3 on 35
    "foot-flex": Floor(0.75, 0.50, 0.03),  # 1.00, 0.50, 0
    "heel-raise": Floor(0.89, 0.80, 0.05),  # 0.94, 0.85, 1 on 42
    "soleus-stretch": Floor(0.90, 0.90, 0.0),  # 1.00, 1.00, 0
    "toe-lift": Floor(1.0, 0.20, 0.0),  # 1.00, 0.20, 0: hardly seen
    "toe-stretch": Floor(0.82, 0.92, 0.1),  # 0.88, 1.00, 0
    "towel-scrunch": Floor(1.0, 1.0, 0.03),  # none is rendered; 0 on 37
}
"""Measured on the dev clips, less one fault where there are several."""


def share(part: int, whole: int) -> float:
    """Of nothing, all is right."""
    return part / whole if whole else 1.0


@pytest.mark.parametrize(
    "exercise",
    [
        pytest.param(name, marks=one_worker(name))
        for name in sorted({s.truth["exercise"] for s in POSITIVE})
    ],
)
def test_faults_are_found_and_not_made_up(
    exercise: str, record_property: Callable[[str, object], None]
) -> None:
    samples = [s for s in POSITIVE if s.truth["exercise"] == exercise]
    tallies = [score(CLIPS[s.clip], result_of(s)).faults for s in samples]
    rows = [row for tally in tallies for row in tally.by_fault.values()]
    true, found, right = (sum(row[i] for row in rows) for i in range(3))
    clean = sum(tally.clean_events for tally in tallies)
    false = sum(tally.false_on_clean for tally in tallies)
    record_property(
        "summary",
        f"{exercise}: {true} faults rendered, {found} found, {right} of them right "
        f"(precision {share(right, found):.2f}, recall {share(right, true):.2f}); "
        f"{false} false ones on {clean} clean events",
    )
    floor = FLOORS[exercise]
    assert clean
    assert share(right, found) >= floor.precision
    assert share(right, true) >= floor.recall
    assert false / clean <= floor.false_per_clean
