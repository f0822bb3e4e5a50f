"""Looks, before a video is analysed, whether it has lost how the camera was held."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from itertools import islice

from formcheck import exercises
from formcheck.analysis.request import Request
from formcheck.body.turn import plainly_right, turn_of
from formcheck.exercises.card import Exercise
from formcheck.pose.open_model import open_model
from formcheck.pose.pose import Pose
from formcheck.video.frames import open_video

FIRST_S, EVERY_S, LAST_S = 0.3, 1.0, 8.0
"""Moments that are looked at: people begin by walking to their place."""
POSES = 5


def turn_for(request: Request, cards: Sequence[Exercise]) -> int:
    """By how many degrees clockwise the pictures are to be turned; what was asked for comes first.

    One moment in which the body is as some exercise has it is enough to leave the picture alone.
    """
    if request.rotate is not None:
        return request.rotate
    if request.close_up:
        return 0
    known = [exercises.load(name) for name in exercises.names()]
    poses: list[Pose] = []
    with closing(_poses(request)) as found:
        for pose in islice(found, POSES):
            if plainly_right(pose, known):
                return 0
            poses.append(pose)
    return turn_of(poses, cards, known)


def told(turn: int, request: Request) -> tuple[str, ...]:
    """What the report says of a turn that nobody asked for."""
    if not turn or request.rotate is not None:
        return ()
    return (
        f"The person lay in the picture, which was turned by {turn} degrees clockwise. "
        "If that is wrong: --rotate 0.",
    )


def _poses(request: Request) -> Generator[Pose]:
    next_s = FIRST_S
    with (
        open_video(request.video) as film,
        closing(open_model(request.model, film.info.size)) as model,
    ):
        for frame in film:
            if frame.t_s > LAST_S:
                return
            if frame.t_s < next_s:
                continue
            next_s = frame.t_s + EVERY_S
            pose = model.detect(frame.image, frame.t_s)
            if pose is not None:
                yield pose
