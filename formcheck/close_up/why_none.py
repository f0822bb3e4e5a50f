"""Why a close-up counted nothing, in words for the patient, from what was seen."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from formcheck.close_up.guards import CAMERA, CROWD
from formcheck.engine.part import WHOLE, Part

MOST_MISSES = 50
"""So many are remembered: enough to name the nearest, and no more after hours."""
SAME_SPELL_S = 0.5
"""What spoils the picture again after less than this is still the same."""
SAME_PEAK_S = 0.3
"""A movement that was farthest at the same time is the same one, and known better by now."""
NOT_BACK = "it did not come back to where it began"
UNCLEAR = (
    "it was not seen as a foot's clear way there and back; start from rest, keep still for a "
    "second, and film from the side"
)
NOT_THIS = "it was another movement than this exercise's, or too little of it"
TOLD = {
    CAMERA: (
        "Most of the picture moved together for {of}, first at {first}: stand the camera on "
        "something firm, and film the feet with floor round them, not whole legs."
    ),
    CROWD: (
        "The feet left the picture, or something hid them, for {of}, first at {first}: only your "
        "feet should be in the picture, all the time."
    ),
}
OTHERWISE = "Nothing could count for {of}, first at {first}: {reason}."
NOTHING_MOVED = (
    "Nothing moved that could be followed; a repetition takes {needed} of the picture's size: "
    "look whether you named the right exercise, turn on a light, or bring the camera nearer."
)


@dataclass(frozen=True)
class Miss:
    """A movement that was looked at and not counted.

    t_s: when it was farthest from rest. travel_share: how far, in picture sizes.
    """

    t_s: float
    travel_share: float
    why: str


@dataclass
class _Spell:
    start_s: float
    end_s: float
    reason: str


class Reasons:
    """Collects what kept a recording from counting, in time order."""

    def __init__(self, needed_share: float) -> None:
        self._needed_share = needed_share
        self._spells: list[_Spell] = []
        self._cuts_s: list[float] = []
        self._misses: deque[Miss] = deque(maxlen=MOST_MISSES)

    def spoilt(self, t_s: float, reason: str) -> None:
        """A frame in which nothing could count."""
        last = self._spells[-1] if self._spells else None
        if last and last.reason == reason and t_s - last.end_s < SAME_SPELL_S:
            last.end_s = t_s
        else:
            self._spells.append(_Spell(t_s, t_s, reason))

    def cut(self, t_s: float) -> None:
        """The picture changed at once."""
        self._cuts_s.append(t_s)

    def missed(self, miss: Miss | None) -> None:
        """A movement that came to nothing, if there was one."""
        if miss is not None:
            self._misses.append(miss)

    def told(self, duration_s: float, part: Part = WHOLE) -> tuple[str, ...]:
        """The reasons in a part of a recording as sentences, the weightiest first; one at least."""
        lines = (*self._unusable(duration_s, part), *self._nearest(part), *self._cut(part))
        return lines or (NOTHING_MOVED.format(needed=percent(self._needed_share)),)

    def _unusable(self, duration_s: float, part: Part) -> Iterator[str]:
        """What spoilt the picture for longest."""
        lasted: dict[str, float] = {}
        first: dict[str, float] = {}
        for spell in self._spells:
            if part.has(spell.start_s):
                lasted[spell.reason] = lasted.get(spell.reason, 0.0) + spell.end_s - spell.start_s
                first.setdefault(spell.reason, spell.start_s)
        if lasted:
            reason = max(lasted, key=lambda reason: lasted[reason])
            of = f"{lasted[reason]:.1f} of {duration_s:.1f} s"
            sentence = TOLD.get(reason, OTHERWISE)
            yield sentence.format(reason=reason, of=of, first=clock(first[reason]))

    def _nearest(self, part: Part) -> Iterator[str]:
        """What came nearest to a repetition."""
        misses = [miss for miss in self._misses if part.has(miss.t_s)]
        if not misses:
            return
        miss = max(misses, key=lambda miss: miss.travel_share)
        why, needed = miss.why, self._needed_share
        if miss.travel_share < needed:
            why = f"it went {percent(miss.travel_share)} of the picture's size, and a repetition "
            why += f"takes {percent(needed)}: bring the camera nearer, or rise higher"
        yield f"The nearest to a repetition was at {clock(miss.t_s)}: {why}."

    def _cut(self, part: Part) -> Iterator[str]:
        cuts_s = [t_s for t_s in self._cuts_s if part.has(t_s)]
        if cuts_s:
            times = "once" if len(cuts_s) == 1 else f"{len(cuts_s)} times"
            yield (
                f"The picture changed at once, {times} (first at {clock(cuts_s[0])}): what was "
                "under way then does not count."
            )


def better_known(known: Miss | None, miss: Miss) -> Miss:
    """The one of two movements to remember: the farther, and of the same one what is known last."""
    if known is None or abs(miss.t_s - known.t_s) <= SAME_PEAK_S:
        return miss
    return miss if miss.travel_share > known.travel_share else known


def clock(t_s: float) -> str:
    """Minutes, seconds and tenths: a close-up is seldom longer than a minute."""
    tenths = round(10 * t_s)
    return f"{tenths // 600}:{tenths % 600 // 10:02d}.{tenths % 10}"


def percent(share: float) -> str:
    """A share of the picture's size, in words."""
    return f"{100 * share:.1f} %"
