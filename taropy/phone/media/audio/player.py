"""`Player`: one sound at a time, where in it the phone is by its clock, and what is told of it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import attrs

from ....extras import MissingExtra
from ....loops import keep_under_way, loop_of_caller, runs_here
from ...core.answers import Fail
from ...core.telling import Showing, quoted
from .loading import SYSTEM, UNKNOWN, Loading, Unplayable
from .sounds import Sound
from .waking import Waker

if TYPE_CHECKING:
    from ...core.app import App
    from ...core.faces import Phone

#: How often who listens hears how far it is, in seconds by the clock. No vendor tells; browsers do it that often.
PERIOD = 0.25

Tell = Callable[..., None]


@attrs.define(eq=False)
class Heard:
    """A stretch of a sound that was played without a change: what, by whom, since when, from where in it, and how.

    `began` and `ended` are seconds by the phone's clock, `ended` is None while it goes on; `position` is where in the
    sound it began, in seconds; `silent` says that the mute switch, or another player, has kept it from being heard.
    """

    src: str
    app: str
    began: float
    position: float
    rate: float
    volume: float
    loop: bool
    silent: bool
    sound: Sound = attrs.field(repr=False)
    ended: float | None = None


class Player(Showing):
    """Plays what `src` names.

    What happens is told by `tell`, with the event's name: `canplay`, `play`, `pause`, `stop`, `ended`, `timeupdate`,
    `waiting`, `seeking`, `seeked`, and `error` with `errCode` and `errMsg`.
    """

    def __init__(self, phone: Phone, app: App, tell: Tell, *, kind: str = "inner") -> None:
        self.phone = phone
        self.app = app
        self.kind = kind
        self.src = ""
        self.sound: Sound | None = None
        #: Whether it plays, or would if its sound were there already.
        self.wanted = False
        self.start = 0.0
        self._tell = tell
        self._loop = False
        self._volume = 1.0
        self._rate = 1.0
        self._position = 0.0
        self._since: float | None = None
        self._heard: Heard | None = None
        self._waker = Waker(phone.clock, self._wake)
        #: Has it load in its own loop, as soon as that goes on, when it was asked to outside any.
        self._loader = Waker(phone.clock, self._begin_loading)
        self._loading: asyncio.Task[None] | None = None
        self._home: asyncio.AbstractEventLoop | None = None
        #: Whether `play` is told as soon as it is asked for, as browsers do, and not when the sound goes on.
        self.tells_early = False
        #: After how many seconds of its sound it ends at the latest.
        self.most = float("inf")
        #: What is done when another page is shown.
        self.stop_on_turn: Callable[[], object] | None = None
        #: How often it is told how far it is, in seconds.
        self.period = PERIOD
        #: Whether the mute switch silences it.
        self.obeys = True
        #: Whether somebody is to be told of the times.
        self.watched: Callable[[], bool] = lambda: True
        #: What keeps it from being heard, asked when it begins to play.
        self.silent: Callable[[], bool] = lambda: False
        #: Told of each stretch that begins.
        self.noted: Callable[[Heard], object] = lambda heard: None

    def in_words(self) -> Iterator[str]:
        """What it plays, and whether it does."""
        yield quoted(self.src) if self.src else "no src"
        yield "playing" if self._since is not None else "about to play" if self.wanted else "paused"

    # --- what it is ---------------------------------------------------------------------------------------------

    @property
    def playing(self) -> bool:
        """Whether the sound goes on just now."""
        return self._since is not None

    @property
    def paused(self) -> bool:
        """Whether it neither plays nor is about to."""
        return not self.wanted

    @property
    def duration(self) -> float:
        """In seconds, `most` at the most; 0 as long as nothing is loaded."""
        return 0.0 if self.sound is None else min(self.sound.duration, self.most)

    @property
    def position(self) -> float:
        """Where in the sound it is, in seconds."""
        if self._since is None:
            return self._position
        reached = self._position + (self.phone.clock.elapsed() - self._since) * self._rate
        return reached % self.duration if self._loop else min(reached, self.duration)

    @property
    def loop(self) -> bool:
        """Whether it begins again at its end."""
        return self._loop

    @loop.setter
    def loop(self, loop: bool) -> None:
        self._change("_loop", loop)

    @property
    def volume(self) -> float:
        """From 0 to 1."""
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._change("_volume", volume)

    @property
    def rate(self) -> float:
        """How many times as fast it plays."""
        return self._rate

    @rate.setter
    def rate(self, rate: float) -> None:
        self._change("_rate", rate)

    # --- what it does -------------------------------------------------------------------------------------------

    def load(self, src: str) -> None:
        """Takes another sound, and loads it; what played ends without a word."""
        self._hold()
        self._drop_loading()
        self.src, self.sound, self._position, self.wanted = src, None, self.start, False
        if src:
            self._begin_loading()

    def play(self) -> None:
        """Begins, or goes on; as soon as the sound is there."""
        if self.wanted or not self.src:
            return
        self.wanted = True
        if self.tells_early:
            self._tell("play")
        if self.sound is not None:
            self._begin()
        elif self._loading is None:
            self._begin_loading()

    def pause(self) -> bool:
        """Stays where it is, and says so; False if it was not playing."""
        if not self.wanted:
            return False
        self.wanted = False
        self._hold()
        self._tell("pause")
        return True

    def stop(self) -> None:
        """Ends, and begins anew when it plays again."""
        self.wanted = False
        self._hold()
        self._position = self.start
        self._tell("stop")

    def seek(self, position: float) -> None:
        """Goes to a position, in seconds, and goes on playing there if it did."""
        self._tell("seeking")
        playing = self.playing
        self._hold()
        most = self.duration if self.sound is not None else float("inf")
        self._position = min(max(position, 0.0), most)
        if playing:
            self._sound_on()
        self._tell("seeked")

    def unload(self) -> None:
        """Has no sound any more."""
        self.close()
        self.src, self.sound, self._position = "", None, 0.0

    def close(self) -> None:
        """Ends without a word."""
        self.wanted = False
        self._hold()
        self._drop_loading()

    def rewatch(self) -> None:
        """Looks anew whether somebody is to be told of the times."""
        if self.playing:
            self._arm()

    # --- loading ------------------------------------------------------------------------------------------------

    def later(self, call: Callable[..., object], *arguments: Any) -> None:
        """Has something called when whoever calls has come to their end."""
        loop = self._live_in()
        (loop.call_soon if runs_here(loop) else loop.call_soon_threadsafe)(call, *arguments)

    def _live_in(self) -> asyncio.AbstractEventLoop:
        """The loop that runs, else the one that it was used in last. `Fail` without any: nobody would hear of it."""
        loop = asyncio._get_running_loop()
        if loop is None:
            loop = loop_of_caller() if self._home is None or self._home.is_closed() else self._home
        if loop is None:
            raise Fail("no event loop runs in which a sound could play; start the program by taropy.run(main)")
        self._home = loop
        return loop

    def _begin_loading(self) -> None:
        home = self._live_in()
        if asyncio._get_running_loop() is None:  # the person has pressed a button
            self._loader.set(0, home)
            return
        dropped = threading.Event()
        loading = Loading(self.phone, self.app, self.src, lambda: not dropped.is_set())
        self._loading = task = self.phone.spawn(self._load(loading), takes_time=True)
        keep_under_way(task)
        task.add_done_callback(lambda _: dropped.set())

    def _drop_loading(self) -> None:
        self._loader.cancel()
        if self._loading is not None:
            self._loading.get_loop().call_soon_threadsafe(self._loading.cancel)
            self._loading = None

    async def _load(self, loading: Loading) -> None:
        if self.wanted:
            self._tell("waiting")
        try:
            self.sound = await loading.sound()
        except Unplayable as unplayable:
            self._fail(unplayable.code, str(unplayable))
        except MissingExtra as missing:
            self._fail(SYSTEM, str(missing))
        except Exception as error:
            self._fail(UNKNOWN, f"unknown error: {error!r}")
            raise  # which the event loop reports
        else:
            self._loading = None
            self._position = min(self._position, self.duration)
            self._tell("canplay")
            if self.wanted and not self.playing:
                self._begin()

    def _fail(self, code: int, reason: str) -> None:
        self._loading, self.wanted = None, False
        self.refuse(code, reason)

    def refuse(self, code: int, reason: str) -> None:
        """Tells of an error."""
        self._tell("error", {"errCode": code, "errMsg": reason})

    # --- its own ------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        if self.position >= self.duration:
            self._position = self.start if self.start < self.duration else 0.0
        self._live_in()
        self._sound_on()
        if not self.tells_early:
            self._tell("play")

    def _sound_on(self) -> None:
        """Has the sound go on from where it is."""
        assert self.sound is not None
        clock = self.phone.clock
        self._since = clock.elapsed()
        self._heard = Heard(
            self.src, self.app.key, clock.now(), self._position, self._rate, self._volume, self._loop, self.silent(),
            self.sound,
        )  # fmt: skip
        self.noted(self._heard)
        self._arm()

    def _hold(self) -> None:
        """Has the sound stay where it is."""
        self._waker.cancel()
        if self._since is None:
            return
        self._position = round(self.position, 6)
        self._since = None
        if self._heard is not None:
            self._heard.ended = self.phone.clock.now()
            self._heard = None

    def _change(self, name: str, value: Any) -> None:
        """Sets what it plays by; what was played until now stays as it was."""
        if getattr(self, name) == value:
            return
        playing = self.playing
        self._hold()
        setattr(self, name, value)
        if playing:
            self._sound_on()

    def _arm(self) -> None:
        """Has the clock wake it when the sound ends, or when there is a time to tell before."""
        self._waker.cancel()
        if self._home is None or self._home.is_closed():
            return
        left = float("inf") if self._loop else (self.duration - self.position) / self._rate
        wait = min(left, self.period) if self.watched() else left
        if wait < float("inf"):
            self._waker.set(wait, self._home)

    def _wake(self) -> None:
        if not self.playing:
            return
        # A microsecond is lost when moments are rounded; it is not worth another alarm.
        if not self._loop and self.duration - self.position < 1e-5 * self._rate:
            self.wanted = False
            self._hold()
            self._position = self.duration
            self._tell("timeupdate")
            self._tell("ended")
            return
        self._arm()
        self._tell("timeupdate")
