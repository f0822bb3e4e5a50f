"""Draws on the picture of a peak: the skeleton, the joint at fault, the angle at its joint."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from formcheck.drawing.bones import BONES
from formcheck.drawing.faces import hide_faces
from formcheck.drawing.overlay import Overlay
from formcheck.drawing.pen import INK, WHITE, Pen, Rectangle, line, panel
from formcheck.errors import InputError, OutputError
from formcheck.exercises.card import Exercise
from formcheck.pose.pose import Array, Pose
from formcheck.pose.side_view import Side
from formcheck.report.figures import main_measure, value_in_words, value_of
from formcheck.report.peaks import Peak, Peaks
from formcheck.results import Hold, Rep, SessionResult
from formcheck.video.picture import Image

HEIGHT, QUALITY = 640, 86
TEXT = 30
"""Size of the letters of the figure at the joint, pixels."""
FOLDER = "pictures"
KINDS = ("best", "weakest")


@dataclass(frozen=True)
class Picture:
    """A finished picture of the report. kind: "best" or "weakest"; number: of the repetition."""

    kind: str
    number: int
    jpeg: bytes


def take_pictures(
    peaks: Peaks, result: SessionResult, card: Exercise, *, blur_faces: bool = False
) -> tuple[Picture, ...]:
    """The best and the weakest repetition or hold, drawn; none when there was none."""
    done: Sequence[Rep | Hold] = result.reps or result.holds
    main = main_measure(card, done)
    pictures = []
    for kind, peak in zip(KINDS, peaks.best_and_weakest(result), strict=False):
        span = done[peak.number - 1]
        figure = value_in_words(main, value_of(span, main))
        jpeg = draw(peak, span, card, figure, blur_faces=blur_faces)
        pictures.append(Picture(kind, peak.number, jpeg))
    return tuple(pictures)


def save_pictures(pictures: Iterable[Picture], out: Path) -> None:
    """Write the pictures into a folder of `out`; raises OutputError when that cannot be done."""
    folder = out / FOLDER
    try:
        for old in folder.glob("*.jpg"):
            if _parse(old) is not None:
                old.unlink()
        for picture in pictures:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{picture.kind}-{picture.number}.jpg").write_bytes(picture.jpeg)
    except OSError as error:
        raise OutputError(f"{folder} cannot be written: {error.strerror}") from error


def load_pictures(out: Path) -> tuple[Picture, ...]:
    """The pictures that `save_pictures` left beside a session; none when there are none.

    Raises InputError for one that cannot be read.
    """
    found = [(_parse(path), path) for path in sorted((out / FOLDER).glob("*.jpg"))]
    return tuple(Picture(*name, _read(path)) for name, path in found if name is not None)


def shown(pictures: Iterable[Picture], result: SessionResult) -> list[Picture]:
    """Those that belong to a repetition or hold of this session; others lay in its folder."""
    done = len(result.reps or result.holds)
    return [picture for picture in pictures if 1 <= picture.number <= done]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); remove it") from error


def _parse(path: Path) -> tuple[str, int] | None:
    kind, _, number = path.stem.partition("-")
    return (kind, int(number)) if kind in KINDS and number.isdecimal() else None


def draw(peak: Peak, span: Rep | Hold, card: Exercise, figure: str, *, blur_faces: bool) -> bytes:
    """JPEG of the peak, HEIGHT pixels high, with all that is drawn on it.

    figure: what is written at the joint.
    """
    image, pose = peak.shot.image(), peak.shot.pose
    if blur_faces:
        image = hide_faces(image, pose)
    size = (round(image.shape[1] * HEIGHT / image.shape[0]), HEIGHT)
    canvas = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_CUBIC), np.uint8)
    overlay = Overlay(card.title)
    overlay.outline(canvas, peak.shot.outlines)
    if pose is not None:
        overlay.skeleton(canvas, pose, _joints_at_fault(span, card))
    if pose is not None and card.shown_at:
        joint = _nearest(pose, span.side, card.shown_at)
        place = pose.xy(joint) * HEIGHT / pose.size[1]
        _label(canvas, place, _outwards(pose, joint), figure)
    bgr = cv2.cvtColor(canvas, cv2.COLOR_RGB2BGR)
    _, jpeg = cv2.imencode(".jpg", bgr, (cv2.IMWRITE_JPEG_QUALITY, QUALITY))
    return jpeg.tobytes()


def _joints_at_fault(span: Rep | Hold, card: Exercise) -> tuple[str, ...]:
    first = next((fault for fault in card.correctable if fault.name in span.faults), None)
    return first.joints if first else ()


def _nearest(pose: Pose, side: Side, joint: str) -> str:
    """The working leg's joint; of two working legs the one that the camera sees better."""
    sides = ("left", "right") if side is Side.BOTH else (side.value,)
    return max((f"{s}_{joint}" for s in sides), key=pose.visibility)


def _outwards(pose: Pose, joint: str) -> int:
    """+1 or -1: the side of the joint, in x, on which its own bones do not lie."""
    ends = [b if a == joint else a for a, b in BONES if joint in (a, b)]
    middle = np.mean([pose.xy(end)[0] for end in ends])
    return 1 if middle < pose.xy(joint)[0] else -1


def _label(canvas: Image, joint: Array, away: int, text: str) -> None:
    """Write beside the joint, with a line to it; away: +1 to its right, -1 to its left."""
    pen, x, y = Pen(), float(joint[0]), float(joint[1])
    width, height = pen.width(text, TEXT) + TEXT, 1.6 * TEXT
    left = x + 1.9 * TEXT if away > 0 else x - 1.9 * TEXT - width
    left = min(max(left, 4.0), canvas.shape[1] - width - 4)
    top = min(max(y - height / 2, 4.0), canvas.shape[0] - height - 4)
    box = Rectangle(left, top, width, height)
    near = (box.x if away > 0 else box.right, box.middle[1])
    line(canvas, (x, y), near, INK, 5)
    line(canvas, (x, y), near, WHITE, 2)
    panel(canvas, box, opacity=0.85)
    pen.centre(canvas, text, box.middle, TEXT, colour=WHITE)
