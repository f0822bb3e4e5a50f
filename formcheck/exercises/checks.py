"""Whether a card is consistent: what it counts by, judges and says exists and has a source."""

from __future__ import annotations

from collections.abc import Iterable

from formcheck.body.tracking import SPOKEN
from formcheck.errors import CardError
from formcheck.exercises.card import (
    LONGEST_CUE,
    SHORT_HOLD,
    TIMED,
    Exercise,
    Fault,
    HoldFault,
    Holds,
    Reps,
    SetFault,
)
from formcheck.exercises.directions import CYCLED, LEGS, Cycles

Mistake = tuple[bool, str]
"""Whether it was made, and how it is told after "The card NAME"."""


def check(card: Exercise, name: str) -> None:
    """Raise CardError, naming the card and the mistake, when the card is not consistent."""
    mistakes = [
        (card.name != name, f"is named {card.name!r}"),
        *((joint not in SPOKEN, f"needs no joint {joint!r}") for joint in card.needs),
        *((not n.source, f"norm {n.measure!r} has no source") for n in card.norms),
        *(m for f in card.set_faults for m in _told_badly(f)),
        *(_rep_mistakes(card, card.counts) if not isinstance(card.counts, Holds) else ()),
        *(_cycle_mistakes(card, card.counts) if isinstance(card.counts, Cycles) else ()),
        *(_hold_mistakes(card, card.counts) if isinstance(card.counts, Holds) else ()),
    ]
    for wrong, what in mistakes:
        if wrong:
            raise CardError(f"The card {name} {what}.")


def _rep_mistakes(card: Exercise, counts: Reps | Cycles) -> Iterable[Mistake]:
    known = {m.name for m in card.measures} | set(TIMED)
    if isinstance(counts, Cycles):
        known |= {*CYCLED, *(way.share_name for way in counts.directions)}
    yield counts.driver not in card.signals, f"counts by no signal {counts.driver!r}"
    yield card.shown not in known | {""}, f"shows no measure {card.shown!r}"
    yield card.graded not in known, f"grades no measure {card.graded!r}"
    for fault in card.faults:
        yield fault.measure not in known, f"fault {fault.name!r} reads no measure"
        yield not set(fault.spoils) <= known, f"fault {fault.name!r} spoils no measure"
        yield from _told_badly(fault)
        yield _boundless(fault)


def _cycle_mistakes(card: Exercise, counts: Cycles) -> Iterable[Mistake]:
    known = {m.name for m in card.measures}
    for gauge in counts.gauges:
        read = {f"{leg}_{signal}" for leg in LEGS for signal in gauge.signals}
        yield not read <= set(card.signals), f"gauges {gauge.name} by no signal"
    for way in counts.directions:
        yield way.range_name not in known, f"has no measure {way.range_name!r}"


def _hold_mistakes(card: Exercise, counts: Holds) -> Iterable[Mistake]:
    yield counts.driver not in card.signals, f"holds by no signal {counts.driver!r}"
    yield not counts.enter <= counts.surely, "is surely a stretch below where it enters"
    for fault in counts.faults:
        unread = {fault.signal, fault.confirmed_by} - {"", *card.signals}
        yield not unread <= {*counts.over_stay.names}, f"fault {fault.name!r} reads no signal"
        yield from _told_badly(fault)
        yield _boundless(fault)
    yield from ((n not in card.signals, f"reports no signal {n!r}") for n in counts.measures)
    spoiled = {name for fault in counts.faults for name in fault.spoils}
    yield not spoiled <= set(counts.measures), "spoils what it does not report"
    yield SHORT_HOLD not in counts.messages, f"has no sentence for {SHORT_HOLD!r}"


def _told_badly(fault: Fault | SetFault | HoldFault) -> Iterable[Mistake]:
    yield not fault.source, f"fault {fault.name!r} has no source"
    yield len(fault.cue) > LONGEST_CUE, f"fault {fault.name!r} has a cue too long to say"


def _boundless(fault: Fault | HoldFault) -> Mistake:
    return (fault.above, fault.below) == (None, None), f"fault {fault.name!r} has no limit"
