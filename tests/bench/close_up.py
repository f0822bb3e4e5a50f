"""Prints how long the close-up camera takes for a frame: python -m tests.bench.close_up [VIDEO]."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import cv2

from formcheck.close_up.engine import CloseUpEngine, Glimpse
from formcheck.close_up.flow import KeyPicture, prepared
from formcheck.exercises import load
from formcheck.video.frames import open_video

CLIP = Path("samples/clips/close_heel_b.mp4")


def main(video: Path) -> None:
    """Measure on one thread and print. CPU time, so that other programs do not matter."""
    cv2.setNumThreads(1)
    with open_video(video) as film:
        greys = [(frame.t_s, prepared(frame.image)) for frame in film]
    key, start_s = KeyPicture(greys[0][1], 0.0), time.process_time()
    for t_s, grey in greys:
        key.match(grey, t_s)
    flow_ms = 1000 * (time.process_time() - start_s) / len(greys)
    engine, start_s = CloseUpEngine(load("heel-raise")), time.process_time()
    for t_s, grey in greys:
        engine.update(Glimpse(t_s=t_s, grey=grey))
    engine.finish()
    whole_ms = 1000 * (time.process_time() - start_s) / len(greys)
    print(f"{video}: {len(greys)} frames of {greys[0][1].shape[1]} x {greys[0][1].shape[0]} px")
    print(f"  flow against the key picture  {flow_ms:6.1f} ms a frame, one thread")
    print(f"  the whole close-up engine     {whole_ms:6.1f} ms a frame")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CLIP)
