"""What is asked of a video: what to count, in which file, with which options, what to write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, Unpack

from formcheck import exercises
from formcheck.analysis.folder import NO_FILES, Files
from formcheck.close_up.card import close_up_card
from formcheck.engine.engine import DEFAULTS, Options
from formcheck.errors import InputError
from formcheck.exercises.card import Exercise
from formcheck.pose.models import DEFAULT
from formcheck.pose.side_view import Side
from formcheck.programmes.plan import LARGEST_TARGET, LONGEST_HOLD_S

AUTO = "auto"
"""In place of an exercise: it is to be recognised. In place of a side: found out."""
SMALLEST_CM, TALLEST_CM = 50, 272
"""A child, and the tallest person known."""


class Wishes(TypedDict, total=False):
    """What may be asked beside the video and the exercise; `Request.of` says what it means."""

    side: str
    target: float | None
    height_cm: float | None
    hold_s: float | None
    model: Path | str
    close_up: bool
    rotate: int | None
    out: Path | str | None
    annotate: bool
    report: bool
    blur_faces: bool
    landmarks: Sequence[str]


@dataclass(frozen=True)
class Request:
    """One analysis. exercise: its name, or AUTO. model: of the pose; close_up: none is needed.

    rotate: degrees clockwise by which the pictures are turned; None to find it out.

    Raises InputError for what cannot be done together.
    """

    video: Path
    exercise: str
    options: Options = DEFAULTS
    files: Files = NO_FILES
    model: str = DEFAULT
    close_up: bool = False
    rotate: int | None = None

    def __post_init__(self) -> None:
        if self.rotate not in (None, 0, 90, 180, 270):
            raise InputError(f"no turn of {self.rotate} degrees: give 0, 90, 180 or 270")
        if self.close_up:
            self._check_close_up()
        elif self.exercise == AUTO and self.options.target is not None:
            raise InputError("a target is of one exercise: name it with --exercise")

    def _check_close_up(self) -> None:
        if self.exercise == AUTO:
            raise InputError("feet alone do not tell the exercise: name it with --exercise")
        if self.options.target or self.options.height_cm or self.files.landmarks:
            raise InputError(
                "--height, --target, --landmarks and --format need a whole body: leave them out, "
                "or film without --close-up"
            )

    @classmethod
    def of(cls, video: Path | str, exercise: str, **wishes: Unpack[Wishes]) -> Request:
        """Bring what the user asks for from outside into our types; raises InputError.

        side: left, right, both or auto. target: full range, in the unit of the graded measure.
        height_cm: of the person. hold_s: prescribed hold. model: lite, full, heavy or a path.
        close_up: only feet or lower legs are in the picture. rotate: degrees clockwise to turn the
        picture by, 0, 90, 180 or 270; without it, it is found out. out: folder for the files, None
        for no files. annotate, report: write the annotated video, the report page. blur_faces: in
        both. landmarks: files of landmarks to write, of csv, parquet and trc.
        """
        out = wishes.get("out")
        files = Files(
            None if out is None else Path(out),
            annotate=wishes.get("annotate", True),
            report=wishes.get("report", True),
            blur_faces=wishes.get("blur_faces", False),
            landmarks=tuple(wishes.get("landmarks", ())),
        )
        model, close_up = str(wishes.get("model", DEFAULT)), wishes.get("close_up", False)
        rotate = wishes.get("rotate")
        return cls(Path(video), exercise, options_of(wishes), files, model, close_up, rotate)

    def cards(self) -> tuple[Exercise, ...]:
        """The cards that may count: the one that was named, or all of them. Raises InputError."""
        if self.exercise == AUTO:
            return tuple(exercises.load(name) for name in exercises.names())
        card = exercises.load(self.exercise)
        return (close_up_card(card) if self.close_up else card,)


def options_of(wishes: Wishes) -> Options:
    """Check and gather what the user prescribes; raises InputError."""
    if unknown := set(wishes) - set(Wishes.__annotations__):
        raise TypeError(f"nothing called {', '.join(sorted(unknown))} can be asked for")
    side, sides = wishes.get("side", AUTO), (AUTO, *Side)
    target, hold_s = wishes.get("target"), wishes.get("hold_s")
    height_cm = wishes.get("height_cm")
    if side not in sides:
        raise InputError(f"no side {side!r}: give one of {', '.join(sides)}")
    check_height(height_cm)
    for name, value, most in (("target", target, LARGEST_TARGET), ("hold", hold_s, LONGEST_HOLD_S)):
        if value is not None and not 0 < value <= most:  # nan is neither
            raise InputError(
                f"a {name} of {value:g} cannot be: give a number above 0, {most:g} at most"
            )
    return Options(None if side == AUTO else Side(side), target, height_cm, hold_s)


def check_height(height_cm: float | None) -> None:
    """Raise InputError for a height that nobody has, in cm."""
    if height_cm is not None and not SMALLEST_CM <= height_cm <= TALLEST_CM:
        raise InputError(f"a height of {height_cm:g} cm cannot be: give it in cm, such as 175")
