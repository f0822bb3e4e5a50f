"""What pip laid where, and the machines for which there is nothing to lay."""

from __future__ import annotations

import platform
import sysconfig
from importlib.metadata import PackageNotFoundError, version

OPENCV = ("opencv-python", "opencv-contrib-python")
"""Both are laid into one folder, cv2; formcheck asks for the first, MediaPipe for the second."""


def versions(packages: tuple[str, ...]) -> dict[str, str]:
    """The versions of those of the packages that are installed."""
    found = {}
    for name in packages:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def without_wheels() -> str | None:
    """Why formcheck cannot be installed on this machine, or None.

    As the package index has them: MediaPipe 1.2.2 and 1.2.3, OpenCV 5.0.0.
    """
    if sysconfig.get_platform() == "win-arm64":
        return "Windows on ARM: OpenCV has no wheel for it"
    if platform.system() == "Darwin" and platform.machine() == "x86_64":
        return "Intel Mac: MediaPipe has no wheel for it"
    return None
