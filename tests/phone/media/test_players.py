"""Players that programs make: where they are by the phone's clock, what they tell, and what is heard of them."""

from __future__ import annotations

import asyncio
import io
import struct
import wave
from pathlib import Path
from typing import Any

import pytest
from filing import given
from sounding import events_of, loudness, pitch_of, tone
from supporting import supporting

import taropy
from taropy.phone import Phone
from taropy.phone.media.audio.mixing import Mixer
from taropy.phone.media.audio.player import Heard
from taropy.phone.media.audio.sounds import RATE, look

pytestmark = pytest.mark.usefixtures("standing_clock")


@pytest.fixture
def audio(weapp: Any, song: Path) -> Any:
    """A player of WeChat's with two seconds of a tone."""
    audio = weapp.createInnerAudioContext()
    audio.src = given(weapp, song)
    return audio


# --- playing -------------------------------------------------------------------------------------------------------


@supporting("createInnerAudioContext")
def test_a_sound_goes_on_by_the_phones_clock_and_ends(t: Any, song: Path) -> None:
    audio = t.createInnerAudioContext()
    ended: list[float] = []
    audio.onEnded(lambda *_: ended.append(t.phone.clock.now()))
    began = t.phone.clock.now()
    audio.src = given(t, song)
    audio.play()
    t.phone.clock.advance(0.5)
    assert (audio.currentTime, audio.duration, audio.paused) == (0.5, 2.0, False)
    assert [player.position for player in t.phone.audio.playing] == [0.5]
    t.phone.clock.advance(5)
    assert audio.paused
    assert ended == [pytest.approx(began + 2.0, abs=0.001)]
    assert t.phone.audio.playing == []


@supporting("createInnerAudioContext")
def test_a_player_that_was_paused_goes_on_where_it_was(t: Any, song: Path) -> None:
    audio = t.createInnerAudioContext()
    audio.src = given(t, song)
    audio.play()
    t.phone.clock.advance(0.5)
    audio.pause()
    t.phone.clock.advance(60)
    assert (audio.currentTime, audio.paused) == (0.5, True)
    audio.play()
    t.phone.clock.advance(0.25)
    assert audio.currentTime == 0.75


@supporting("createInnerAudioContext")
def test_a_player_that_was_stopped_begins_again(t: Any, song: Path) -> None:
    audio = t.createInnerAudioContext()
    audio.src = given(t, song)
    audio.play()
    t.phone.clock.advance(0.5)
    told = events_of(audio)
    audio.stop()
    assert audio.paused
    assert told[0] == "Stop"
    audio.play()
    t.phone.clock.advance(0.25)
    assert audio.currentTime == 0.25


@supporting("createInnerAudioContext")
def test_a_player_goes_where_it_is_told(t: Any, song: Path) -> None:
    audio = t.createInnerAudioContext()
    audio.src = given(t, song)
    audio.play()
    told = events_of(audio)
    audio.seek(1.5)
    t.phone.clock.advance(0.25)
    assert audio.currentTime == 1.75
    assert told == ["Seeking", "Seeked"]


def test_the_events_come_in_their_order(weapp: Any, song: Path) -> None:
    audio = weapp.createInnerAudioContext()
    told = events_of(audio)

    async def main() -> None:
        audio.src = given(weapp, song)
        audio.play()
        assert told == []
        await weapp.phone.clock.advance(1)
        audio.pause()
        audio.pause()
        audio.play()
        await weapp.phone.clock.advance(2)

    taropy.run(main)
    assert told == ["Waiting", "Canplay", "Play", "Pause", "Play", "Ended"]


def test_a_page_hears_them_as_a_browser_tells_them(song: Path) -> None:
    with taropy.create("h5") as t:
        t.phone.clock.stop()
        audio = t.createInnerAudioContext()
        told = events_of(audio)

        async def main() -> None:
            audio.src = given(t, song)
            audio.play()
            await t.phone.clock.advance(3)

        taropy.run(main)
    assert told == ["Play", "Waiting", "Seeking", "Seeked", "Canplay", "Pause", "Ended"]


