"""Numbers for people: a measure's name in words, its value with its unit, a time in the video."""

from __future__ import annotations

import math
from collections.abc import Iterable

from formcheck.exercises.card import Exercise, Holds
from formcheck.results import Hold, Rep

UNITS = {
    "deg": ("°", 1, 0),
    "s": (" s", 1, 1),
    "cm": (" cm", 1, 1),
    "share": (" %", 100, 0),
    "shank": ("", 1, 2),
    "thigh": ("", 1, 2),
    "torso": ("", 1, 2),
    "ratio": ("", 1, 2),
}
"""By the ending of a measure's name: what is written behind the value, a factor, decimals."""
HELD = "held_s"
LENGTHS = ("shank", "thigh", "torso")


def name_in_words(measure: str) -> str:
    """`knee_gap_thigh` → "knee gap, in thigh lengths"; `plantarflexion_deg` → "plantarflexion"."""
    stem, _, unit = measure.rpartition("_")
    if not stem or unit not in UNITS:
        return measure.replace("_", " ")
    words = stem.replace("_", " ")
    return f"{words}, in {unit} lengths" if unit in LENGTHS else words


def value_in_words(measure: str, value: float | None) -> str:
    """The value with its unit, rounded to what is meaningful; a dash when there is none."""
    if value is None or not math.isfinite(value):
        return "–"
    unit, factor, decimals = UNITS.get(measure.rpartition("_")[2], ("", 1, 2))
    text = f"{round(value * factor, decimals) + 0.0:.{decimals}f}{unit}"
    return text.replace("-", "−")


def clock(t_s: float) -> str:
    """A time in the video: 75.2 s → "1:15"."""
    seconds = int(t_s)
    return f"{seconds // 60}:{seconds % 60:02d}"


def percent(share: float) -> str:
    """0.72 → "72 %"."""
    return f"{share * 100:.0f} %"


def value_of(span: Rep | Hold, name: str) -> float | None:
    """A measure of a repetition or hold, or the time that it was held; None where it has none."""
    if name == HELD and isinstance(span, Hold):
        return span.held_s
    return span.measures.get(name)


def main_measure(card: Exercise, done: Iterable[Rep | Hold]) -> str:
    """The measure that is shown first: the card's choice where all of `done` have it.

    A fault can make it meaningless in a repetition, which then goes without. A view can hide it in
    some; then all are shown by the graded measure. A hold of which no measure can be taken is
    shown by its time.
    """
    if isinstance(card.counts, Holds):
        return next(iter(card.counts.measures), HELD)
    spans = list(done)
    some = any(card.shown in span.measures for span in spans)
    everywhere = some and all(card.shown in span.measures or span.faults for span in spans)
    return card.shown if everywhere else card.graded
