"""The signal over time as shapes for the page: percentages and one path, no pixels, no colours.

The page stretches the shapes to its width and writes the text over them at reading size, so that
one drawing serves a telephone and a sheet of paper.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from formcheck.exercises.card import Exercise, Holds
from formcheck.pose.pose import Array
from formcheck.report.curves import svg_path
from formcheck.report.figures import clock, name_in_words, value_in_words
from formcheck.report.shapes import Axis, Band, Levels, Mark, ticks
from formcheck.report.summary import goal
from formcheck.results import Hold, Rep, SessionResult

MARGIN_S = 4.0
"""Time shown before the first and after the last repetition."""
NEAR_S = 0.3
"""Rest is read this long before and after each repetition."""
GAP_S = 0.5
"""Shorter times without a body are not marked."""
DENSE = 60
"""More repetitions than this would blacken the plot: each is one bar then."""
LABELS, FEW_LABELS = 24, 12
"""At most so many bands are numbered, and so many on a telephone."""


@dataclass(frozen=True)
class Plot:
    """What the page draws. `says`: the plot in a sentence, for those who do not see it."""

    path: str
    bands: tuple[Band, ...]
    unseen: tuple[Band, ...]
    lines: tuple[Mark, ...]
    ticks: tuple[Mark, ...]
    title: str
    says: str


def signal_plot(result: SessionResult, card: Exercise) -> Plot | None:
    """The driving signal with every repetition or hold; None when nothing was ever seen."""
    driver = card.counts.driver
    t_s = np.array(result.signals.t_s)
    x = np.array(result.signals.columns.get(driver, ()), dtype=float)
    if not np.isfinite(x).any():
        return None
    done: Sequence[Rep | Hold] = result.reps or result.holds
    axis = _axis(done, float(t_s[0]), float(t_s[-1]))
    inside = (t_s >= axis.start_s) & (t_s <= axis.end_s)
    t_s, x = t_s[inside], x[inside]
    title = name_in_words(driver)
    if result.reps:
        x = above_rest(t_s, x, result.reps)
        title = f"{card.amplitude}, % of {goal(result)}"
    levels, lines = _levels(x, result, card)
    dense = len(result.reps) > DENSE
    right = (t_s - axis.start_s) / (axis.end_s - axis.start_s)
    path = svg_path(right, (levels.high - x) / (levels.high - levels.low))
    return Plot(
        path="" if dense else path,
        bands=_bars(result.reps, axis, levels) if dense else _stripes(done, axis),
        unseen=_unseen(t_s[np.isfinite(x)], axis),
        lines=lines,
        ticks=ticks(axis),
        title=f"each bar a repetition: {title}" if dense else title,
        says=_sentence(title, done, axis),
    )


def above_rest(t_s: Array, x: Array, reps: Sequence[Rep]) -> Array:
    """The signal over the person's own rest, in per cent of the target. All (n,).

    Rest is read beside every repetition and runs straight between them: a step towards the
    camera changes it. One factor for all makes the highest repetition stand where it reached.
    """
    anchors: list[tuple[float, float]] = []
    for edge, way in ((e, w) for r in reps for e, w in ((r.start_s, -1), (r.end_s, 1))):
        beside = (t_s - edge) * way
        values = x[(beside >= 0) & (beside <= NEAR_S) & np.isfinite(x)]
        if len(values):
            anchors.append((edge, float(np.median(values))))
    if not anchors:
        anchors = [(0.0, float(np.nanpercentile(x, 20)))]
    rise: Array = x - np.interp(t_s, *np.array(anchors).T)
    top, reached = max((_peak(t_s, rise, rep), rep.reached) for rep in reps)
    return rise * (100 * reached / top if top > 0 else 1.0)


def _peak(t_s: Array, rise: Array, rep: Rep) -> float:
    half = max(0.1, rep.hold_s / 2)
    values = rise[(np.abs(t_s - rep.peak_s) <= half) & np.isfinite(rise)]
    return float(np.median(values)) if len(values) else 0.0


def _axis(done: Sequence[Rep | Hold], first: float, last: float) -> Axis:
    if not done:
        return Axis(first, max(last, first + 1.0))
    return Axis(max(first, done[0].start_s - MARGIN_S), min(last, done[-1].end_s + MARGIN_S))


def _levels(x: Array, result: SessionResult, card: Exercise) -> tuple[Levels, tuple[Mark, ...]]:
    """All but the wildest samples with some air, and the lines to hold them against."""
    low, high = (float(v) for v in np.nanpercentile(x, (1, 99)))
    if result.reps:
        levels = Levels(-20.0, max(118.0, 1.1 * high))
        target = value_in_words(card.graded, max(rep.target for rep in result.reps))
        told = f"{goal(result)}, {target}" if "°" in target else goal(result)
        return levels, (
            Mark(levels.percent(100), told, "target"),
            Mark(levels.percent(0), "rest", "rest"),
        )
    air = max(0.1 * (high - low), 1e-3)
    if not result.holds or not isinstance(card.counts, Holds):
        return Levels(low - air, high + air), ()
    enter = card.counts.enter
    levels = Levels(min(low - air, 0.0), max(high + air, 1.2 * enter))
    told = f"counts from {value_in_words(card.counts.driver, enter)}"
    return levels, (
        Mark(levels.percent(enter), told, "target"),
        Mark(levels.percent(0), value_in_words(card.counts.driver, 0), "rest"),
    )


def _stripes(done: Sequence[Rep | Hold], axis: Axis) -> tuple[Band, ...]:
    step, few = (max(1, -(-len(done) // most)) for most in (LABELS, FEW_LABELS))
    bands = []
    for i, span in enumerate(done):
        text = f"{span.held_s:.0f} s" if isinstance(span, Hold) else str(span.number)
        x, width = _extent(span.start_s, span.end_s, axis)
        label = text if i % step == 0 else ""
        bands.append(Band(x, width, label=label, good=not span.faults, minor=i % few != 0))
    return tuple(bands)


def _bars(reps: Sequence[Rep], axis: Axis, levels: Levels) -> tuple[Band, ...]:
    rest = levels.percent(0)
    tops = [levels.percent(100 * rep.reached) for rep in reps]
    stripes = zip(_stripes(reps, axis), tops, strict=True)
    return tuple(replace(b, y=top, height=round(rest - top, 2)) for b, top in stripes)


def _unseen(seen_s: Array, axis: Axis) -> tuple[Band, ...]:
    """Times of more than GAP_S in which the signal could not be measured."""
    times = [axis.start_s, *seen_s, axis.end_s]
    gaps = [(a, b) for a, b in itertools.pairwise(times) if b - a > GAP_S]
    return tuple(Band(*_extent(a, b, axis)) for a, b in gaps)


def _extent(a: float, b: float, axis: Axis) -> tuple[float, float]:
    return axis.percent(a), round(axis.percent(b) - axis.percent(a), 2)


def _sentence(title: str, done: Sequence[Rep | Hold], axis: Axis) -> str:
    kind = "holds" if done and isinstance(done[0], Hold) else "repetitions"
    faulty = sum(bool(span.faults) for span in done)
    return (
        f"{title.capitalize()}, from {clock(axis.start_s)} to {clock(axis.end_s)} of the video, "
        f"with {len(done)} {kind}, {faulty} of them with something to correct."
    )
