"""Judging: repetitions and holds held against the card, in sentences for the patient."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from formcheck.engine.hold_measuring import RawHold
from formcheck.engine.reps import RawRep
from formcheck.exercises.card import SHORT_HOLD, Exercise, Fault, Holds
from formcheck.results import Finding, Hold, Rep

SHORT_BY_S = 0.5
"""A hold may end this much early: a breath, and the error of the clock (measured: see samples)."""
RELIABLE = 0.5
"""Confidence from which a repetition may set the person's own best."""


def own_best(exercise: Exercise, reps: Sequence[RawRep]) -> float:
    """The largest reliable value of the graded measure so far; 0 when there is none."""
    values = [
        (
            exercise.graded not in _spoiled(exercise, r.measures) and r.confidence >= RELIABLE,
            r.measures.get(exercise.graded, 0.0),
        )
        for r in reps
    ]
    return max(values, default=(False, 0.0))[1]


def _spoiled(exercise: Exercise, measures: Mapping[str, float]) -> set[str]:
    """Measures that a fault of the repetition makes meaningless."""
    return {name for f in exercise.faults if f.applies(measures) for name in f.spoils}


def judge(exercise: Exercise, raw: RawRep, number: int, target: float, hold_s: float = 0.0) -> Rep:
    """Hold one repetition against the card.

    target: in the unit of the graded measure. hold_s: prescribed time at the top, 0 for none.
    """
    up, hold, down = raw.tempo
    reached = raw.measures.get(exercise.graded, 0.0) / target if target > 0 else 0.0
    measures = raw.measures | {
        "up_s": up,
        "hold_s": hold,
        "down_s": down,
        "down_up_ratio": down / up,
        "reached": reached,
    }
    if hold_s:
        measures["short_by_s"] = hold_s - hold
    spoiled = _spoiled(exercise, measures) - {exercise.graded}
    told = [f for f in exercise.faults if f.applies(measures) and f.measure not in spoiled]
    faults = dict.fromkeys(f.name for f in told)
    return Rep(
        number=number,
        side=raw.side,
        start_s=raw.pulse.start_s,
        peak_s=raw.peak_s,
        end_s=raw.pulse.end_s,
        up_s=up,
        hold_s=hold,
        down_s=down,
        measures={k: v for k, v in raw.measures.items() if k not in spoiled},
        target=target,
        reached=reached,
        faults=tuple(faults),
        confidence=raw.confidence,
    )


def judge_set(exercise: Exercise, reps: Sequence[Rep]) -> tuple[Finding, ...]:
    """All findings of a set: one per run of repetitions with a fault, and the set's own."""
    found = [*_rep_findings(exercise, reps), *_set_findings(exercise, reps)]
    return tuple(sorted(found, key=lambda f: (f.start_s, f.fault)))


def _rep_findings(exercise: Exercise, reps: Sequence[Rep]) -> Iterable[Finding]:
    messages = {f.name: f.message for f in reversed(exercise.faults)}
    for name, message in messages.items():
        run: list[Rep] = []
        for rep in [*reps, None]:
            if rep is not None and name in rep.faults:
                run.append(rep)
            elif run:
                which = _numbers(run)
                yield Finding(name, run[0].start_s, run[-1].end_s, f"{which}: {message}")
                run = []


def _set_findings(exercise: Exercise, reps: Sequence[Rep]) -> Iterable[Finding]:
    for fault in exercise.set_faults:
        first = fault.first_rep(reps)
        if first is not None:
            yield Finding(fault.name, reps[first].start_s, reps[-1].end_s, fault.message)


def _numbers(run: Sequence[Rep]) -> str:
    if len(run) == 1:
        return f"Rep {run[0].number}"
    return f"Reps {run[0].number}-{run[-1].number}"


def first_cue(exercise: Exercise, rep: Rep) -> Fault | None:
    """The fault of a repetition to speak about: the card's order is the order of importance."""
    return next((f for f in exercise.faults if f.name in rep.faults), None)


def judge_hold(raw: RawHold, target_s: float) -> Hold:
    """Hold one stretch against the card and the prescribed time."""
    faults = list(raw.broken)
    if raw.held_s < target_s - SHORT_BY_S:
        faults.append(SHORT_HOLD)
    return Hold(
        side=raw.side,
        start_s=raw.start_s,
        end_s=raw.end_s,
        held_s=raw.held_s,
        target_s=target_s,
        measures=raw.measures,
        faults=tuple(faults),
    )


def hold_findings(holds: Holds, raws: Sequence[RawHold], target_s: float) -> tuple[Finding, ...]:
    """What to correct in the stretches: each fault with the time of its sight."""
    messages = {f.name: f.message for f in holds.faults} | dict(holds.messages)
    found = []
    for raw in raws:
        where = f"{raw.side.value.capitalize()} side"
        for name, (start_s, end_s) in raw.broken.items():
            found.append(Finding(name, start_s, end_s, f"{where}: {messages[name]}"))
        if raw.held_s < target_s - SHORT_BY_S:
            told = f"{where}: held {raw.held_s:.0f} of {target_s:.0f} seconds. "
            found.append(Finding(SHORT_HOLD, raw.start_s, raw.end_s, told + messages[SHORT_HOLD]))
    return tuple(sorted(found, key=lambda f: (f.start_s, f.fault)))
