"""Whether an exercise is recognised that nobody names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from formcheck.analysis.recognition import Recognised, Recogniser
from formcheck.exercises import load, names
from tests.bench.accuracy.run import seen
from tests.bench.accuracy.table import markdown
from tests.bench.accuracy.truth import Clip

NEGATIVES = "none of them"


@dataclass(frozen=True)
class Guess:
    """What was recognised in one clip."""

    clip: Clip
    found: tuple[Recognised, ...]

    @property
    def right(self) -> bool:
        """Whether it was the clip's exercise and no other; on negatives, nothing."""
        return {r.exercise for r in self.found} == ({self.clip.exercise} - {None})

    @property
    def silent(self) -> bool:
        """Whether it said that it is not sure."""
        return not self.found

    @property
    def wrongly_sure(self) -> float:
        """The certainty of what is wrong; 0 where nothing is."""
        return max(
            (r.confidence for r in self.found if r.exercise != self.clip.exercise), default=0
        )


def guesses(clips: Iterable[Clip], model: str) -> list[Guess]:
    """Every clip with landmarks, all cards counting."""
    cards = [load(name) for name in names()]
    found = []
    for clip in clips:
        recogniser = Recogniser(cards)
        for sighting in seen(clip, model):
            recogniser.update(sighting)
        found.append(Guess(clip, recogniser.finish()))
    return found


def recognition(found: Sequence[Guess]) -> str:
    """How often it was right, not sure, and wrong, by what the clips show."""
    header = ["shown", "clips", "right", "not sure", "wrong", "surest mistake"]
    rows = []
    for shown in sorted({guess.clip.exercise or NEGATIVES for guess in found}):
        group = [guess for guess in found if (guess.clip.exercise or NEGATIVES) == shown]
        right = sum(guess.right for guess in group)
        unsure = sum(guess.silent and not guess.right for guess in group)
        sure = max(guess.wrongly_sure for guess in group)
        counts = (len(group), right, unsure, len(group) - right - unsure)
        rows.append([shown, *(str(n) for n in counts), f"{sure:.2f}" if sure else "-"])
    return markdown(header, rows)
