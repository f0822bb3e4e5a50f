"""The command `analyze`: options in, a progress bar, the table and the files out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from formcheck.analysis.loop import OnProgress
    from formcheck.analysis.loop import Progress as Done
    from formcheck.analysis.request import Request
    from formcheck.history.book import Book
    from formcheck.results import SessionResult

MOST_FOLDERS = 98
INTERRUPTED_STATUS = 130
"""What shells expect after Ctrl-C."""

Video = Annotated[Path, typer.Argument(help="The video file.", show_default=False)]
Exercise = Annotated[
    str,
    typer.Option("--exercise", "-e", help="Which exercise (see formcheck exercises), or auto."),
]
Side = Annotated[str, typer.Option(help="Working leg: left, right, both or auto.")]
Out = Annotated[
    Path | None, typer.Option(help="Folder for the files; without it, one beside the video.")
]
Model = Annotated[str, typer.Option(help="Pose model: lite, full, heavy or a .task file.")]
Height = Annotated[float | None, typer.Option(help="The person's height in cm.")]
Target = Annotated[
    float | None, typer.Option(help="Full range, in the unit of the measure that is graded.")
]
Hold = Annotated[float | None, typer.Option(help="Length of a hold, seconds.")]
Annotate = Annotated[bool, typer.Option("--video/--no-video", help="Write annotated.mp4 too.")]
Report = Annotated[bool, typer.Option("--report/--no-report", help="Write report.html too.")]
Blur = Annotated[
    bool,
    typer.Option("--blur-faces", help="Blur faces, and the room with them, in what is shown."),
]
Table = Annotated[str | None, typer.Option(help="Write the landmarks too: csv or parquet.")]
Format = Annotated[
    str | None, typer.Option("--format", help="Write the landmarks for OpenSim too: trc.")
]
CloseUp = Annotated[
    bool, typer.Option("--close-up", help="Only feet or lower legs are in the picture.")
]
Rotate = Annotated[
    int | None,
    typer.Option(
        help="Turn the picture clockwise: 90, 180 or 270 degrees; 0 leaves it [found out]."
    ),
]
Save = Annotated[bool, typer.Option("--save/--no-save", help="Keep the session in the history.")]
Person = Annotated[str | None, typer.Option(help="Whose session, in the history (me).")]
Db = Annotated[Path | None, typer.Option(help="The history file (in your data folder).")]
Bar = Annotated[
    bool | None,
    typer.Option("--progress/--no-progress", help="Progress bar; without it, on a terminal only."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]


def analyze(
    video: Video,
    exercise: Exercise,
    *,
    side: Side = "auto",
    out: Out = None,
    model: Model = "full",
    height: Height = None,
    target: Target = None,
    hold: Hold = None,
    annotate: Annotate = True,
    report: Report = True,
    blur_faces: Blur = False,
    landmarks: Table = None,
    markers: Format = None,
    close_up: CloseUp = False,
    rotate: Rotate = None,
    save: Save = True,
    person: Person = None,
    db: Db = None,
    progress: Bar = None,
    quiet: Quiet = False,
) -> None:
    """Count, time and judge an exercise in a video."""
    from formcheck.analysis.request import Request  # noqa: PLC0415 - it takes a second to load
    from formcheck.history.book import Book  # noqa: PLC0415

    folder = out or default_folder(video)
    book = Book(db, person) if save else None
    wanted = sys.stderr.isatty() if progress is None else progress
    request = Request.of(
        video,
        exercise,
        side=side,
        target=target,
        height_cm=height,
        hold_s=hold,
        model=model,
        close_up=close_up,
        rotate=rotate,
        out=folder,
        annotate=annotate,
        report=report,
        blur_faces=blur_faces,
        landmarks=[name for name in (landmarks, markers) if name],
    )
    _run(request, folder, book, bar=wanted and not quiet, quiet=quiet)


def _run(request: Request, folder: Path, book: Book | None, *, bar: bool, quiet: bool) -> None:
    """Analyse, keep and print; bar: shows the progress."""
    from formcheck.analysis.run import INTERRUPTED, run  # noqa: PLC0415
    from formcheck.report.save import files_in  # noqa: PLC0415
    from formcheck.report.terminal import show  # noqa: PLC0415

    results: list[SessionResult] = []

    def keep(result: SessionResult) -> None:
        results.append(result)
        if book is not None:
            book.add(result, datetime.now().astimezone())

    try:
        with _progress_bar(shown=bar) as on_progress:
            run(request, on_progress, keep)
    finally:  # whatever could not be written, what was measured is told
        for result in () if quiet else results:
            its = folder / result.exercise if len(results) > 1 else folder
            show(result, files_in(its), Console())
    if any(INTERRUPTED in result.quality.warnings for result in results):
        raise typer.Exit(INTERRUPTED_STATUS)


def default_folder(video: Path) -> Path:
    """Beside the video and named after it; IMG_1.mov and IMG_1.mp4 have one each."""
    from formcheck.analysis.folder import is_of_another  # noqa: PLC0415

    if not video.name:  # as of "." and "/", which are no videos
        return video
    stem = video.with_suffix("") if video.suffix else video.with_name(f"{video.name}_results")
    numbered = (video.with_name(f"{video.name.replace('.', '_')}-{i}") for i in count(2))
    wanted = (stem, video.with_name(video.name.replace(".", "_")), *islice(numbered, MOST_FOLDERS))
    return next((each for each in wanted if not is_of_another(each, video)), stem)


@contextmanager
def _progress_bar(*, shown: bool) -> Iterator[OnProgress | None]:
    """Give what shows the progress on stderr, with frames per second and the time left."""
    if not shown:
        yield None
        return
    columns = (
        TextColumn("Analysing"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True, force_terminal=True)  # who asks for it gets it anywhere
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None, rate="")

        def update(done: Done) -> None:
            elapsed_s = bar.tasks[0].elapsed or 0.0
            rate = f"{done.frames / elapsed_s:.0f} frames/s" if elapsed_s > 1 else ""
            bar.update(task, completed=done.t_s, total=done.duration_s, rate=rate)

        yield update
