"""The system libraries that OpenCV and MediaPipe load on Linux.

Run as a script (`python -P formcheck/system_libraries.py`) it prints the Debian packages that are
missing. The Makefile does so before anything is installed, so nothing outside the standard library
may be imported here.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Mapping

PACKAGES: Mapping[str, tuple[str, ...]] = {
    "libgl1": ("libGL.so.1",),
    "libegl1": ("libEGL.so.1",),
    "libgles2": ("libGLESv2.so.2",),
    "libglib2.0-0": ("libglib-2.0.so.0", "libgthread-2.0.so.0"),
}
"""Debian packages, and the libraries in them. Other systems need none."""


def not_loadable(packages: Mapping[str, tuple[str, ...]] = PACKAGES) -> dict[str, str]:
    """The missing packages, each with its first library that cannot be loaded."""
    if sys.platform != "linux":
        return {}
    absent = {package: [f for f in files if not _loads(f)] for package, files in packages.items()}
    return {package: files[0] for package, files in absent.items() if files}


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    print(*not_loadable())
