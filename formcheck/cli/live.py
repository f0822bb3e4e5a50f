"""The commands `live` and `program`: options in, a running session, a table at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Annotated

import typer
from platformdirs import user_data_path
from rich.console import Console
from rich.table import Table
from rich.text import Text

from formcheck import programmes, words
from formcheck.analysis.request import AUTO, check_height
from formcheck.errors import InputError, OutputError
from formcheck.history.book import Book
from formcheck.live.camera.stats import Spread
from formcheck.live.close_up import CLOSE_UP, close_up_bouts
from formcheck.live.coach import phrases
from formcheck.live.coach.records import SetRecord
from formcheck.live.coach.session import LiveSession
from formcheck.live.coach.stages import Timing
from formcheck.live.coach.watcher import WatchingSession
from formcheck.live.loop import Session
from formcheck.live.recovery import cut_off
from formcheck.live.start import Outcome, Settings, run
from formcheck.programmes.plan import Bout, Dose, bouts, check_amounts
from formcheck.system.files import prepare_folder
from formcheck.system.text import printable

LEAST, MOST = 64, 8192
"""Pixels of a side that may be asked of a webcam."""
Camera = Annotated[
    str, typer.Option(help="Webcam number, address of a network camera, or a video file.")
]
Size = Annotated[str, typer.Option(help="Picture size asked of a webcam, WIDTHxHEIGHT.")]
Lang = Annotated[str, typer.Option(help=f"Language: {', '.join(words.languages())}.")]
Model = Annotated[
    str | None, typer.Option(help="Pose model; without it the best one that keeps up.")
]
Height = Annotated[float | None, typer.Option(help="Your height in cm, for results in cm.")]
CloseUp = Annotated[
    bool, typer.Option("--close-up", help="Only feet or lower legs are in the picture.")
]
CountIn = Annotated[int, typer.Option(min=0, max=10, help="Seconds of counting in.")]
Mute = Annotated[bool, typer.Option("--mute", help="No voice, no ticks.")]
Full = Annotated[
    bool, typer.Option("--fullscreen/--window", help="Fill the screen, or stay in a window.")
]
NoWindow = Annotated[bool, typer.Option("--no-window", help="Coach by voice alone.")]
Record = Annotated[Path | None, typer.Option(help="Keep the annotated video in this MP4 file.")]
Out = Annotated[Path | None, typer.Option(help="Folder for the results.")]
Blur = Annotated[
    bool, typer.Option("--blur-faces", help="Blur faces in the report and in what is recorded.")
]
Rotate = Annotated[
    int, typer.Option(help="Turn the camera's picture clockwise: 90, 180 or 270 degrees.")
]
Save = Annotated[bool, typer.Option("--save/--no-save", help="Keep the session in the history.")]
Person = Annotated[str | None, typer.Option(help="Whose session, in the history (me).")]
Db = Annotated[Path | None, typer.Option(help="The history file (in your data folder).")]
ShowStats = Annotated[bool, typer.Option("--stats", help="Print how long everything took.")]
Tempo = Annotated[
    str | None, typer.Option(help="Seconds up-hold-down, such as 3-2-3, or off [card's own].")
]


def live(
    exercise: Annotated[str, typer.Argument(help="Which exercise, or auto.")] = "heel-raise",
    *,
    camera: Camera = "0",
    reps: Annotated[int | None, typer.Option(min=1, help="Repetitions or holds in a set.")] = None,
    sets: Annotated[
        int | None, typer.Option(min=1, help="Sets (per leg with --side each).")
    ] = None,
    rest: Annotated[float | None, typer.Option(min=0, help="Rest between sets, seconds.")] = None,
    side: Annotated[str, typer.Option(help="auto, left, right, both or each.")] = "auto",
    hold: Annotated[float | None, typer.Option(min=1, help="Length of a hold, seconds.")] = None,
    target: Annotated[float | None, typer.Option(help="Target of the graded measure.")] = None,
    tempo: Tempo = None,
    size: Size = "640x480",
    lang: Lang = "en",
    model: Model = None,
    height: Height = None,
    close_up: CloseUp = False,
    count_in: CountIn = 3,
    mute: Mute = False,
    fullscreen: Full = True,
    no_window: NoWindow = False,
    record: Record = None,
    out: Out = None,
    blur_faces: Blur = False,
    rotate: Rotate = 0,
    save: Save = True,
    person: Person = None,
    db: Db = None,
    stats: ShowStats = False,
) -> None:
    """Coach an exercise in front of a camera, hands-free."""
    language = words.load(lang)
    check_height(height)
    session: Session
    if close_up:
        plan = _close_up_plan(Dose(exercise, side, sets, reps, hold, rest, None, tempo))
        session = LiveSession(plan, language, Timing(count_in_s=count_in), None, CLOSE_UP)
    elif exercise == AUTO:
        check_amounts(Dose(exercise, reps=reps, hold_s=hold))
        session = WatchingSession(
            language, lambda name: Dose(name, reps=reps, hold_s=hold, sets=1, tempo="off"), height
        )
    else:
        dose = Dose(exercise, side, sets, reps, hold, rest, target, tempo)
        session = LiveSession(bouts([dose]), language, Timing(count_in_s=count_in), height)
    settings = Settings(
        camera=camera,
        out=out or _results_folder(),
        size=_size(size),
        model=model,
        mute=mute,
        window=not no_window,
        fullscreen=fullscreen,
        record=record,
        close_up=close_up,
        book=Book(db, person) if save else None,
        blur_faces=blur_faces,
        rotate=_turn(rotate),
    )
    outcome = _coach(session, settings, language)
    if stats:
        Console().print(latencies(outcome.spreads))


def program(
    programme: Annotated[str, typer.Argument(help="Its name, or a TOML file of your own.")],
    *,
    camera: Camera = "0",
    size: Size = "640x480",
    lang: Lang = "en",
    model: Model = None,
    height: Height = None,
    count_in: CountIn = 3,
    mute: Mute = False,
    fullscreen: Full = True,
    no_window: NoWindow = False,
    record: Record = None,
    out: Out = None,
    blur_faces: Blur = False,
    rotate: Rotate = 0,
    save: Save = True,
    person: Person = None,
    db: Db = None,
    stats: ShowStats = False,
) -> None:
    """Coach a whole programme, from one exercise to the next, hands-free."""
    check_height(height)
    settings = Settings(
        camera=camera,
        out=out or _results_folder(),
        size=_size(size),
        model=model,
        mute=mute,
        window=not no_window,
        fullscreen=fullscreen,
        record=record,
        book=Book(db, person) if save else None,
        blur_faces=blur_faces,
        rotate=_turn(rotate),
    )
    plan, language = bouts(programmes.load(programme).doses), words.load(lang)
    session = LiveSession(plan, language, Timing(count_in_s=count_in), height)
    outcome = _coach(session, settings, language)
    if stats:
        Console().print(latencies(outcome.spreads))


def _close_up_plan(dose: Dose) -> Sequence[Bout]:
    if dose.exercise == AUTO:
        raise InputError("feet alone do not tell the exercise: name it, without auto")
    return close_up_bouts(bouts([dose]))


def _results_folder() -> Path:
    return user_data_path("formcheck", appauthor=False) / "sessions"


def _size(text: str) -> tuple[int, int]:
    wide, _, high = text.partition("x")
    if not all(s.isdecimal() and len(s) < 6 and LEAST <= int(s) <= MOST for s in (wide, high)):
        raise InputError(f"no size {text!r}: give WIDTHxHEIGHT in pixels, such as 1280x720")
    return int(wide), int(high)


def _coach(
    session: Session,
    settings: Settings,
    language: words.Words,
) -> Outcome:
    if settings.record is not None:
        _check_record(settings.record)
    console, began = Console(), datetime.now().astimezone()
    for path in cut_off(settings.out):
        told = f"A session was cut off: formcheck recover {printable(str(path))}"
        console.print(Text(told), soft_wrap=True)
    outcome = run(session, settings, language, began, console.print)
    console.print(_results(outcome.records, language))
    console.print(
        f"{outcome.arrived} pictures, {outcome.dropped} of them dropped; model {outcome.model}"
    )
    for page in outcome.pages:
        console.print(Text(f"Report: {printable(str(page))}"), soft_wrap=True)
    console.print(Text(f"Results: {printable(str(outcome.path))}"), soft_wrap=True)
    if outcome.problem:
        raise OutputError(outcome.problem)
    return outcome


def _turn(degrees: int) -> int:
    if degrees not in (0, 90, 180, 270):
        raise InputError(f"no turn of {degrees} degrees: give 0, 90, 180 or 270")
    return degrees


def _check_record(path: Path) -> None:
    """Raise OutputError where no video can be written, before the session instead of after it."""
    prepare_folder(path.parent)
    if path.exists() and not path.is_file():
        raise OutputError(f"{path}: not a file; give the name of an MP4 file with --record")


def _results(records: Sequence[SetRecord], language: words.Words) -> Table:
    table = Table("Exercise", "Set", "Done", "Median of target", "To work on")
    for record in records:
        bout = record.bout
        reached = [rep.reached for rep in record.reps]
        faults = {f for rep in record.reps for f in rep.faults}
        faults |= {f for hold in record.holds for f in hold.faults}
        table.add_row(
            phrases.name(language, bout),
            f"{bout.number} of {bout.of}",
            f"{len(record.reps) or len(record.holds)} of {bout.goal}",
            f"{median(reached):.0%}" if reached else "",
            ", ".join(sorted(fault.replace("_", " ") for fault in faults)),
        )
    return table


def latencies(spreads: Mapping[str, Spread]) -> Table:
    """The percentiles of each step as a table."""
    table = Table("Step", "p50 ms", "p95 ms", "p99 ms", "Samples", title="Latencies")
    for step, s in spreads.items():
        table.add_row(step, f"{s.p50_ms:.1f}", f"{s.p95_ms:.1f}", f"{s.p99_ms:.1f}", str(s.samples))
    return table
