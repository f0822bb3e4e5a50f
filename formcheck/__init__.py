"""Counts, times and corrects plantar-fasciitis exercises from a video or a webcam."""

# OpenCV must be loaded before PyAV: the other way round, its windows link against PyAV's own copy
# of libxcb and hang for good (PyAV-Org/PyAV#978, opencv/opencv#29195).
import cv2 as _cv2  # noqa: F401
