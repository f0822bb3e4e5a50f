"""Prints how fast `analyze` is, next to the bare loop that it cannot beat, and what it holds.

Run by `make bench`, or `python -m tests.bench.speed [VIDEO]`. A quiet machine gives steady figures.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from formcheck.analysis.run import analyze
from formcheck.engine.engine import Engine
from formcheck.exercises import load
from formcheck.pose.landmarker import Landmarker
from formcheck.pose.models import locate
from formcheck.pose.pose import Sighting
from formcheck.video.frames import open_video
from formcheck.video.pyav import av

CLIP = Path("samples/clips/heel_side_a.mp4")
EXERCISE = "heel-raise"
ROUNDS = 5
GOAL_RATIO = 0.95
GOAL_MS = 1.0
SHORT_S, LONG_S = 10, 600


def bare_loop(video: Path) -> tuple[float, list[Sighting]]:
    """Decode and detect, one after the other: frames per second, and what was seen."""
    seen = []
    with open_video(video) as film, Landmarker(locate(), film.info.size) as landmarker:
        start_s = time.perf_counter()
        for frame in film:
            seen.append(Sighting(frame.t_s, landmarker.detect(frame.image, frame.t_s)))
        return len(seen) / (time.perf_counter() - start_s), seen


def whole(video: Path, out: Path) -> float:
    """`analyze` with everything written: frames per second, without loading the model."""
    times_s: list[float] = []
    result = analyze(
        video, EXERCISE, out=out, on_progress=lambda _: times_s.append(time.perf_counter())
    )
    ended_s = time.perf_counter()
    return (len(result.signals.t_s) - 1) / (ended_s - times_s[0])


def engine_ms(sightings: Sequence[Sighting]) -> float:
    """Milliseconds that the rule engine takes for a frame."""
    engine = Engine(load(EXERCISE))
    start_s = time.perf_counter()
    for sighting in sightings:
        engine.update(sighting)
    engine.finish()
    return 1000 * (time.perf_counter() - start_s) / len(sightings)


def repeated(video: Path, seconds: float, path: Path) -> Path:
    """Write `video` over and over until `seconds` are full, without encoding it again."""
    with av.open(str(path), "w") as target, av.open(str(video)) as first:
        stream = target.add_stream_from_template(first.streams.video[0])
        offset, ticks = 0, seconds / (first.streams.video[0].time_base or 1)
        while offset < ticks:
            with av.open(str(video)) as source:
                origin = source.streams.video[0]
                for packet in source.demux(origin):
                    if packet.dts is None or packet.pts is None:  # the one that ends the stream
                        continue
                    packet.pts, packet.dts = packet.pts + offset, packet.dts + offset
                    packet.stream = stream
                    target.mux(packet)
                offset += origin.duration or 0
    return path


def peak_mb(video: Path, *options: str) -> float:
    """Peak memory of an analysis in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.memory", str(video), *options]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main(video: Path) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        rounds = [(bare_loop(video)[0], whole(video, Path(folder))) for _ in range(ROUNDS)]
        _, seen = bare_loop(video)
        bare, everything = (statistics.median(side) for side in zip(*rounds, strict=True))
        ratio = statistics.median(b / a for a, b in rounds)
        engine = statistics.median(engine_ms(seen) for _ in range(ROUNDS))
        print(f"{video}: {len(seen)} frames, full model, median of {ROUNDS} rounds")
        print(f"  bare decode and detect    {bare:6.1f} frames/s")
        print(f"  analyze, all written      {everything:6.1f} frames/s")
        print(f"  ratio                     {ratio:6.2f}           goal {GOAL_RATIO}")
        print(f"  rule engine               {engine:6.2f} ms a frame  goal below {GOAL_MS:g}")
        short = repeated(video, SHORT_S, Path(folder) / "short.mp4")
        long = repeated(video, LONG_S, Path(folder) / "long.mp4")
        print(f"  peak memory, {SHORT_S} s         {peak_mb(short):6.0f} MB")
        print(f"  the same without model    {peak_mb(short, '--fake'):6.0f} MB")
        print(f"  {LONG_S} s without model      {peak_mb(long, '--fake'):6.0f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CLIP)
