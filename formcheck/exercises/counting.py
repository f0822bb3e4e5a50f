"""What repetitions, repetitions of several ways, and holds have in common on a card."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    from formcheck.exercises.card import HoldFault


class Counting(Protocol):
    """How an exercise is counted: by repetitions, by repetitions of several ways, or by holds."""

    @property
    def driver(self) -> str:
        """The signal that the count or the clock goes by."""

    @property
    def held(self) -> bool:
        """Whether it is held and not repeated."""

    @property
    def noun(self) -> str:
        """What is counted, in the plural."""

    @property
    def prescribed_s(self) -> float | None:
        """The card's own time of a stretch, seconds; None for what is repeated."""

    @property
    def faults(self) -> tuple[HoldFault, ...]:
        """What is judged while it is held."""

    @property
    def messages(self) -> Mapping[str, str]:
        """Sentences for the faults that no signal shows."""


class Repeated:
    """What is repeated and not held, as `Counting` has it."""

    held: ClassVar[bool] = False
    noun: ClassVar[str] = "reps"
    prescribed_s: ClassVar[None] = None
    faults: ClassVar[tuple[HoldFault, ...]] = ()
    messages: ClassVar[Mapping[str, str]] = MappingProxyType({})
