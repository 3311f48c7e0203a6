"""Recorders: real files of what the microphone hears, by the phone's clock."""

from __future__ import annotations

import asyncio
import sys
import wave
from functools import partial
from pathlib import Path
from typing import Any

import av
import pytest
from filing import files_of_at_most, given, lying_in, real
from sounding import loudness, pitch_of, tone
from supporting import supporting

import taropy
from taropy.phone import Phone
from taropy.phone.media.audio.hearing import Tone

EVENTS = ("Start", "Pause", "Resume", "Stop", "Error", "FrameRecorded")


@pytest.fixture(autouse=True)
def listening(request: pytest.FixtureRequest) -> None:
    """The microphone hears a tone, and the phone's clock moves only when a test moves it."""
    for name in {"t", "weapp"} & set(request.fixturenames):
        phone = request.getfixturevalue(name).phone
        phone.clock.stop()
        phone.microphone.hear(Tone(500, 0.5))


class Heard:
    """A recorder, and what it tells."""

    def __init__(self, t: Any) -> None:
        self.recorder = t.getRecorderManager()
        self.told: list[str] = []
        self.stops: list[Any] = []
        self.errors: list[Any] = []
        self.pieces: list[Any] = []
        kept = {"Stop": self.stops, "Error": self.errors, "FrameRecorded": self.pieces}
        for name in EVENTS:
            if name == "FrameRecorded" and t.platform.name in ("swan", "rn"):
                continue

            def hear(detail: Any = None, name: str = name) -> None:
                if name != "FrameRecorded":
                    self.told.append(name)
                kept.get(name, []).append(detail)

            getattr(self.recorder, f"on{name}")(hear)


def samples_of(path: Path) -> tuple[list[float], int]:
    """The samples of a file's first channel, and how many there are a second."""
    with av.open(str(path)) as file:
        rate = file.streams.audio[0].rate
        resampler = av.AudioResampler(format="flt", layout="mono", rate=rate)
        frames = [made for frame in file.decode(audio=0) for made in resampler.resample(frame)]
        content = b"".join(bytes(frame.planes[0])[: frame.samples * 4] for frame in frames)
    return list(memoryview(content).cast("f")), rate


# --- recording -----------------------------------------------------------------------------------------------------


