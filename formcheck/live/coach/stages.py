"""The words of the coach's state machine: its stages, what can be asked of it, its times."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from formcheck.live.coach.gestures import Gesture
from formcheck.live.coach.setup_check import SetupAdvice
from formcheck.results import Snapshot


class Stage(StrEnum):
    """Where the session stands."""

    SETUP = "set-up"
    READY = "ready"
    COUNT_IN = "count-in"
    ACTIVE = "active"
    PAUSED = "paused"
    REST = "rest"
    SUMMARY = "summary"
    OVER = "over"


class Command(StrEnum):
    """What a key or a sign asks for."""

    PAUSE = "pause"
    NEXT = "next"
    QUIT = "quit"


COMMANDS = {Gesture.PAUSE: Command.PAUSE, Gesture.END: Command.NEXT}


@dataclass(frozen=True)
class Timing:
    """How long things take, seconds."""

    ready_s: float = 1.0
    count_in_s: int = 3
    grace_s: float = 0.3
    """A doubt shorter than this is a flicker of the landmarks."""
    lost_s: float = 1.0
    warn_rest_s: int = 10
    summary_s: float = 10.0


@dataclass(frozen=True)
class Look:
    """One frame as the coach sees it. advice: what is to be put right before it can begin."""

    t_s: float
    snapshot: Snapshot
    advice: SetupAdvice | None
    given: Gesture | None = None
    speaking: bool = False
