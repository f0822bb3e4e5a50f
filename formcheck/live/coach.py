"""The course of a session, as a state machine.

    SETUP ── nothing left to advise ──► READY ── held ready_s ──► COUNT_IN ──► ACTIVE
      ▲  ◄── something is wrong again ────┘  └─ resuming, holds ─────────────────▲ │
      ├──── out of sight for lost_s ────────────────────────────────────────────┼─┤
      ├──── PAUSED ◄── sign or key ─────────────────────────────────────────────┴─┤
      └──── REST ◄──── goal reached, or sign or key ──────────────────────────────┘
    SUMMARY follows the last set, OVER the summary.

It counts nothing itself: the engine does, and the coach says in which spans of time it counts.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from formcheck.live import phrases
from formcheck.live.advisor import Advisor
from formcheck.live.plan import Bout
from formcheck.live.prompter import Kind, Line
from formcheck.live.stages import COMMANDS, Command, Look, Stage, Timing
from formcheck.live.tally import Tally, tally_of
from formcheck.results import Status
from formcheck.words import Words

STOPPABLE = frozenset({Stage.READY, Stage.COUNT_IN, Stage.ACTIVE, Stage.REST})


class Coach:
    """Leads through the sets. The public attributes tell where it stands."""

    def __init__(
        self,
        bouts: Sequence[Bout],
        words: Words,
        timing: Timing = Timing(),  # noqa: B008
    ) -> None:
        self._bouts = bouts
        self._words = words
        self._timing = timing
        self._advisor = Advisor(words)
        self._lines: list[Line] = []
        self._doubt_s: float | None = None
        self._acts = {
            Stage.SETUP: self._set_up,
            Stage.READY: self._hold_ready,
            Stage.COUNT_IN: self._count_in,
            Stage.ACTIVE: self._watch,
            Stage.REST: self._rest,
            Stage.SUMMARY: self._sum_up,
        }
        self.sets_done = 0
        self.stage = Stage.SETUP
        self.since_s = 0.0
        self.tally: Tally = tally_of(self.bout, words)
        self._resuming = False
        self._rest_until_s = 0.0
        self._rest_left_s = 0.0
        self._called = math.inf
        self._announced = ""
        self._greeted = False

    @property
    def bout(self) -> Bout:
        """The set under way, or the one that comes next; the last one stays to the end."""
        return self._bouts[min(self.sets_done, len(self._bouts) - 1)]

    @property
    def advice(self) -> str | None:
        """The instruction that was last given and still holds."""
        return self._advisor.shown if self.stage is Stage.SETUP else None

    @property
    def resuming(self) -> bool:
        """Whether the set was begun and goes on after the check."""
        return self._resuming

    def seconds_left(self, t_s: float) -> int | None:
        """What the count-in or the rest has left, whole seconds."""
        if self.stage is Stage.COUNT_IN:
            return math.ceil(self._timing.count_in_s - (t_s - self.since_s))
        return math.ceil(max(0.0, self._rest_until_s - t_s)) if self.stage is Stage.REST else None

    def update(self, look: Look) -> list[Line]:
        """Take one frame; give what there is to say."""
        self._lines = []
        self._lines += self.tally.update(look.snapshot)
        if look.given is not None:
            self._obey(COMMANDS[look.given], look.t_s)
        if self.stage in self._acts:
            self._acts[self.stage](look)
        return self._lines

    def command(self, command: Command, t_s: float) -> list[Line]:
        """Take a key; give what there is to say."""
        self._lines = []
        self._obey(command, t_s)
        return self._lines

    def interrupt(self, t_s: float) -> list[Line]:
        """The camera shows nothing any more: pause until it does."""
        self._lines = []
        if self.stage in (Stage.READY, Stage.COUNT_IN, Stage.ACTIVE):
            self._back_to_set_up(t_s)
        self._say(Kind.SAFETY, "no_camera")
        return self._lines

    def _say(self, kind: Kind, key: str, **values: object) -> None:
        self._lines.append(Line(kind, self._words.say(key, **values)))

    def _enter(self, stage: Stage, t_s: float) -> None:
        self.stage, self.since_s, self._doubt_s = stage, t_s, None

    def _obey(self, command: Command, t_s: float) -> None:
        if command is Command.QUIT:
            self._finish(t_s)
        elif command is Command.NEXT and self.stage is Stage.REST:
            self._rest_until_s = t_s
        elif command is Command.NEXT and self.stage not in (Stage.SUMMARY, Stage.OVER):
            self._end_set(t_s)
        elif command is Command.PAUSE and self.stage is Stage.PAUSED:
            self._go_on(t_s)
        elif command is Command.PAUSE and (self.stage in STOPPABLE or self._resuming):
            self._pause(t_s)

    def _pause(self, t_s: float) -> None:
        self._resuming = self._resuming or self.stage is Stage.ACTIVE
        self._rest_left_s = self._rest_until_s - t_s if self.stage is Stage.REST else 0.0
        self.tally.spans.close(t_s)
        self._enter(Stage.PAUSED, t_s)
        self._say(Kind.INSTRUCTION, "paused")

    def _go_on(self, t_s: float) -> None:
        if self._rest_left_s > 0:
            self._rest_until_s = t_s + self._rest_left_s
            self._enter(Stage.REST, t_s)
        else:
            self._enter(Stage.SETUP, t_s)

    def _back_to_set_up(self, t_s: float) -> None:
        self._resuming = self._resuming or self.stage is Stage.ACTIVE
        self.tally.spans.close(t_s)
        self._enter(Stage.SETUP, t_s)

    def _set_up(self, look: Look) -> None:
        if self._announced != self.bout.exercise.name:
            self._announced = self.bout.exercise.name
            self._lines.append(phrases.announcement(self._words, self.bout))
        if look.advice is None:
            self._advisor.clear()
            self._greeted = self._resuming
            self._enter(Stage.READY, look.t_s)
        elif not look.speaking:
            self._lines += self._advisor.update(look.advice, look.t_s)

    def _hold_ready(self, look: Look) -> None:
        # Not at once: somebody who walks in is ready for a moment, several times.
        if not self._greeted and look.t_s - self.since_s >= self._timing.ready_s / 2:
            self._greeted = True
            self._say(Kind.INSTRUCTION, "ready")
        if self._doubted(look.t_s, doubt=look.advice is not None, for_s=self._timing.grace_s):
            self._enter(Stage.SETUP, look.t_s)
        elif look.advice is None and look.t_s - self.since_s >= self._timing.ready_s:
            if self._resuming or self.bout.is_hold:
                self._begin(look.t_s)
            elif not look.speaking:
                self._called = math.inf
                self._enter(Stage.COUNT_IN, look.t_s)
                self._count_in(look)

    def _count_in(self, look: Look) -> None:
        if self._doubted(look.t_s, doubt=look.advice is not None, for_s=self._timing.lost_s):
            self._enter(Stage.SETUP, look.t_s)
            return
        left = self.seconds_left(look.t_s) or 0
        if left <= 0:
            self._begin(look.t_s)
        elif left < self._called:
            self._called = left
            self._lines.append(Line(Kind.COUNT, str(left)))

    def _begin(self, t_s: float) -> None:
        key = "go_on" if self._resuming else "hold" if self.bout.is_hold else "go"
        self._resuming = False
        self.tally.spans.open(t_s)
        self._enter(Stage.ACTIVE, t_s)
        self._say(Kind.COUNT, key)

    def _watch(self, look: Look) -> None:
        lost = look.snapshot.status is Status.NOT_SEEN
        if self.tally.count >= self.bout.goal:
            self._end_set(look.t_s)
        elif self._doubted(look.t_s, doubt=lost, for_s=self._timing.lost_s):
            self._back_to_set_up(look.t_s)
            about = self._words.card(look.snapshot.message or "I can't see you")
            self._say(Kind.SAFETY, "lost", about=about)

    def _rest(self, look: Look) -> None:
        left_s = self._rest_until_s - look.t_s
        if left_s <= 0:
            self._enter(Stage.SETUP, look.t_s)
        elif left_s <= self._timing.warn_rest_s < self._called:
            self._called = left_s
            self._say(Kind.INSTRUCTION, "rest_ends", seconds=math.ceil(left_s))

    def _end_set(self, t_s: float) -> None:
        rest_s = self.bout.rest_s
        self.tally.spans.close(t_s)
        self.sets_done += 1
        self._resuming = False
        if self.sets_done >= len(self._bouts):
            self._enter(Stage.SUMMARY, t_s)
            return
        self.tally = tally_of(self.bout, self._words)
        self._called = rest_s
        self._rest_until_s = t_s + rest_s
        self._enter(Stage.REST, t_s)
        self._lines.append(phrases.rest(self._words, self.bout, rest_s))

    def _sum_up(self, look: Look) -> None:
        if look.t_s - self.since_s >= self._timing.summary_s and not look.speaking:
            self._enter(Stage.OVER, look.t_s)

    def _finish(self, t_s: float) -> None:
        self.tally.spans.close(t_s)
        self.sets_done = len(self._bouts)
        self._enter(Stage.OVER, t_s)

    def _doubted(self, t_s: float, *, doubt: bool, for_s: float) -> bool:
        """Whether a doubt has lasted; one frame without it clears it."""
        if not doubt:
            self._doubt_s = None
        elif self._doubt_s is None:
            self._doubt_s = t_s
        return self._doubt_s is not None and t_s - self._doubt_s >= for_s
