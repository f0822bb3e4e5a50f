"""Prints the peak memory of one analysis in MB: python -m tests.bench.memory VIDEO [--fake].

--fake plays back recorded poses in place of the model, whose own memory does not grow with the
video, so that ten minutes of video take one.
"""

from __future__ import annotations

import itertools
import sys
import tempfile
from pathlib import Path

from formcheck.analysis import sight
from formcheck.analysis.run import analyze
from formcheck.pose.pose import from_trace
from formcheck.pose.source import FakeLandmarker

TRACE = Path("samples/traces/heel_side_a.full.npz")
EXERCISE = "heel-raise"
STATUS = Path("/proc/self/status")


def main(video: Path, *, fake: bool) -> float:
    """Analyse `video` with everything written; give the peak memory of this process in MB."""
    if fake:
        poses = itertools.cycle(sighting.pose for sighting in from_trace(TRACE))
        setattr(sight, "open_model", lambda *_: FakeLandmarker(poses))  # noqa: B010
    with tempfile.TemporaryDirectory() as folder:
        analyze(video, EXERCISE, out=folder)
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
