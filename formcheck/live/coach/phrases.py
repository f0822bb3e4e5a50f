"""The coach's longer sentences, put together from the words of a language and the cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from formcheck.exercises.card import Exercise
from formcheck.live.coach.prompter import Line, LineKind
from formcheck.live.coach.records import SetRecord
from formcheck.live.coach.setup_check import SetupAdvice
from formcheck.programmes.plan import Bout
from formcheck.words import Words


def advice(words: Words, given: SetupAdvice) -> str:
    """The instruction of the set-up check."""
    return words.say(given.key, about=words.card(given.about).rstrip("."))


def announcement(words: Words, bout: Bout, *, short: bool = False) -> Line:
    """What comes now, where the camera stands and, unless `short`, how it is done."""
    card = bout.exercise
    parts = [name(words, bout)] if short else [name(words, bout), card.setup, card.how]
    return Line(
        LineKind.ANNOUNCEMENT, " ".join(_sentence(words.card(part)) for part in parts if part)
    )


def rest(words: Words, bout: Bout, rest_s: float) -> Line:
    """How long to rest, and for which set."""
    key = "rest" if rest_s > 0 else "next"
    coming = words.say("set_of", number=bout.number, of=bout.of)
    text = words.say(key, seconds=round(rest_s), exercise=name(words, bout), set=coming)
    return Line(LineKind.INSTRUCTION, text)


def name(words: Words, bout: Bout) -> str:
    """The exercise, and the leg if it is prescribed."""
    title = words.card(bout.exercise.title)
    return title if bout.side is None else f"{title}, {words.say(f'side_{bout.side}')}"


def summary(words: Words, records: Sequence[SetRecord]) -> Line:
    """What was done, and the one thing to work on."""
    reps, holds = sum(len(r.reps) for r in records), sum(len(r.holds) for r in records)
    parts = [words.say("summary")]
    if reps:
        parts.append(words.say("summary_reps", count=reps))
    if holds:
        parts.append(words.say("summary_holds", count=holds))
    worst = _commonest_fault(records)
    if worst:
        parts.append(words.say("summary_fault", message=_cue(words, *worst)))
    elif reps or holds:
        parts.append(words.say("summary_clean"))
    return Line(LineKind.INSTRUCTION, " ".join(parts))


def _commonest_fault(records: Sequence[SetRecord]) -> tuple[Exercise, str] | None:
    counts = Counter(
        (record.bout.exercise.name, fault)
        for record in records
        for faults in (*(r.faults for r in record.reps), *(h.faults for h in record.holds))
        for fault in faults
    )
    if not counts:
        return None
    exercise, fault = counts.most_common(1)[0][0]
    cards = {record.bout.exercise.name: record.bout.exercise for record in records}
    return cards[exercise], fault


def _cue(words: Words, card: Exercise, fault: str) -> str:
    cues = {f.name: f.cue for f in card.correctable}
    if fault in cues:
        return words.card(cues[fault])
    return words.card(card.counts.messages.get(fault, fault))


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
