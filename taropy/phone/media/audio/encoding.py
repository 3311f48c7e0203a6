"""Recordings as files grow: samples go in, and what a file of their format has goes out."""

from __future__ import annotations

import struct
from typing import Any, Protocol

from ....extras import need

#: The rates that AAC numbers, in the order of their numbers (ISO/IEC 14496-3, table 1.18).
AAC_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
WAV_HEAD = 44


class Encoder(Protocol):
    """Makes a file's bytes of samples, which are 16 bits each, channel by channel."""

    def head(self) -> bytes:
        """What the file begins with."""
        ...

    def encode(self, samples: bytes) -> bytes:
        """What it goes on with."""
        ...

    def end(self) -> bytes:
        """What it ends with."""
        ...

    def final_head(self, size: int) -> bytes:
        """What the file, of so many bytes, begins with in the end."""
        ...


class Pcm:
    """Samples as they are."""

    def __init__(self, rate: int, channels: int, bitrate: int) -> None:
        self.rate: int = rate
        self.channels: int = channels

    def head(self) -> bytes:
        """Nothing."""
        return b""

    def encode(self, samples: bytes) -> bytes:
        """The samples."""
        return samples

    def end(self) -> bytes:
        """Nothing."""
        return b""

    def final_head(self, size: int) -> bytes:
        """Nothing."""
        return b""


class Wav(Pcm):
    """Samples behind a head that tells how many they are."""

    def head(self) -> bytes:
        """A head that tells of none yet."""
        return self.final_head(WAV_HEAD)

    def final_head(self, size: int) -> bytes:
        """The head of a file of so many bytes."""
        frame, content = 2 * self.channels, max(size - WAV_HEAD, 0)
        form = struct.pack("<HHIIHH", 1, self.channels, self.rate, self.rate * frame, frame, 16)
        riff = struct.pack("<4sI4s", b"RIFF", content + WAV_HEAD - 8, b"WAVE")
        return riff + struct.pack("<4sI", b"fmt ", 16) + form + struct.pack("<4sI", b"data", content)


class _Compressed(Pcm):
    """What a codec of FFmpeg's makes of the samples, packet by packet."""

    CODEC = ""

    def __init__(self, rate: int, channels: int, bitrate: int) -> None:
        super().__init__(rate, channels, bitrate)
        self._av: Any = need("av", extra="audio", what="recording sound")
        self._layout = "mono" if channels == 1 else "stereo"
        self._codec: Any = self._av.CodecContext.create(self.CODEC, "w")
        self._codec.sample_rate = rate
        self._codec.layout = self._layout
        self._codec.format = self._codec.codec.audio_formats[0]
        self._codec.bit_rate = bitrate
        self._codec.open()
        self._resampler: Any = self._av.AudioResampler(
            format=self._codec.format, layout=self._layout, rate=rate, frame_size=self._codec.frame_size
        )

    def encode(self, samples: bytes) -> bytes:
        count = len(samples) // (2 * self.channels)
        if not count:
            return b""
        frame = self._av.AudioFrame(format="s16", layout=self._layout, samples=count)
        frame.rate = self.rate
        memoryview(frame.planes[0])[: len(samples)] = samples
        return self._packets(self._resampler.resample(frame))

    def end(self) -> bytes:
        return self._packets([*self._resampler.resample(None), None])

    def _packets(self, frames: list[Any]) -> bytes:
        return b"".join(self._packet(bytes(packet)) for frame in frames for packet in self._codec.encode(frame))

    def _packet(self, content: bytes) -> bytes:
        return content


class Mp3(_Compressed):
    """MP3: its packets, one after another."""

    CODEC = "libmp3lame"


class Aac(_Compressed):
    """AAC: its packets, each with a head that tells what it is (ADTS)."""

    CODEC = "aac"

    def _packet(self, content: bytes) -> bytes:
        number, length = AAC_RATES.index(self.rate), len(content) + 7
        head = (
            0xFF,
            0xF1,
            0x40 | number << 2 | self.channels >> 2,
            (self.channels & 3) << 6 | length >> 11,
            length >> 3 & 0xFF,
            (length & 7) << 5 | 0x1F,
            0xFC,
        )
        return bytes(head) + content


ENCODERS: dict[str, type[Pcm]] = {"mp3": Mp3, "aac": Aac, "wav": Wav, "PCM": Pcm}
