"""Draw a scene with OpenGL, in software if need be (EGL and llvmpipe, no display).

The room never changes within a clip: it is drawn once, copied under every frame, and only
people, the props they move and their shadows are drawn anew. Images are (h, w, 3) uint8 RGB.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import moderngl
import numpy as np
import numpy.typing as npt

from samples.studio.body import Points, Triangles
from samples.studio.camera import Camera
from samples.studio.room import Scenery
from samples.studio.rotations import UP, Vec, unit, vec

SHADERS = Path(__file__).with_name("shaders")
SAMPLES = 4  # per pixel
SHADOW_PX = 1024
SHADOW_HALF_M = 3.2  # half the width of the lit square around the patient
SHADOW_CENTRE: Vec = vec(0, 0.8, 0)
SUN_AWAY_M, SUN_FAR_M = 6.0, 14.0
SHADOW_BLUR = 1.2  # texels
SHADOW_EVERY = 23  # vertices between those whose shadow is looked for
SHADOW_MARGIN_PX = 8.0

Image = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Moved:
    """A surface in one frame: world positions and normals, each (n, 3)."""

    points: Points
    normals: Points


@dataclass(frozen=True)
class _Surface:
    """A drawable with its own buffer of positions and normals."""

    moving: Any
    drawn: Any
    shadow: Any


def source(name: str) -> str:
    """A shader's text with its includes filled in."""
    text = (SHADERS / name).read_text()
    return text.replace("// INCLUDE light.glsl", (SHADERS / "light.glsl").read_text())


def _column_major(matrix: npt.NDArray[np.float64]) -> bytes:
    return matrix.T.astype("f4").tobytes()


def shadow_matrix(sun: Vec) -> npt.NDArray[np.float64]:
    """World to the sun's clip space (4, 4): an orthographic view of the patient's place."""
    back = unit(sun)
    right = unit(np.cross(UP, back))
    axes = np.stack([right, np.cross(back, right), back])
    view = np.eye(4)
    view[:3, :3] = axes
    view[:3, 3] = -axes @ (SHADOW_CENTRE + back * SUN_AWAY_M)
    clip = np.diag([1 / SHADOW_HALF_M, 1 / SHADOW_HALF_M, -2 / SUN_FAR_M, 1.0])
    clip[2, 3] = -1.0
    return clip @ view


