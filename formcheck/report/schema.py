"""What a stored session must look like, so that whatever reads it may rely on it.

msgspec checks types and ranges and says where something is wrong. Fields that stand here are
needed; further ones are let through to whoever knows them.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from formcheck.pose.side_view import Side, View

LONGEST_S = 7 * 86_400.0
"""Seconds of a recording: a week."""
LARGEST = 1e6
"""Of a measure, in any unit."""
Seconds = Annotated[float, Meta(ge=0, le=LONGEST_S)]
Share = Annotated[float, Meta(ge=0, le=1)]
Figure = Annotated[float, Meta(ge=-LARGEST, le=LARGEST)]
Amount = Annotated[float, Meta(ge=0, le=LARGEST)]
Name = Annotated[str, Meta(max_length=200)]
Text = Annotated[str, Meta(max_length=4000)]
Measures = dict[Name, Figure | None]
MOST_SPANS = 100_000
LARGEST_FILE = 100_000_000
"""Bytes: 200,000 repetitions."""


class StoredQuality(Struct):
    """`quality`."""

    coverage: Share
    view: View
    warnings: list[Text]


class StoredRep(Struct):
    """One of `reps`."""

    number: Annotated[int, Meta(ge=1, le=MOST_SPANS)]
    side: Side
    start_s: Seconds
    peak_s: Seconds
    end_s: Seconds
    up_s: Seconds
    hold_s: Seconds
    down_s: Seconds
    measures: Measures
    target: Amount
    reached: Figure
    faults: list[Name]
    confidence: Share


class StoredHold(Struct):
    """One of `holds`."""

    side: Side
    start_s: Seconds
    end_s: Seconds
    held_s: Seconds
    target_s: Seconds
    measures: Measures
    faults: list[Name]


class StoredFinding(Struct):
    """One of `findings`."""

    fault: Name
    start_s: Seconds
    end_s: Seconds
    message: Text


class StoredSession(Struct):
    """A whole `session.json`."""

    schema: int
    exercise: Name
    source: Text
    duration_s: Seconds
    model: Name
    quality: StoredQuality
    reps: Annotated[list[StoredRep], Meta(max_length=MOST_SPANS)]
    holds: Annotated[list[StoredHold], Meta(max_length=MOST_SPANS)]
    findings: Annotated[list[StoredFinding], Meta(max_length=MOST_SPANS)]
    not_graded: list[Text]
    recognised: Share | None = None
    why_none: list[Text] = []
    prescribed: bool | None = None


def decoded(text: str | bytes) -> Any:
    """What a JSON text says; raises ValueError, for numbers that are none too."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(str(error)) from error


def check(stored: Any) -> None:
    """Raise ValueError, which says where, unless `stored` is a session."""
    try:
        session = msgspec.convert(stored, StoredSession)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(str(error)) from error
    spans: list[StoredRep | StoredHold] = [*session.reps, *session.holds]
    for span in spans:
        peak_s = span.peak_s if isinstance(span, StoredRep) else span.start_s
        if not span.start_s <= peak_s <= span.end_s:
            raise ValueError(f"{span.start_s:g} s, {peak_s:g} s, {span.end_s:g} s are out of order")
    if session.reps and session.holds:
        raise ValueError("it holds repetitions and holds, and an exercise is one or the other")
