"""Graphs of sound: what they sound like is computed as far as the phone's clock has come."""

from __future__ import annotations

import asyncio
import math
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from filing import given
from sounding import pitch_of, tone

import taropy

RATE = 44_100


@pytest.fixture
def context(weapp: Any) -> Any:
    """A context on a phone whose clock moves only when the test moves it."""
    weapp.phone.clock.stop()
    return weapp.createWebAudioContext()


def heard(t: Any, context: Any, seconds: float = 0.5, *, side: int = 0) -> Any:
    """What the context sounds like in the time to come, on one side."""
    began = context.currentTime
    t.phone.clock.advance(seconds)
    return t.phone.audio.web_audio[-1].samples(began, began + seconds)[:, side]


def loudness(samples: Any) -> float:
    """The root of the mean square, without the first and the last tenth."""
    cut = len(samples) // 10
    return float(np.sqrt((samples[cut : len(samples) - cut].astype("float64") ** 2).mean()))


def spectrum_at(samples: Any, pitch: float, rate: int = RATE) -> float:
    """How strong a pitch is in it."""
    moments = np.arange(len(samples)) / rate
    return float(2 * abs((samples * np.exp(-2j * np.pi * pitch * moments)).mean()))


def sounding(context: Any, to: Any, pitch: float = 440.0, type: str = "sine") -> Any:
    """An oscillator that sounds, connected to a node."""
    oscillator = context.createOscillator()
    oscillator.type = type
    oscillator.frequency.value = pitch
    oscillator.connect(to)
    oscillator.start()
    return oscillator


# --- sources -------------------------------------------------------------------------------------------------------


def test_a_tone_sounds_at_its_pitch_on_both_sides(weapp: Any, context: Any) -> None:
    sounding(context, context.destination, 660)
    left = heard(weapp, context)
    assert pitch_of(left, RATE) == pytest.approx(660, abs=3)
    assert loudness(left) == pytest.approx(1 / math.sqrt(2), abs=0.01)
    assert (weapp.phone.audio.web_audio[-1].samples()[:, 1] == weapp.phone.audio.web_audio[-1].samples()[:, 0]).all()
    assert context.currentTime == 0.5


@pytest.mark.parametrize(
    ("type", "effective"), [("sine", 0.707), ("square", 1.0), ("sawtooth", 0.577), ("triangle", 0.577)]
)
def test_waves_have_their_forms(weapp: Any, context: Any, type: str, effective: float) -> None:
    sounding(context, context.destination, 441, type)
    assert loudness(heard(weapp, context)) == pytest.approx(effective, abs=0.02)


def test_a_wave_of_the_programs_own(weapp: Any, context: Any) -> None:
    oscillator = context.createOscillator()
    oscillator.setPeriodicWave(context.createPeriodicWave([0, 0, 0], [0, 1, 1]))
    oscillator.connect(context.destination)
    oscillator.start()
    samples = heard(weapp, context)
    assert spectrum_at(samples, 440) == pytest.approx(spectrum_at(samples, 880), abs=0.02)
    assert abs(samples).max() == pytest.approx(1, abs=0.01)
    with pytest.raises(taropy.TaroError, match="as many"):
        context.createPeriodicWave([0, 1], [0])


def test_a_source_sounds_from_its_start_to_its_stop(weapp: Any, context: Any) -> None:
    ended: list[float] = []
    source = context.createConstantSource()
    source.connect(context.destination)
    source.onended = lambda *_: ended.append(context.currentTime)
    source.start(0.1)
    source.stop(0.3)
    samples = heard(weapp, context)
    assert np.flatnonzero(samples)[[0, -1]].tolist() == [4410, 13229]
    assert ended == [pytest.approx(0.3, abs=0.02)]
    with pytest.raises(ValueError, match="once"):
        source.start()


def test_a_buffer_is_played(weapp: Any, context: Any) -> None:
    buffer = context.createBuffer(2, 4410, RATE)
    buffer.getChannelData(0)[:] = 0.25
    buffer.copyToChannel([0.5] * 4410, 1)
    read = [0.0] * 3
    buffer.copyFromChannel(read, 1)
    assert (read, buffer.duration, buffer.numberOfChannels) == ([0.5] * 3, 0.1, 2)
    source = context.createBufferSource()
    source.buffer = buffer
    source.connect(context.destination)
    source.start()
    samples = heard(weapp, context, 0.2)
    assert samples[:4410].tolist() == [0.25] * 4410
    assert not samples[4410:].any()
    assert set(weapp.phone.audio.web_audio[-1].samples()[:4410, 1].tolist()) == {0.5}


