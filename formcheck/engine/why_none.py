"""Why nothing was counted, in words for the patient, from what was seen and not from a guess."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.engine.signal_log import SignalLog
from formcheck.exercises.card import Exercise, Holds, Reps

MUCH = 0.2
"""Share of the frames from which something is told as a reason."""
BODY_PART = {"shank": "lower leg", "thigh": "thigh", "torso": "trunk"}
"""What lengths are a share of, by the last part of a signal's name."""
STILL = "You were seen, and did not move as in this exercise"


@dataclass(frozen=True)
class Miss:
    """A movement that was looked at and not counted. why: it was none, in words."""

    start_s: float
    height: float
    why: str


def why_none(
    log: SignalLog, card: Exercise, misses: Sequence[Miss], cuts_s: Sequence[float]
) -> tuple[str, ...]:
    """The reasons, the weightiest first; at least one. cuts_s: when everything began anew."""
    told = [*_unseen(log), *_position(log), *_nearest(log, card, misses), *_cuts(cuts_s)]
    return tuple(told) or (f"{STILL}.",)


def clock(t_s: float) -> str:
    """Minutes and seconds, as a player shows them."""
    return f"{int(t_s) // 60}:{int(t_s) % 60:02d}"


def _unseen(log: SignalLog) -> Iterator[str]:
    yield from _commonest(log, log.hidden, "{reason}: for {of}, first at {first}.")


def _position(log: SignalLog) -> Iterator[str]:
    yield from _commonest(
        log,
        log.blocked,
        "The position was not the exercise's for {of}, first at {first}: {reason}.",
    )


def _commonest(log: SignalLog, reasons: Sequence[str | None], sentence: str) -> Iterator[str]:
    """The reason that most frames have, where that is a good part of the recording."""
    given = [reason for reason in reasons if reason is not None]
    share = len(given) / max(1, len(reasons))
    if share < MUCH:
        return
    reason = max(dict.fromkeys(given), key=given.count)
    of = f"{share * log.duration_s:.0f} of {log.duration_s:.0f} s"
    yield sentence.format(reason=reason, of=of, first=clock(log.t_s[list(reasons).index(reason)]))


def _nearest(log: SignalLog, card: Exercise, misses: Sequence[Miss]) -> Iterator[str]:
    """What came nearest to being one."""
    if misses:
        miss = max(misses, key=lambda miss: miss.height)
        yield f"The nearest to one was at {clock(miss.start_s)}: {miss.why}."
        return
    x = log.signal(card.counts.driver)
    seen = np.flatnonzero(np.isfinite(x) & np.array([why is None for why in log.blocked]))
    if not len(seen):
        return
    at = seen[int(np.argmax(x[seen]))]
    when, most = clock(log.t_s[at]), float(x[at])
    if isinstance(card.counts, Reps):
        rise = most - float(np.percentile(x[seen], 20))
        if rise < card.counts.start:  # else a change of posture
            yield f"The largest movement, at {when}, was {too_small(card.counts, rise)}."
    elif isinstance(card.counts, Holds) and most < card.counts.surely:
        unit = "degrees" if card.counts.driver.endswith("_deg") else "of what is asked"
        yield f"The deepest stretch, at {when}, was {most:.0f} {unit}, and not held from there."
    elif isinstance(card.counts, Holds):
        yield f"The stretch was reached, at {when} deepest, and not held still."


def too_small(counts: Reps, rise: float) -> str:
    """How large a movement was, against what a repetition takes."""
    part = BODY_PART.get(counts.driver.rsplit("_", 1)[-1])
    if part is None:
        return "smaller than a repetition"
    return (
        f"{max(0.0, rise):.0%} of the length of your {part}, and a repetition takes "
        f"{counts.start:.0%} and the way back"
    ).replace("%", " %")


def _cuts(cuts_s: Sequence[float]) -> Iterator[str]:
    if cuts_s:
        times = "once" if len(cuts_s) == 1 else f"{len(cuts_s)} times"
        yield (
            f"The picture changed at once, {times} (first at {clock(cuts_s[0])}): a cut, or "
            "another body; what was under way then does not count."
        )
