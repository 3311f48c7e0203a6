"""What the phone plays: the players of its programs, and what was heard of them.

Facts: developers.weixin.qq.com/miniprogram/dev/api/media/audio and …/background-audio; Alipay's shapes are those of
github.com/AlipayDocs/open-docs, Baidu's those of swan-docs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from ...core.answers import Fail, Options, Result
from ...core.app import App
from ...core.checked import number
from ...core.functions import answered, only, plain
from ...core.options import optional
from ...core.remembered import Remembered
from ...core.room import Room
from ...core.telling import count
from ...core.vendors import of_vendor
from .background import INTERRUPTED, NEEDS_MODE, BackgroundAudioManager, BackgroundFunctions
from .component import AudioContext
from .decoders import MediaAudioPlayer
from .inner import InnerAudioContext, Playing
from .loading import SYSTEM
from .player import Heard, Player, Tell
from .sounds import RATE, numpy
from .voices import VoiceFunctions

if TYPE_CHECKING:
    from ...core.faces import Phone
    from .loudspeaker import Loudspeaker
    from .web_audio.context import WebAudioContext

Kind = TypeVar("Kind", bound=Playing)

#: Whose players go on while the app is hidden: a page's. Elsewhere they pause (github.com/AlipayDocs/open-docs,
#: `my.createInnerAudioContext`).
GO_ON_HIDDEN: Mapping[str, bool] = {"h5": True}
#: Which players are not as WeChat's; HarmonyOS' hybrid apps have the system's own, unless they ask for the browser's.
MADE: Mapping[str, str] = {"h5": ".web:PageAudio", "rn": ".rn:ExpoAudio"}
MADE_BY_THE_WEB: Mapping[str, str] = {**MADE, "harmony-hybrid": ".web:PageAudio"}
BACKGROUND: Mapping[str, str] = dict.fromkeys(("h5", "harmony-hybrid"), ".web:PageBackground")
#: Where it is for the app's option alone to say whether the mute switch counts: WeChat's, since 2.3.0.
MUTED_BY_OPTION: Mapping[str, bool] = {"wx": True}
#: Which microphones a system offers: WeChat's page; Alipay's has the first two of Android's.
SOURCES: Mapping[str, tuple[str, ...]] = {
    "ios": ("auto", "buildInMic", "headsetMic"),
    "android": ("auto", "mic", "camcorder", "voice_communication", "voice_recognition"),
}
SOURCES_OF: Mapping[str, Mapping[str, tuple[str, ...]]] = {"my": {"android": ("auto", "mic", "camcorder")}}
ANYWHERE = ("auto",)
#: How many bytes of sounds that were heard are kept.
MOST_KEPT = 256 << 20


class Audio(BackgroundFunctions, VoiceFunctions, Room, name="audio"):
    """What is played on the phone, by its clock. Nothing is to be heard of it unless somebody asks for it.

    - `muted`: whether the mute switch at the phone's side is on. It silences players on iOS, unless programs ask it not
      to with `setInnerAudioOption` (elsewhere than on WeChat, with `obeyMuteSwitch`).
    - `web_audio`: the contexts that programs have made, oldest first; `samples()` of each is what it sounds like.
    - `heard`: what was played, stretch by stretch, oldest first; see `Heard`. The last thousand are kept, or fewer if
      their sounds are large.
    """

    STATE = ("muted", "_options")

    def __init__(self, phone: Phone) -> None:
        Room.__init__(self, phone)
        BackgroundFunctions.__init__(self)
        VoiceFunctions.__init__(self)
        self.muted = False
        self.heard: Remembered[Heard] = Remembered()
        self.web_audio: Remembered[WebAudioContext] = Remembered()
        self._loudspeaker: Loudspeaker | None = None
        self._options: dict[str, dict[str, bool]] = {}
        self._players: list[Player] = []
        phone.lifecycle.listeners.on("hide", self._hidden, self)
        phone.pages.changes.on("route", self._turned, self)
        phone.lifecycle.listeners.on("audio interrupted", self._interrupted, self)

    def in_words(self) -> Iterator[str]:
        """How many players there are to be heard."""
        yield from [count(len(self.playing), "sounds")] if self.playing else []
        yield from ["muted"] if self.muted else []

    # --- for tests ---------------------------------------------------------------------------------------------

    @property
    def playing(self) -> list[Player]:
        """The players that play just now; each has `src`, `position`, `duration`, `volume`, `rate`, `loop`."""
        return [player for player in self._players if player.playing]

    @property
    def aloud(self) -> bool:
        """Whether the computer plays what the phone plays, while the phone's clock runs. Needs the extra `sound`."""
        return self._loudspeaker is not None

    @aloud.setter
    def aloud(self, aloud: bool) -> None:
        if self._loudspeaker is not None:
            self._loudspeaker.close()
        self._loudspeaker = None
        if aloud:
            from .loudspeaker import Loudspeaker

            self._loudspeaker = Loudspeaker(self)
            self.sound_up()

    @property
    def sounds(self) -> bool:
        """Whether something is to be heard just now."""
        return bool(self.playing) or any(
            each.state == "running" and (each.graph.sources or each.graph.always) for each in self.web_audio
        )

    def wav(self, since: float | None = None, until: float | None = None, rate: int = RATE) -> bytes:
        """What was to be heard between two moments of the phone's clock, of all players together: a WAV in stereo.

        From the first sound that was heard until now, unless told otherwise. ValueError for more than two hours.
        """
        from .mixing import wav

        return wav(self._mixed(*self._span(since, until), rate), rate)

    def samples(self, since: float | None = None, until: float | None = None, rate: int = RATE) -> Any:
        """The same as numbers from -1 to 1: an array of numpy's, frames by two channels."""
        pieces = list(self._mixed(*self._span(since, until), rate))
        return numpy().concatenate(pieces) if pieces else numpy().zeros((0, 2), dtype="float32")

    def _mixed(self, since: float, until: float, rate: int) -> Iterator[Any]:
        from .mixing import LONGEST, Mixer

        number(1, whole=True).check("a rate", rate)
        if until - since > LONGEST:
            raise ValueError(
                f"{until - since:g} seconds are too many to be mixed at once, more than {LONGEST:g}: "
                "say from when, and until when, by the phone's clock"
            )
        heard = [each for each in self.heard if each.began < until and (each.ended is None or each.ended > since)]
        return Mixer(heard, self.web_audio, rate).pieces(since, until)

    def _span(self, since: float | None, until: float | None) -> tuple[float, float]:
        now = self.phone.clock.now()
        began = [each.began for each in self.heard] + [each.spans[0][0] for each in self.web_audio]
        first = min(began, default=now)
        return first if since is None else since, now if until is None else until

    # --- native functions --------------------------------------------------------------------------------------

    @plain
    def createInnerAudioContext(self, app: App, options: Options | None = None) -> Playing:
        """A new player; `useWebAudioImplement` is heeded where it makes a difference to programs: on HarmonyOS."""
        from_the_web = isinstance(options, Mapping) and bool(options.get("useWebAudioImplement"))
        kind = _kind_of(MADE_BY_THE_WEB if from_the_web else MADE, app, InnerAudioContext)
        return kind(self, app)

    @answered
    @only("wx")
    def setInnerAudioOption(self, app: App, options: Options) -> None:
        """How the app's players play: `mixWithOther`, beside those of other apps, and `obeyMuteSwitch`; both true."""
        mixes = optional(options, "mixWithOther", "Boolean", True)
        obeys = optional(options, "obeyMuteSwitch", "Boolean", True)
        self._options[app.key] = {"mixWithOther": mixes, "obeyMuteSwitch": obeys}

    @answered
    def getAvailableAudioSources(self, app: App, options: Options) -> Result:
        """The microphones that the phone offers."""
        system = self.phone.system.device.platform
        sources = of_vendor(SOURCES_OF, app, SOURCES).get(system) or SOURCES.get(system, ANYWHERE)
        return {"audioSources": list(sources)}

    @plain
    @only("wx")
    def createWebAudioContext(self, app: App, *_: object) -> WebAudioContext:
        """A context for graphs of sound; it runs, and `web_audio` has it."""
        from .web_audio.context import WebAudioContext

        context = WebAudioContext(self, app)
        self.web_audio.append(context)
        return context

    @plain
    @only("wx")
    def createMediaAudioPlayer(self, app: App, *_: object) -> MediaAudioPlayer:
        """A player for the sound of decoders."""
        return MediaAudioPlayer(self, app)

    @plain
    @only("wx", "harmony-hybrid")
    def createAudioContext(self, app: App, id: str = "", component: Any = None) -> AudioContext:
        """The player behind the page's `audio` component of that id."""
        return AudioContext(self, app, id, component)

    def _made(self, app: App) -> BackgroundAudioManager:
        return _kind_of(BACKGROUND, app, BackgroundAudioManager)(self, app)

    # --- for its players ---------------------------------------------------------------------------------------

    def player(self, app: App, tell: Tell, *, kind: str) -> Player:
        """A new player of the app."""
        player = Player(self.phone, app, tell, kind=kind)
        player.silent = partial(self._silent, player)
        player.noted = self._noted
        self._players.append(player)
        return player

    def forget(self, player: Player) -> None:
        """It ends without a word, and plays no more."""
        player.close()
        if player in self._players:
            self._players.remove(player)

    def admits(self, player: Player) -> bool:
        """Whether the player may begin; it says so if not: while something else has the sound."""
        if self.phone.lifecycle.audio_interrupted:
            player.refuse(SYSTEM, "system error: the sound is interrupted")
            return False
        if not self._options.get(player.app.key, {}).get("mixWithOther", True):
            for other in self.playing:
                if other.app.key != player.app.key:
                    other.pause()
        return True

    def _noted(self, heard: Heard) -> None:
        self.heard.append(heard)
        while len(self.heard) > 1 and self._bytes_kept() > MOST_KEPT:
            del self.heard[0]
        self.sound_up()

    def _bytes_kept(self) -> int:
        """How much memory the sounds take that were heard."""
        sounds = {each.sound for each in self.heard}
        return sum(len(sound.given) for sound in sounds if isinstance(sound.given, bytes))

    def sound_up(self) -> None:
        """Has the computer play, if it is to."""
        if self._loudspeaker is not None:
            self._loudspeaker.wake()

    def _silent(self, player: Player) -> bool:
        if not self.muted or self.phone.system.device.platform != "ios" or player.kind == "background":
            return False
        if not of_vendor(MUTED_BY_OPTION, player.app, False):
            return player.obeys
        return self._options.get(player.app.key, {}).get("obeyMuteSwitch", True)

    def _hidden(self, app: App) -> None:
        if not of_vendor(GO_ON_HIDDEN, app, False):
            stays = {"background"} if self._may_go_on(app) else set()
            self._pause(lambda player: player.app.key == app.key and player.kind not in stays)

    def _may_go_on(self, app: App) -> bool:
        """Whether the app's music goes on in the background; that of one which was never launched does."""
        package = self.phone.pages.of(app).package
        if package is None or not of_vendor(NEEDS_MODE, app, False):
            return True
        return "audio" in (package.config.get("requiredBackgroundModes") or ())

    def _turned(self, app: App) -> None:
        """Taro's router stops the players of a page's own when another page is shown."""
        for player in tuple(self._players):
            if player.app.key == app.key and player.stop_on_turn is not None:
                player.stop_on_turn()

    def _interrupted(self) -> None:
        self._pause(lambda player: True)

    def _pause(self, meant: Callable[[Player], bool]) -> None:
        for player in tuple(self._players):
            if meant(player):
                player.pause()

    # --- its life ----------------------------------------------------------------------------------------------

    def end(self, app: App) -> None:
        """The program's players end without a word."""
        voice = self._voices.get(app.key)
        if voice is not None and voice.player.app is app:
            self._voices.pop(app.key).end(Fail("interrupted"))
        for player in [each for each in self._players if each.app is app]:
            self.forget(player)
        for context in self.web_audio:
            if context.app is app:
                context.end()
        manager = self._managers.get(app.key)
        if manager is not None and manager.app is app:
            manager.settle(INTERRUPTED)
            del self._managers[app.key]
            self._in_background = None if self._in_background is manager else self._in_background

    def close(self) -> None:
        """All of them."""
        self.aloud = False
        for context in self.web_audio:
            context.end()
        while self._players:
            self._players.pop().close()


def _kind_of(made: Mapping[str, str], app: App, usual: type[Kind]) -> type[Kind]:
    """The class of the app's vendor, a module of this package and a name in it; the usual one where there is none."""
    module, _, name = of_vendor(made, app, "").partition(":")
    kind: type[Kind] = getattr(import_module(module, __package__), name) if module else usual
    return kind