def test_a_buffer_may_be_played_faster_and_again_and_again(weapp: Any, context: Any) -> None:
    buffer = context.createBuffer(1, RATE // 10, RATE)
    buffer.getChannelData(0)[:] = np.sin(2 * np.pi * 440 * np.arange(RATE // 10) / RATE)
    source = context.createBufferSource()
    source.buffer, source.loop = buffer, True
    source.playbackRate.value = 2
    source.connect(context.destination)
    source.start()
    samples = heard(weapp, context, 1)
    assert pitch_of(samples, RATE) == pytest.approx(880, abs=5)
    source.stop()
    assert loudness(heard(weapp, context)) == 0


def test_a_part_of_a_buffer_is_played(weapp: Any, context: Any) -> None:
    buffer = context.createBuffer(1, RATE, RATE)
    buffer.getChannelData(0)[:] = np.linspace(0, 1, RATE)
    source = context.createBufferSource()
    source.buffer = buffer
    source.connect(context.destination)
    source.start(0, 0.5, 0.1)
    samples = heard(weapp, context)
    assert samples[0] == pytest.approx(0.5, abs=0.001)
    assert np.flatnonzero(samples)[-1] == pytest.approx(4409, abs=1)


# --- changes in time -----------------------------------------------------------------------------------------------


def envelope(weapp: Any, context: Any, order: Any, moments: list[float]) -> list[float]:
    """What a gain is at some moments after an order to change it."""
    gain, source = context.createGain(), context.createConstantSource()
    source.connect(gain).connect(context.destination)
    source.start()
    order(gain.gain)
    samples = heard(weapp, context, 1.0)
    return [float(samples[round(moment * RATE)]) for moment in moments]


def test_numbers_change_as_ordered(weapp: Any, context: Any) -> None:
    def order(gain: Any) -> None:
        gain.setValueAtTime(0, 0)
        gain.linearRampToValueAtTime(1, 0.2)
        gain.setValueAtTime(0.5, 0.4)
        gain.exponentialRampToValueAtTime(0.125, 0.6)
        gain.setTargetAtTime(1, 0.8, 0.05)

    values = envelope(weapp, context, order, [0, 0.1, 0.3, 0.5, 0.7, 0.85])
    assert values == pytest.approx([0, 0.5, 1, 0.25, 0.125, 1 - 0.875 / math.e], abs=0.002)


def test_a_curve_is_followed_and_what_is_ordered_can_be_cancelled(weapp: Any, context: Any) -> None:
    def order(gain: Any) -> None:
        gain.setValueCurveAtTime([0, 1, 0.5], 0.1, 0.4)
        gain.setValueAtTime(0, 0.8)
        gain.cancelScheduledValues(0.7)

    assert envelope(weapp, context, order, [0.2, 0.4, 0.6, 0.9]) == pytest.approx([0.5, 0.75, 0.5, 0.5], abs=0.002)


def test_one_source_changes_anothers_pitch(weapp: Any, context: Any) -> None:
    oscillator = sounding(context, context.destination, 400)
    lift = context.createConstantSource()
    lift.offset.value = 200
    lift.connect(oscillator.frequency)
    lift.start()
    assert pitch_of(heard(weapp, context), RATE) == pytest.approx(600, abs=3)


def test_what_a_program_changes_changes_what_is_to_come_only(weapp: Any, context: Any) -> None:
    gain = context.createGain()
    sounding(context, gain)
    gain.connect(context.destination)
    first = heard(weapp, context)
    gain.gain.value = 0.5
    second = heard(weapp, context)
    gain.disconnect()
    third = heard(weapp, context)
    assert [loudness(each) for each in (first, second, third)] == pytest.approx([0.707, 0.354, 0], abs=0.01)


# --- effects -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("type", "passes", "stops"),
    [("lowpass", 200, 8000), ("highpass", 8000, 200), ("notch", 8000, 1000), ("bandpass", 1000, 50)],
)
def test_filters_let_through_what_they_should(weapp: Any, context: Any, type: str, passes: float, stops: float) -> None:
    biquad = context.createBiquadFilter()
    biquad.type = type
    biquad.frequency.value = 1000
    biquad.connect(context.destination)
    for pitch in (passes, stops):
        sounding(context, biquad, pitch)
    samples = heard(weapp, context) / 2
    assert spectrum_at(samples[4410:], passes) > 0.4
    assert spectrum_at(samples[4410:], stops) < 0.06


def test_a_filter_of_the_programs_own(weapp: Any, context: Any) -> None:
    averaging = context.createIIRFilter([0.5, 0.5], [1])
    averaging.connect(context.destination)
    sounding(context, averaging, RATE / 2 - 10)
    assert loudness(heard(weapp, context)) < 0.01
    with pytest.raises(taropy.TaroError, match="coefficients"):
        context.createIIRFilter([1], [0])


def test_a_delay_comes_later_and_an_echo_fades(weapp: Any, context: Any) -> None:
    delay, back, source = context.createDelay(1), context.createGain(), context.createConstantSource()
    delay.delayTime.value, back.gain.value = 0.1, 0.5
    source.connect(delay)
    delay.connect(back)
    back.connect(delay)
    delay.connect(context.destination)
    source.start()
    source.stop(0.01)
    samples = heard(weapp, context)
    loud = [float(abs(samples[round(at * RATE) : round((at + 0.02) * RATE)]).max()) for at in (0, 0.1, 0.2, 0.3)]
    assert loud == pytest.approx([0, 1, 0.5, 0.25], abs=0.02)


def test_a_compressor_lowers_what_is_loud(weapp: Any, context: Any) -> None:
    compressor = context.createDynamicsCompressor()
    compressor.connect(context.destination)
    gain = context.createGain()
    gain.gain.value = 0.01
    gain.connect(compressor)
    sounding(context, gain)
    quiet = loudness(heard(weapp, context))
    gain.gain.value = 1
    loud = loudness(heard(weapp, context))
    assert quiet == pytest.approx(0.00707, rel=0.05)
    assert loud < 0.3
    assert compressor.reduction < -5


def test_a_shaper_distorts_by_its_curve(weapp: Any, context: Any) -> None:
    shaper = context.createWaveShaper()
    shaper.curve = [-0.5, 0, 0.5]
    shaper.connect(context.destination)
    sounding(context, shaper)
    assert loudness(heard(weapp, context)) == pytest.approx(0.354, abs=0.01)


def test_sounds_have_a_place(weapp: Any, context: Any) -> None:
    panner = context.createPanner()
    panner.setPosition(2, 0, 0)
    panner.connect(context.destination)
    sounding(context, panner)
    weapp.phone.clock.advance(0.5)
    left, right = (loudness(weapp.phone.audio.web_audio[-1].samples()[:, side]) for side in (0, 1))
    assert (left, right) == (pytest.approx(0, abs=0.01), pytest.approx(0.354, abs=0.01))
    context.listener.setPosition(4, 0, 0)
    began = context.currentTime
    weapp.phone.clock.advance(0.5)
    left, right = (loudness(weapp.phone.audio.web_audio[-1].samples(began)[:, side]) for side in (0, 1))
    assert (left, right) == (pytest.approx(0.354, abs=0.01), pytest.approx(0, abs=0.01))


def test_channels_are_parted_and_joined(weapp: Any, context: Any) -> None:
    merger, splitter = context.createChannelMerger(2), context.createChannelSplitter(2)
    sounding(context, merger, 400)
    other = context.createOscillator()
    other.frequency.value = 900
    other.connect(merger, 0, 1)
    other.start()
    merger.connect(splitter)
    splitter.connect(context.destination, 1)
    assert pitch_of(heard(weapp, context), RATE) == pytest.approx(900, abs=5)


def test_a_function_of_the_program_makes_sound(weapp: Any, context: Any) -> None:
    node = context.createScriptProcessor(1024, 1, 1)
    times: list[float] = []

    def process(event: Any) -> None:
        times.append(event.playbackTime)
        event.outputBuffer.getChannelData(0)[:] = event.inputBuffer.getChannelData(0) * 0.5

    node.onaudioprocess = process
    sounding(context, node)
    node.connect(context.destination)
    samples = heard(weapp, context)
    assert loudness(samples) == pytest.approx(0.354, abs=0.02)
    assert len(times) == pytest.approx(0.5 * RATE / 1024, abs=2)


@pytest.mark.filterwarnings("ignore::taropy.UnhandledErrorWarning")
def test_a_function_that_throws_is_reported_and_called_again(weapp: Any, context: Any) -> None:
    node = context.createScriptProcessor(1024, 1, 1)
    times: list[float] = []
    told: list[Any] = []

    def process(event: Any) -> None:
        times.append(event.playbackTime)
        raise LookupError("no such sound")

    async def main() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context["message"]))
        node.onaudioprocess = process
        sounding(context, node)
        node.connect(context.destination)
        await weapp.phone.clock.advance(0.5)

    asyncio.run(main())
    assert len(times) == pytest.approx(0.5 * RATE / 1024, abs=2)
    assert told == ["a listener of audioprocess threw"] * len(times)


