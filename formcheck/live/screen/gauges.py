"""The instruments of the live screen: the count in its ring, and the bar with the target line."""

from __future__ import annotations

from formcheck.drawing.canvas import Align, Canvas
from formcheck.drawing.pen import CAP_HEIGHT, GREEN, SKY, WHITE, YELLOW
from formcheck.live.coach.session import Scene
from formcheck.live.screen.count_place import RADIUS, Place
from formcheck.words import Words

COUNT_SHARE = 0.17
"""Height of the count's digits over the picture's: 15 % can be read from three metres."""
ROOM = 1.62
"""Width of the count at most, in radii of its ring."""
BAR_TOP, BAR_BOTTOM = 0.26, 0.86
BAR_OPACITY = 0.58
"""No words stand on it, so that more of the person may be seen through."""
BAR_FULL = 1.25
"""The bar reaches this far above the target."""


def draw_tally(canvas: Canvas, scene: Scene, words: Words, middle: Place) -> None:
    """The count, or the clock of a hold, in a ring round `middle` that fills to the goal."""
    bout = scene.bout
    share, number = scene.count / bout.goal, str(scene.count)
    below = words.say("screen_of", goal=bout.goal)
    if bout.is_hold and bout.hold_s is not None:
        held_s = scene.snapshot.hold_s or 0.0
        share, number = held_s / bout.hold_s, str(int(held_s))
        below = words.say("screen_of_seconds", goal=round(bout.hold_s))
    canvas.ring(middle, RADIUS, share, SKY if share < 1 else GREEN)
    baseline = middle[1] + COUNT_SHARE / 2 - 0.015
    size = canvas.fitting(number, COUNT_SHARE / CAP_HEIGHT, ROOM * RADIUS)
    canvas.text(number, (middle[0], baseline), size, align=Align.MIDDLE)
    canvas.text(below, (middle[0], baseline + 0.06), 0.055, align=Align.MIDDLE)


def draw_bar(canvas: Canvas, scene: Scene) -> None:
    """Height or opening against the target line, with the mark of the tempo beside it."""
    level = scene.snapshot.level
    right = canvas.width - 0.06
    left = right - 0.075
    canvas.panel(left - 0.07, BAR_TOP - 0.02, right + 0.02, BAR_BOTTOM + 0.02, BAR_OPACITY)
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
