"""Tests; they mirror the package."""

import formcheck.pyav  # noqa: F401 - OpenCV before PyAV, whichever test comes first
