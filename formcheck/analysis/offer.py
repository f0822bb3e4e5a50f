"""Offers the close-up camera when a video shows nobody, but a foot that moves."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from formcheck.analysis.loop import watch
from formcheck.close_up.engine import CloseUpEngine, glimpse_of
from formcheck.exercises.card import Exercise
from formcheck.results import SessionResult
from formcheck.video.frames import Frame, open_video

NOBODY_SHARE = 0.1
"""Of the frames: a body seen in no more is a mistake of the model, or somebody who passed."""


def offer(result: SessionResult, card: Exercise, video: Path) -> str | None:
    """What to try, in a line, when `result` saw nobody in a video of a moving foot."""
    if card.close_up is None or result.quality.coverage > NOBODY_SHARE or result.reps:
        return None
    if not moves_like([card], video):
        return None
    return (
        "No body was seen, but a foot that moves: try "
        f"formcheck analyze {video.name} --exercise {card.name} --close-up"
    )


def moves_like(cards: Iterable[Exercise], video: Path) -> list[str]:
    """Those of the exercises that the close-up camera counts in a video.

    One foot's movement can be counted as several of them.
    """
    engines = [CloseUpEngine(card) for card in cards if card.close_up is not None]

    def step(frame: Frame, cut: bool) -> None:
        glimpse = glimpse_of(frame.image, frame.t_s, cut=cut)
        for engine in engines:
            engine.update(glimpse)

    with open_video(video) as film:
        watch(film, step)
    results = [engine.finish() for engine in engines]
    return [result.exercise for result in results if result.reps]
