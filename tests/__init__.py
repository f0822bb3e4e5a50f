"""Tests; they mirror the package."""

import formcheck.video.pyav  # noqa: F401 - OpenCV before PyAV, whichever test comes first
