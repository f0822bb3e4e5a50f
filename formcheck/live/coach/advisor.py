"""Gives one instruction at a time, only when it lasts, and again when it is not followed."""

from __future__ import annotations

import math

from formcheck.live.coach import phrases
from formcheck.live.coach.prompter import Line, LineKind
from formcheck.live.coach.setup_check import SetupAdvice
from formcheck.words import Words

LASTS_S = 0.7
"""A person on the way to the place is not to be told about every step."""
AGAIN_S = 8.0


class Advisor:
    """Times the advice of the set-up check. `shown`: the instruction now on the screen."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self.clear()

    def clear(self) -> None:
        """Everything is right now."""
        self._advice: SetupAdvice | None = None
        self._since_s = 0.0
        self._given_s = -math.inf
        self.shown: str | None = None

    def update(self, advice: SetupAdvice, t_s: float) -> list[Line]:
        """Take the advice of one frame; give the instruction when it is time to say it."""
        if advice != self._advice:
            self._advice, self._since_s, self._given_s = advice, t_s, -math.inf
        if t_s - self._since_s < LASTS_S or t_s - self._given_s < AGAIN_S:
            return []
        self._given_s = t_s
        self.shown = phrases.advice(self._words, advice)
        return [Line(LineKind.INSTRUCTION, self.shown)]
