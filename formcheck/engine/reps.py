"""Repetitions of one exercise: from signals to `Rep`s with measures, for one side at a time."""

from __future__ import annotations

import math
from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import median_filter

from formcheck.engine.why_none import Miss, too_small
from formcheck.exercises.card import PAUSE_S, Exercise, Reps
from formcheck.motion.counter import RepCounter, RepWindow, Stroke
from formcheck.motion.pulse import Pulse, fit_pulse
from formcheck.pose.pose import Array
from formcheck.pose.side_view import Side, View
from formcheck.results import Seen

T = TypeVar("T")
Times = tuple[float, float, float, float]

LEAD_S = 1.5
"""Rest before the start threshold that goes into the fit."""
MIN_SAMPLES = 8
SPIKE_SAMPLES = 5
SPIKE_SHARE = 0.4
"""A sample this far, in heights, from the median of five is a jump of the model, not motion."""
MOST_SPIKES = 0.1
"""Share of the samples above which it is motion after all, too fast to be a repetition."""
NO_TRUST_S = 1.0
"""Not seen for this long in the middle of it, a repetition is a guess."""
LOW, HIGH = (0.20, 0.327), (0.80, 0.673)
"""Shares of the height, and of the duration at which a minimum-jerk rise passes them."""
LOW_BEFORE, HIGH_BEFORE = 0.2, 0.4
"""Of the height: as low as a rest before it, and as high as the end of another movement."""
MOST_UNREADY = 0.15
"""Share of its frames in which the posture may not be the exercise's (measured: 0.09 at most; where
legs are swung 0.2 and more)."""
MOST_MISSES = 50
"""So many are remembered: enough to name the nearest, and no more after hours."""
TOO_SHORT = "it was seen for too short a time"
MIN_FIT = 0.6
"""A curve that explains less than this is a wriggle, not a repetition (measured: see samples)."""


@dataclass(frozen=True)
class RawRep:
    """A repetition that happened, with its measures, before anything is judged."""

    side: Side
    view: View
    pulse: Pulse
    measures: dict[str, float]
    confidence: float

    @property
    def tempo(self) -> tuple[float, float, float]:
        """Seconds up, at the top (as the card tells it, if it does), and down."""
        p = self.pulse
        hold_s = self.measures.get(PAUSE_S, p.top_end_s - p.top_start_s)
        return p.top_start_s - p.start_s, hold_s, p.end_s - p.top_end_s

    @property
    def peak_s(self) -> float:
        """The middle of the time at the top."""
        return (self.pulse.top_start_s + self.pulse.top_end_s) / 2


class RepTracker:
    """Feeds the counter and turns its strokes into measured repetitions."""

    def __init__(
        self,
        exercise: Exercise,
        counts: Reps,
        counter: type[RepCounter] = RepCounter,
        lead_s: float = LEAD_S,
    ) -> None:
        self._exercise = exercise
        self._counts = counts
        self._counter = counter(counts.start, counts.max_s, at_once=counts.at_once)
        self._lead_s = lead_s
        self._names = tuple(exercise.signals)
        self._rows: deque[tuple[float, ...]] = deque()
        self._seen: deque[tuple[Seen, bool]] = deque()
        self._last_end_s = -math.inf
        self._highest = 0.0
        self._misses: deque[Miss] = deque(maxlen=MOST_MISSES)

    @property
    def misses(self) -> Sequence[Miss]:
        """The last movements that were looked at and were none."""
        return tuple(self._misses)

    @property
    def moving(self) -> bool:
        """Whether a repetition is under way."""
        return self._counter.moving

    def share(self, values: Mapping[str, float]) -> float | None:
        """How high the driving signal is, 1: as the highest repetition; None while unknown."""
        rest = self._counter.rest
        if rest is None or self._highest == 0:
            return None
        return (values[self._counts.driver] - rest) / self._highest

    def reset(self) -> RawRep | None:
        """Forget the baselines; a repetition that was nearly over is still given."""
        rep = self._finish(self._counter.interrupt())
        self._forget()
        return rep

    def _forget(self) -> None:
        self._rows.clear()
        self._seen.clear()

    def exchange_sides(self, since_s: float) -> None:
        """Left was right since then, in the repetition under way too."""
        self._seen = deque(
            (replace(seen, side=seen.side.other) if seen.t_s >= since_s else seen, ready)
            for seen, ready in self._seen
        )

    def unseen(self, t_s: float) -> RawRep | None:
        """Take one frame that did not show the body."""
        return self._finish(self._counter.update(math.nan, t_s))

    def update(self, seen: Seen, values: Mapping[str, float], *, ready: bool) -> RawRep | None:
        """Take one frame; not `ready`: seen, but not in the exercise's position."""
        t_s = seen.t_s
        self._seen.append((seen, ready))
        self._rows.append((t_s, *(values[name] for name in self._names)))
        while t_s - self._rows[0][0] > self._counts.max_s + 2 * LEAD_S:
            self._rows.popleft()
            self._seen.popleft()
        x = values[self._counts.driver] if ready else math.nan
        rep = self._finish(self._counter.update(x, t_s))
        if not ready and self._counter.rest is None:
            self._forget()  # getting into position is not the rest before a repetition
        return rep

    def _finish(self, stroke: Stroke | None) -> RawRep | None:
        if stroke is None or not self._seen:
            return None
        window = self._window(stroke)
        if self._counts.at_once:
            self._last_end_s = max(self._last_end_s, stroke.low_s)
        why = TOO_SHORT if window is None else self._why_none(window)
        if window is None or why is not None:
            self._misses.append(Miss(stroke.start_s, stroke.peak - stroke.rest, why or TOO_SHORT))
            return None
        self._counter.accept(window.pulse.height)
        self._highest = max(self._highest, window.pulse.height)
        self._last_end_s = window.pulse.end_s
        return self._measure(window)

    def _window(self, stroke: Stroke) -> RepWindow | None:
        rows = np.array(self._rows)
        begin = max(self._last_end_s - 0.1, stroke.start_s - self._lead_s)
        rows = rows[(rows[:, 0] >= begin) & (rows[:, 0] <= stroke.end_s)]
        columns = {name: rows[:, i + 1] for i, name in enumerate(self._names)}
        x = columns[self._counts.driver]
        if self._counts.at_once:
            kept = _its_own(stroke, rows[:, 0], x)
            rows, x = rows[kept], x[kept]
            columns = {name: column[kept] for name, column in columns.items()}
        seen = _steady(x, stroke.peak - stroke.rest)
        if seen.sum() < MIN_SAMPLES:
            return None
        pulse = fit_pulse(rows[seen, 0], x[seen], _guess(stroke, rows[seen, 0], x[seen]))
        return RepWindow(rows[:, 0], columns, pulse)

    def _why_none(self, window: RepWindow) -> str | None:
        """Why a movement is no repetition of this exercise, in words, or None when it is."""
        pulse, counts = window.pulse, self._counts
        lasted = pulse.end_s - pulse.start_s
        if not counts.min_s <= lasted <= counts.max_s:
            return f"it took {lasted:.1f} s, and a repetition takes {counts.min_s:g} s or more"
        if pulse.fit < MIN_FIT:
            return "it was not one way up and back down"
        if pulse.height < counts.start:
            return f"it was {too_small(counts, pulse.height)}"
        ready = [ready for _, ready in self._during(pulse)]
        if not ready or sum(ready) < (1 - MOST_UNREADY) * len(ready):
            return "the position was not the exercise's meanwhile"
        return None if counts.genuine(window) else counts.not_genuine

    def _during(self, pulse: Pulse) -> list[tuple[Seen, bool]]:
        """The frames of a repetition, and in which of them the posture was the exercise's."""
        return [(s, ready) for s, ready in self._seen if pulse.start_s <= s.t_s <= pulse.end_s]

    def _measure(self, window: RepWindow) -> RawRep:
        pulse = window.pulse
        during = [seen for seen, _ in self._during(pulse)]
        view = _commonest(seen.view for seen in during)
        measures = {m.name: m.take(window) for m in self._exercise.measures if view in m.views}
        measures = {name: value for name, value in measures.items() if math.isfinite(value)}
        inside = (window.t_s >= pulse.start_s) & (window.t_s <= pulse.end_s)
        confidence = max(0.0, pulse.fit * (1 - _unseen_share(window.t_s[inside])))
        return RawRep(_commonest(seen.side for seen in during), view, pulse, measures, confidence)