@supporting("getRecorderManager")
def test_what_the_microphone_hears_is_in_a_file(t: Any) -> None:
    heard = Heard(t)
    heard.recorder.start(sampleRate=16000, numberOfChannels=1, encodeBitRate=48000)
    assert t.phone.microphone.recording
    t.phone.clock.advance(2.5)
    heard.recorder.stop()
    assert heard.told == ["Start", "Stop"]
    file = real(t, heard.stops[0].tempFilePath)
    samples, rate = samples_of(file)
    assert (rate, len(samples) / rate) == (16000, pytest.approx(2.5, abs=0.15))
    assert pitch_of(samples[rate // 2 : rate * 2], rate) == pytest.approx(500, abs=5)
    assert [each.seconds for each in t.phone.microphone.recordings] == [2.5]


@pytest.mark.parametrize("format", ["mp3", "aac", "wav", "PCM"])
@pytest.mark.parametrize(("rate", "bitrate"), [(8000, 16000), (11025, 48000), (44100, 128000), (48000, 320000)])
@pytest.mark.parametrize("channels", [1, 2])
def test_a_recording_has_the_form_that_was_asked_for(
    weapp: Any, format: str, rate: int, bitrate: int, channels: int
) -> None:
    heard = Heard(weapp)
    heard.recorder.start(format=format, sampleRate=rate, encodeBitRate=bitrate, numberOfChannels=channels)
    weapp.phone.clock.advance(1)
    heard.recorder.stop()
    [stop] = heard.stops
    file = real(weapp, stop.tempFilePath)
    assert (stop.duration, stop.fileSize) == (1000, file.stat().st_size)
    if format == "PCM":
        assert stop.fileSize == rate * channels * 2
        return
    with av.open(str(file)) as opened:
        stream = opened.streams.audio[0]
        assert (stream.rate, stream.channels) == (rate, channels)
        assert stream.codec_context.name.startswith({"mp3": "mp3", "aac": "aac", "wav": "pcm"}[format])
    samples, _ = samples_of(file)
    assert pitch_of(samples[rate // 4 : rate * 3 // 4], rate) == pytest.approx(500, abs=10)


def test_what_is_heard_while_it_is_paused_is_not_recorded(weapp: Any) -> None:
    heard = Heard(weapp)
    heard.recorder.start(format="wav")
    weapp.phone.clock.advance(1)
    heard.recorder.pause()
    assert not weapp.phone.microphone.recording
    weapp.phone.clock.advance(60)
    heard.recorder.resume()
    weapp.phone.clock.advance(0.5)
    heard.recorder.stop()
    assert heard.told == ["Start", "Pause", "Resume", "Stop"]
    with wave.open(str(real(weapp, heard.stops[0].tempFilePath))) as file:
        assert (file.getnframes(), heard.stops[0].duration) == (12_000, 1500)


def test_a_recording_ends_by_itself(weapp: Any) -> None:
    heard = Heard(weapp)
    heard.recorder.start(format="PCM", duration=3000)
    weapp.phone.clock.advance(10)
    assert (heard.told, heard.stops[0].duration) == (["Start", "Stop"], 3000)
    heard.recorder.start(format="PCM")
    weapp.phone.clock.advance(100)
    assert heard.stops[1].duration == 60_000


def test_ten_minutes_are_recorded_at_most(weapp: Any) -> None:
    heard = Heard(weapp)
    heard.recorder.start(format="PCM", duration=600_000, numberOfChannels=1)
    weapp.phone.clock.advance(700)
    assert (heard.stops[0].duration, heard.stops[0].fileSize) == (600_000, 600 * 16_000)


@pytest.mark.parametrize("format", ["mp3", "PCM"])
def test_a_recording_comes_in_pieces_while_it_goes_on(weapp: Any, format: str) -> None:
    heard = Heard(weapp)
    heard.recorder.start(format=format, frameSize=4, sampleRate=16000, encodeBitRate=64000)
    weapp.phone.clock.advance(2)
    before = len(heard.pieces)
    heard.recorder.stop()
    assert before >= 2
    assert {len(piece.frameBuffer) for piece in heard.pieces[:-1]} == {4096}
    assert [piece.isLastFrame for piece in heard.pieces] == [False] * (len(heard.pieces) - 1) + [True]
    content = real(weapp, heard.stops[0].tempFilePath).read_bytes()
    assert b"".join(bytes(piece.frameBuffer) for piece in heard.pieces) == content


def test_a_file_may_lie_before_the_microphone(weapp: Any, tmp_path: Path) -> None:
    weapp.phone.microphone.hear(tone(tmp_path / "voice.mp3", 1.0, 800))
    heard = Heard(weapp)
    heard.recorder.start(format="wav", sampleRate=16000, encodeBitRate=48000)
    weapp.phone.clock.advance(2)
    heard.recorder.stop()
    samples, rate = samples_of(real(weapp, heard.stops[0].tempFilePath))
    assert pitch_of(samples[rate // 4 : rate * 3 // 4], rate) == pytest.approx(800, abs=10)
    assert loudness(samples[rate * 3 // 2 :]) == 0


def test_a_test_may_give_samples(weapp: Any) -> None:
    weapp.phone.microphone.hear([0.5, -0.5] * 500, rate=1000)
    heard = Heard(weapp)
    heard.recorder.start(format="PCM", numberOfChannels=1)
    weapp.phone.clock.advance(0.01)
    heard.recorder.stop()
    content = real(weapp, heard.stops[0].tempFilePath).read_bytes()
    assert list(memoryview(content).cast("h")[::8]) == [16384, -16384] * 5


def test_there_is_silence_unless_a_test_says_otherwise(weapp: Any) -> None:
    weapp.phone.microphone.hear(None)
    heard = Heard(weapp)
    heard.recorder.start(format="PCM")
    weapp.phone.clock.advance(1)
    heard.recorder.stop()
    assert set(real(weapp, heard.stops[0].tempFilePath).read_bytes()) == {0}


@pytest.mark.parametrize(("what", "rate"), [([0.1], None), ([], 8000), ([[1, 2, 3]], 8000)])
def test_samples_that_are_none_are_refused(weapp: Any, what: Any, rate: int | None) -> None:
    with pytest.raises(ValueError, match="samples"):
        weapp.phone.microphone.hear(what, rate=rate)
    with pytest.raises(FileNotFoundError):
        weapp.phone.microphone.hear("nowhere.mp3")


@supporting("getRecorderManager", "createInnerAudioContext")
def test_what_was_recorded_can_be_played(t: Any) -> None:
    heard = Heard(t)
    heard.recorder.start()
    t.phone.clock.advance(2)
    heard.recorder.stop()
    audio = t.createInnerAudioContext()
    audio.src = heard.stops[0].tempFilePath
    audio.play()
    assert audio.duration == pytest.approx(2, abs=0.2)


# --- what is not recorded ------------------------------------------------------------------------------------------


@supporting("getRecorderManager")
def test_who_may_not_record_is_told_so(t: Any) -> None:
    t.phone.permissions.deny("scope.record")
    heard = Heard(t)
    heard.recorder.start({})
    assert heard.told == ["Error"]
    words = {"alipay": "获取权限失败", "swan": "user deny", "rn": "Permissions denied!"}
    assert heard.errors[0].errMsg == words.get(t.platform.name, "operateRecorder:fail auth deny")
    assert not t.phone.microphone.recording


def test_the_person_is_asked_once(weapp: Any) -> None:
    heard = Heard(weapp)
    for _ in range(2):
        heard.recorder.start(format="PCM")
        weapp.phone.clock.advance(1)
        heard.recorder.stop()
    assert [question.kind for question in weapp.phone.person.asked] == ["authorize"]


WRONG: list[dict[str, Any]] = [
    {"encodeBitRate": 320_000},
    {"sampleRate": 44100, "encodeBitRate": 16000},
    {"duration": 600_001},
    {"duration": -1},
]
#: What Taro refuses before the phone hears of it.
NONE_OF_THEM: list[Any] = [{"sampleRate": 8001}, {"numberOfChannels": 3}, {"format": "flac"}, {"duration": "long"}, 7]


@supporting("getRecorderManager", without=["rn"])
@pytest.mark.parametrize("options", WRONG, ids=str)
def test_what_can_not_be_recorded_is_told(t: Any, options: dict[str, Any]) -> None:
    heard = Heard(t)
    heard.recorder.start(options)
    assert heard.told == ["Error"]
    t.phone.clock.advance(1)
    assert heard.told == ["Error"]


@pytest.mark.parametrize("options", NONE_OF_THEM, ids=str)
def test_a_native_program_is_told_likewise(native: Any, options: Any) -> None:
    async def main() -> Any:
        told: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        recorder = native.getRecorderManager()
        recorder.onError(told.set_result)
        recorder.start(options)
        return await told

    assert asyncio.run(main())["errMsg"].startswith("operateRecorder:fail ")


@supporting("getRecorderManager")
def test_calls_at_the_wrong_time_are_told(t: Any) -> None:
    heard = Heard(t)
    heard.recorder.pause()
    heard.recorder.resume()
    heard.recorder.stop()
    heard.recorder.start({})
    heard.recorder.start({})
    assert heard.told == ["Error", "Error", "Error", "Start", "Error"]
    t.phone.clock.advance(2)
    heard.recorder.stop()
    assert heard.told[-1] == "Stop"


async def after_a_second(phone: Phone, question: Any) -> dict[str, Any]:
    """A person who takes their time, and agrees."""
    await phone.clock.sleep(1)
    return {"allow": True}


def test_only_one_recording_begins_however_often_it_is_asked_for(weapp: Any) -> None:
    heard = Heard(weapp)
    weapp.phone.person.ask = partial(after_a_second, weapp.phone)

    async def main() -> None:
        for _ in range(4):
            heard.recorder.start(format="PCM")
        await weapp.phone.clock.advance(3)
        heard.recorder.stop()

    taropy.run(main)
    assert heard.told == ["Error", "Error", "Error", "Start", "Stop"]
    assert len(lying_in(weapp.phone, "tmp")) == 1


def test_baidu_has_numbers_for_them() -> None:
    with taropy.create("swan") as t:
        heard = Heard(t)
        heard.recorder.pause()
        heard.recorder.stop()
        heard.recorder.start(sampleRate=22050)
    assert [error.errCode for error in heard.errors] == [2003, 2003, 202]
    assert heard.errors[1].errMsg == "stop fail: recorder is not started"


def test_alipay_refuses_what_is_shorter_than_a_second() -> None:
    with taropy.create("alipay", phone=Phone(device="Pixel 8")) as t:
        t.phone.clock.stop()
        heard = Heard(t)
        heard.recorder.start({})
        t.phone.clock.advance(0.5)
        heard.recorder.stop()
        assert (heard.told, heard.errors[0].error) == (["Start", "Error"], 7)
        heard.recorder.start({})
        t.phone.clock.advance(1.5)
        heard.recorder.stop()
        assert heard.stops[0].duration == 1.5


def test_a_call_interrupts_a_recording(weapp: Any) -> None:
    heard = Heard(weapp)
    heard.recorder.onInterruptionBegin(lambda *_: heard.told.append("InterruptionBegin"))
    heard.recorder.onInterruptionEnd(lambda *_: heard.told.append("InterruptionEnd"))
    heard.recorder.start(format="PCM")
    weapp.phone.clock.advance(1)
    weapp.phone.lifecycle.interrupt_audio()
    heard.recorder.resume()
    weapp.phone.lifecycle.resume_audio()
    heard.recorder.resume()
    weapp.phone.clock.advance(1)
    heard.recorder.stop()
    assert heard.told == [
        "Start", "InterruptionBegin", "Pause", "Error", "InterruptionEnd", "Resume", "Stop",
    ]  # fmt: skip
    assert heard.stops[0].duration == 2000


def test_who_leaves_the_app_pauses_the_recording(weapp: Any) -> None:
    heard = Heard(weapp)
    heard.recorder.start(format="PCM")
    weapp.phone.background()
    assert heard.told == ["Start", "Pause"]


def test_a_device_may_deny_the_microphone(weapp: Any) -> None:
    weapp.phone.system.set_permission("microphone", "denied")
    heard = Heard(weapp)
    heard.recorder.start({})
    assert heard.errors[0].errMsg == "operateRecorder:fail system permission denied"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
@pytest.mark.parametrize("format", ["wav", "PCM", "mp3", "aac"])
def test_a_disk_that_is_full_loses_nothing_of_what_it_has(weapp: Any, format: str) -> None:
    heard = Heard(weapp)
    heard.recorder.start(format=format, encodeBitRate=48000)
    weapp.phone.clock.advance(2)
    [being_written] = lying_in(weapp.phone, "tmp")
    size = being_written.stat().st_size
    with files_of_at_most(size + 100):
        weapp.phone.clock.advance(10)
    assert heard.told == ["Start", "Error", "Stop"]
    assert "maximum size of the file storage limit" in heard.errors[0].errMsg
    file = real(weapp, heard.stops[0].tempFilePath)
    assert file.stat().st_size == heard.stops[0].fileSize == size
    if format != "PCM":
        samples, rate = samples_of(file)
        assert len(samples) / rate == pytest.approx(2, abs=0.4)


def test_a_program_that_ends_leaves_no_recording() -> None:
    with Phone() as phone:
        with taropy.create("weapp", phone=phone) as t:
            t.getRecorderManager().start(format="PCM")
            assert phone.microphone.recording
        assert not phone.microphone.recording
        assert phone.microphone.recordings == []


def test_a_program_that_ends_while_the_person_is_asked_records_nothing() -> None:
    with Phone() as phone:
        phone.clock.stop()
        phone.person.ask = partial(after_a_second, phone)

        async def main() -> None:
            async with taropy.create("weapp", phone=phone) as t:
                t.getRecorderManager().start(format="PCM")
                await phone.clock.advance(0.5)
            await phone.clock.advance(100)

        taropy.run(main)
        assert [question.kind for question in phone.person.asked] == ["authorize"]
        assert phone.microphone.recordings == []


def test_a_snapshot_has_what_was_recorded(weapp: Any, tmp_path: Path) -> None:
    taken = weapp.phone.snapshot()
    heard = Heard(weapp)
    heard.recorder.start(format="PCM")
    weapp.phone.clock.advance(1)
    heard.recorder.stop()
    weapp.phone.microphone.hear(None)
    weapp.phone.restore(taken)
    assert weapp.phone.microphone.recordings == []
    assert weapp.phone.microphone.source == Tone(500, 0.5)
    assert given(weapp, tone(tmp_path / "a.wav", 0.1))
