"""PyAV, for all who need it: no other file imports it.

OpenCV must be loaded before PyAV: the other way round, its windows link against PyAV's own copy of
libxcb and hang for good (PyAV-Org/PyAV#978, opencv/opencv#29195).
"""

# ruff: noqa: I001 - the order is the point
import cv2 as _cv2  # noqa: F401
import av
from av.container import InputContainer
from av.packet import Packet
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace
from av.video.stream import VideoStream

__all__ = [
    "ColorRange",
    "Colorspace",
    "Disposition",
    "InputContainer",
    "Packet",
    "VideoFrame",
    "VideoStream",
    "av",
]
