"""Videos that are taken apart: frame by frame, and track by track."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import pytest
from drawn import video
from filing import given, real
from listened import descriptors
from PIL import Image
from supporting import asked, failure

import taropy
from taropy.phone.media.library import SAMPLES

Told = dict[str, Any]
EVENTS = ("start", "stop", "seek", "bufferchange", "ended")


class Decoding:
    """A decoder, and what it has told."""

    def __init__(self, t: Any) -> None:
        self.t = t
        self.decoder = t.createVideoDecoder()
        self.heard: list[tuple[str, Any]] = []
        for event in EVENTS:
            self.decoder.on(event, lambda told=None, event=event: self.heard.append((event, told)))

    def start(self, source: Path = SAMPLES["video"], **options: Any) -> Any:
        return self.decoder.start(source=given(self.t, source), **options)

    def next(self) -> Any:
        """The next frame; None if none is ready."""
        frame = self.decoder.getFrameData().result()
        return frame if frame.get("data") else None

    def rest(self) -> list[Any]:
        """All frames that are left, of which there are less than a hundred."""
        frames = [self.next() for _ in range(100)]
        return [frame for frame in frames if frame is not None]

    @property
    def events(self) -> list[str]:
        return [event for event, _ in self.heard]


@pytest.fixture
def decoding(weapp: Any) -> Decoding:
    weapp.phone.clock.stop()
    return Decoding(weapp)


def cut(film: Path) -> Path:
    """The first half of a film whose index is at the front, so that it can be opened."""
    film.write_bytes(film.read_bytes()[: film.stat().st_size // 2])
    return film


# --- frames --------------------------------------------------------------------------------------------------------


def test_a_program_gets_each_frame_of_a_video_as_pixels(decoding: Decoding) -> None:
    decoding.start().result()
    assert decoding.heard[0] == ("start", {"width": 320, "height": 240})
    frames = decoding.rest()
    assert len(frames) == 50
    assert {(frame.width, frame.height, len(frame.data)) for frame in frames} == {(320, 240, 320 * 240 * 4)}
    stamps = [frame.pkPts for frame in frames]
    assert stamps == sorted(stamps)
    assert (stamps[0], stamps[-1]) == (0, 1960)
    assert decoding.events.count("ended") == 1


def test_the_pixels_are_those_of_the_picture(decoding: Decoding, tmp_path: Path) -> None:
    film = video(tmp_path / "odd.mp4", (302, 62))  # rows that FFmpeg pads
    decoding.start(film).result()
    frame = decoding.next()
    image = Image.frombytes("RGBA", (frame.width, frame.height), bytes(frame.data))
    with av.open(str(film)) as container:
        wanted = next(container.decode(video=0)).to_image()
    assert image.convert("RGB").tobytes() == wanted.tobytes()


def test_a_decoder_goes_to_a_place_in_the_video(decoding: Decoding) -> None:
    decoding.start().result()
    decoding.decoder.seek(1000).result()
    assert decoding.next().pkPts == 1000
    assert "seek" in decoding.events


def test_frames_come_when_they_are_due_where_a_program_wants_that(decoding: Decoding) -> None:
    decoding.start(mode=0).result()
    assert decoding.next().pkPts == 0
    assert decoding.next() is None
    decoding.t.phone.clock.advance(0.04)
    assert decoding.next().pkPts == 40
    assert decoding.next() is None


def test_without_the_picture_there_are_no_frames(decoding: Decoding) -> None:
    decoding.start(abortVideo=True).result()
    assert decoding.next() is None


def test_a_decoder_that_has_not_started_or_was_stopped_has_no_frames(decoding: Decoding) -> None:
    assert decoding.next() is None
    assert failure(decoding.decoder.seek(10)) == "seek:fail the decoder has not started"
    decoding.start().result()
    decoding.decoder.stop().result()
    assert decoding.next() is None
    assert decoding.events[-1] == "stop"


def test_a_removed_decoder_is_of_no_use(decoding: Decoding) -> None:
    decoding.start().result()
    decoding.decoder.remove().result()
    assert decoding.next() is None
    assert failure(decoding.start()) == "start:fail the decoder has been removed"


def test_a_video_in_the_network_is_decoded_too(decoding: Decoding) -> None:
    url = "https://films.example.com/tea.mp4"
    decoding.t.phone.network.route(url, body=SAMPLES["video"].read_bytes())
    decoding.decoder.start(source=url).result()
    assert decoding.next().pkPts == 0


@pytest.mark.parametrize("lie", [b"", b"no video", b"#EXTM3U\nhttps://example.com/a.ts\n"])
def test_what_is_no_video_is_refused(decoding: Decoding, tmp_path: Path, lie: bytes) -> None:
    (tmp_path / "lie.mp4").write_bytes(lie)
    assert failure(decoding.start(tmp_path / "lie.mp4")) == "start:fail invalid video"
    assert failure(decoding.decoder.start(source="wxfile://usr/gone.mp4")) == "start:fail invalid video"
    assert "parameter.source should be String" in failure(decoding.decoder.start(source=7))


def test_a_video_that_is_cut_off_ends_where_it_is_cut(decoding: Decoding, tmp_path: Path) -> None:
    film = cut(video(tmp_path / "film.mp4", movflags="faststart"))
    decoding.start(film).result()
    assert 0 < len(decoding.rest()) < 5
    assert decoding.events[-1] == "ended"


def test_no_file_stays_open(tmp_path: Path) -> None:
    before = descriptors()
    with taropy.create("weapp") as t:
        for _ in range(3):
            decoding = Decoding(t)
            decoding.start().result()
            decoding.next()
        decoding.start().result()
    assert len([each for each in descriptors() if each not in before]) <= 2  # of the process's own loop


# --- tracks --------------------------------------------------------------------------------------------------------


@pytest.fixture
def container(weapp: Any) -> Any:
    return weapp.createMediaContainer()


@pytest.fixture
def tracks(weapp: Any, container: Any, tmp_path: Path) -> list[Any]:
    """The picture and the sound of one film, and those of another that phones can't play as it is."""
    films = [
        video(tmp_path / "a.mp4", sound="aac"),
        video(tmp_path / "b.webm", (160, 120), codec="libvpx", sound="libopus"),
    ]
    found = [asked(container.extractDataSource, source=given(weapp, film)).tracks for film in films]
    return [track for each in found for track in each]


