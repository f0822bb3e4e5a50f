"""How long the live coach takes: a sample as the camera, at its own pace, without a window.

    python -m tests.bench.latency

Prints p50, p95 and p99 of each step, and fails when what is done beyond the model's own inference
takes more than LIMIT_MS at the 95th percentile.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import datetime
from pathlib import Path

from rich.console import Console

from formcheck import words
from formcheck.cli.live import latencies
from formcheck.live.coach.session import LiveSession
from formcheck.live.coach.stages import Timing
from formcheck.live.start import Settings, run
from formcheck.programmes.plan import Dose, bouts

SAMPLE = Path(__file__).parents[2] / "samples" / "clips" / "heel_side_a.mp4"
LIMIT_MS = 10.0


def main() -> int:
    """Measure, print, judge; gives the exit status."""
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(camera=str(SAMPLE), out=Path(folder), mute=True, window=False)
        plan = bouts([Dose("heel-raise", sets=1, reps=100)])
        language, began = words.load(), datetime.now().astimezone()
        session = LiveSession(plan, language, Timing(count_in_s=1))
        outcome = run(session, settings, language, began, console.print)
    console.print(latencies(outcome.spreads))
    console.print(f"{outcome.arrived} pictures, {outcome.dropped} dropped; model {outcome.model}")
    beyond_ms = outcome.spreads["everything else"].p95_ms
    verdict = "reached" if beyond_ms <= LIMIT_MS else "MISSED"
    console.print(f"Beyond the model: p95 {beyond_ms:.1f} ms of {LIMIT_MS:.0f} ms: {verdict}")
    return int(beyond_ms > LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main())