# --- decoding ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".wav", ".mp3", ".m4a"])
def test_a_file_is_decoded(context: Any, tmp_path: Path, suffix: str) -> None:
    told: list[Any] = []
    content = tone(tmp_path / f"a{suffix}", 1, 500).read_bytes()
    buffer = context.decodeAudioData(content, told.append).result()
    assert buffer.duration == pytest.approx(1, abs=0.1)
    assert (buffer.sampleRate, len(told)) == (RATE, 1)
    assert pitch_of(buffer.getChannelData(0)[RATE // 4 : RATE * 3 // 4], RATE) == pytest.approx(500, abs=5)


def test_a_decoder_that_breaks_ends_the_call(context: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(av, "open", broken)
    told: list[Any] = []
    with pytest.raises(taropy.TaroError, match="decodeAudioData:fail RuntimeError: out of order"):
        context.decodeAudioData(b"sound", None, told.append).result()
    assert [each["errMsg"] for each in told] == ["decodeAudioData:fail RuntimeError: out of order"]


@pytest.mark.parametrize("content", [b"", b"no sound at all" * 100, b"RIFF\x00\x00\x00\x00WAVEfmt "])
def test_what_is_no_sound_is_not_decoded(context: Any, content: bytes) -> None:
    told: list[Any] = []
    with pytest.raises(taropy.TaroError, match="decodeAudioData:fail"):
        context.decodeAudioData(content, None, told.append).result()
    assert len(told) == 1


# --- the context ---------------------------------------------------------------------------------------------------


def test_a_context_stands_while_it_is_suspended(weapp: Any, context: Any) -> None:
    changes: list[str] = []
    context.onstatechange = lambda *_: changes.append(context.state)
    sounding(context, context.destination)
    weapp.phone.clock.advance(1)
    context.suspend().result()
    weapp.phone.clock.advance(10)
    assert (context.state, context.currentTime) == ("suspended", 1.0)
    context.resume().result()
    weapp.phone.clock.advance(1)
    assert (context.state, context.currentTime) == ("running", 2.0)
    context.close().result()
    assert changes == ["suspended", "running", "closed"]
    with pytest.raises(taropy.TaroError, match="closed"):
        context.resume().result()
    mixed = weapp.phone.audio.samples()[:, 0]
    assert [loudness(mixed[at * RATE : (at + 1) * RATE]) for at in (0, 5, 11)] == pytest.approx(
        [0.707, 0, 0.707], abs=0.01
    )


def test_a_context_is_heard_beside_players(weapp: Any, context: Any, tmp_path: Path) -> None:
    sounding(context, context.destination, 1000).stop(0.5)
    audio = weapp.createInnerAudioContext()
    audio.src = given(weapp, tone(tmp_path / "a.wav", 0.5, 400, volume=0.9))
    audio.play()
    began = weapp.phone.clock.now()
    weapp.phone.clock.advance(1)
    samples = weapp.phone.audio.samples(began, began + 1, rate=22_050)[:, 0]
    assert len(samples) == 22_050
    assert pitch_of(samples[2000:9000], 22_050) == pytest.approx(1000, abs=10)
    assert spectrum_at(samples[2000:9000], 400, 22_050) > 0.3
    assert not samples[12_000:].any()


def test_what_can_not_be_is_refused(weapp: Any, context: Any) -> None:
    gain = context.createGain()
    with pytest.raises(TypeError, match="parameter"):
        gain.connect(None)
    with pytest.raises(ValueError, match="contexts"):
        gain.connect(weapp.createWebAudioContext().destination)
    for make in (
        lambda: context.createBuffer(0, 10, RATE),
        lambda: context.createBuffer(1, 10, 1),
        lambda: context.createBuffer(2, 10**9, RATE),
        lambda: context.createDelay(1000),
        lambda: context.createScriptProcessor(1000, 1, 1),
    ):
        with pytest.raises(taropy.TaroError):
            make()
