"""A stick person in front of the live coach, and a transcript of what the coach did."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from formcheck.live.coach.session import LiveSession, Scene
from formcheck.live.coach.stages import Stage, Timing
from formcheck.motion.pulse import minimum_jerk
from formcheck.pose.pose import Sighting
from formcheck.programmes.plan import Bout, Dose, bouts
from formcheck.words import load
from tests.stick import Body, Camera, side_lying, standing

SIDE_ON = Camera(azimuth_deg=90)
FROM_FRONT = Camera(azimuth_deg=0)
TOO_NEAR = Camera(azimuth_deg=90, px_per_m=320, origin_px=(320.0, 560.0))
LYING = Camera(azimuth_deg=0, origin_px=(320.0, 300.0), px_per_m=180)
BRIGHT, DIM = 120.0, 15.0
FPS = 25
HEEL_DEG = 35.0
RAISE_S = 4.0


def with_hands_up(body: Body, *sides: str) -> Body:
    """The same body with these arms straight up, whatever lies or stands."""
    raised = dict(body)
    for side in sides:
        shoulder = body[f"{side}_shoulder"]
        for joint, metres in (("elbow", 0.28), ("wrist", 0.53), ("index", 0.6)):
            raised[f"{side}_{joint}"] = shoulder + np.array([0.0, metres, 0.0])
    return raised


def raising(t_s: float, begin_s: float, reps: int = 1_000) -> float:
    """Turn of the feet, degrees: one heel raise each RAISE_S from `begin_s` on."""
    if not begin_s <= t_s < begin_s + reps * RAISE_S:
        return 0.0
    phase = (t_s - begin_s) % RAISE_S
    up, down = minimum_jerk(np.array([phase, phase - 1.5]))
    return HEEL_DEG * float(up - down)


@dataclass
class Transcript:
    """What happened, frame by frame."""

    scenes: list[Scene] = field(default_factory=list)

    @property
    def stages(self) -> list[Stage]:
        """The stages in the order in which they were entered."""
        order = [scene.stage for scene in self.scenes]
        return [stage for i, stage in enumerate(order) if i == 0 or order[i - 1] is not stage]

    @property
    def said(self) -> list[str]:
        """Every sentence."""
        return [scene.line.text for scene in self.scenes if scene.line]

    def when(self, text: str) -> float:
        """Time at which a sentence that contains `text` was first said, seconds."""
        return next(s.t_s for s in self.scenes if s.line and text in s.line.text)

    def entered(self, stage: Stage, nth: int = 0) -> float:
        """Time at which a stage was entered for the nth time, seconds."""
        times = [
            scene.t_s
            for i, scene in enumerate(self.scenes)
            if scene.stage is stage and (i == 0 or self.scenes[i - 1].stage is not stage)
        ]
        return times[nth]

    @property
    def count(self) -> int:
        """The count on the screen at the end."""
        return self.scenes[-1].count


class Studio:
    """Films a body and shows it to a session. t_s: the present."""

    def __init__(self, *doses: Dose, timing: Timing = Timing(), lang: str = "en") -> None:  # noqa: B008
        self.bouts: tuple[Bout, ...] = bouts(doses)
        self.session = LiveSession(self.bouts, load(lang), timing)
        self.seen = Transcript()
        self.t_s = 0.0

    def film(
        self,
        seconds: float,
        body: Callable[[float], Body | None] | Body | None,
        camera: Camera = SIDE_ON,
        *,
        brightness: float = BRIGHT,
        speaking: bool = False,
    ) -> None:
        """Show `body`, or body(t_s), for so long; None is an empty room."""
        for _ in range(round(seconds * FPS)):
            now = body(self.t_s) if callable(body) else body
            pose = None if now is None else camera.see(now, self.t_s)
            sighting = Sighting(self.t_s, pose)
            scene = self.session.update(sighting, brightness, speaking=speaking)
            self.seen.scenes.append(scene)
            self.t_s += 1 / FPS

    def now(self) -> Stage:
        """The stage after the last frame."""
        return self.seen.scenes[-1].stage

    def get_going(self) -> None:
        """Stand still until the first set is active."""
        self.film(8.0, standing())
        assert self.seen.scenes[-1].stage is Stage.ACTIVE

    def raise_heels(self, reps: int) -> None:
        """Do so many repetitions, and come to rest."""
        begin_s = self.t_s
        seconds = reps * RAISE_S + 1.0
        self.film(seconds, lambda t_s: standing(heel_deg=raising(t_s, begin_s, reps)))


HEEL_RAISES = Dose("heel-raise", sets=1, reps=3, rest_s=5, tempo="off")


def lying(top: str = "left") -> Body:
    """A person on the side, the `top` leg above."""
    return side_lying(top=top)
