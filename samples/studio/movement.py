"""What a movement is: a pose with one angle that is driven, and the faults it can have.

A movement is one file in `poses/`: a frozen dataclass of angles with a `posture` method,
and a `MOVEMENT` that names the driven field. A fault adds to fields of the pose as the
repetition proceeds, or changes the repetition itself.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Protocol

from samples.studio import poses
from samples.studio.body import Body
from samples.studio.posture import Posture


class Pose(Protocol):
    """A frozen dataclass of angles that can be turned into a posture."""

    def posture(self, body: Body) -> Posture:
        """The posture of a person who stands at the origin and faces +z."""
        ...


@dataclass(frozen=True)
class Rep:
    """One repetition or hold: how far and how fast."""

    amplitude: float  # of the driven field, in its own unit
    up_s: float = 1.4
    hold_s: float = 0.9
    down_s: float = 2.0
    gap_s: float = 0.8  # rest before the next one


RepChange = Callable[[Rep], Rep]
SHORT, SHORT_SHARE = "short_", 0.3  # the fault "short_NAME" leaves this share of a stroke


@dataclass(frozen=True)
class Stroke:
    """One way out and back. Repetitions that go several ways name them."""

    name: str
    drive: str  # the pose's field that moves
    size: float  # how far it moves at an amplitude of 1
    signal: str  # channel of truth.py that shows it; "{side}" is filled in


@dataclass(frozen=True)
class Movement:
    """A pose, how it is driven, and what is true of it."""

    name: str
    pose: Callable[..., Pose]
    drive: str  # the pose's field that moves
    rep: Rep
    signal: str = ""  # channel of truth.py that shows the drive; "{side}" is filled in
    distance: str = ""  # channel in centimetres that gives the amplitude in space
    measures: tuple[str, ...] = ()  # measures of truth.py given for every repetition or hold
    counts: str = "reps"  # or "holds"
    bends: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # fault: fields
    changes: Mapping[str, RepChange] = field(default_factory=dict)  # fault: what it does to a rep
    strokes: tuple[Stroke, ...] = ()  # of one repetition that goes several ways, in their order

    @property
    def faults(self) -> frozenset[str]:
        """Every fault that a script may ask for."""
        short = {SHORT + stroke.name for stroke in self.strokes}
        return frozenset(self.bends) | frozenset(self.changes) | short | {"shrinking"}

    def ways(self, names: tuple[str, ...]) -> tuple[Stroke, ...]:
        """The strokes of a repetition: the named ones, else all; most movements have just one."""
        named = tuple(s for name in names for s in self.strokes if s.name == name)
        return named or self.strokes or (Stroke("", self.drive, 1.0, self.signal),)

    def changed(self, rep: Rep, stroke: Stroke, fault: str) -> Rep:
        """What a fault makes of one stroke of a repetition."""
        change = scaled(SHORT_SHARE) if fault == SHORT + stroke.name else self.changes.get(fault)
        return change(rep) if change else rep

    def at(
        self,
        base: Pose,
        stroke: Stroke,
        rep: Rep,
        faults: tuple[str, ...],
        progress: float,
        *,
        wrong: float | None = None,
    ) -> Pose:
        """The pose at a progress of 0 (rest) to 1 (the rep's full amplitude).

        wrong: how far the faults have come, 0 to 1; None: as far as the movement.
        """
        fault_share = progress if wrong is None else wrong
        way = progress * rep.amplitude * stroke.size
        values = {stroke.drive: getattr(base, stroke.drive) + way}
        for fault in faults:
            for name, size in self.bends.get(fault, {}).items():
                values[name] = values.get(name, getattr(base, name)) + fault_share * size
        return replace(base, **values)  # type: ignore[type-var]


def scaled(share: float) -> RepChange:
    """A repetition with a share of the amplitude."""
    return lambda rep: replace(rep, amplitude=rep.amplitude * share)


def timed(**seconds: float) -> RepChange:
    """A repetition with other times, such as `down_s=0.5`."""
    return lambda rep: replace(rep, **seconds)


@cache
def movements() -> Mapping[str, Movement]:
    """Every movement in `poses/` by name. A file is found by having MOVEMENT or MOVEMENTS."""
    found: dict[str, Movement] = {}
    for module_info in pkgutil.iter_modules(poses.__path__):
        module: Any = importlib.import_module(f"{poses.__name__}.{module_info.name}")
        for movement in getattr(module, "MOVEMENTS", ()):
            if movement.name in found:
                raise ValueError(f"two movements are called {movement.name!r}")
            found[movement.name] = movement
    return found
