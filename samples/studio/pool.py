"""Render several clips at a time, one process each, with a progress bar."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path
from queue import Empty, Queue

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from samples.studio.script import read
from samples.studio.studio import render

POLL_S = 0.2
NEWS_EVERY = 10  # frames
LLVMPIPE_THREADS = "LP_NUM_THREADS"  # Mesa's software renderer reads this when it starts

News = Queue[tuple[Path, int, int]]


def render_one(path: Path, folder: Path, news: News) -> None:
    """In a worker: render one script and tell how far it is."""

    def tell(done: int, total: int) -> None:
        if done % NEWS_EVERY == 0 or done == total:
            news.put((path, done, total))

    render(read(path), folder, tell)


def render_all(paths: Sequence[Path], folder: Path, jobs: int) -> None:
    """Render scripts into a folder; the first failure ends it all."""
    os.environ.setdefault(LLVMPIPE_THREADS, str(max(1, (os.cpu_count() or 1) // jobs)))
    context = multiprocessing.get_context("spawn")  # a graphics context does not survive a fork
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with (
        context.Manager() as manager,
        Progress(*columns, TimeRemainingColumn()) as bars,
        ProcessPoolExecutor(jobs, mp_context=context) as pool,
    ):
        news: News = manager.Queue()
        tasks = {path: bars.add_task(path.stem, total=None) for path in paths}
        waiting: set[Future[None]] = {pool.submit(render_one, p, folder, news) for p in paths}
        while waiting or not news.empty():
            try:
                path, done, total = news.get(timeout=POLL_S)
                bars.update(tasks[path], completed=done, total=total)
            except Empty:
                pass
            for future in [f for f in waiting if f.done()]:
                waiting.remove(future)
                future.result()
