"""One clip's result held against its truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from formcheck.results import Hold, Rep, SessionResult
from tests.bench.accuracy.truth import Clip, TrueHold, TrueRep

HOLD_SLACK_S = 3.0
"""How far apart a hold and its truth may begin and still be the same."""


@dataclass(frozen=True)
class FaultTally:
    """For each fault how often it was true, found, and both; and what clean events got."""

    by_fault: dict[str, tuple[int, int, int]]
    clean_events: int
    false_on_clean: int


@dataclass(frozen=True)
class Score:
    """Counts and errors of one clip; errors are found minus true."""

    clip: Clip
    counted: int
    timing_s: tuple[float, ...] = ()
    measures: dict[str, tuple[float, ...]] = field(default_factory=dict)
    relative: dict[str, tuple[float, ...]] = field(default_factory=dict)
    held_s: tuple[float, ...] = ()
    faults: FaultTally = field(default_factory=lambda: FaultTally({}, 0, 0))

    @property
    def true(self) -> int:
        """Repetitions or holds that the clip really shows."""
        return len(self.clip.reps) or len(self.clip.holds)


Event = tuple[TrueRep | TrueHold, Rep | Hold]


def score(clip: Clip, result: SessionResult) -> Score:
    """Match what was found with what is true, by overlap in time, and compare."""
    found: Sequence[Rep | Hold] = result.reps or result.holds
    true: Sequence[TrueRep | TrueHold] = clip.reps or clip.holds
    pairs = match(true, found)
    measures: dict[str, list[float]] = {}
    relative: dict[str, list[float]] = {}
    for real, ours in pairs:
        for name in set(real.measures) & set(ours.measures):
            error = ours.measures[name] - real.measures[name]
            measures.setdefault(name, []).append(error)
            if abs(real.measures[name]) > 1e-3:
                relative.setdefault(name, []).append(error / abs(real.measures[name]))
    return Score(
        clip,
        len(found),
        timing_s=tuple(
            d
            for real, ours in pairs
            if isinstance(ours, Rep)
            for d in (ours.start_s - real.start_s, ours.end_s - real.end_s)
        ),
        measures={name: tuple(values) for name, values in measures.items()},
        relative={name: tuple(values) for name, values in relative.items()},
        held_s=tuple(
            ours.held_s - real.held_s
            for real, ours in pairs
            if isinstance(ours, Hold) and isinstance(real, TrueHold)
        ),
        faults=_faults(result, pairs),
    )


def match(true: Sequence[TrueRep | TrueHold], found: Sequence[Rep | Hold]) -> list[Event]:
    """Pair each found event with the true one that it overlaps most, each used once."""
    free, pairs = list(true), []
    for ours in found:
        overlaps = [(min(ours.end_s, r.end_s) - max(ours.start_s, r.start_s), r) for r in free]
        best = max(overlaps, key=lambda o: o[0], default=(0.0, None))
        if best[1] is not None and best[0] > 0:
            pairs.append((best[1], ours))
            free.remove(best[1])
    return pairs


def _faults(result: SessionResult, pairs: list[Event]) -> FaultTally:
    tally: dict[str, list[int]] = {}
    clean = false_on_clean = 0
    set_wide = {f.fault for f in result.findings} - {n for _, o in pairs for n in o.faults}
    true_set = {name for real, _ in pairs for name in real.faults}
    for real, ours in pairs:
        found = set(ours.faults) | (set_wide & set(real.faults))
        for name in found | real.faults:
            row = tally.setdefault(name, [0, 0, 0])
            row[0] += name in real.faults
            row[1] += name in found
            row[2] += name in found and name in real.faults
        if not real.faults:
            clean += 1
            false_on_clean += len(found)
    for name in set_wide - true_set:
        tally.setdefault(name, [0, 0, 0])[1] += 1
    by_fault = {name: (row[0], row[1], row[2]) for name, row in tally.items()}
    return FaultTally(by_fault, clean, false_on_clean)
