"""What remains of a set: the repetitions and holds that counted, judged to the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from formcheck.engine.judging import judge_set
from formcheck.live.coach.spans import Spans
from formcheck.programmes.plan import Bout
from formcheck.results import Finding, Hold, Quality, Rep, SessionResult, Signals

OUTSIDE = "What was done came before the set began or after it ended."


@dataclass(frozen=True)
class SetRecord:
    """One set as it was done. ended_s: seconds from the start of the session.

    not_graded, signals: as in a result; signals from the end of the set before.
    """

    bout: Bout
    reps: tuple[Rep, ...]
    holds: tuple[Hold, ...]
    findings: tuple[Finding, ...]
    quality: Quality
    not_graded: tuple[str, ...]
    signals: Signals
    ended_s: float
    why_none: tuple[str, ...] = ()


def record(bout: Bout, spans: Spans, result: SessionResult, ended_s: float) -> SetRecord:
    """Keep of the engine's `result` what lay in the coach's spans."""
    reps, holds = spans.reps(result.reps), spans.holds(result.holds)
    findings = judge_set(bout.exercise, reps) if reps else result.findings if holds else ()
    kept = (result.quality, result.not_graded, result.signals)
    why_none = () if reps or holds else result.why_none or (OUTSIDE,)
    return SetRecord(bout, reps, holds, findings, *kept, ended_s, why_none)


def results(records: Sequence[SetRecord], source: str, model: str) -> tuple[SessionResult, ...]:
    """A result for each exercise of a session, its sets one after the other."""
    by_name: dict[str, list[SetRecord]] = {}
    for done in records:
        by_name.setdefault(done.bout.exercise.name, []).append(done)
    return tuple(_joined(sets, source, model) for sets in by_name.values())


def _joined(sets: Sequence[SetRecord], source: str, model: str) -> SessionResult:
    card = sets[0].bout.exercise
    reps: list[Rep] = []
    findings: list[Finding] = []
    for done in sets:
        numbered = [replace(r, number=len(reps) + i) for i, r in enumerate(done.reps, start=1)]
        # Judged again, as the sentences name repetitions by their numbers.
        findings += judge_set(card, numbered) if numbered else done.findings
        reps += numbered
    coverage = sum(done.quality.coverage for done in sets) / len(sets)
    return SessionResult(
        exercise=card.name,
        duration_s=sets[-1].ended_s,
        # The coach warned at the time, and resting out of sight is no fault of the recording.
        quality=Quality(coverage, sets[0].quality.view, ()),
        reps=tuple(reps),
        holds=tuple(hold for done in sets for hold in done.holds),
        findings=tuple(findings),
        not_graded=tuple(dict.fromkeys(line for done in sets for line in done.not_graded)),
        signals=_one_after_the_other([done.signals for done in sets]),
        source=source,
        model=model,
        prescribed=sets[0].bout.target is not None,
        why_none=() if any(d.reps or d.holds for d in sets) else _all_reasons(sets),
    )


def _all_reasons(sets: Sequence[SetRecord]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason for done in sets for reason in done.why_none))


def _one_after_the_other(parts: Sequence[Signals]) -> Signals:
    times = tuple(t_s for part in parts for t_s in part.t_s)
    names = parts[0].columns
    return Signals(times, {n: tuple(v for part in parts for v in part.columns[n]) for n in names})
