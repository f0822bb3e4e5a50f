"""`python -m formcheck` is the same as `formcheck`."""

import sys
from pathlib import Path

# Python looks first where the user happens to be: a `cv2.py` that lies there is not the library.
here = Path.cwd()
if not sys.flags.safe_path and here != Path(__file__).resolve().parents[1]:
    sys.path[:] = [entry for entry in sys.path if entry and Path(entry).resolve() != here]

from formcheck.cli.main import main  # noqa: E402

main()