def made(t: Any, container: Any) -> list[tuple[str, float]]:
    """The kinds of the tracks of what the container makes, and about how many seconds each has."""
    path = asked(container.export).tempFilePath
    with av.open(str(real(t, path))) as film:
        assert film.format.name.startswith("mov,mp4")
        for stream in film.streams:
            assert next(film.decode(stream)) is not None
            film.seek(0)
        return [(stream.type, float(stream.duration * stream.time_base)) for stream in film.streams]


def test_a_video_is_taken_apart_into_picture_and_sound(tracks: list[Any]) -> None:
    assert [track.kind for track in tracks] == ["video", "audio", "video", "audio"]
    assert [track.duration for track in tracks] == pytest.approx([1, 1, 1, 1], abs=0.05)


def test_the_picture_of_one_and_the_sound_of_another_become_a_video(
    weapp: Any, container: Any, tracks: list[Any]
) -> None:
    container.addTrack(tracks[0])
    container.addTrack(tracks[3])
    assert made(weapp, container) == [("video", pytest.approx(1, abs=0.1)), ("audio", pytest.approx(1, abs=0.1))]


def test_what_phones_cannot_play_is_written_anew_and_sounds_are_mixed(
    weapp: Any, container: Any, tracks: list[Any]
) -> None:
    for track in (tracks[2], tracks[1], tracks[3]):
        container.addTrack(track)
    assert made(weapp, container) == [("video", pytest.approx(1, abs=0.25)), ("audio", pytest.approx(1, abs=0.1))]


def test_a_track_that_was_taken_out_is_not_in_the_video(weapp: Any, container: Any, tracks: list[Any]) -> None:
    for track in tracks[:2]:
        container.addTrack(track)
    container.removeTrack(tracks[1])
    assert [kind for kind, _ in made(weapp, container)] == ["video"]


def test_a_container_without_tracks_makes_nothing(container: Any, tracks: list[Any]) -> None:
    assert asked(container.export).errMsg == "export:fail the container has no tracks"


def test_what_is_no_track_is_not_added(container: Any, tracks: list[Any]) -> None:
    for track in ({"kind": "video", "duration": 1, "volume": 1}, {**tracks[0], "id": 99}):
        with pytest.raises(taropy.TaroError, match="should be MediaTrack"):
            container.addTrack(track)


def test_what_is_no_video_has_no_tracks(weapp: Any, container: Any, tmp_path: Path) -> None:
    (tmp_path / "lie.mp4").write_bytes(b"no video")
    told = asked(container.extractDataSource, source=given(weapp, tmp_path / "lie.mp4"))
    assert told.errMsg == "extractDataSource:fail invalid video"
    assert "no such file" in asked(container.extractDataSource, source="wxfile://usr/gone.mp4").errMsg


def test_a_destroyed_container_is_of_no_use(container: Any, tracks: list[Any]) -> None:
    container.addTrack(tracks[0])
    container.destroy()
    assert asked(container.export).errMsg == "export:fail the container has been destroyed"
