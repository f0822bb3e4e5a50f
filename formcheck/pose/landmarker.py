"""Finds the 33 landmarks of a body with MediaPipe Pose. No other file imports MediaPipe."""

from __future__ import annotations

import os
from contextlib import nullcontext
from types import TracebackType
from typing import Any, Self

import numpy as np

from formcheck.errors import ModelError
from formcheck.pose.models import ModelBundle
from formcheck.pose.pose import Pose
from formcheck.system.quiet import native_stderr_silenced
from formcheck.video.picture import Image

MAX_BODIES = 4
"""How many people `scout` looks for: the patient, a helper and two who pass by."""


class Landmarker:
    """A loaded pose model, as a `PoseSource`. Use it as a context manager, or close it.

    size: width and height of the source frame in pixels, when the pictures handed to `detect` are
        scaled-down copies of it: landmarks come in pixels of the source.
    Raises ModelError when the model cannot be loaded or MediaPipe cannot start.
    """

    def __init__(self, model: ModelBundle, size: tuple[int, int] | None = None) -> None:
        self._model = model
        self._size = size
        self._tracker = _create(model, "VIDEO", 1)
        self._scout: Any = None
        self._last_ms = -1
        self._has_seen = False

    @property
    def name(self) -> str:
        """What the bundle is called."""
        return self._model.name

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def detect(self, image_rgb: Image, t_s: float) -> Pose | None:
        """Follow one body from picture to picture; None where it is not seen.

        image_rgb: (h, w, 3), 0..255. t_s: seconds, rising (MediaPipe smooths over time).
        """
        # It counts in whole milliseconds and refuses any that does not rise.
        self._last_ms = max(round(t_s * 1000), self._last_ms + 1)
        # MediaPipe has one more line to say the first time that it projects a body.
        with nullcontext() if self._has_seen else native_stderr_silenced():
            result = self._tracker.detect_for_video(_image(image_rgb), self._last_ms)
        found = self._poses(result, image_rgb, t_s)
        self._has_seen = self._has_seen or bool(found)
        return found[0] if found else None

    def scout(self, image_rgb: Image, t_s: float) -> list[Pose]:
        """Find all bodies (up to MAX_BODIES) in this picture alone; takes longer than `detect`."""
        with native_stderr_silenced():
            if self._scout is None:
                self._scout = _create(self._model, "IMAGE", MAX_BODIES)
            result = self._scout.detect(_image(image_rgb))
        return self._poses(result, image_rgb, t_s)

    def restart(self) -> None:
        """Forget the followed body: the next picture is looked at afresh. Takes about 0.1 s."""
        with native_stderr_silenced():
            self._tracker.close()
        self._tracker = _create(self._model, "VIDEO", 1)
        self._last_ms = -1

    def close(self) -> None:
        """Free the model. Closing twice does no harm."""
        with native_stderr_silenced():
            self._tracker.close()
            if self._scout is not None:
                self._scout.close()

    def _poses(self, result: Any, image_rgb: Image, t_s: float) -> list[Pose]:
        height, width = image_rgb.shape[:2]
        size = self._size or (width, height)
        bodies = zip(result.pose_landmarks, result.pose_world_landmarks, strict=True)
        return [_pose(landmarks, world, t_s, size) for landmarks, world in bodies]


def _create(model: ModelBundle, mode: str, bodies: int) -> Any:
    """Make a PoseLandmarker that follows one body ("VIDEO") or looks at single ones ("IMAGE")."""
    _keep_on_this_machine()
    try:
        with native_stderr_silenced():
            from mediapipe.tasks.python import vision  # noqa: PLC0415
            from mediapipe.tasks.python.core.base_options import BaseOptions  # noqa: PLC0415

            options = vision.PoseLandmarkerOptions(
                base_options=BaseOptions(model_asset_path=str(model.path)),
                running_mode=vision.RunningMode[mode],
                num_poses=bodies,
            )
            return vision.PoseLandmarker.create_from_options(options)
    except (ImportError, OSError) as error:  # a system library is missing
        reason = str(error).splitlines()[0]
        raise ModelError(f"MediaPipe cannot start ({reason}): run formcheck doctor") from error
    except (RuntimeError, ValueError) as error:
        raise ModelError(f"{model.path} is not a pose model that MediaPipe can load") from error


def _keep_on_this_machine() -> None:
    """Point MediaPipe's usage reports at a closed door of this machine.

    MediaPipe (1.2.2) reports to a logging host of Google from a background thread when a task
    ends, and has no switch for it (google-ai-edge/mediapipe#6291). Its HTTP client asks the
    environment for a proxy at each request: one that does not exist stops it before it looks up
    any name. The lowercase `https_proxy` wins over all other proxy variables, while `no_proxy`,
    in either case, would undo it.

    `os.putenv` reaches compiled code only: `os.environ`, and with it the Python code of whoever
    uses formcheck as a library, keeps its own proxy.
    """
    os.putenv("https_proxy", "http://127.0.0.1:9")
    os.unsetenv("no_proxy")
    os.unsetenv("NO_PROXY")


def _image(image_rgb: Image) -> Any:
    from mediapipe import Image as MediaPipeImage  # noqa: PLC0415
    from mediapipe import ImageFormat  # noqa: PLC0415

    return MediaPipeImage(image_format=ImageFormat.SRGB, data=np.ascontiguousarray(image_rgb))


def _pose(landmarks: Any, world: Any, t_s: float, size: tuple[int, int]) -> Pose:
    """Bring MediaPipe's shares of the picture to pixels; z, like x, is a share of the width."""
    width, height = size
    image = np.array([(p.x, p.y, p.z, p.visibility) for p in landmarks])
    image[:, :3] *= (width, height, width)
    return Pose(t_s, image, np.array([(p.x, p.y, p.z) for p in world]), size)
