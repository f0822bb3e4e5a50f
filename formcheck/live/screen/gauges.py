"""The instruments of the live screen: the count in its ring, and the bar with the target line."""

from __future__ import annotations

from formcheck.drawing.canvas import Align, Canvas
from formcheck.drawing.pen import CAP_HEIGHT, GREEN, SKY, WHITE, YELLOW
from formcheck.live.coach.session import Scene
from formcheck.words import Words

COUNT_SHARE = 0.17
"""Height of the count's digits over the picture's: 15 % can be read from three metres."""
CENTRE = (0.235, 0.44)
RADIUS = 0.18
BAR_TOP, BAR_BOTTOM = 0.26, 0.86
BAR_FULL = 1.25
"""The bar reaches this far above the target."""


def draw_tally(canvas: Canvas, scene: Scene, words: Words) -> None:
    """The count, or the clock of a hold, in a ring that fills to the goal."""
    bout = scene.bout
    share, number = scene.count / bout.goal, str(scene.count)
    below = words.say("screen_of", goal=bout.goal)
    if bout.is_hold and bout.hold_s is not None:
        held_s = scene.snapshot.hold_s or 0.0
        share, number = held_s / bout.hold_s, str(int(held_s))
        below = f"{scene.count} {below}"
    canvas.ring(CENTRE, RADIUS, share, SKY if share < 1 else GREEN)
    size = COUNT_SHARE / CAP_HEIGHT
    baseline = CENTRE[1] + COUNT_SHARE / 2 - 0.015
    canvas.text(number, (CENTRE[0], baseline), size, align=Align.MIDDLE)
    canvas.text(below, (CENTRE[0], baseline + 0.06), 0.05, align=Align.MIDDLE)


def draw_bar(canvas: Canvas, scene: Scene) -> None:
    """Height or opening against the target line, with the mark of the tempo beside it."""
    level = scene.snapshot.level
    right = canvas.width - 0.06
    left = right - 0.075
    canvas.panel(left - 0.07, BAR_TOP - 0.02, right + 0.02, BAR_BOTTOM + 0.02)
    if level is not None:
        top = _bar_y(level)
        canvas.box(left, top, right, BAR_BOTTOM, GREEN if level >= 1 else SKY)
    line = _bar_y(1.0)
    canvas.box(left - 0.02, line - 0.006, right + 0.02, line + 0.006, WHITE)
    if scene.beat is not None:
        y = _bar_y(scene.beat.level)
        tip, back = left - 0.012, left - 0.06
        canvas.shape([(tip, y), (back, y - 0.028), (back, y + 0.028)], YELLOW)


def _bar_y(level: float) -> float:
    share = max(0.0, min(level, BAR_FULL)) / BAR_FULL
    return BAR_BOTTOM - share * (BAR_BOTTOM - BAR_TOP)
