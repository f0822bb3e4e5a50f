"""Is everything right to begin? One instruction at a time, the most basic one first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from formcheck.body.measures import Moment
from formcheck.body.tracking import SPOKEN, measure_scale
from formcheck.exercises.card import Exercise, untold
from formcheck.pose.pose import Pose
from formcheck.pose.side_view import Side, View
from formcheck.programmes.plan import Bout
from formcheck.results import Snapshot, Status

DARK = 40.0
"""Mean grey level (0..255) of a picture in which bodies are no longer found reliably."""
SMALL_SHARE = 0.1
"""Trunk length over the picture's shorter side: smaller bodies have too few pixels to be graded.
At three metres a webcam shows the trunk at about 0.2."""


@dataclass(frozen=True)
class SetupAdvice:
    """What the person is to do. key: of the coach's sentence; about: a card's sentence in it."""

    key: str
    about: str = ""


def advise(bout: Bout, snapshot: Snapshot, brightness: float) -> SetupAdvice | None:
    """The first thing to put right, or None when the exercise can begin.

    brightness: mean grey level of the picture, 0..255.
    """
    pose = snapshot.pose
    if brightness < DARK:
        return SetupAdvice("too_dark")
    if pose is None:
        return SetupAdvice("nobody")
    checks: tuple[Callable[[], SetupAdvice | None], ...] = (
        lambda: _whole_body(bout.exercise, pose),
        lambda: _hidden(snapshot),
        lambda: _distance(pose),
        lambda: _camera(bout.exercise, snapshot.view),
        lambda: _side(bout, pose, snapshot.view),
        lambda: _position(snapshot),
    )
    return next((advice for advice in (check() for check in checks) if advice), None)


def _whole_body(exercise: Exercise, pose: Pose) -> SetupAdvice | None:
    """The head counts too: hands above it are the gestures."""
    if not pose.in_frame("nose"):
        return _back_or_aside(pose, "nose", "head")
    for joint in exercise.needs:
        for side in Side.LEFT, Side.RIGHT:
            if not pose.in_frame(f"{side}_{joint}"):
                return _back_or_aside(pose, f"{side}_{joint}", SPOKEN[joint])
    return None


def _back_or_aside(pose: Pose, landmark: str, part: str) -> SetupAdvice:
    x = pose.xy(landmark)[0]
    aside = not 0 <= x < pose.size[0]
    return SetupAdvice("into_the_middle" if aside else "step_back", f"I can't see your {part}")


def _hidden(snapshot: Snapshot) -> SetupAdvice | None:
    if snapshot.status is not Status.NOT_SEEN:
        return None
    return SetupAdvice("clear_the_view", snapshot.message or "")


def _distance(pose: Pose) -> SetupAdvice | None:
    share = measure_scale(pose).torso_px / min(pose.size)
    return SetupAdvice("come_closer") if share < SMALL_SHARE else None


def _camera(exercise: Exercise, view: View) -> SetupAdvice | None:
    right = exercise.camera
    if view is View.UNKNOWN or view in right:
        return None
    if is_sideways(right):
        return SetupAdvice("turn_sideways")
    return (
        SetupAdvice("turn_facing")
        if is_facing(right)
        else SetupAdvice("as_card_says", exercise.setup)
    )


def is_sideways(views: frozenset[View]) -> bool:
    """Whether the camera must stand at the person's side."""
    return View.SIDE in views and View.FRONT not in views


def is_facing(views: frozenset[View]) -> bool:
    """Whether the camera must stand before the person."""
    return View.FRONT in views and View.SIDE not in views


def _position(snapshot: Snapshot) -> SetupAdvice | None:
    if snapshot.status is Status.NOT_READY:
        return SetupAdvice("as_card_says", snapshot.message or "Stand still")
    return None


def _side(bout: Bout, pose: Pose, view: View) -> SetupAdvice | None:
    """In position, but with the other leg."""
    card, side = bout.exercise, bout.side
    if side not in (Side.LEFT, Side.RIGHT) or card.side_of is untold:
        return None
    scale = card.scale_of(pose)
    seen = card.side_of(pose, scale)
    if seen is side or card.posture(Moment(pose, scale, view, seen)) is not None:
        return None
    return SetupAdvice("as_card_says", card.one_side[side])
