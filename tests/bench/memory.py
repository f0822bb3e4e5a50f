"""Prints the peak memory of one analysis in MB: python -m tests.bench.memory VIDEO [--fake].

--fake plays back recorded poses in place of the model, whose own memory does not grow with the
video, so that ten minutes of video take one.
"""

from __future__ import annotations

import itertools
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from formcheck.analysis.loop import Shown
from formcheck.analysis.one_exercise import run
from formcheck.engine.engine import Options
from formcheck.exercises import load
from formcheck.pose.landmarker import Landmarker
from formcheck.pose.models import locate
from formcheck.pose.pose import from_trace
from formcheck.pose.source import FakeLandmarker
from formcheck.report.extras import Extras
from formcheck.report.save import ANNOTATED_NAME, save
from formcheck.video.frames import open_video

TRACE = Path("samples/traces/heel_side_a.full.npz")
EXERCISE = "heel-raise"
STATUS = Path("/proc/self/status")


def main(video: Path, *, fake: bool) -> float:
    """Analyse `video` with everything written; give the peak memory of this process in MB."""
    poses = itertools.cycle(sighting.pose for sighting in from_trace(TRACE))
    with tempfile.TemporaryDirectory() as folder, open_video(video) as film:
        out = Path(folder)
        source = FakeLandmarker(poses) if fake else Landmarker(locate(), film.info.size)
        card = load(EXERCISE)
        extras = Extras(card)
        with closing(source):
            shown = Shown(card.title, out / ANNOTATED_NAME, extras)
            result = run(film, source, card, Options(), shown=shown)
        save(result, out)
        extras.write(result, out)
    return peak_mb()


def peak_mb() -> float:
    """Peak memory of this process in MB."""
    if STATUS.exists():  # Linux: what getrusage gives there counts the parent process in
        line = next(s for s in STATUS.read_text().splitlines() if s.startswith("VmHWM:"))
        return int(line.split()[1]) / 1000
    import resource  # noqa: PLC0415 - not on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000_000


if __name__ == "__main__":
    print(main(Path(sys.argv[1]), fake="--fake" in sys.argv))
