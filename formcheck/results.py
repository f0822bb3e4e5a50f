"""What a session found: the types behind `session.json`. Times: seconds from the start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TYPE_CHECKING

from formcheck.pose.pose import Pose
from formcheck.pose.side_view import Side, View

if TYPE_CHECKING:
    import pandas as pd

SCHEMA_VERSION = 1

Outline = tuple[tuple[float, float], ...]
"""Corners of a closed line, as shares of the picture's width and height."""


class Status(StrEnum):
    """What the engine can do with the present frame."""

    NOT_SEEN = "not seen"
    """Nobody, or not all the landmarks that the exercise needs."""
    NOT_READY = "not ready"
    """Seen, but not in the exercise's position: nothing counts."""
    READY = "ready"
    """In position, at rest."""
    ACTIVE = "active"
    """In the middle of a repetition or a hold."""


@dataclass(frozen=True)
class Seen:
    """What is known of a frame beside its signals: when, which leg works, from where it is seen."""

    t_s: float
    side: Side
    view: View


@dataclass(frozen=True)
class Rep:
    """One repetition. `reached` is the height or opening as a share of `target`."""

    number: int
    side: Side
    start_s: float
    peak_s: float
    end_s: float
    up_s: float
    hold_s: float
    down_s: float
    measures: Mapping[str, float]
    target: float
    reached: float
    faults: tuple[str, ...]
    confidence: float


@dataclass(frozen=True)
class Hold:
    """One stretch held. `held_s` counts only the time in the right posture.

    target_s: the time prescribed.
    """

    side: Side
    start_s: float
    end_s: float
    held_s: float
    target_s: float
    measures: Mapping[str, float]
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """One thing to correct, in a sentence for the patient."""

    fault: str
    start_s: float
    end_s: float
    message: str


@dataclass(frozen=True)
class Quality:
    """How far the figures can be trusted. `coverage`: share of frames with what was needed."""

    coverage: float
    view: View
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Signals:
    """The measures per frame: `t_s` (n,) and one column (n,) per name; NaN where not seen."""

    t_s: tuple[float, ...]
    columns: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True)
class SessionResult:
    """Everything that was measured in one exercise of one recording."""

    exercise: str
    duration_s: float
    quality: Quality
    reps: tuple[Rep, ...]
    holds: tuple[Hold, ...]
    findings: tuple[Finding, ...]
    not_graded: tuple[str, ...]
    signals: Signals
    source: str = ""
    model: str = ""
    recognised: float | None = None
    """How sure it is that this is the exercise, 0..1; None when it was named and not recognised."""
    why_none: tuple[str, ...] = ()
    prescribed: bool | None = None
    """Whether the target was prescribed; False: it is the person's own best; None: not known."""
    """Where nothing was counted: why, in sentences for the patient, the weightiest first."""
    schema: int = SCHEMA_VERSION

    def to_dataframe(self) -> pd.DataFrame:
        """A row per repetition, or per hold where the exercise is one; measures are columns.

        Raises ImportError when pandas is not installed.
        """
        try:
            import pandas as pd  # noqa: PLC0415
        except ImportError as error:
            raise ImportError("to_dataframe needs pandas: pip install pandas") from error
        return pd.DataFrame([flat(span) for span in self.reps or self.holds])


def flat(span: Rep | Hold) -> dict[str, object]:
    """The fields in order, with the measures as fields of their own in place of the mapping."""
    row: dict[str, object] = {}
    for each in fields(span):
        value = getattr(span, each.name)
        row |= value if each.name == "measures" else {each.name: value}
    return row


@dataclass(frozen=True)
class Snapshot:
    """What a screen or a voice may say about one frame; `None` means: show nothing.

    count: repetitions finished so far. level: the driving measure as a share of the target
    (0 at rest, 1 at target). hold_s: the running hold. message: why nothing counts just now
    ("I can't see your feet"). cue: what to correct, one short sentence. marked: landmark names
    of the joint at fault. outlines: round what is followed where no body is. new_reps and
    new_holds: those that ended with this frame.
    """

    t_s: float
    status: Status
    count: int
    pose: Pose | None = None
    level: float | None = None
    hold_s: float | None = None
    target_hold_s: float | None = None
    message: str | None = None
    cue: str | None = None
    marked: tuple[str, ...] = ()
    outlines: tuple[Outline, ...] = ()
    side: Side | None = None
    view: View = View.UNKNOWN
    new_reps: tuple[Rep, ...] = field(default=())
    new_holds: tuple[Hold, ...] = field(default=())
