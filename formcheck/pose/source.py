"""What finds bodies in pictures, as the rest of formcheck sees it, and a fake for tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Protocol, Self

from formcheck.pose.pose import Pose
from formcheck.video.picture import Image


class PoseSource(Protocol):
    """Finds bodies in pictures: (h, w, 3) RGB, 0..255."""

    def detect(self, image_rgb: Image, t_s: float) -> Pose | None:
        """Follow one body from picture to picture; None where it is not seen."""

    def scout(self, image_rgb: Image, t_s: float) -> list[Pose]:
        """Find all bodies in this picture alone."""

    def restart(self) -> None:
        """Forget the followed body: the next picture is looked at afresh."""


class PoseModel(PoseSource, Protocol):
    """A pose source that has a name for the report, and is closed when it is done with."""

    @property
    def name(self) -> str:
        """What the model is called."""

    def close(self) -> None:
        """Let go of it. Closing twice does no harm."""


class FakeLandmarker:
    """Plays back recorded poses, one for each picture, whatever the picture shows.

    poses: what `detect` answers, in turn; None once they are used up.
    bodies: what `scout` answers, every time.
    restarts: how many times a fresh start was asked for.
    """

    name = "played back"

    def __init__(self, poses: Iterable[Pose | None], bodies: Sequence[Pose] = ()) -> None:
        self._poses = iter(poses)
        self._bodies = bodies
        self.restarts = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def detect(self, image_rgb: Image, t_s: float) -> Pose | None:  # noqa: ARG002
        """Give the next recorded pose, at the time of the picture."""
        pose = next(self._poses, None)
        return pose and replace(pose, t_s=t_s)

    def scout(self, image_rgb: Image, t_s: float) -> list[Pose]:  # noqa: ARG002
        """Give the recorded bodies, at the time of the picture."""
        return [replace(pose, t_s=t_s) for pose in self._bodies]

    def restart(self) -> None:
        """Count the fresh start."""
        self.restarts += 1

    def close(self) -> None:
        """Do nothing: there is nothing to let go of."""
