"""One clip from script to files: people, room, camera, frames, truth."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from samples.studio import truth
from samples.studio.band import Band
from samples.studio.body import Body, Skeleton, build, skin
from samples.studio.camera import Camera
from samples.studio.landmarks import find_landmarks
from samples.studio.look import Mesh, dress
from samples.studio.poses.stance import planted
from samples.studio.poses.wall_stretch import wall_z
from samples.studio.posture import solve
from samples.studio.render import Moved, Renderer
from samples.studio.room import Scenery, chair, floor, joined, mat, step, wall
from samples.studio.rotations import Vec, vec
from samples.studio.script import Actor, RoomPlan, Script
from samples.studio.sensor import Camcorder
from samples.studio.timeline import Timeline, direct
from samples.studio.towel import Towel
from samples.studio.video import write_video

Image = npt.NDArray[np.uint8]
Progress = Callable[[int, int], None]  # frames done, frames in all

SUN_ASIDE_DEG, SUN_HEIGHT = 35.0, 0.9  # from the camera's direction; height over reach
EDGE_BEHIND_BALL_M = 0.045  # of the foot: the heel and the arch hang over a step's edge
SHUTTER_SHARE = 0.5  # of a frame's time that a moving picture is exposed
SIDE_WALL_M = 3.8


@dataclass(frozen=True)
class Player:
    """An actor with a body, a look and a plan."""

    body: Body
    mesh: Mesh
    timeline: Timeline

    def skeleton(self, t_s: float) -> Skeleton:
        """The actor's skeleton at a time."""
        return solve(self.body, self.timeline.posture(t_s))


def seed_of(*parts: object) -> int:
    """A seed that depends on nothing but its parts, on every machine."""
    return zlib.crc32(repr(parts).encode())


def cast(actor: Actor, script: Script, number: int) -> Player:
    """Build and dress an actor and plan what the actor does."""
    look = actor.person.look
    body = build(actor.person.shape, look.sole_m)
    timeline = direct(actor, body, seed_of(script.name, script.seed, number))
    return Player(body, dress(body, look), timeline)


def sun_of(room: RoomPlan, camera: Camera) -> Vec:
    """Light over the camera's shoulder, unless the script says otherwise."""
    if room.sun is not None:
        return vec(*room.sun)
    a = np.radians(camera.azimuth_deg - SUN_ASIDE_DEG)
    return vec(float(np.sin(a)), SUN_HEIGHT, float(np.cos(a)))


def build_room(room: RoomPlan, camera: Camera, body: Body) -> Scenery:
    """Four walls, the one behind the patient as seen from the camera closest, and the things."""
    behind = (round(camera.azimuth_deg / 90) * 90 + 180) % 360
    away = dict.fromkeys((0, 90, 180, 270), SIDE_WALL_M)
    away[behind] = room.wall_m
    if room.stretch_wall:
        away[0] = wall_z(body)
    parts = [floor(room.floor)]
    parts += [wall(room.wall, azimuth, metres) for azimuth, metres in away.items()]
    if room.step_m:
        ankle, ball = body.joint("left_ankle"), body.joint("left_second_toe")
        parts.append(step(float(ball[2] - ankle[2]) - EDGE_BEHIND_BALL_M, room.step_m))
    if room.mat:
        parts.append(mat(0.05, 0.05, 2.1, 0.8))
    if room.chair:
        seat = planted(body, "left", 0, 0).ankle[1] + body.shank_m
        parts.append(chair(0.0, room.chair_z, float(seat) - 0.06))
    return joined(parts)


class Shoot:
    """A clip being filmed: yields frames and keeps the truth."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.players = [
            cast(actor, script, i) for i, actor in enumerate((script.patient, *script.bystanders))
        ]
        patient = self.players[0]
        self.frame_count = round(patient.timeline.duration_s * script.fps)
        self.towel = Towel(script.towel, patient.timeline.events) if script.towel else None
        self.band = Band(patient.body, script.band) if script.band else None
        self._recorder = truth.Recorder(patient.body, find_landmarks(patient.body), script.camera)

    @property
    def seconds(self) -> float:
        """The clip's length."""
        return self.frame_count / self.script.fps

    def frames(self) -> Iterator[Image]:
        """Every frame (h, w, 3) RGB in order."""
        script = self.script
        room = build_room(script.room, script.camera, self.players[0].body)
        renderer = Renderer(script.camera, sun_of(script.room, script.camera), room)
        camcorder = Camcorder(script.sensor, script.camera.size, seed_of(script.name, "sensor"))
        try:
            meshes: list[Mesh | Towel | Band] = [p.mesh for p in self.players]
            meshes += [prop for prop in (self.towel, self.band) if prop]
            numbers = [renderer.add(m.triangles, m.colours, m.keep, m.gloss) for m in meshes]
            for i in range(self.frame_count):
                t_s = i / script.fps
                yield camcorder.take(self._expose(renderer, numbers, t_s), t_s)
        finally:
            renderer.close()

    def _expose(self, renderer: Renderer, numbers: list[int], t_s: float) -> list[Image]:
        """The pictures of one exposure; the truth is that of its first moment."""
        pictures = []
        shutter = self.script.sensor.shutter
        for k in range(shutter):
            moment = t_s + k / shutter * SHUTTER_SHARE / self.script.fps
            skeletons = [player.skeleton(moment) for player in self.players]
            if k == 0:
                self._recorder.add(t_s, skeletons[0])
            moved = {
                number: Moved(*skin(s, p.mesh.weights, p.mesh.points, p.mesh.normals))
                for number, s, p in zip(numbers, skeletons, self.players, strict=False)
            }
            if self.towel:
                moved[numbers[len(self.players)]] = Moved(*self.towel.at(moment))
            if self.band:
                moved[numbers[-1]] = Moved(*self.band.at(skeletons[0]))
            pictures.append(renderer.draw(moved))
        return pictures

    def rehearse(self) -> None:
        """Note the truth of every frame without drawing any."""
        for i in range(self.frame_count):
            t_s = i / self.script.fps
            self._recorder.add(t_s, self.players[0].skeleton(t_s))

    def write_truth(self, clip: Path) -> None:
        """Put the truth of the frames filmed so far beside the clip."""
        patient = self.players[0]
        recording = self._recorder.recording()
        found = truth.describe(self.script, patient.body, recording, patient.timeline.events)
        truth.write(found, recording, clip)


def retell(script: Script, folder: Path) -> None:
    """Write the truth of a script anew beside the clip that is there."""
    shoot = Shoot(script)
    shoot.rehearse()
    shoot.write_truth(folder / f"{script.name}.mp4")


def render(script: Script, folder: Path, progress: Progress | None = None) -> Path:
    """Film a script: folder/NAME.mp4 with its truth beside it."""
    shoot = Shoot(script)
    clip = folder / f"{script.name}.mp4"

    def watched() -> Iterator[Image]:
        for i, frame in enumerate(shoot.frames()):
            if progress:
                progress(i + 1, shoot.frame_count)
            yield frame

    folder.mkdir(parents=True, exist_ok=True)
    write_video(clip, watched(), script.fps, script.camera.size, shoot.seconds)
    shoot.write_truth(clip)
    return clip
