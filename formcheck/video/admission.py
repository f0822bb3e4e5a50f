"""Which files and streams are let in: containers that hold pictures, of a size that can be read.

A playlist, a list of pieces, or an image sequence would have FFmpeg open other files or addresses
in the name of the one that was given. So nothing is opened but what stands on a list.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from formcheck.errors import InputError
from formcheck.video.pyav import Disposition, InputContainer, VideoStream, av

FORMATS = "mp4, mov, mkv, webm, avi or gif"
RAW_STREAMS = (
    "h264",
    "hevc",
    "vvc",
    "m4v",
    "mpegvideo",
    "mjpeg",
    "obu",
    "vc1",
    "h263",
    "cavsvideo",
)
"""Bare streams: pictures without times."""
FILE_FORMATS = (
    *("mov", "mp4", "matroska", "webm", "avi", "gif", "apng", "mpegts", "mpeg", "flv", "ogg"),
    *("asf", "mxf", "nut", "ivf", "av1", "dv", "rm", "wtv", "yuv4mpegpipe", "3gp", "mj2"),
    *RAW_STREAMS,
)
PHOTO_FORMATS = (
    *("image2", "jpeg_pipe", "png_pipe", "webp_pipe", "bmp_pipe", "tiff_pipe", "jpegxl_pipe"),
    *("j2k_pipe", "gif_pipe", "ppm_pipe", "pgm_pipe", "qoi_pipe"),
)
"""Let in only to be told that they are photos. Each reads its own file and no other."""
SOUND_FORMATS = ("mp3", "wav", "aac", "flac", "w64", "amr", "aiff")
"""Likewise, to be told that there is only sound."""
CAMERA_FORMATS = ("mpjpeg", "mjpeg", "mpegts", "matroska", "webm", "mov", "flv", "ogg", "asf")
STILL_BRANDS = ("heic", "heix", "heim", "heis", "mif1", "avif", "avci", "miaf")
"""Major brands of HEIF files that hold photos (ISO/IEC 23008-12); sequences have others."""
LISTS = (
    b"#EXTM3U",
    b"ffconcat",
    b"[playlist]",
    b"<MPD",
    b"<SMIL",
    b"<smil",
    b"<asx",
    b"[Reference]",
)
"""What playlists begin with, after an XML heading."""
LIST_HEAD = 1024
MAX_PIXELS = 8192 * 4320
"""8K, the largest that any phone films. A picture four times as large takes gigabytes."""
LEAST_SIDE = 16
"""Pixels of the shorter side, as it is looked at: below, nobody could be seen in it."""
REAL_SHARE = 0.5
"""Of the longest track's time: shorter ones are posters and previews."""


def open_options(formats: Sequence[str], protocols: str) -> dict[str, str]:
    """What keeps FFmpeg to these containers and protocols, and pictures to MAX_PIXELS."""
    return {
        "format_whitelist": ",".join(formats),
        "protocol_whitelist": protocols,
        "max_pixels": str(MAX_PIXELS),
    }


def open_file(path: Path) -> InputContainer:
    """Open a file that is there; raises InputError for what is not let in."""
    if _is_list(path):
        raise InputError(
            f"{path}: not a video but a list of other files, which are never opened; give a video"
        )
    options = open_options((*FILE_FORMATS, *PHOTO_FORMATS, *SOUND_FORMATS), "file")
    try:
        # "file:" keeps a name with a colon from being taken for a network address.
        return av.open(f"file:{path.absolute()}", options=options, metadata_errors="ignore")
    except (av.FFmpegError, OSError, ValueError, IndexError) as error:
        raise InputError(
            f"{path}: not a video, or cut off while it was recorded or copied; "
            f"use a complete {FORMATS} file"
        ) from error


def _is_list(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(LIST_HEAD).lstrip(b"\xef\xbb\xbf\r\n\t ")
    return head.startswith(LISTS) or (head.startswith(b"<?xml") and any(m in head for m in LISTS))


def choose_stream(path: Path, container: InputContainer) -> VideoStream:
    """Take the largest moving picture; posters, previews and covers are none.

    Raises InputError where there is none that can be read.
    """
    brand = str(container.metadata.get("major_brand", "")).strip()
    photo = container.format.name.endswith("_pipe") or container.format.name == "image2"
    if photo or brand in STILL_BRANDS:
        raise InputError(f"{path}: this is a picture; give a video ({FORMATS})")
    no_film = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image
    streams = [s for s in container.streams.video if not s.disposition & no_film]
    if not streams:
        raise InputError(f"{path}: there is no picture in it, only sound or data; give a video")
    known = [stream for stream in streams if stream.codec_context is not None]
    if not known:
        raise InputError(f"{path}: its kind of video is unknown here; convert it to mp4 (H.264)")
    return max(_films(known), key=_pixels)


def _films(streams: Sequence[VideoStream]) -> Sequence[VideoStream]:
    """Those that are no single picture and not much shorter than the longest."""
    lengths = [float((s.duration or 0) * (s.time_base or 0)) for s in streams]
    least_s = REAL_SHARE * max(lengths)
    long = [s for s, length in zip(streams, lengths, strict=True) if length >= least_s]
    return [s for s in long if s.frames != 1] or long


def _pixels(stream: VideoStream) -> int:
    return stream.codec_context.width * stream.codec_context.height


def check_size(path: Path | str, stored: tuple[int, int], looked_at: tuple[int, int]) -> None:
    """Raise InputError for pictures that are too large to be read, or too narrow to show anybody.

    stored: width and height in the file, pixels. looked_at: after they were made smaller.
    """
    size = f"{stored[0]} x {stored[1]}"
    if stored[0] * stored[1] > MAX_PIXELS:
        raise InputError(f"{path}: its pictures of {size} are too large; convert it to 8K or less")
    if min(looked_at) < LEAST_SIDE:
        raise InputError(f"{path}: nobody can be seen in pictures of {size}; film it again")
