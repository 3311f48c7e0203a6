"""`WebAudioContext`: what programs make graphs of sound by.

Facts: developers.weixin.qq.com/miniprogram/dev/api/media/audio/WebAudioContext.html, miniprogram-api-typings 5.2.3, and
the Web Audio API's standard, which WeChat's page refers to.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from .....extras import MissingExtra
from .....loops import keep_under_way
from .....unheard import tell_loop
from ....core.answers import INTERRUPTED, Fail, NativeError, Options
from ....core.app import App
from ....core.functions import answered, plain
from ....core.listening import call
from ....core.options import Buffers, js_type
from ....core.room import Manager
from ..sounds import NotASound, Reader, look, numpy
from ..waking import Waker
from . import effects, sources, space
from .graph import QUANTUM, Graph

if TYPE_CHECKING:
    from ..face import Audio

Made = TypeVar("Made")
Source = TypeVar("Source", bound=sources.Scheduled)

RATE = 44_100
#: How many frames a decoded sound has at most, of all channels together: 512 MB of them.
MOST_FRAMES = 1 << 27
BUFFER_SIZES = (0, 256, 512, 1024, 2048, 4096, 8192, 16384)


class WebAudioContext(Manager):
    """What `createWebAudioContext` returns: its time goes by the phone's clock."""

    in_loop: ClassVar[bool] = True

    def __init__(self, room: Audio, app: App) -> None:
        super().__init__(room.phone, app)
        self._room = room
        self._state = "running"
        self._before = 0.0
        self._since: float | None = self.phone.clock.elapsed()
        #: When its time has gone on, by the phone's clock: from when, until when, and where it was.
        self.spans: list[tuple[float, float | None, float]] = [(self.phone.clock.now(), None, 0.0)]
        self.graph = Graph(RATE, lambda: self.time)
        self.destination = self.graph.destination
        self.listener = space.AudioListener(self.graph)
        self.sampleRate = RATE
        self.onstatechange: Callable[..., Any] | None = None
        self._waker = Waker(self.phone.clock, self._wake)
        self._home: asyncio.AbstractEventLoop | None = None
        self._started: list[sources.Scheduled] = []
        self._scripts: list[effects.ScriptProcessorNode] = []

    def in_words(self) -> Iterator[str]:
        """Whether it runs."""
        yield self._state

    @property
    def time(self) -> float:
        """How far it is, in seconds."""
        if self._since is None:
            return self._before
        return round(self._before + self.phone.clock.elapsed() - self._since, 6)

    @property
    def currentTime(self) -> float:
        """How far it is, in seconds; it stands while the context is suspended."""
        return self.time

    @property
    def state(self) -> str:
        """`running`, `suspended` or `closed`."""
        return self._state

    # --- for tests ---------------------------------------------------------------------------------------------

    def samples(self, since: float = 0.0, until: float | None = None) -> Any:
        """What it has sounded like between two of its times: an array of numpy's, frames by two channels."""
        self.graph.catch_up()
        until = self.time if until is None else until
        first = round(since * RATE)
        return self.graph.samples(first, round(until * RATE) - first)

    # --- its life ----------------------------------------------------------------------------------------------

    @answered
    async def suspend(self, app: App, options: Options) -> None:
        """Has its time stand."""
        self._turn("suspended")

    @answered
    async def resume(self, app: App, options: Options) -> None:
        """Has it go on."""
        self._turn("running")

    @answered
    async def close(self, app: App, options: Options) -> None:
        """Ends it."""
        self._turn("closed")

    def end(self) -> None:
        """Ends it without a word."""
        self._halt()
        self._state = "closed"

    def _turn(self, state: str) -> None:
        if self._state == "closed":
            raise Fail("the context is closed")
        if state == self._state:
            return
        if state == "running":
            self._since = self.phone.clock.elapsed()
            self.spans.append((self.phone.clock.now(), None, self._before))
        else:
            self._halt()
        self._state = state
        self.arm()
        if self.onstatechange is not None:
            call("statechange", self.onstatechange)

    def _halt(self) -> None:
        if self._since is not None:
            began, _, at = self.spans.pop()
            self.spans.append((began, self.phone.clock.now(), at))
            self._before, self._since = self.time, None
        self._waker.cancel()

    # --- sources -----------------------------------------------------------------------------------------------

    @plain
    def createBufferSource(self, app: App) -> sources.BufferSourceNode:
        """A node that plays a buffer."""
        return self._keep(sources.BufferSourceNode(self.graph, self.arm))

    @plain
    def createOscillator(self, app: App) -> sources.OscillatorNode:
        """A node that sounds as a wave."""
        return self._keep(sources.OscillatorNode(self.graph, self.arm))

    @plain
    def createConstantSource(self, app: App) -> sources.ConstantSourceNode:
        """A node of one value."""
        return self._keep(sources.ConstantSourceNode(self.graph, self.arm))

    @plain
    def createPeriodicWave(self, app: App, real: Any, imag: Any, constraints: Any = None) -> sources.PeriodicWave:
        """A wave for oscillators."""
        plain_height = bool((constraints or {}).get("disableNormalization"))
        return _made(lambda: sources.PeriodicWave(real, imag, disableNormalization=plain_height))

    @plain
    def createBuffer(
        self, app: App, numOfChannels: int = 1, length: int = 1, sampleRate: int = RATE
    ) -> sources.AudioBuffer:
        """An empty buffer of so many frames."""
        if not (1 <= numOfChannels <= 32 and length >= 1 and 8000 <= sampleRate <= 96_000):
            raise Fail("a buffer has 1 to 32 channels, 1 frame at least, and 8000 to 96000 of them a second")
        if numOfChannels * length > MOST_FRAMES:
            raise Fail("the buffer is too large")
        return sources.AudioBuffer(numpy().zeros((int(numOfChannels), int(length)), dtype="float32"), int(sampleRate))

    @plain
    def decodeAudioData(
        self, app: App, audioData: Any = None, successCallback: Any = None, errorCallback: Any = None
    ) -> asyncio.Future[sources.AudioBuffer]:
        """Decodes the bytes of a file, at the context's rate: by callback, and by what it returns."""
        told: asyncio.Future[sources.AudioBuffer] = asyncio.get_running_loop().create_future()
        task = self.phone.spawn(self._decode(audioData, told, successCallback, errorCallback), takes_time=True)
        task.add_done_callback(partial(_undecoded_after_all, told, errorCallback))
        keep_under_way(task)
        return told

    async def _decode(self, data: Any, told: asyncio.Future[Any], success: Any, error: Any) -> None:
        try:
            if not isinstance(data, Buffers):
                raise NotASound(f"the data should be an ArrayBuffer, and are {js_type(data)}")
            buffer = await asyncio.to_thread(_decoded, bytes(data))
        except (NotASound, MissingExtra) as reason:
            _undecoded(str(reason), told, error)
            return
        if not told.done():
            told.set_result(buffer)
        if callable(success):
            call("decodeAudioData", success, buffer)

    # --- effects -----------------------------------------------------------------------------------------------

    @plain
    def createGain(self, app: App) -> effects.GainNode:
        """A node that is louder or quieter."""
        return effects.GainNode(self.graph)

    @plain
    def createDelay(self, app: App, maxDelayTime: float = 1.0) -> effects.DelayNode:
        """A node that is later."""
        return _made(lambda: effects.DelayNode(self.graph, 1.0 if maxDelayTime is None else maxDelayTime))

    @plain
    def createBiquadFilter(self, app: App) -> effects.BiquadFilterNode:
        """A usual filter."""
        return effects.BiquadFilterNode(self.graph)

    @plain
    def createIIRFilter(
        self, app: App, feedforward: Sequence[float] = (), feedback: Sequence[float] = ()
    ) -> effects.IIRFilterNode:
        """A filter of the program's own."""
        return _made(lambda: effects.IIRFilterNode(self.graph, feedforward, feedback))

    @plain
    def createWaveShaper(self, app: App) -> effects.WaveShaperNode:
        """A node that distorts."""
        return effects.WaveShaperNode(self.graph)

    @plain
    def createDynamicsCompressor(self, app: App) -> effects.DynamicsCompressorNode:
        """A node that lowers what is loud."""
        return effects.DynamicsCompressorNode(self.graph)

    @plain
    def createPanner(self, app: App) -> space.PannerNode:
        """A node with a place."""
        return space.PannerNode(self.graph, self.listener)

    @plain
    def createChannelSplitter(self, app: App, numberOfOutputs: int = 6) -> effects.ChannelSplitterNode:
        """A node that parts channels."""
        return effects.ChannelSplitterNode(self.graph, _channels(numberOfOutputs))

    @plain
    def createChannelMerger(self, app: App, numberOfInputs: int = 6) -> effects.ChannelMergerNode:
        """A node that joins them."""
        return effects.ChannelMergerNode(self.graph, _channels(numberOfInputs))

    @plain
    def createScriptProcessor(
        self, app: App, bufferSize: int = 0, numberOfInputChannels: int = 2, numberOfOutputChannels: int = 2
    ) -> effects.ScriptProcessorNode:
        """A node that is a function of the program's."""
        if bufferSize not in BUFFER_SIZES:
            raise Fail(f"bufferSize should be one of {', '.join(map(str, BUFFER_SIZES))}")
        node = effects.ScriptProcessorNode(
            self.graph, bufferSize, numberOfInputChannels, numberOfOutputChannels, self.arm
        )
        self._home = asyncio._get_running_loop() or self._home
        self._scripts.append(node)
        return node

    # --- its own -----------------------------------------------------------------------------------------------

    def _keep(self, node: Source) -> Source:
        self._home = asyncio._get_running_loop() or self._home
        self._started.append(node)
        return node

    def arm(self) -> None:
        """Has the clock wake it when a source is over, or a function has frames to process."""
        self._waker.cancel()
        self._home = asyncio._get_running_loop() or self._home
        if self._since is None or self._home is None or self._home.is_closed():
            return
        self._room.sound_up()
        step = self._step()
        due = min([step, *(node.due for node in self._started if not node.is_over and node.begins != math.inf)])
        if due < math.inf:  # and a quantum later, so that it is over by then
            self._waker.set(max(due - self.time, 0) + 2 * QUANTUM / RATE, self._home)

    def _step(self) -> float:
        """By when a function of the program's is to be called."""
        sizes = [node.bufferSize for node in self._scripts if node.onaudioprocess is not None]
        self.graph.always = bool(sizes)
        return (self.graph.frame + min(sizes)) / RATE if sizes else math.inf

    def _wake(self) -> None:
        if self._since is None:
            return
        self.graph.catch_up()
        over = [node for node in self._started if node.is_over]
        self._started = [node for node in self._started if not node.is_over]
        for node in over:
            if node.onended is not None:
                call("ended", node.onended, {"type": "ended"})
        self.arm()


