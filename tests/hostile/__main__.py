"""`make hostile`: try them all, print the counts, fail if anything broke.

`python -m tests.hostile [--seed N] [videos|sessions|programmes|options ...]`
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from random import Random

from tests.hostile.options import options
from tests.hostile.outcome import BAD, Case, Outcome, Tried, try_all
from tests.hostile.texts import programmes, sessions
from tests.hostile.videos import FRAMES, _person, videos, write

REPO = Path(__file__).resolve().parents[2]
WORKERS = 2
SHOWN = 600


def main() -> int:
    """Try all that was asked for; 0 when nothing broke."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=1, help="try one case in so many")
    parser.add_argument("kinds", nargs="*")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="formcheck-hostile-") as name:
        folder = Path(name)
        for variable in ("XDG_DATA_HOME", "XDG_STATE_HOME"):
            os.environ[variable] = str(folder / "home")
        (folder / "here").mkdir()
        os.environ["PYTHONPATH"] = os.pathsep.join([str(REPO), os.environ.get("PYTHONPATH", "")])
        os.chdir(folder / "here")
        makers = _makers(folder, given.seed)
        broken = sum(
            _try(kind, make, given.every)
            for kind, make in makers.items()
            if not given.kinds or kind in given.kinds
        )
    return 1 if broken else 0


def _makers(folder: Path, seed: int) -> dict[str, Callable[[], Iterator[Case]]]:
    def within(name: str) -> Path:
        (folder / name).mkdir(exist_ok=True)
        return folder / name

    clip = folder / "clip.mp4"
    write(clip, _person(), "libx264", "yuv420p", [40 * i for i in range(FRAMES)])
    return {
        "videos": lambda: videos(within("videos"), Random(seed)),
        "sessions": lambda: sessions(within("sessions"), Random(seed)),
        "programmes": lambda: programmes(within("programmes"), Random(seed)),
        "options": lambda: options(within("options"), clip, Random(seed)),
    }


def _try(kind: str, make: Callable[[], Iterator[Case]], every: int) -> int:
    """Try one kind, print its counts; give how many broke."""
    begun_s = time.monotonic()
    tried = _in_parallel([*make()][::every])
    counts = Counter(each.outcome for each in tried)
    told = ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome)
    print(f"{kind:11} {len(tried):5}: {told} ({time.monotonic() - begun_s:.0f} s)", flush=True)
    broken = [each for each in tried if each.outcome in BAD]
    for each in broken:
        print(f"  {each.outcome} {each.case.name!r}: {each.told.strip()[-SHOWN:]}", flush=True)
    return len(broken)


def _in_parallel(cases: Sequence[Case]) -> list[Tried]:
    shares = [cases[i::WORKERS] for i in range(WORKERS)]

    def work(share: Sequence[Case]) -> Iterable[Tried]:
        return list(try_all(share))

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(chain.from_iterable(pool.map(work, shares)))


if __name__ == "__main__":
    sys.exit(main())
