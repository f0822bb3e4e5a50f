"""Offers the close-up camera when a video shows nobody, but a foot that moves."""

from __future__ import annotations

from pathlib import Path

from formcheck.close_up.engine import CloseUpEngine, glimpse_of
from formcheck.exercise import Exercise
from formcheck.frames import Frame, open_video
from formcheck.results import SessionResult
from formcheck.watching import watch

NOBODY_SHARE = 0.1
"""Of the frames: a body seen in no more is a mistake of the model, or somebody who passed."""


def offer(result: SessionResult, card: Exercise, video: Path) -> str | None:
    """What to try, in a line, when `result` saw nobody in a video of a moving foot."""
    if card.close_up is None or result.quality.coverage > NOBODY_SHARE or result.reps:
        return None
    if not _moves(card, video):
        return None
    return (
        "No body was seen, but a foot that moves: try "
        f"formcheck analyze {video.name} --exercise {card.name} --close-up"
    )


def _moves(card: Exercise, video: Path) -> bool:
    engine = CloseUpEngine(card)

    def step(frame: Frame, cut: bool) -> None:
        engine.update(glimpse_of(frame.image, frame.t_s, cut=cut))

    with open_video(video) as film:
        watch(film, step)
    return bool(engine.finish().reps)
