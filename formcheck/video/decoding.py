"""Decodes a stream's packets one after the other, past what is damaged."""

from __future__ import annotations

from collections.abc import Iterator

from formcheck.video.pyav import InputContainer, Packet, VideoFrame, VideoStream, av

STRANGERS = 1000
"""Packets in a row of streams that the reader did not know of when it opened the file."""
UNREADABLE = 2000
"""Packets in a row without a picture after which a stream is given up as damaged to its end."""


class Decoder:
    """The pictures of a stream, as stored. broken: damaged places passed so far."""

    def __init__(self, container: InputContainer, stream: VideoStream) -> None:
        self._container = container
        self._stream = stream
        self.broken = 0

    def __iter__(self) -> Iterator[VideoFrame]:
        barren = 0
        for packet in self._packets():
            try:
                frames = self._stream.decode(packet)
            except (av.FFmpegError, OSError, ValueError, IndexError):
                frames = []
                self.broken += 1
            barren = 0 if frames else barren + 1
            self.broken += sum(frame.is_corrupt for frame in frames)
            yield from frames
            if barren > UNREADABLE:
                return

    def _packets(self) -> Iterator[Packet[VideoStream]]:
        """All packets; a decoder recovers after a damaged one, a reader that failed is at its end.

        PyAV (18.1) raises IndexError for a packet of a stream that appeared only after the file
        was opened, as sound in MPEG may: the reading goes on after it.
        """
        strangers = 0
        packets = self._container.demux(self._stream)
        while True:
            try:
                yield next(packets)
                strangers = 0
            except StopIteration:
                return
            except IndexError:
                strangers += 1
                if strangers > STRANGERS:
                    return
                packets = self._container.demux(self._stream)
            except (av.FFmpegError, OSError, ValueError):
                self.broken += 1
                return