def test_react_native_tells_of_the_first_play_twice(song: Path) -> None:
    with taropy.create("rn") as t:
        t.phone.clock.stop()
        audio = t.createInnerAudioContext()
        audio.src = given(t, song)
        assert audio.duration == 0
        told = events_of(audio)
        audio.pause()
        audio.play()
        assert told == ["Error", "Canplay", "Play", "Play"]


def test_react_native_heeds_volume_and_loop_when_it_plays_next(song: Path) -> None:
    with taropy.create("rn") as t:
        t.phone.clock.stop()
        audio = t.createInnerAudioContext()
        audio.src = given(t, song)
        audio.play()
        audio.volume = 0.5
        assert [player.volume for player in t.phone.audio.playing] == [1.0]
        audio.pause()
        audio.play()
        assert [player.volume for player in t.phone.audio.playing] == [0.5]


@pytest.mark.parametrize(("platform", "whole"), [("weapp", 2.0), ("tt", 100.0)])
def test_how_much_is_loaded_is_told(song: Path, platform: str, whole: float) -> None:
    with taropy.create(platform) as t:
        audio = t.createInnerAudioContext()
        assert audio.buffered == 0
        audio.src = given(t, song)
        assert audio.buffered == whole


def test_who_listens_hears_the_times(audio: Any, weapp: Any) -> None:
    times: list[float] = []

    def note(_: Any) -> None:
        times.append(audio.currentTime)

    audio.onTimeUpdate(note)
    audio.play()
    weapp.phone.clock.advance(0.6)
    audio.offTimeUpdate(note)
    weapp.phone.clock.advance(0.6)
    assert times == [0.25, 0.5]


def test_a_sound_that_loops_has_no_end(audio: Any, weapp: Any) -> None:
    told = events_of(audio)
    audio.loop = True
    audio.play()
    weapp.phone.clock.advance(7)
    assert audio.currentTime == 1.0
    assert told == ["Play"]
    audio.loop = False
    weapp.phone.clock.advance(1)
    assert told == ["Play", "Ended"]


def test_a_sound_that_plays_faster_ends_sooner(audio: Any, weapp: Any) -> None:
    told = events_of(audio)
    audio.play()
    weapp.phone.clock.advance(0.5)
    audio.playbackRate = 1.5
    weapp.phone.clock.advance(0.5)
    assert audio.currentTime == 1.25
    weapp.phone.clock.advance(0.5)
    assert told == ["Play", "Ended"]


def test_rates_and_volumes_have_their_limits(audio: Any) -> None:
    audio.playbackRate, audio.volume = 9, 2
    assert (audio.playbackRate, audio.volume) == (2.0, 1.0)
    audio.playbackRate, audio.volume = 0.1, -1
    assert (audio.playbackRate, audio.volume) == (0.5, 0.0)


@pytest.mark.parametrize(
    ("name", "value"),
    [("volume", "loud"), ("src", 7), ("loop", 1), ("startTime", None), ("playbackRate", float("nan"))],
)
def test_nonsense_is_refused_where_it_is_set(audio: Any, name: str, value: Any) -> None:
    with pytest.raises(TypeError, match=name):
        setattr(audio, name, value)


@supporting("createInnerAudioContext")
def test_it_plays_by_itself_from_where_it_is_to_begin(t: Any, song: Path) -> None:
    audio = t.createInnerAudioContext()
    audio.autoplay = True
    if t.platform.name != "rn":
        audio.startTime = 1
    audio.src = given(t, song)
    t.phone.clock.advance(0.5)
    assert (audio.currentTime, audio.paused) == (0.5 if t.platform.name == "rn" else 1.5, False)