class Renderer:
    """One scene: a fixed camera, sun and room, and surfaces that move."""

    def __init__(self, camera: Camera, sun: Vec, room: Scenery) -> None:
        self._camera = camera
        context = moderngl.create_context(standalone=True, backend="egl")  # type: ignore[arg-type]
        self._context: Any = context
        self._programs = {
            "person": self._program("person.vert", "person.frag"),
            "room": self._program("room.vert", "room.frag"),
            "receive": self._program("room.vert", "receive.frag"),
            "shadow": self._program("shadow.vert", "shadow.frag"),
        }
        size = camera.size
        self._backdrop = self._canvas(size)
        self._canvas_now = self._canvas(size)
        self._resolved = context.framebuffer([context.renderbuffer(size, 3)])
        self._shadow_map = context.depth_texture((SHADOW_PX, SHADOW_PX))
        self._shadow_map.compare_func = "<="
        self._shadow_canvas = context.framebuffer(depth_attachment=self._shadow_map)
        self._surfaces: list[_Surface] = []
        self._sun = unit(sun)
        self._set_light()
        self._receivers = self._draw_room(room)

    def _program(self, vertex: str, fragment: str) -> Any:
        return self._context.program(source(vertex), source(fragment))

    def _canvas(self, size: tuple[int, int]) -> Any:
        c = self._context
        colour = c.renderbuffer(size, 4, samples=SAMPLES)
        return c.framebuffer([colour], c.depth_renderbuffer(size, samples=SAMPLES))

    def _set_light(self) -> None:
        shared = {
            "view": _column_major(self._camera.matrix()),
            "shadow_view": _column_major(shadow_matrix(self._sun)),
            "eye": self._camera.eye.astype("f4").tobytes(),
            "sun": self._sun.astype("f4").tobytes(),
            "texel": np.float32(SHADOW_BLUR / SHADOW_PX).tobytes(),
        }
        for program in self._programs.values():
            for name, value in shared.items():
                if name in program:
                    program[name].write(value)

    def add(self, triangles: Triangles, colours: Points, keep: Points, gloss: Points) -> int:
        """A surface of n vertices whose positions each frame will give; returns its number."""
        c, count = self._context, len(colours)
        moving = c.buffer(reserve=count * 6 * 4, dynamic=True)
        fixed = c.buffer(np.column_stack([colours, keep, gloss]).astype("f4").tobytes())
        index = c.buffer(triangles.astype("i4").tobytes())
        drawn = c.vertex_array(
            self._programs["person"],
            [(moving, "3f 3f", "position", "normal"), (fixed, "3f 2f", "colour", "keep_gloss")],
            index,
        )
        shadow = c.vertex_array(self._programs["shadow"], [(moving, "3f 12x", "position")], index)
        self._surfaces.append(_Surface(moving, drawn, shadow))
        return len(self._surfaces) - 1

    def draw(self, moved: Mapping[int, Moved]) -> Image:
        """One frame with the given surfaces; those not given are absent."""
        for number, surface in moved.items():
            data = np.concatenate([surface.points, surface.normals], axis=1).astype("f4")
            self._surfaces[number].moving.write(data.tobytes())
        c = self._context
        self._cast([self._surfaces[number].shadow for number in moved])
        c.copy_framebuffer(self._canvas_now, self._backdrop)
        self._canvas_now.use()
        self._darken(moved)
        c.enable_only(moderngl.DEPTH_TEST | moderngl.CULL_FACE)
        for number in moved:
            self._surfaces[number].drawn.render()
        return self._read(self._canvas_now)

    def close(self) -> None:
        """Give the context back."""
        self._context.release()

    def _cast(self, shapes: list[Any]) -> None:
        self._shadow_canvas.use()
        self._shadow_canvas.clear(depth=1.0)
        self._context.enable_only(moderngl.DEPTH_TEST | moderngl.CULL_FACE)
        for shape in shapes:
            shape.render()
        self._shadow_map.use(0)

    def _draw_room(self, room: Scenery) -> Any:
        c = self._context
        vertices = np.column_stack([room.points, room.normals, room.colours, room.patterns])
        buffer = c.buffer(vertices.astype("f4").tobytes())
        layout = [(buffer, "3f 3f 3f 1f", "position", "normal", "colour", "pattern")]
        self._cast(self._standing_shapes(room))
        self._backdrop.use()
        self._backdrop.clear(0.5, 0.5, 0.5, depth=1.0)
        c.enable_only(moderngl.DEPTH_TEST | moderngl.CULL_FACE)
        c.vertex_array(self._programs["room"], layout).render()
        # The receiving program reads no colour: such attributes are optimised away.
        return c.vertex_array(self._programs["receive"], layout, skip_errors=True)

    def _standing_shapes(self, room: Scenery) -> list[Any]:
        if not room.casts.any():
            return []
        data = self._context.buffer(room.points[room.casts].astype("f4").tobytes())
        return [self._context.vertex_array(self._programs["shadow"], [(data, "3f", "position")])]

    def _darken(self, moved: Mapping[int, Moved]) -> None:
        """Multiply people's shadows onto the room, only where they can fall."""
        c = self._context
        c.enable_only(moderngl.DEPTH_TEST | moderngl.CULL_FACE | moderngl.BLEND)
        c.blend_func = moderngl.DST_COLOR, moderngl.ZERO
        c.depth_func = "<="
        self._canvas_now.depth_mask = False
        for surface in moved.values():
            self._canvas_now.scissor = self._shadow_area(surface.points[::SHADOW_EVERY])
            self._receivers.render()
        self._canvas_now.scissor = None
        self._canvas_now.depth_mask = True
        c.depth_func = "<"

    def _shadow_area(self, points: Points) -> tuple[int, int, int, int]:
        """The image area (x, y, width, height; y up) in which points can throw a shadow.

        A shadow lies between a point and the place where its sunray meets the floor.
        """
        width, height = self._camera.size
        on_floor = points - self._sun * (points[:, 1:2] / self._sun[1])
        seen = self._camera.project(np.concatenate([points, on_floor]))
        if np.isnan(seen).any():
            return 0, 0, width, height
        low = np.clip(seen.min(axis=0) - SHADOW_MARGIN_PX, 0, (width, height)).astype(int)
        high = np.clip(seen.max(axis=0) + SHADOW_MARGIN_PX, 0, (width, height)).astype(int)
        across, down = high - low
        return int(low[0]), int(height - high[1]), int(across), int(down)

    def _read(self, canvas: Any) -> Image:
        self._context.copy_framebuffer(self._resolved, canvas)
        width, height = self._camera.size
        raw = np.frombuffer(self._resolved.read(components=3, alignment=1), np.uint8)
        return np.ascontiguousarray(raw.reshape(height, width, 3)[::-1])
