"""A voice that writes down what it was to say and when, and a window that presses keys."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from formcheck.pose.pose import Pose
from formcheck.video.picture import Image
from tests.stick import Body, Camera


@dataclass
class FakeVoice:
    """Takes `seconds` for each sentence. said: (time.monotonic(), text, interrupt)."""

    seconds: float = 0.0
    said: list[tuple[float, str, bool]] = field(default_factory=list)
    ticks: int = 0
    problem: str | None = None

    @property
    def busy(self) -> bool:
        return bool(self.said) and time.monotonic() - self.said[-1][0] < self.seconds

    @property
    def texts(self) -> list[str]:
        return [text for _, text, _ in self.said]

    def say(self, text: str, *, interrupt: bool = False) -> None:
        self.said.append((time.monotonic(), text, interrupt))

    def tick(self) -> None:
        self.ticks += 1

    def delays_s(self) -> list[float]:
        return []

    def close(self) -> None:
        pass


@dataclass
class FakeWindow:
    """Presses `keys` in turn, one each time that a picture is shown."""

    keys: list[str] = field(default_factory=list)
    shown: list[Image] = field(default_factory=list)

    def show(self, image_rgb: Image) -> str | None:
        self.shown = [image_rgb]
        return self.keys.pop(0) if self.keys else None

    def close(self) -> None:
        pass


def always(body: Body, camera: Camera) -> Iterator[Pose | None]:
    """What a model sees of somebody who does not move."""
    while True:
        yield camera.see(body, 0.0)