def _made(make: Callable[[], Made]) -> Made:
    """What is made; what can't be is a failure in the same words."""
    try:
        return make()
    except (ValueError, TypeError) as error:
        raise Fail(str(error)) from error


def _channels(number: int) -> int:
    if not 1 <= number <= 32:
        raise Fail("there are 1 to 32 channels")
    return int(number)


def _undecoded(reason: str, told: asyncio.Future[sources.AudioBuffer], error: Any) -> None:
    failure = {"errMsg": f"decodeAudioData:fail {reason}"}
    if not told.done():
        told.set_exception(NativeError(failure))
        told.exception()  # who has a callback may not ask
    if callable(error):
        call("decodeAudioData", error, failure)


def _undecoded_after_all(told: asyncio.Future[sources.AudioBuffer], error: Any, work: asyncio.Task[None]) -> None:
    """Tells the program of work that has not come to its end, or it would wait for ever."""
    broke = None if work.cancelled() else work.exception()
    if broke is not None:
        tell_loop("decodeAudioData broke", broke)  # it is no fault of the program
    if work.cancelled() or broke is not None:
        _undecoded(INTERRUPTED if broke is None else f"{type(broke).__name__}: {broke}", told, error)


def _decoded(data: bytes) -> sources.AudioBuffer:
    """The whole sound, at the context's rate."""
    sound = look(data)
    channels = min(sound.channels, 2)
    frames = math.ceil(sound.duration * RATE)
    if frames * channels > MOST_FRAMES:
        raise NotASound("it is too long to be decoded at once")
    samples = Reader(sound, rate=RATE).read(0.0, frames)
    return sources.AudioBuffer(numpy().ascontiguousarray(samples[:, :channels].T), RATE)
