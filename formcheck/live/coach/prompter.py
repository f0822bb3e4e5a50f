"""Which sentence is said next: safety first, one cue at a time, nothing stale."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import IntEnum


class LineKind(IntEnum):
    """What a sentence is for, the most urgent first."""

    SAFETY = 0
    COUNT = 1
    INSTRUCTION = 2
    ANNOUNCEMENT = 3
    FORM = 4
    PACE = 5
    PRAISE = 6


CUES = (LineKind.FORM, LineKind.PACE, LineKind.PRAISE)
COOL_DOWN_S = {LineKind.FORM: 5.0, LineKind.PACE: 8.0, LineKind.PRAISE: 15.0}
BETWEEN_CUES_S = 3.0
"""A cue about pace and praise keep this far from the cue before."""
FRESH_S = {
    LineKind.SAFETY: 5.0,
    LineKind.COUNT: 1.0,
    LineKind.INSTRUCTION: 6.0,
    LineKind.ANNOUNCEMENT: 30.0,
    LineKind.FORM: 2.0,
    LineKind.PACE: 2.0,
    LineKind.PRAISE: 1.0,
}
"""A sentence that could not be said within this time is not true any more."""


@dataclass(frozen=True)
class Line:
    """One sentence. marked: landmarks of the joint that it is about.

    urgent: said at once, in the middle of what is being said.
    """

    kind: LineKind
    text: str
    marked: tuple[str, ...] = field(default=())
    urgent: bool = False

    @property
    def interrupts(self) -> bool:
        """Whether it does not wait for the sentence that is being said."""
        return self.urgent or self.kind is LineKind.SAFETY


class Prompter:
    """Takes what could be said; gives, whenever the voice is free, what is said."""

    def __init__(self) -> None:
        self._waiting: dict[LineKind, tuple[Line, float]] = {}
        self._said_s: dict[LineKind, float] = {}

    def update(self, lines: Iterable[Line], t_s: float, *, speaking: bool) -> Line | None:
        """Take the new lines of one frame; give the one to say now, or None.

        A newer line of a kind replaces the older one that still waits. Only a line that
        interrupts is given while the voice is `speaking`.
        """
        for line in lines:
            if self._may_be_said(line.kind, t_s):
                self._waiting[line.kind] = (line, t_s)
        self._waiting = {
            kind: (line, since)
            for kind, (line, since) in self._waiting.items()
            if t_s - since <= FRESH_S[kind]
        }
        sayable = (k for k, (line, _) in self._waiting.items() if line.interrupts or not speaking)
        kind = min(sayable, default=None)
        return None if kind is None else self._give(kind, t_s)

    def end_set(self) -> None:
        """Forget what waits and is about the set that is over: cues, advice and explanations."""
        self._keep(lambda kind: kind <= LineKind.COUNT)

    def _keep(self, is_kept: Callable[[LineKind], bool]) -> None:
        self._waiting = {kind: held for kind, held in self._waiting.items() if is_kept(kind)}

    def _give(self, kind: LineKind, t_s: float) -> Line:
        line, _ = self._waiting.pop(kind)
        self._said_s[kind] = t_s
        if kind in CUES:
            self._keep(lambda waiting: waiting not in CUES)
        return line

    def _may_be_said(self, kind: LineKind, t_s: float) -> bool:
        if kind not in CUES:
            return True
        if t_s - self._said_s.get(kind, -math.inf) < COOL_DOWN_S[kind]:
            return False
        last_cue_s = max(self._said_s.get(cue, -math.inf) for cue in CUES)
        return kind is LineKind.FORM or t_s - last_cue_s >= BETWEEN_CUES_S