def _commonest(values: Iterable[T]) -> T:
    """What most frames of a repetition say: the model's left and right may change places in one."""
    return Counter(values).most_common(1)[0][0]


def _unseen_share(t_s: Array) -> float:
    """The longest gap between the frames (n,) over their usual distance, 1 from NO_TRUST_S on."""
    steps = np.diff(t_s)
    return min(1.0, float(steps.max() - np.median(steps)) / NO_TRUST_S) if len(steps) else 0.0


def _steady(x: Array, height: float) -> NDArray[np.bool_]:
    """Which samples (n,) are seen and no spikes: a curve fitted by least squares follows those."""
    seen = np.isfinite(x)
    nearby = median_filter(x[seen], SPIKE_SAMPLES, mode="mirror")
    near = np.abs(x[seen] - nearby) < SPIKE_SHARE * height
    if near.mean() >= 1 - MOST_SPIKES:
        seen[seen] = near
    return seen


def _its_own(stroke: Stroke, t_s: Array, x: Array) -> NDArray[np.bool_]:
    """Which samples (n,) belong to a stroke and its rests: the next one may have begun."""
    risen = (t_s > stroke.low_s) & (x > stroke.low + LOW_BEFORE * (stroke.peak - stroke.low))
    kept: NDArray[np.bool_] = (t_s >= _rest_begins(stroke, t_s, x)) & ~risen
    return kept


def _rest_begins(stroke: Stroke, t_s: Array, x: Array) -> float:
    """Time from which the signal is low before a stroke: a top before that is another movement."""
    height = stroke.peak - stroke.rest
    low = t_s[(x <= stroke.rest + LOW_BEFORE * height) & (t_s < stroke.start_s)]
    tops = t_s[x > stroke.rest + HIGH_BEFORE * height]
    tops = tops[tops < low[-1]] if len(low) else low
    return float(low[low > tops[-1]][0]) if len(tops) else -math.inf


def _guess(stroke: Stroke, t_s: Array, x: Array) -> Times:
    """Start, end of rise, start of fall, end, from where the samples cross LOW and HIGH."""
    height = stroke.peak - stroke.rest
    low_level, high_level = (stroke.rest + share * height for share in (LOW[0], HIGH[0]))
    above = t_s[x >= high_level]
    first, last = (above[0], above[-1]) if len(above) else (stroke.peak_s, stroke.peak_s)
    before, after = t_s[(t_s < first) & (x <= low_level)], t_s[(t_s > last) & (x <= low_level)]
    begin = before[-1] if len(before) else t_s[0]
    end = after[0] if len(after) else t_s[-1]
    passed = HIGH[1] - LOW[1]
    up, down = (first - begin) / passed, (end - last) / passed
    start, stop = begin - LOW[1] * up, end + LOW[1] * down
    return (start, start + up, stop - down, stop)
