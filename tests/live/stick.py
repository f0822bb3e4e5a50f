"""Stick people with known joints: standing side-on and rising onto the toes, or lying down.

Lengths in pixels of a 640 x 480 picture. Image positions are exact; the world ones only give the
bearing and the straight knees that the engine reads from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from formcheck.poses import LANDMARKS, Pose, Sighting
from formcheck.pulse import minimum_jerk

SIZE = (640, 480)
SHANK, THIGH, TORSO = 100.0, 100.0, 125.0
FLOOR_Y = 440.0
RISE_SHANK = 0.2

Point = tuple[float, float]


@dataclass(frozen=True)
class Stick:
    """One posture. rise: of the body over its toes, in shanks. x, y: of the toes, pixels.

    up: the sides whose hands are above the head. wall: both palms on a wall in front. facing:
    seen from the front instead of from the side. size: 1 is 330 pixels from toe to head.
    """

    rise: float = 0.0
    up: tuple[str, ...] = ()
    wall: bool = False
    lying: bool = False
    facing: bool = False
    x: float = 320.0
    y: float = FLOOR_Y
    size: float = 1.0

    def pose(self, t_s: float) -> Pose:
        """The posture as the model would see it."""
        joints = self._lying() if self.lying else self._standing()
        image = np.zeros((33, 4))
        world = np.zeros((33, 3))
        for i, name in enumerate(LANDMARKS):
            dx, dy = joints[_joint(name)] if _joint(name) in joints else joints["nose"]
            side = name.split("_")[0]
            if f"{side}_{_joint(name)}" in joints:
                dx, dy = joints[f"{side}_{_joint(name)}"]
            across = {"left": 10.0, "right": -10.0}.get(side, 0.0) if self.facing else 0.0
            image[i] = (self.x + self.size * (dx + across), self.y - self.size * dy, 0, 0.95)
            depth = {"left": -0.15, "right": 0.15}.get(side, 0.0)
            world[i] = (
                dx / 250 + (-depth if self.facing else 0),
                -dy / 250,
                depth * (not self.facing),
            )
        return Pose(t_s, image, world, SIZE)

    def _standing(self) -> Mapping[str, Point]:
        """Toes at (0, 0), y up, looking to the right."""
        lift = self.rise * SHANK
        hip, shoulder = (-25.0, 205.0 + lift), (-25.0, 205.0 + TORSO + lift)
        joints = {
            "foot_index": (0.0, 0.0),
            "heel": (-40.0, lift),
            "ankle": (-30.0, 8.0 + lift),
            "knee": (-27.0, 106.0 + lift),
            "hip": hip,
            "shoulder": shoulder,
            "nose": (-5.0, shoulder[1] + 40),
        }
        for side in ("left", "right"):
            elbow, wrist = (-25.0, shoulder[1] - 60), (-22.0, shoulder[1] - 115)
            if side in self.up:
                elbow, wrist = (-15.0, shoulder[1] + 55), (-10.0, shoulder[1] + 105)
            elif self.wall:
                elbow, wrist = (30.0, shoulder[1] + 10), (85.0, shoulder[1] + 30)
            joints[f"{side}_elbow"], joints[f"{side}_wrist"] = elbow, wrist
        return joints

    def _lying(self) -> Mapping[str, Point]:
        """On the side, head to the right; the left arm is the upper one."""
        joints = {
            "foot_index": (-190.0, 20.0),
            "heel": (-200.0, 10.0),
            "ankle": (-190.0, 15.0),
            "knee": (-100.0, 20.0),
            "hip": (0.0, 30.0),
            "shoulder": (TORSO, 35.0),
            "nose": (TORSO + 40, 35.0),
        }
        raised = "left" in self.up
        joints["left_elbow"] = (TORSO + 3, 90.0) if raised else (TORSO - 40, 60.0)
        joints["left_wrist"] = (TORSO + 5, 140.0) if raised else (TORSO - 90, 55.0)
        joints["right_elbow"], joints["right_wrist"] = (TORSO + 50, 10.0), (TORSO + 100, 8.0)
        return joints


def _joint(name: str) -> str:
    side, _, joint = name.partition("_")
    joint = joint if side in ("left", "right") else "nose"
    return "wrist" if joint in ("pinky", "index", "thumb") else joint


def heel_raise(t_s: float, begin_s: float = 0.0, every_s: float = 4.0, up_s: float = 1.0) -> float:
    """Rise at `t_s`, shanks: from `begin_s` on a raise every `every_s`: up, 0.5 s hold, down."""
    if t_s < begin_s:
        return 0.0
    phase = (t_s - begin_s) % every_s
    curve = minimum_jerk(np.array([phase / up_s, (phase - up_s - 0.5) / up_s]))
    return RISE_SHANK * float(curve[0] - curve[1])


def film(
    seconds: float,
    posture: Callable[[float], Stick | None],
    fps: float = 25.0,
    start_s: float = 0.0,
) -> Iterator[Sighting]:
    """Sightings of `posture(t_s)`, None where nobody is to be seen."""
    for i in range(round(seconds * fps)):
        t_s = start_s + i / fps
        stick = posture(t_s)
        yield Sighting(t_s, stick.pose(t_s) if stick else None)


STANDING = Stick()
HAND_UP = replace(STANDING, up=("left",))
HANDS_UP = replace(STANDING, up=("left", "right"))
