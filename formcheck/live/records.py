"""What remains of a set: the repetitions and holds that counted, judged to the end."""

from __future__ import annotations

from dataclasses import dataclass

from formcheck.findings import judge_set
from formcheck.live.plan import Bout
from formcheck.live.spans import Spans
from formcheck.results import Finding, Hold, Quality, Rep, SessionResult


@dataclass(frozen=True)
class SetRecord:
    """One set as it was done. ended_s: seconds from the start of the session."""

    bout: Bout
    reps: tuple[Rep, ...]
    holds: tuple[Hold, ...]
    findings: tuple[Finding, ...]
    quality: Quality
    ended_s: float


def record(bout: Bout, spans: Spans, result: SessionResult, ended_s: float) -> SetRecord:
    """Keep of the engine's `result` what lay in the coach's spans."""
    reps, holds = spans.reps(result.reps), spans.holds(result.holds)
    findings = judge_set(bout.exercise, reps) if reps else result.findings if holds else ()
    return SetRecord(bout, reps, holds, findings, result.quality, ended_s)
