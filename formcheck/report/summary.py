"""The report in words: the sentence that matters, and what to correct."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from formcheck.exercises.card import Exercise
from formcheck.pose.side_view import View
from formcheck.report.figures import percent
from formcheck.results import Finding, Hold, Rep, SessionResult

FULL_SHARE = 0.85
"""Of the person's own best, what is still of full range: repetitions that are the same scatter by
5 to 8 % (measured on the heel raises of the samples), and the heel raise's card says that a set
fell off below this."""
MANY_RANGES = 6
"""More runs of repetitions than this are told as a count: nobody reads longer lists."""


@dataclass(frozen=True)
class Advice:
    """One thing to correct: the fault's name, where it was seen, and the sentence about it."""

    fault: str
    where: str
    message: str


def recognition(result: SessionResult, card: Exercise) -> str:
    """How sure it is that this is the exercise; nothing where it was named."""
    if result.recognised is None:
        return ""
    return f"Recognised as {card.title.lower()}, {result.recognised:.0%} sure".replace("%", " %")


def headline(result: SessionResult, card: Exercise) -> str:
    """The first sentence of the report."""
    if result.reps:
        return _reps_sentence(result, card)
    if result.holds:
        return _holds_sentence(result.holds, card.title.lower())
    none = f"No {plural(card.title.lower())} were counted"
    if result.why_none:
        return " ".join((f"{none}.", *result.why_none))
    return f"{none}: nobody could be measured." if result.quality.coverage == 0 else f"{none}."


def _reps_sentence(result: SessionResult, card: Exercise) -> str:
    count = len(result.reps)
    name = card.title.lower()
    parts = [f"{count} {plural(name) if count > 1 else name}"]
    full = full_reps(result, card)
    if full is not None and count > 1:
        share = {0: "none", count: "all"}.get(full, f"{full}")
        parts.append(f", {share} of them {full_of(result)}")
    fall = falling_off(result, card)
    if fall is not None:
        after, share_lost = fall
        parts.append(f"; {card.amplitude} fell by {percent(share_lost)} after rep {after}")
    return "".join(parts) + "."


def _holds_sentence(holds: Sequence[Hold], name: str) -> str:
    total, target = sum(h.held_s for h in holds), holds[0].target_s
    if len(holds) == 1:
        return f"1 {name}, held for {total:.0f} of {target:.0f} s."
    kept = sum("short_hold" not in h.faults for h in holds)
    share = {0: "none", len(holds): "all"}.get(kept, f"{kept}")
    return (
        f"{len(holds)} {plural(name)}, {share} of them held for the full {target:.0f} s; "
        f"{total:.0f} s of stretch in all."
    )


def goal(result: SessionResult) -> str:
    """What the repetitions are held against: three things, always named."""
    names = {True: "the prescribed target", False: "your best", None: "the target"}
    return names[result.prescribed]


def full_from(result: SessionResult) -> float:
    """The share of the target from which a repetition is of full range."""
    return 1.0 if result.prescribed else FULL_SHARE


def full_of(result: SessionResult) -> str:
    """What counts as full range, in words."""
    share = full_from(result)
    if share == 1:
        return f"reached {goal(result)}"
    return f"at {percent(share)} of {goal(result)} or more"


def full_reps(result: SessionResult, card: Exercise) -> int | None:
    """How many repetitions reached the full range; None when the card does not judge that."""
    if all(fault.measure != "reached" for fault in card.faults):
        return None
    return sum(round(rep.reached, 2) >= full_from(result) for rep in result.reps)


def falling_off(result: SessionResult, card: Exercise) -> tuple[int, float] | None:
    """After which repetition the range fell, and by what share; None: kept, or not graded."""
    of_the_set = {fault.name for fault in card.set_faults}
    start_s = min((f.start_s for f in result.findings if f.fault in of_the_set), default=None)
    if start_s is None or result.quality.view is View.CLOSE_UP:
        return None
    early = [rep.reached for rep in result.reps if rep.start_s < start_s]
    late = [rep.reached for rep in result.reps if rep.start_s >= start_s]
    if not early or not late or median(late) >= median(early):
        return None
    return len(early), 1 - median(late) / median(early)


def advice(result: SessionResult) -> tuple[Advice, ...]:
    """What to correct, most frequent first, each fault once."""
    by_fault: dict[str, list[Finding]] = {}
    for finding in result.findings:
        by_fault.setdefault(finding.fault, []).append(finding)
    found = [(_span(f), _advice(name, f, result.reps)) for name, f in by_fault.items()]
    return tuple(a for _, a in sorted(found, key=lambda pair: -pair[0]))


def _advice(fault: str, findings: Sequence[Finding], reps: Sequence[Rep]) -> Advice:
    numbers = [rep.number for rep in reps if fault in rep.faults]
    if not numbers:
        return Advice(fault, "", " ".join(dict.fromkeys(f.message for f in findings)))
    # Findings of repetitions begin with "Reps 1-2: "; the numbers stand in a place of their own.
    message = findings[0].message.split(": ", 1)[-1]
    return Advice(fault, _where(numbers, len(reps)), message[:1].upper() + message[1:])


def _span(findings: Iterable[Finding]) -> float:
    return sum(f.end_s - f.start_s for f in findings)


def _where(numbers: Sequence[int], of: int) -> str:
    runs = ranges(numbers)
    if len(runs) > MANY_RANGES:
        return f"{len(numbers)} of {of} reps"
    return f"rep {runs[0]}" if len(numbers) == 1 else f"reps {', '.join(runs)}"


def ranges(numbers: Sequence[int]) -> list[str]:
    """Ascending numbers as runs: 1, 2, 3, 7 gives "1–3" and "7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return [f"{a}" if a == b else f"{a}–{b}" for a, b in runs]


def plural(noun: str) -> str:
    """English plural of an exercise's name: heel raises, calf stretches."""
    return noun + ("es" if re.search(r"(ch|sh|s|x)$", noun) else "s")
