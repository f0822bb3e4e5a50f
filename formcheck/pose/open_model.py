"""Opens a pose model by its name: a new kind of model is one class and one line in MODELS."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from formcheck.pose.landmarker import Landmarker
from formcheck.pose.models import NAMES, locate
from formcheck.pose.source import PoseModel

Size = tuple[int, int]
"""Width and height in pixels."""
Opener = Callable[[str, Size | None], PoseModel]


def _mediapipe(name: str, size: Size | None) -> PoseModel:
    return Landmarker(locate(name), size)


MODELS: Mapping[str, Opener] = dict.fromkeys(NAMES, _mediapipe)
"""What opens the model of a name; any other name is the path of a MediaPipe bundle."""


def open_model(name: str, size: Size | None = None) -> PoseModel:
    """Open the model called `name`, or the MediaPipe bundle at that path. Close it after use.

    size: of the source frame, when the pictures handed to the model are scaled-down copies of it:
    landmarks come in pixels of the source. Raises ModelError.
    """
    return MODELS.get(name, _mediapipe)(name, size)
