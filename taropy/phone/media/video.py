"""The room of what plays videos: `phone.video`, and the `VideoContext` by which programs have hold of it.

Facts: developers.weixin.qq.com/miniprogram/dev, "component/video" and "api/media/video"; taro-h5 4.2.1, taro-rn 4.2.0
and plugin-platform-harmony-ets 4.2.0, each its `createVideoContext`.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...extras import MissingExtra
from ..core.answers import Fail, Options
from ..core.app import App
from ..core.functions import answered, only, plain
from ..core.lost import tell_lost
from ..core.options import js_type, mapping, required, wrong_type
from ..core.page import Page
from ..core.room import Manager, Room
from ..core.telling import count, quoted
from ..core.vendors import of_vendor
from . import videos
from .components import Component, component, components, lacks_component, once_shown, soon
from .player import Player

if TYPE_CHECKING:
    from ..core.faces import Phone

#: Who gives nothing at all where there is no such component.
GIVES_NOTHING: Mapping[str, bool] = {"h5": True, "harmony-hybrid": True, "rn": True}
#: How fast a video may play: miniprogram-api-typings 5.2.3, `VideoContext.playbackRate`. Another rate changes nothing,
#: which is judgement.
RATES = (0.5, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
#: The same of others: swan-docs, api/media/videocontext_VideoContext-playbackRate.md.
RATES_OF = {"swan": (0.75, 1.0, 1.25, 1.5, 2.0)}
#: Where any rate is good that browsers know, and players of React Native.
ANY_RATE: Mapping[str, bool] = {"h5": True, "harmony-hybrid": True, "rn": True}
FASTEST = 16.0
#: What a page is told that can't have its video, in HTML's words, which component/video has too.
NETWORK, NOT_SUPPORTED = "MEDIA_ERR_NETWORK", "MEDIA_ERR_SRC_NOT_SUPPORTED"
WHITE = "#ffffff"


class Videos(Room, name="video"):
    """The `video` components of the pages, each with its player.

    A page says what is on it by its nodes or its WXML, or a test does: `phone.screen.draw('<video id="v" src="…"/>')`.
    Of a page of which nobody has said that, each `video` that its program asks for is there, without a source;
    `player("v").load(path)` gives it one. Videos are looked for when a page comes to the screen, when a program asks
    for one, and when a test looks here.

    - `players`: those on the page in front, and those of others that are still in the small window.
    """

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._players: dict[tuple[int, str], Player] = {}
        #: Decoders and containers that hold files open.
        self._made: list[Any] = []
        self._fetched: dict[str, Path] = {}
        phone.pages.changes.on("route", self._routed)
        phone.lifecycle.listeners.on("hide", self._hidden)

    def in_words(self) -> Iterator[str]:
        """How many there are, and how many play."""
        playing = sum(player.playing for player in self._players.values())
        yield count(len(self._players), "players")
        yield from [f"{playing} playing"] if playing else []

    # --- for tests ---------------------------------------------------------------------------------------------

    @property
    def players(self) -> list[Player]:
        """The players to be seen now."""
        app = self.phone.pages.front
        self._look(app)
        top = self.phone.pages.top(app)
        known = self._players.values()
        return [player for player in known if player.component.page is top or player.picture_in_picture]

    def player(self, id: str | None = None) -> Player:
        """The player with that id of the page in front; without one, the only one. LookupError if there is none."""
        players = self.players
        found = [player for player in players if id in (None, player.id)]
        if len(found) != 1:
            named = "" if id is None else f" {id!r}"
            there = ", ".join(repr(player.id) for player in players) or "none"
            raise LookupError(f"there is no one video{named} on the page in front; there is {there}")
        return found[0]

    # --- native function ---------------------------------------------------------------------------------------

    @plain
    def createVideoContext(self, app: App, id: object = None, component: object = None) -> VideoContext | None:
        """The controls of the `video` with that id, on the page on the screen or in the custom component."""
        if js_type(id) != "String":
            raise wrong_type("parameter", "String", id)
        page = self.phone.pages.top(app)
        if of_vendor(GIVES_NOTHING, app, False) and self.of(app, page, str(id), component) is None:
            return None
        self._look(app)
        return VideoContext(self, app, page, str(id), component)

    @only("wx")
    @plain
    def createVideoDecoder(self, app: App) -> Any:
        """A decoder, which gives the frames of a video one by one."""
        from .decoder import VideoDecoder

        return self._kept(VideoDecoder(self, app))

    @only("wx")
    @plain
    def createMediaContainer(self, app: App) -> Any:
        """A container, which takes videos apart and makes one of their tracks."""
        from .container import MediaContainer

        return self._kept(MediaContainer(self, app))

    # --- for contexts ------------------------------------------------------------------------------------------

    def of(self, app: App, page: Page, id: str, scope: object) -> Player | None:
        """The player of a component; None if the page has none of that id."""
        found = component(self.phone, app, page, "video", id, scope)
        if found is None:
            kept = self._players.get((page.id, id))
            return kept if kept is not None and kept.picture_in_picture else None
        return self._player(found)

    async def file_of(self, app: App, source: str) -> Path | None:
        """The file of the computer behind a path of the program's or a url; None if it can't be had."""
        if self.phone.files.in_network(app, source):
            return await self._downloaded(app, source)
        return self._local(app, source)

    def forget(self, made: Any) -> None:
        """Need not close a decoder or a container any more."""
        self._made = [each for each in self._made if each is not made]

    # --- state -------------------------------------------------------------------------------------------------

    def snapshot(self) -> Any:
        """The players, and where each is."""
        return {key: (player.component, player.kept()) for key, player in self._players.items()}

    def restore(self, state: Any) -> None:
        """Puts them back."""
        self.close()
        for key, (found, kept) in state.items():
            self._players[key] = Player(self.phone, found, self._fetch)
            self._players[key].put_back(kept)

    def end(self, app: App) -> None:
        """See `Room`."""
        for key, player in list(self._players.items()):
            if player.component.app is app:
                player.close()
                del self._players[key]
        for made in list(self._made):
            if made.app is app:
                made.close()
                self.forget(made)

    def close(self) -> None:
        """See `Room`."""
        for thing in (*self._players.values(), *self._made):
            thing.close()
        self._players.clear()
        self._made.clear()
        for file in self._fetched.values():
            file.unlink(missing_ok=True)
        self._fetched.clear()

    def _kept(self, made: Any) -> Any:
        self._made.append(made)
        return made

    # --- its own: who is there ---------------------------------------------------------------------------------

    def _look(self, app: App) -> None:
        """Makes a player for each video on the page on the screen, and lets those go whose page is no more."""
        self._let_go(app)
        for found, _ in components(self.phone, app, self.phone.pages.top(app), "video"):
            self._player(found)

    def _let_go(self, app: App) -> None:
        open_pages = self.phone.pages.of(app).open_pages
        for key, player in list(self._players.items()):
            gone = player.component.app.key == app.key and player.component.page not in open_pages
            if gone and not player.picture_in_picture:
                player.close()
                del self._players[key]

    def _player(self, found: Component) -> Player:
        key = found.page.id, found.key
        player = self._players.get(key)
        if player is None:
            player = self._players[key] = Player(self.phone, found, self._fetch)
        player.component = found
        src = found.attribute("src")
        if src is not None and src != player.src:
            player.load(str(src))
        return player

    # --- its own: pages and apps come and go --------------------------------------------------------------------

    def _routed(self, app: App) -> None:
        top, running = self.phone.pages.top(app), self.phone.pages.of(app)
        for player in list(self._players.values()):
            if player.component.app.key != app.key:
                continue
            if player.component.page is top:
                player.exit_picture_in_picture()
            elif player.playing and not player.picture_in_picture:
                self._left(player, "push" if player.component.page in running.stack else "pop")
        self._let_go(app)
        once_shown(self.phone, app, self._look)

    def _left(self, player: Player, way: str) -> None:
        """Its page has left the screen, as another was pushed on it, or it was popped: component/video."""
        if way in str(player.component.attribute("pictureInPictureMode", "")):
            player.enter_picture_in_picture()
        elif player.component.flag("autoPauseIfNavigate", default=True):
            player.pause()

    def _hidden(self, app: App) -> None:
        for player in self._players.values():
            if player.component.app.key == app.key and not player.background:
                player.pause()

    # --- its own: loading --------------------------------------------------------------------------------------

    def _fetch(self, player: Player) -> None:
        """Has the video come, from wherever it is."""
        src, app = player.src, player.component.app
        if asyncio._get_running_loop() is not None or self.phone.files.in_network(app, src):
            soon(self.phone, partial(self._come, player, src))
        else:
            self._show(player, *self._seen(self._local(app, src)))

    async def _come(self, player: Player, src: str) -> None:
        app = player.component.app
        is_url = self.phone.files.in_network(app, src)
        file = await self.file_of(app, src)
        file, found = await asyncio.to_thread(self._seen, file)
        if player.src == src and player.file is None:  # and it shows no other one by now
            self._show(player, file, NETWORK if is_url and file is None else found)

    def _show(self, player: Player, file: Path | None, found: videos.Video | str) -> None:
        if isinstance(found, str) or file is None:
            player.failed(str(found))
        else:
            player.loaded(file, found)

    @staticmethod
    def _seen(file: Path | None) -> tuple[Path | None, videos.Video | str]:
        """The file, and what video it is, or why it is none."""
        try:
            return file, NOT_SUPPORTED if file is None else videos.look(file)
        except (videos.NotAVideo, OSError):
            return file, NOT_SUPPORTED
        except MissingExtra as missing:
            return file, str(missing)

    def _local(self, app: App, src: str) -> Path | None:
        with suppress(Fail):
            return self.phone.files.local(app, src)
        return None

    async def _downloaded(self, app: App, url: str) -> Path | None:
        """The file that a url leads to, or None; it is fetched once."""
        if url not in self._fetched:
            reply = await self.phone.network.fetched(app, url)
            body = reply.get("data")
            if reply.get("statusCode") != 200 or not isinstance(body, bytes):
                return None
            folder = self.phone.scratch / "videos"
            folder.mkdir(parents=True, exist_ok=True)
            file = folder / f"{uuid.uuid4().hex}{Path(url.partition('?')[0]).suffix[:8]}"
            file.write_bytes(body)
            self._fetched[url] = file
        return self._fetched[url]


class VideoContext(Manager):
    """The controls of one `video`. Where its page has no such component any more, nothing happens."""

    def __init__(self, room: Videos, app: App, page: Page, id: str, scope: object) -> None:
        super().__init__(room.phone, app)
        self._room, self._page, self._id, self._scope = room, page, id, scope
        self._seen = False

    def in_words(self) -> Iterator[str]:
        """Its component, and whether that plays."""
        yield quoted(self._id)
        player = self._room.of(self.app, self._page, self._id, self._scope)
        yield "not on the page" if player is None else "playing" if player.playing else "paused"

    @plain
    def play(self, app: App) -> None:
        """Plays on; from the start if it has come to the end."""
        if (player := self._player()) is not None:
            player.play()

    @plain
    def pause(self, app: App) -> None:
        """Stays where it is."""
        if (player := self._player()) is not None:
            player.pause()

    @plain
    def stop(self, app: App) -> None:
        """Ends; `play` begins again at the start."""
        if (player := self._player()) is not None:
            player.stop()

    @plain
    def seek(self, app: App, position: object = None) -> None:
        """Goes to a second of the video, not beyond its end."""
        seconds = _number(position)
        if (player := self._player()) is not None:
            player.seek(seconds)

    @plain
    def playbackRate(self, app: App, rate: object = None) -> None:
        """Plays so many times as fast, if it is one of `RATES`; in a browser at any rate that it can."""
        given = _number(rate)
        any_rate = of_vendor(ANY_RATE, app, False) and 0 < given <= FASTEST
        if (player := self._player()) is not None and (any_rate or given in of_vendor(RATES_OF, app, RATES)):
            player.set_rate(given)

    @plain
    def requestFullScreen(self, app: App, options: Options | None = None) -> None:
        """Fills the screen, turned by `direction`: 0, 90 or -90 degrees."""
        direction = mapping(options).get("direction")
        if (player := self._player()) is not None:
            player.enter_fullscreen(None if direction is None else int(_number(direction)))

    @plain
    def exitFullScreen(self, app: App) -> None:
        """Is as large as before."""
        if (player := self._player()) is not None:
            player.exit_fullscreen()

    @plain
    def sendDanmu(self, app: App, options: Options | None = None) -> None:
        """Has a comment run across the picture: `text`, in white unless `color` says otherwise."""
        data = mapping(options)
        text, color = required(data, "text", "String"), data.get("color") or WHITE
        if (player := self._player()) is not None:
            player.send_danmu(text, str(color))

    @plain
    def showStatusBar(self, app: App) -> None:
        """Shows the status bar in full screen; on iOS only."""
        self._set_status_bar(shown=True)

    @plain
    def hideStatusBar(self, app: App) -> None:
        """Hides it."""
        self._set_status_bar(shown=False)

    @plain
    def requestBackgroundPlayback(self, app: App) -> None:
        """Goes on when the app is in the background."""
        if (player := self._player()) is not None:
            player.background = True

    @plain
    def exitBackgroundPlayback(self, app: App) -> None:
        """Does so no more."""
        if (player := self._player()) is not None:
            player.background = False

    @answered
    def exitPictureInPicture(self, app: App, options: Options) -> None:
        """Closes the small window, from whatever page."""
        if (player := self._player()) is not None:
            player.exit_picture_in_picture()

    def _player(self) -> Player | None:
        """The component's; None once the page has it no more, and, which is told, of an id that it never had."""
        player = self._room.of(self.app, self._page, self._id, self._scope)
        self._seen = self._seen or player is not None
        if not self._seen:
            tell_lost(
                self._page,
                f"VideoContext does nothing: {lacks_component(self.phone, self.app, self._page, 'video', self._id)}",
            )
        return player

    def _set_status_bar(self, *, shown: bool) -> None:
        player = self._player()
        if player is not None and player.fullscreen and self.phone.system.device.platform == "ios":
            player.status_bar = shown


def _number(value: object) -> float:
    if js_type(value) != "Number":
        raise wrong_type("parameter", "Number", value)
    return float(value)  # type: ignore[arg-type]
