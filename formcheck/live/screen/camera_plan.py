"""A small plan from above: the person, the way it faces, and the camera."""

from __future__ import annotations

from formcheck.drawing.canvas import Align, Canvas
from formcheck.drawing.pen import GREY, ORANGE, SKY, WHITE
from formcheck.live.coach.setup_check import is_facing
from formcheck.pose.side_view import View

SIZE = 0.30
PERSON, CAMERA = (0.15, 0.09), (0.15, 0.22)
NOSE = 0.055
"""From the person's middle to where it looks, seen from above; the camera is below it."""


def draw_camera_plan(
    canvas: Canvas, corner: tuple[float, float], views: frozenset[View], label: str
) -> None:
    """Draw the plan with its upper left at `corner`, for the views the camera may have."""
    left, top = corner
    canvas.panel(left, top, left + SIZE, top + SIZE)
    x, y = left + PERSON[0], top + PERSON[1]
    dx, dy = (0.0, NOSE) if is_facing(views) else (NOSE, 0.0)
    canvas.shape([(x + dx, y + dy), (x + dy / 2, y - dx / 2), (x - dy / 2, y + dx / 2)], WHITE)
    canvas.dot((x, y), 0.036, SKY)
    x, y = left + CAMERA[0], top + CAMERA[1]
    canvas.shape([(x, y), (x - 0.07, y - 0.1), (x + 0.07, y - 0.1)], GREY)
    canvas.box(x - 0.03, y - 0.015, x + 0.03, y + 0.02, ORANGE)
    canvas.text(label, (x, y + 0.065), 0.045, ORANGE, align=Align.MIDDLE)
