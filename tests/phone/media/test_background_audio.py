"""The background player, the old functions in its place, voices, and the `audio` component of a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from filing import given, real
from sounding import events_of, tone
from supporting import failure, supporting

import taropy
from taropy.phone import LostCallWarning, Phone
from taropy.phone.media.audio.hearing import Tone

pytestmark = pytest.mark.usefixtures("standing_clock")


# --- the manager ---------------------------------------------------------------------------------------------------


@supporting("getBackgroundAudioManager")
def test_music_plays_as_soon_as_it_has_a_source(t: Any, song: Path) -> None:
    music = t.getBackgroundAudioManager()
    assert t.getBackgroundAudioManager() is music
    told = events_of(music, "Play", "Pause", "Ended")
    music.title, music.singer = "A song", "Somebody"
    music.src = given(t, song)
    t.phone.clock.advance(0.5)
    assert (music.currentTime, music.duration, music.paused) == (0.5, 2.0, False)
    shown = t.phone.audio.music
    assert (shown.title, shown.singer, shown.playing) == ("A song", "Somebody", True)
    music.pause()
    assert music.paused
    music.play()
    t.phone.clock.advance(3)
    assert told[:3] == ["Play", "Pause", "Play"]
    assert told[-1] == "Ended"


def test_wechat_wants_a_title_first(weapp: Any, song: Path) -> None:
    music = weapp.getBackgroundAudioManager()
    errors: list[Any] = []
    music.onError(errors.append)
    music.src = given(weapp, song)
    assert "title" in errors[0].errMsg
    assert weapp.phone.audio.playing == []


@pytest.mark.parametrize("modes", [[], ["audio"]])
def test_music_goes_on_in_the_background_of_an_app_that_says_so(song: Path, modes: list[str]) -> None:
    app = taropy.App(pages=["pages/a/a"], requiredBackgroundModes=modes)

    @app.page("pages/a/a")
    class Page:
        pass

    with taropy.create("weapp") as t:
        t.phone.clock.stop()
        app.launch(t)
        music = t.getBackgroundAudioManager()
        music.title = "A song"
        music.src = given(t, song)
        inner = t.createInnerAudioContext()
        inner.src = given(t, song)
        inner.play()
        t.phone.background()
        assert (music.paused, inner.paused) == (not modes, True)


def test_a_jump_has_music_play_on_douyin(song: Path) -> None:
    for platform, plays in (("tt", True), ("weapp", False)):
        with taropy.create(platform) as t:
            music = t.getBackgroundAudioManager()
            music.title = "A song"
            music.src = given(t, song)
            music.pause()
            music.seek(1)
            assert music.paused is not plays


def test_one_apps_music_ends_anothers(song: Path) -> None:
    with Phone() as phone:
        first, second = (
            taropy.create(platform, phone=phone).getBackgroundAudioManager() for platform in ("tt", "swan")
        )
        told = events_of(first, "Stop")
        first.src = phone.files.import_file(phone.app("tt"), song)
        second.src = phone.files.import_file(phone.app("swan"), song)
        assert (first.paused, second.paused, told) == (True, False, ["Stop"])
        assert phone.audio.music is not None
        assert phone.audio.music.app.startswith("swan/")


def test_the_person_has_buttons(weapp: Any, song: Path) -> None:
    with pytest.raises(ValueError, match="nothing plays"):
        weapp.phone.audio.press("next")
    music = weapp.getBackgroundAudioManager()
    told = events_of(music, "Next", "Prev", "Play", "Pause", "Stop")
    music.title = "A song"
    music.src = given(weapp, song)
    for button in ("pause", "play", "next", "prev", "stop"):
        weapp.phone.audio.press(button)
    assert told == ["Play", "Pause", "Play", "Next", "Prev", "Stop"]
    with pytest.raises(ValueError, match="rewind"):
        weapp.phone.audio.press("rewind")


def test_the_person_may_try_again_what_did_not_play(song: Path) -> None:
    with taropy.create("tt") as t:
        t.phone.clock.stop()
        t.phone.network.route("https://example.com/song.wav", body=song.read_bytes())
        t.phone.network.type = "none"
        music = t.getBackgroundAudioManager()
        told = events_of(music, "Error", "Play")
        music.src = "https://example.com/song.wav"
        t.phone.network.type = "wifi"
        t.phone.audio.press("play")
        t.phone.clock.advance(0.5)
        assert told == ["Error", "Play"]
        assert music.duration == 2.0


def test_music_goes_on_by_its_button_when_the_loop_is_gone_that_it_began_in(weapp: Any, song: Path) -> None:
    async def main() -> None:
        music = weapp.getBackgroundAudioManager()
        music.title = "A song"
        music.src = given(weapp, song)
        await weapp.phone.clock.advance(0.5)
        weapp.phone.audio.press("pause")

    taropy.run(main)
    weapp.phone.audio.press("play")
    assert [player.position for player in weapp.phone.audio.playing] == [0.5]
    weapp.phone.clock.advance(5)
    assert weapp.phone.audio.playing == []


# --- the old functions ---------------------------------------------------------------------------------------------


def test_music_by_the_old_functions(weapp: Any, song: Path) -> None:
    told = events_of(weapp, "BackgroundAudioPlay", "BackgroundAudioPause", "BackgroundAudioStop")
    state = weapp.getBackgroundAudioPlayerState
    assert state().result().status == 2
    url = given(weapp, song)
    weapp.playBackgroundAudio(dataUrl=url, title="A song").result()
    weapp.phone.clock.advance(0.5)
    now = state().result()
    assert (now.status, now.currentPosition, now.duration, now.dataUrl, now.downloadPercent) == (1, 0.5, 2, url, 100)
    weapp.pauseBackgroundAudio()
    assert state().result().status == 0
    weapp.seekBackgroundAudio(position=1.5).result()
    weapp.playBackgroundAudio(dataUrl=url).result()
    weapp.phone.clock.advance(0.25)
    assert state().result().currentPosition == 1.75
    weapp.stopBackgroundAudio()
    assert state().result().status == 2
    assert told == [f"BackgroundAudio{name}" for name in ("Play", "Pause", "Play", "Stop")]


def test_music_that_does_not_play_fails(weapp: Any) -> None:
    assert "file error" in failure(weapp.playBackgroundAudio(dataUrl="nowhere.mp3"))
    assert failure(weapp.playBackgroundAudio(dataUrl=None)).startswith("playBackgroundAudio:fail parameter error")


def test_music_that_another_takes_the_place_of_fails(weapp: Any, song: Path) -> None:
    async def main() -> None:
        first = weapp.playBackgroundAudio(dataUrl=given(weapp, song))
        second = weapp.playBackgroundAudio(dataUrl=given(weapp, song))
        with pytest.raises(taropy.TaroError, match="interrupted"):
            await first
        assert (await second).errMsg == "playBackgroundAudio:ok"
        third = weapp.playBackgroundAudio(dataUrl=given(weapp, song))
        weapp.stopBackgroundAudio()
        with pytest.raises(taropy.TaroError, match="interrupted"):
            await third

    taropy.run(main)


# --- voices --------------------------------------------------------------------------------------------------------


def test_a_voice_that_was_recorded_is_played(weapp: Any) -> None:
    weapp.phone.microphone.hear(Tone(600))

    async def main() -> None:
        recording = weapp.startRecord()
        await weapp.phone.clock.advance(2)
        weapp.stopRecord()
        path = (await recording).tempFilePath
        assert real(weapp, path).stat().st_size > 1000
        ended: list[Any] = []
        weapp.playVoice(filePath=path, success=ended.append)
        await weapp.phone.clock.advance(1)
        assert [player.position for player in weapp.phone.audio.playing] == [1.0]
        weapp.pauseVoice()
        await weapp.phone.clock.advance(10)
        weapp.playVoice(filePath=path)
        await weapp.phone.clock.advance(0.5)
        assert ended == []
        await weapp.phone.clock.advance(1)
        assert len(ended) == 1

    taropy.run(main)


def test_one_voice_interrupts_another(weapp: Any, tmp_path: Path) -> None:
    first, second = (given(weapp, tone(tmp_path / f"{at}.wav")) for at in range(2))

    async def main() -> None:
        playing = weapp.playVoice(filePath=first)
        await weapp.phone.clock.advance(1)
        stopped = weapp.playVoice(filePath=second)
        with pytest.raises(taropy.TaroError, match="playVoice:fail interrupted"):
            await playing
        weapp.stopVoice()
        assert (await stopped).errMsg == "playVoice:ok"
        short = weapp.playVoice(filePath=first, duration=0.5)
        await weapp.phone.clock.advance(0.6)
        assert (await short).errMsg == "playVoice:ok"

    taropy.run(main)


def test_a_minute_is_recorded_at_most(weapp: Any) -> None:
    async def main() -> None:
        recording = weapp.startRecord()
        await weapp.phone.clock.advance(100)
        await recording

    taropy.run(main)
    assert [each.seconds for each in weapp.phone.microphone.recordings] == [60.0]


def test_old_recordings_need_the_permission_too(weapp: Any) -> None:
    weapp.phone.permissions.deny("scope.record")
    assert failure(weapp.startRecord()) == "startRecord:fail auth deny"


# --- the component -------------------------------------------------------------------------------------------------


def test_the_component_of_a_page_is_played(song: Path) -> None:
    app = taropy.App(pages=["pages/a/a"])
    told: list[Any] = []

    @app.page("pages/a/a")
    class Page:
        def onPlayed(self, event: Any) -> None:
            told.append(event.type)

        def onEnd(self, event: Any) -> None:
            told.append(event.type)

    with taropy.create("weapp") as t:
        t.phone.clock.stop()
        app.launch(t)
        t.phone.screen.draw(f'<audio id="a" src="{given(t, song)}" bindplay="onPlayed" bindended="onEnd"/>')
        with pytest.warns(LostCallWarning, match="AudioContext does nothing: .* has no audio 'none'; there is 'a'"):
            t.createAudioContext("none").play()
        assert t.phone.audio.playing == []
        context = t.createAudioContext("a")
        context.play()
        t.phone.clock.advance(0.5)
        assert [player.position for player in t.phone.audio.playing] == [0.5]
        context.seek(1)
        t.phone.clock.advance(3)
        assert told == ["play", "ended"]


def test_a_context_of_harmony_has_no_component(song: Path) -> None:
    with taropy.create("harmony-hybrid") as t:
        t.phone.clock.stop()
        context = t.createAudioContext("whatever")
        context.setSrc(given(t, song))
        context.play()
        t.phone.clock.advance(0.5)
        assert [player.position for player in t.phone.audio.playing] == [0.5]
        context.pause()
        assert t.phone.audio.playing == []


# --- the sound of decoders -----------------------------------------------------------------------------------------


class Decoder:
    """What a player asks of a decoder."""

    def __init__(self, path: str) -> None:
        self.sound_source = path


def test_the_sound_of_decoders_is_played(weapp: Any, tmp_path: Path) -> None:
    player = weapp.createMediaAudioPlayer()
    first, second = (Decoder(given(weapp, tone(tmp_path / f"{at}.wav"))) for at in range(2))
    player.volume = 0.5
    player.addAudioSource(first).result()
    player.start().result()
    player.addAudioSource(second).result()
    weapp.phone.clock.advance(0.5)
    assert [(each.position, each.volume) for each in weapp.phone.audio.playing] == [(0.5, 0.5)] * 2
    player.removeAudioSource(first).result()
    assert len(weapp.phone.audio.playing) == 1
    player.stop().result()
    assert weapp.phone.audio.playing == []
    player.destroy().result()
    assert failure(player.addAudioSource("a path")).startswith("addAudioSource:fail parameter error")


def test_a_voice_without_a_file_fails_and_is_not_waited_for(weapp: Any) -> None:
    with pytest.raises(taropy.TaroError, match="playVoice:fail file error: no such file or directory") as caught:
        weapp.playVoice(filePath="").result()
    assert caught.value.errCode == 10003
