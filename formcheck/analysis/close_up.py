"""From a close-up video to a result: no pose model, the same loop and files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from formcheck.analysis.folder import Files
from formcheck.analysis.loop import OnProgress, watch
from formcheck.analysis.one_exercise import with_warnings
from formcheck.analysis.options import AUTO, options_of
from formcheck.close_up.card import close_up_card
from formcheck.close_up.engine import METHOD, CloseUpEngine, glimpse_of
from formcheck.exercises import load
from formcheck.results import SessionResult, Snapshot
from formcheck.video.frames import Frame, open_video


def analyze_close_up(
    video: Path | str,
    exercise: str,
    *,
    side: str = AUTO,
    out: Path | str | None = None,
    hold_s: float | None = None,
    annotate: bool = True,
    report: bool = True,
    blur_faces: bool = False,
    on_progress: OnProgress | None = None,
) -> SessionResult:
    """Count, time and judge an exercise in a video of feet or lower legs alone.

    The arguments are those of `formcheck.analyze`; range is not graded, so there is no target.
    Raises InputError, for an exercise that cannot be seen close up too, or OutputError.
    """
    path, folder = Path(video), None if out is None else Path(out)
    card, options = close_up_card(load(exercise)), options_of(side, None, None, hold_s)
    files = Files(folder, annotate, report, blur_faces)
    engine = CloseUpEngine(card, options)

    def step(frame: Frame, cut: bool) -> Snapshot:
        return engine.update(glimpse_of(frame.image, frame.t_s, cut=cut))

    with open_video(path) as film:
        shown = files.begin(card, path)
        interrupted = watch(film, step, shown, on_progress)
        result = with_warnings(engine.finish(), film, interrupted=interrupted)
    result = replace(result, source=path.name, model=METHOD)
    files.end(result, shown)
    return result