def test_another_source_takes_the_place_of_the_first(audio: Any, weapp: Any, tmp_path: Path) -> None:
    audio.play()
    weapp.phone.clock.advance(1)
    audio.src = given(weapp, tone(tmp_path / "short.wav", 0.5))
    assert (audio.currentTime, audio.duration, audio.paused) == (0, 0.5, True)


def test_the_next_song_begins_when_one_has_ended(audio: Any, weapp: Any, tmp_path: Path) -> None:
    second = given(weapp, tone(tmp_path / "second.wav", 3))

    def go_on(_: Any) -> None:
        audio.src = second
        audio.play()

    audio.onEnded(go_on)
    audio.play()
    weapp.phone.clock.advance(3)
    assert (audio.src, audio.duration) == (second, 3.0)
    assert audio.currentTime == pytest.approx(1.0, abs=0.05)


def test_a_player_that_was_destroyed_is_silent(audio: Any, weapp: Any) -> None:
    told = events_of(audio)
    audio.play()
    audio.destroy()
    audio.play()
    audio.src = audio.src
    weapp.phone.clock.advance(5)
    assert told == ["Play"]
    assert weapp.phone.audio.playing == []


def test_ten_players_keep_the_phones_time(weapp: Any, song: Path) -> None:
    players = [weapp.createInnerAudioContext() for _ in range(10)]
    for at, audio in enumerate(players):
        audio.src = given(weapp, song)
        audio.playbackRate = 0.5 + at / 10
        audio.play()
    weapp.phone.clock.advance(1)
    for at, audio in enumerate(players):
        assert audio.currentTime == pytest.approx(0.5 + at / 10, abs=0.001)
    assert len(weapp.phone.audio.playing) == 10


