"""Tempo against the prescription, left against right, and figures against published norms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from formcheck.exercises.card import Exercise
from formcheck.pose.pose import Array
from formcheck.pose.side_view import Side
from formcheck.report.figures import main_measure, name_in_words, value_in_words
from formcheck.results import Hold, Rep, SessionResult, Signals

PHASES = ("up_s", "hold_s", "down_s")
NEAR_S = 0.3


@dataclass(frozen=True)
class TempoBar:
    """One bar of up, hold, down; seconds, and widths in per cent of the longest bar."""

    who: str
    seconds: tuple[float, ...]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class SideRow:
    """One figure of both legs. lower: which leg has the lower one, and by how much."""

    what: str
    left: str
    right: str
    lower: str


@dataclass(frozen=True)
class NormRow:
    """A published figure beside the person's own, which is empty where none was measured."""

    what: str
    norm: str
    own: str
    source: str


def tempos(result: SessionResult, card: Exercise) -> tuple[TempoBar, ...]:
    """The person's median tempo and, where the card has all three phases, the norm's."""
    if not result.reps:
        return ()
    own = [median(getattr(rep, phase) for rep in result.reps) for phase in PHASES]
    asked = prescribed_s(card)
    bars = [("You (median)", own)]
    if all(phase in asked for phase in PHASES):
        sources = dict.fromkeys(asked[phase][1] for phase in PHASES)
        told = f"Norm ({', '.join(sources)})"
        bars.append((told, [asked[phase][0] for phase in PHASES]))
    longest = max(sum(seconds) for _, seconds in bars)
    return tuple(
        TempoBar(who, tuple(s), tuple(round(100 * v / longest, 1) for v in s)) for who, s in bars
    )


def prescribed_s(card: Exercise) -> Mapping[str, tuple[float, str]]:
    """By phase, the seconds that the card's first norm asks for, and its source."""
    found: dict[str, tuple[float, str]] = {}
    for norm in card.norms:
        seconds = re.match(r"(\d+(?:\.\d+)?) s\b", norm.value)
        if norm.measure in PHASES and seconds:
            found.setdefault(norm.measure, (float(seconds[1]), norm.source))
    return found


def norms(result: SessionResult, card: Exercise) -> tuple[NormRow, ...]:
    """Every norm of the card with the person's own figure."""
    own = _own_figures(result)
    return tuple(
        NormRow(name_in_words(n.measure), n.value, own.get(n.measure, ""), n.source)
        for n in card.norms
    )


def _own_figures(result: SessionResult) -> dict[str, str]:
    values: dict[str, list[float]] = {}
    for rep in result.reps:
        for name, value in (*rep.measures.items(), *((p, getattr(rep, p)) for p in PHASES)):
            values.setdefault(name, []).append(value)
    for hold in result.holds:
        for name, value in (*hold.measures.items(), ("held_s", hold.held_s)):
            values.setdefault(name, []).append(value)
    own = {name: value_in_words(name, median(all_)) for name, all_ in values.items()}
    return own | ({"reps": str(len(result.reps))} if result.reps else {})


def sides(result: SessionResult, card: Exercise) -> tuple[SideRow, ...]:
    """Left against right: reps or holds of both legs, or both legs within each repetition."""
    spans: Sequence[Rep | Hold] = result.reps or result.holds
    left, right = ([s for s in spans if s.side is side] for side in (Side.LEFT, Side.RIGHT))
    if left and right:
        return _one_leg_at_a_time(left, right, card)
    return () if uneven_share(result) is None else _both_legs(result.reps, result.signals)


def uneven_share(result: SessionResult) -> float | None:
    """How much less the weaker leg does where both work at once; None where that is not seen."""
    found = [
        value
        for rep in result.reps
        for name, value in rep.measures.items()
        if name.startswith("uneven") and name.endswith("_share")
    ]
    return median(found) if found else None


def _one_leg_at_a_time(
    left: Sequence[Rep | Hold], right: Sequence[Rep | Hold], card: Exercise
) -> tuple[SideRow, ...]:
    both = (left, right)
    what = "repetitions" if isinstance(left[0], Rep) else "holds"
    rows: list[tuple[str, str, list[float]]] = [(what, "", [len(s) for s in both])]
    main = main_measure(card, (*left, *right))
    figures = [[span.measures[main] for span in s if main in span.measures] for s in both]
    if all(figures):
        rows.append((name_in_words(main), main, [median(f) for f in figures]))
    for name, label in (("held_s", "time held"), ("down_s", "lowering")):
        if hasattr(left[0], name):
            rows.append((label, name, [median(getattr(span, name) for span in s) for s in both]))
    return tuple(_side_row(label, name, *values) for label, name, values in rows)


def _both_legs(reps: Sequence[Rep], signals: Signals) -> tuple[SideRow, ...]:
    rows = []
    t_s = np.array(signals.t_s)
    for name, column in signals.columns.items():
        other = signals.columns.get(name.replace("left_", "right_"))
        if not name.startswith("left_") or other is None:
            continue
        rises = [_median_rise(reps, t_s, np.array(x, float)) for x in (column, other)]
        measure = name.removeprefix("left_")
        rows.append(_side_row(f"rise: {name_in_words(measure)}", measure, *rises))
    return tuple(rows)


def _median_rise(reps: Sequence[Rep], t_s: Array, x: Array) -> float:
    rises = []
    for rep in reps:
        top = np.abs(t_s - rep.peak_s) <= max(0.1, rep.hold_s / 2)
        rest = (t_s >= rep.start_s - NEAR_S) & (t_s <= rep.start_s)
        rest |= (t_s >= rep.end_s) & (t_s <= rep.end_s + NEAR_S)
        if np.isfinite(x[top]).any() and np.isfinite(x[rest]).any():
            rises.append(float(np.nanmedian(x[top]) - np.nanmedian(x[rest])))
    return median(rises) if rises else float("nan")


def _side_row(label: str, measure: str, left: float, right: float) -> SideRow:
    texts = (_told(measure, left), _told(measure, right))
    high, low = max(left, right), min(left, right)
    if not high > 0 or np.isnan(low):
        return SideRow(label, *texts, "–")
    share = (high - low) / high
    lower = "right" if right < left else "left"
    told = f"{lower} {share * 100:.0f} % lower" if round(share, 2) > 0 else "even"
    return SideRow(label, *texts, told)


def _told(measure: str, value: float) -> str:
    return value_in_words(measure, value) if measure else f"{value:.0f}"
