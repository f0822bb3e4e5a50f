"""How long the longest frame takes while the live coach recognises what is done.

    python -m tests.bench.auto_latency

Plays the landmarks of samples, with the feet cut out of their pictures, to a session that is not
told the exercise. Prints, and fails when a frame takes more than LIMIT_MS beyond inference. It is
the CPU time of one thread, so that other programs do not matter.
"""

from __future__ import annotations

import sys
import time

import cv2
import numpy as np

from formcheck.live.coach.stages import Command
from formcheck.live.coach.watcher import WatchingSession
from formcheck.programmes.plan import Dose
from formcheck.words import load
from tests.test_traces import SAMPLES, with_feet

CLIPS = ("heel_side_a", "clam_right_a", "calf_side_a", "toe_lift_side_a", "scrunch_arch_a")
LIMIT_MS = 100.0
BRIGHT = 120.0


def main() -> int:
    """Measure, print, judge; gives the exit status."""
    cv2.setNumThreads(1)
    longest_ms = 0.0
    for clip in CLIPS:
        session = WatchingSession(load("en"), lambda name: Dose(name, sets=1, tempo="off"))
        spent_ms = []
        for sighting in with_feet(SAMPLES / "traces" / f"{clip}.full.npz"):
            begun_s = time.thread_time()
            session.update(sighting, BRIGHT)
            spent_ms.append(1000 * (time.thread_time() - begun_s))
        session.command(Command.QUIT)
        done = [f"{len(r.reps) or len(r.holds)} {r.bout.exercise.name}" for r in session.records]
        p50, p99, most = np.percentile(spent_ms, (50, 99, 100))
        print(f"{clip:16} p50 {p50:5.1f}  p99 {p99:5.1f}  longest {most:6.1f} ms  {done}")
        longest_ms = max(longest_ms, most)
    verdict = "reached" if longest_ms <= LIMIT_MS else "MISSED"
    print(f"Longest frame of live auto: {longest_ms:.0f} ms of {LIMIT_MS:.0f} ms: {verdict}")
    return int(longest_ms > LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main())