@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".aac", ".flac", ".ogg", ".wav"])
def test_sounds_of_all_formats_play(tmp_path: Path, suffix: str) -> None:
    with taropy.create("weapp", phone=Phone(device="Pixel 8")) as t:
        t.phone.clock.stop()
        audio = t.createInnerAudioContext()
        audio.src = given(t, tone(tmp_path / f"song{suffix}", 1))
        audio.play()
        t.phone.clock.advance(2)
        assert audio.duration == pytest.approx(1, abs=0.1)
        heard = t.phone.audio.samples()[RATE // 4 : RATE * 3 // 4, 0]
        assert pitch_of(heard, RATE) == pytest.approx(440, abs=5)


def test_a_url_is_loaded_from_the_network(weapp: Any, song: Path) -> None:
    weapp.phone.network.route("https://example.com/song.wav", body=song.read_bytes())
    audio = weapp.createInnerAudioContext()
    told = events_of(audio)
    audio.src = "https://example.com/song.wav"
    audio.play()
    assert (audio.duration, told) == (2.0, ["Canplay", "Play"])


# --- what does not play --------------------------------------------------------------------------------------------


def error_of(t: Any, src: str) -> Any:
    """What a player says of a sound."""
    audio = t.createInnerAudioContext()
    errors: list[Any] = []
    audio.onError(errors.append)
    audio.src = src
    assert audio.paused
    [error] = errors
    return error


@supporting("createInnerAudioContext", without=["h5", "rn"])
def test_what_does_not_play_says_why(t: Any, tmp_path: Path) -> None:
    (tmp_path / "text.mp3").write_text("no sound at all " * 100)
    (tmp_path / "empty.mp3").write_bytes(b"")
    t.phone.network.route("https://example.com/gone.mp3", status=404)
    for path in ("text.mp3", "empty.mp3"):
        error = error_of(t, given(t, tmp_path / path))
        assert error.errCode == 10004
        if t.platform.name == "weapp":
            assert error.errMsg == "format error: Invalid data found when processing input"
    assert error_of(t, "nowhere/song.mp3").errCode == 10003
    assert error_of(t, "https://example.com/gone.mp3").errCode == 10002
    t.phone.network.type = "none"
    assert error_of(t, "https://example.com/song.mp3").errCode == 10002


def test_a_page_is_told_by_its_browser(tmp_path: Path) -> None:
    (tmp_path / "text.mp3").write_text("no sound at all " * 100)
    with taropy.create("h5") as t:
        assert error_of(t, given(t, tmp_path / "text.mp3")).code == 4


def test_a_playlist_leads_nowhere(weapp: Any, tmp_path: Path, song: Path) -> None:
    (tmp_path / "list.mp3").write_text(f"ffconcat version 1.0\nfile {song}\n")
    (tmp_path / "list.m3u8").write_text(f"#EXTM3U\n#EXTINF:2,\n{song}\n#EXT-X-ENDLIST\n")
    for name in ("list.mp3", "list.m3u8"):
        assert error_of(weapp, given(weapp, tmp_path / name)).errCode == 10004


def test_a_sound_is_as_long_as_it_is_and_not_as_it_says(weapp: Any, tmp_path: Path, song: Path) -> None:
    content = bytearray(song.read_bytes())
    content[40:44] = struct.pack("<I", 10**9)  # so many bytes of samples, says its head
    (tmp_path / "lying.wav").write_bytes(content)
    (tmp_path / "cut.wav").write_bytes(song.read_bytes()[: 44 + 16_000])
    for name, seconds in {"lying.wav": 2.0, "cut.wav": 1.0}.items():
        audio = weapp.createInnerAudioContext()
        audio.src = given(weapp, tmp_path / name)
        assert audio.duration == pytest.approx(seconds, abs=0.01)


def test_a_sound_that_is_broken_in_its_middle_plays_to_its_end(weapp: Any, tmp_path: Path) -> None:
    content = bytearray(tone(tmp_path / "song.mp3", 2).read_bytes())
    content[len(content) // 3 : len(content) // 2] = b"\x55" * (len(content) // 2 - len(content) // 3)
    (tmp_path / "broken.mp3").write_bytes(content)
    audio = weapp.createInnerAudioContext()
    told = events_of(audio)
    audio.src = given(weapp, tmp_path / "broken.mp3")
    audio.play()
    weapp.phone.clock.advance(3)
    assert told == ["Canplay", "Play", "Ended"]
    assert loudness(weapp.phone.audio.samples()[:, 0]) > 0.1


@pytest.mark.parametrize(
    ("device", "suffix"), [("iPhone 15 Pro", ".ogg"), ("iPhone 15 Pro", ".flac"), ("Pixel 8", ".aiff")]
)
def test_a_system_does_not_play_the_others_formats(tmp_path: Path, device: str, suffix: str) -> None:
    with taropy.create("weapp", phone=Phone(device=device)) as t:
        assert error_of(t, given(t, tone(tmp_path / f"a{suffix}", 0.2))).errCode == 10004


# --- what else there is on the phone -------------------------------------------------------------------------------


def test_a_player_pauses_when_the_app_is_left(audio: Any, weapp: Any) -> None:
    told = events_of(audio)
    audio.play()
    weapp.phone.background()
    weapp.phone.clock.advance(1)
    weapp.phone.foreground()
    assert (told, audio.currentTime, audio.paused) == (["Play", "Pause"], 0, True)


def test_a_call_takes_the_sound_until_it_has_ended(audio: Any, weapp: Any) -> None:
    told = events_of(audio)
    weapp.onAudioInterruptionBegin(lambda _: told.append("interrupted"))
    audio.play()
    weapp.phone.lifecycle.interrupt_audio()
    audio.play()
    assert told == ["Play", "Pause", "interrupted", "Error"]
    weapp.phone.lifecycle.resume_audio()
    audio.play()
    assert (told[-1], audio.paused) == ("Play", False)


def test_a_page_of_the_web_stops_when_another_is_shown(song: Path) -> None:
    with taropy.create("h5") as t:
        audio = t.createInnerAudioContext()
        audio.src = given(t, song)
        audio.play()
        t.navigateTo(url="/pages/other/other").result()
        assert audio.paused


def test_the_program_that_ends_plays_no_more(song: Path) -> None:
    with Phone() as phone:
        with taropy.create("weapp", phone=phone) as t:
            audio = t.createInnerAudioContext()
            audio.src = given(t, song)
            audio.play()
            assert len(phone.audio.playing) == 1
        assert phone.audio.playing == []


# --- what is heard -------------------------------------------------------------------------------------------------


def test_players_are_heard_together(weapp: Any, tmp_path: Path) -> None:
    phone, began = weapp.phone, weapp.phone.clock.now()
    for pitch, seconds in ((400, 1.0), (1000, 2.0)):
        audio = weapp.createInnerAudioContext()
        audio.src = given(weapp, tone(tmp_path / f"{pitch}.wav", seconds, pitch))
        audio.play()
    phone.clock.advance(3)
    both, alone, after = (phone.audio.samples(began + at, began + at + 0.5)[:, 0] for at in (0.2, 1.2, 2.2))
    assert pitch_of(alone, RATE) == pytest.approx(1000, abs=5)
    assert loudness(both) == pytest.approx(0.5, abs=0.02)
    assert loudness(alone) == pytest.approx(0.354, abs=0.01)
    assert loudness(after) == 0


def test_volume_and_rate_are_heard(audio: Any, weapp: Any) -> None:
    phone, began = weapp.phone, weapp.phone.clock.now()
    audio.volume = 0.5
    audio.playbackRate = 2
    audio.play()
    phone.clock.advance(2)
    samples = phone.audio.samples(began + 0.2, began + 0.8)[:, 0]
    assert pitch_of(samples, RATE) == pytest.approx(440, abs=10)
    assert loudness(samples) == pytest.approx(0.177, abs=0.02)


def test_what_is_forgotten_is_not_heard_in_the_place_of_what_comes_later(tmp_path: Path) -> None:
    sounds = {pitch: look(tone(tmp_path / f"{pitch}.wav", 1.0, pitch)) for pitch in (440, 1000)}
    heard: list[Heard] = []
    mixer = Mixer(heard, [])  # as the computer's loudspeaker has one for as long as something plays
    for pitch in (440, 1000, 440, 1000):
        heard.append(Heard("song.wav", "app", 0.0, 0.0, 1.0, 1.0, loop=False, silent=False, sound=sounds[pitch]))
        samples = mixer.piece(0.0, RATE, 1.0)[RATE // 4 : RATE * 3 // 4, 0]
        assert pitch_of(samples, RATE) == pytest.approx(pitch, abs=5)
        heard.clear()


def test_a_loop_is_heard_again_and_again(weapp: Any, tmp_path: Path) -> None:
    audio = weapp.createInnerAudioContext()
    audio.src = given(weapp, tone(tmp_path / "beep.wav", 0.1))
    audio.loop = True
    audio.play()
    weapp.phone.clock.advance(2)
    assert loudness(weapp.phone.audio.samples()[RATE:, 0]) == pytest.approx(0.354, abs=0.03)


def test_a_loop_of_next_to_nothing_is_heard(weapp: Any, tmp_path: Path) -> None:
    audio = weapp.createInnerAudioContext()
    audio.src = given(weapp, tone(tmp_path / "click.wav", 0.002, 500))
    audio.loop = True
    audio.play()
    weapp.phone.clock.advance(3)
    assert pitch_of(weapp.phone.audio.samples()[:, 0], RATE) == pytest.approx(500, abs=20)


def test_what_was_heard_stays_though_its_file_is_deleted(weapp: Any, song: Path) -> None:
    fs, path = weapp.getFileSystemManager(), f"{weapp.env.USER_DATA_PATH}/song.wav"
    fs.writeFileSync(path, song.read_bytes())
    audio = weapp.createInnerAudioContext()
    audio.src = path
    audio.play()
    weapp.phone.clock.advance(1)
    fs.unlinkSync(path)
    assert loudness(weapp.phone.audio.samples()[:, 0]) > 0.3


@pytest.mark.parametrize(
    "src", ["http://[bad", "https://", "data:audio/wav;base64,%%%", "data:audio/wav", "\0", "../../x"]
)
def test_an_address_that_is_none_is_told(weapp: Any, src: str) -> None:
    assert error_of(weapp, src).errCode in (10002, 10003)


def test_the_mix_is_a_file(audio: Any, weapp: Any) -> None:
    audio.play()
    weapp.phone.clock.advance(1.5)
    with wave.open(io.BytesIO(weapp.phone.audio.wav()), "rb") as file:
        assert (file.getnchannels(), file.getframerate(), file.getnframes()) == (2, RATE, RATE * 3 // 2)


@pytest.mark.parametrize("device", ["iPhone 15 Pro", "Pixel 8"])
def test_the_mute_switch_silences_an_iphone(song: Path, device: str) -> None:
    with taropy.create("weapp", phone=Phone(device=device)) as t:
        t.phone.clock.stop()
        t.phone.audio.muted = True
        audio = t.createInnerAudioContext()
        audio.src = given(t, song)
        audio.play()
        t.phone.clock.advance(1)
        assert (loudness(t.phone.audio.samples()[:, 0]) == 0) == (device == "iPhone 15 Pro")
        t.setInnerAudioOption(obeyMuteSwitch=False).result()
        audio.stop()
        audio.play()
        now = t.phone.clock.now()
        t.phone.clock.advance(1)
        assert loudness(t.phone.audio.samples(now)[:, 0]) > 0.3


def test_an_app_may_want_the_sound_for_itself(song: Path) -> None:
    with Phone() as phone:
        others, own = (taropy.create(platform, phone=phone) for platform in ("tt", "weapp"))
        players = [t.createInnerAudioContext() for t in (others, own)]
        own.setInnerAudioOption(mixWithOther=False).result()
        for t, audio in zip((others, own), players, strict=True):
            audio.src = phone.files.import_file(phone.app(t.platform.name), song)
            audio.play()
        assert [audio.paused for audio in players] == [True, False]


@supporting("getAvailableAudioSources")
@pytest.mark.parametrize(("device", "source"), [("iPhone 15 Pro", "buildInMic"), ("Pixel 8", "camcorder")])
def test_the_phones_microphones_are_told(t: Any, device: str, source: str) -> None:
    with taropy.create(t.platform.name, phone=Phone(device=device)) as on_device:
        sources = on_device.getAvailableAudioSources().result().audioSources
        assert sources[0] == "auto"
        assert source in sources


def test_time_on_a_running_clock_is_real_time(song: Path) -> None:
    with taropy.create("weapp") as t:
        ended: list[float] = []

        async def main() -> None:
            audio = t.createInnerAudioContext()
            done = asyncio.Event()
            audio.onEnded(lambda _: done.set())
            audio.src = given(t, tone(song.with_name("blip.wav"), 0.05))
            audio.play()
            await done.wait()
            ended.append(audio.currentTime)

        taropy.run(main)
        assert ended == [0.05]


def test_what_was_heard_for_days_is_not_mixed_as_a_whole_but_its_parts_are(weapp: Any, song: Path) -> None:
    audio = weapp.createInnerAudioContext()
    audio.src, audio.loop = given(weapp, song), True
    began = weapp.phone.clock.now()
    audio.play()
    weapp.phone.clock.advance(86_400)
    for mixed in (weapp.phone.audio.wav, weapp.phone.audio.samples):
        with pytest.raises(ValueError, match=r"86400 seconds are too many to be mixed at once.*say from when"):
            mixed()
    assert len(weapp.phone.audio.samples(began + 40_000, began + 40_001)) == RATE
