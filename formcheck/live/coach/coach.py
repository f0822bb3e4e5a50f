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

from formcheck.live.coach import phrases
from formcheck.live.coach.advisor import Advisor
from formcheck.live.coach.prompter import Line, LineKind
from formcheck.live.coach.stages import COMMANDS, Command, Look, Stage, Timing
from formcheck.live.coach.tally import Tally, tally_of
from formcheck.live.coach.timers import Countdown, Doubt
from formcheck.programmes.plan import Bout
from formcheck.results import Hold, Rep, Status
from formcheck.words import Words

BEGUN = frozenset({Stage.ACTIVE, Stage.PAUSED, Stage.REST})
"""Signs mean something only then: who stretches before a set must not skip it."""
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
        self._doubt = Doubt()
        self._clock = Countdown()
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
        self._explained: set[str] = set()
        self._announced: Bout | None = None
        self._greeted = False

    @property
    def planned(self) -> tuple[str, ...]:
        """Names of all the exercises, in order."""
        return tuple(dict.fromkeys(bout.exercise.name for bout in self._bouts))

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
        counting = self.stage in (Stage.COUNT_IN, Stage.REST)
        return math.ceil(self._clock.left_s(t_s)) if counting else None

    def update(self, look: Look) -> list[Line]:
        """Take one frame; give what there is to say."""
        self._lines = []
        self._lines += self.tally.update(look.snapshot)
        if look.given is not None and (self.stage in BEGUN or self._resuming):
            self._obey(COMMANDS[look.given], look.t_s)
        if self.stage in self._acts:
            self._acts[self.stage](look)
        return self._lines

    def join(self, since_s: float, done: Sequence[Rep | Hold], t_s: float) -> None:
        """The set has been under way since `since_s`, and what was `done` counts already."""
        self._announced = self.bout
        self.tally.spans.open(since_s)
        self.tally.join(done)
        self._enter(Stage.ACTIVE, t_s)

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
        self._say(LineKind.SAFETY, "no_camera")
        return self._lines

    def _say(self, kind: LineKind, key: str, **values: object) -> None:
        self._lines.append(Line(kind, self._words.say(key, **values)))

    def _enter(self, stage: Stage, t_s: float) -> None:
        self.stage, self.since_s = stage, t_s
        self._doubt.clear()

    def _obey(self, command: Command, t_s: float) -> None:
        if command is Command.QUIT:
            self._finish(t_s)
        elif command is Command.NEXT and self.stage not in (Stage.SUMMARY, Stage.OVER):
            self._skip(t_s)
        elif command is Command.PAUSE and self.stage is Stage.PAUSED:
            self._enter(Stage.REST if self._clock.go_on(t_s) else Stage.SETUP, t_s)
        elif command is Command.PAUSE and (self.stage in STOPPABLE or self._resuming):
            self._pause(t_s)

    def _skip(self, t_s: float) -> None:
        """End the set, or the rest before it."""
        if self.stage is Stage.REST or (self.stage is Stage.PAUSED and self._clock.go_on(t_s)):
            self._enter(Stage.SETUP, t_s)
        else:
            self._end_set(t_s)

    def _pause(self, t_s: float) -> None:
        if self.stage is not Stage.REST:
            self._clock.start(0.0, t_s)
        self._clock.stop(t_s)
        self._resuming = self._resuming or self.stage is Stage.ACTIVE
        self.tally.spans.close(t_s)
        self._enter(Stage.PAUSED, t_s)
        self._say(LineKind.INSTRUCTION, "paused")

    def _back_to_set_up(self, t_s: float) -> None:
        self._resuming = self._resuming or self.stage is Stage.ACTIVE
        self.tally.spans.close(t_s)
        self._enter(Stage.SETUP, t_s)

    def _set_up(self, look: Look) -> None:
        if self._announced is not self.bout:
            self._announce()
        if look.advice is None:
            self._advisor.clear()
            self._greeted = self._resuming
            self._enter(Stage.READY, look.t_s)
        elif not look.speaking:
            self._lines += self._advisor.update(look.advice, look.t_s)

    def _announce(self) -> None:
        """Say what comes now, and how it is done where that was not said in this session."""
        name = self.bout.exercise.name
        changed = self._announced is None or self._announced.exercise.name != name
        self._announced = self.bout
        if changed:
            short = name in self._explained
            self._lines.append(phrases.announcement(self._words, self.bout, short=short))
            self._explained.add(name)

    def _hold_ready(self, look: Look) -> None:
        # Not at once: somebody who walks in is ready for a moment, several times.
        if not self._greeted and look.t_s - self.since_s >= self._timing.ready_s / 2:
            self._greeted = True
            self._say(LineKind.INSTRUCTION, "ready")
        wrong = look.advice is not None
        if self._doubt.lasts(self._timing.grace_s, look.t_s, wrong=wrong):
            self._enter(Stage.SETUP, look.t_s)
        elif not wrong and look.t_s - self.since_s >= self._timing.ready_s:
            if self._resuming or self.bout.is_hold:
                self._begin(look.t_s)
            elif not look.speaking:
                self._clock.start(self._timing.count_in_s, look.t_s)
                self._enter(Stage.COUNT_IN, look.t_s)
                self._count_in(look)

    def _count_in(self, look: Look) -> None:
        if self._doubt.lasts(self._timing.lost_s, look.t_s, wrong=look.advice is not None):
            self._enter(Stage.SETUP, look.t_s)
        elif not self._clock.left_s(look.t_s):
            self._begin(look.t_s)
        elif number := self._clock.calls(look.t_s, self._timing.count_in_s):
            self._lines.append(Line(LineKind.COUNT, str(number)))

    def _begin(self, t_s: float) -> None:
        key = "go_on" if self._resuming else "hold" if self.bout.is_hold else "go"
        self._resuming = False
        self.tally.spans.open(t_s)
        self._enter(Stage.ACTIVE, t_s)
        # Whoever is in a stretch already is told that the clock runs, not how to get into it.
        self._lines.append(Line(LineKind.COUNT, self._words.say(key), urgent=self.bout.is_hold))

    def _watch(self, look: Look) -> None:
        lost = look.snapshot.status is Status.NOT_SEEN
        if self.tally.count >= self.bout.goal:
            self._end_set(look.t_s)
        elif self._doubt.lasts(self._timing.lost_s, look.t_s, wrong=lost):
            self._back_to_set_up(look.t_s)
            about = self._words.card(look.snapshot.message or "I can't see you")
            self._say(LineKind.SAFETY, "lost", about=about)

    def _rest(self, look: Look) -> None:
        warn_s, t_s = self._timing.warn_rest_s, look.t_s
        if not self._clock.left_s(t_s):
            self._enter(Stage.SETUP, t_s)
        elif t_s - self.since_s >= 1.0 and self._clock.calls(t_s, warn_s) == warn_s:
            self._say(LineKind.INSTRUCTION, "rest_ends", seconds=warn_s)

    def _end_set(self, t_s: float) -> None:
        rest_s = self.bout.rest_s
        self.tally.spans.close(t_s)
        self.sets_done += 1
        self._resuming = False
        self._advisor.clear()
        if self.sets_done >= len(self._bouts):
            self._enter(Stage.SUMMARY, t_s)
            return
        self.tally = tally_of(self.bout, self._words)
        self._clock.start(rest_s, t_s)
        self._enter(Stage.REST, t_s)
        self._lines.append(phrases.rest(self._words, self.bout, rest_s))

    def _sum_up(self, look: Look) -> None:
        if look.t_s - self.since_s >= self._timing.summary_s and not look.speaking:
            self._enter(Stage.OVER, look.t_s)

    def _finish(self, t_s: float) -> None:
        self.tally.spans.close(t_s)
        self.sets_done = len(self._bouts)
        self._enter(Stage.OVER, t_s)
