"""Models that run on the phone: ONNX files, by onnxruntime (the extra `inference`).

Facts: developers.weixin.qq.com/miniprogram/dev/api/ai/inference, miniprogram-api-typings 5.2.3. Of failures only that
there are some is documented; their words are ours. WeChat's own engine rounds with a `precisionLevel` below 3, and may
lack operators that onnxruntime has: here all is computed as the model says.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ...extras import MissingExtra, need
from ...loops import keep_under_way
from ..core.answers import Fail, NativeError, Options, Result
from ..core.app import App
from ..core.events import off, on
from ..core.functions import answered, only, plain
from ..core.options import mapping, optional, required, unknown
from ..core.room import Manager, Room
from ..core.telling import count, quoted
from .tensors import array_of, told

if TYPE_CHECKING:
    from ..core.faces import Phone

EXTRA = "inference"
ELSEWHERE = "session.model_external_initializers_file_folder_path"
LEVELS = (0, 1, 2, 3, 4)
DESTROYED = "the session was destroyed"
#: onnxruntime is to print nothing: what it says is told to the program.
SILENT = 4


class Inference(Room, name="inference"):
    """The models that programs have loaded."""

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._sessions: list[InferenceSession] = []

    def in_words(self) -> Iterator[str]:
        """How many there are."""
        yield from [count(len(self._sessions), "sessions")] if self._sessions else []

    @only("wx")
    @plain
    def createInferenceSession(self, app: App, options: Options | None = None) -> InferenceSession:
        """Loads the `.onnx` file at `model`, in the app's package or its files; `onLoad` or `onError` tells of it.

        `typicalShape` names inputs of the model. Outside an event loop it is loaded by the first `run`.
        """
        given = mapping(options)
        path: str = required(given, "model", "String")
        for name in ("precisionLevel", "precesionLevel"):
            level = optional(given, name, "Number", LEVELS[-1])
            if level not in LEVELS:
                raise unknown(f"parameter.{name}", LEVELS)
        shapes = optional(given, "typicalShape", "Object", {})
        session = InferenceSession(self, self.phone, app, path, shapes)
        self._sessions.append(session)
        if asyncio._get_running_loop() is not None:
            session.begin()
        return session

    @only("wx")
    @answered
    def getInferenceEnvInfo(self, app: App, options: Options) -> Result:
        """The version of the engine, `ver`: that of onnxruntime."""
        return {"ver": str(_engine().__version__)}

    def drop(self, session: InferenceSession) -> None:
        """Forgets a session that was destroyed."""
        self._sessions = [each for each in self._sessions if each is not session]

    def end(self, app: App) -> None:
        """See `Room`."""
        for session in [each for each in self._sessions if each.app is app]:
            session.unload()

    def close(self) -> None:
        """See `Room`."""
        for session in list(self._sessions):
            session.unload()


class InferenceSession(Manager):
    """A model that is loaded, or is about to be."""

    def __init__(self, room: Inference, phone: Phone, app: App, path: str, shapes: Mapping[str, Any]) -> None:
        super().__init__(phone, app)
        self._room = room
        self._path = path
        self._shapes = shapes
        self._loading: asyncio.Task[None] | None = None
        self._model: Any = None
        self._failure: Fail | None = None
        self._destroyed = False
        self._runs: list[Any] = []

    def in_words(self) -> Iterator[str]:
        """Its model, and whether that is ready."""
        yield quoted(self._path)
        if self._destroyed:
            yield "destroyed"
        else:
            yield "ready" if self._model is not None else "failed" if self._failure else "loading"

    onLoad = on("load", "Tells that the model has loaded.")
    offLoad = off("load")
    onError = on("error", "Tells why the model could not be loaded, `errMsg`.")
    offError = off("error")

    @plain
    def run(self, app: App, tensors: Any = None) -> Awaitable[Result]:
        """Runs the model on tensors by the names of its inputs; promises those by the names of its outputs.

        A tensor has `shape`, `data` in bytes, and `type`. Fails as long as the model has not loaded, for an input that
        is missing or that the model does not have, and with onnxruntime's words for what the model refuses.
        """
        return self._answered(mapping(tensors))

    async def _answered(self, given: Options) -> Result:
        try:
            return await self._run(given)
        except Fail as failure:
            raise NativeError(failure.result("run")) from failure

    async def _run(self, given: Options) -> Result:
        if not self._destroyed and self._loading is None and self._model is None and self._failure is None:
            await asyncio.shield(self.begin())
        model = self._ready()
        numpy = need("numpy", extra=EXTRA)
        wanted = {each.name for each in model.get_inputs()}
        for name in sorted(wanted ^ set(given)):
            what = "is missing" if name in wanted else f"is none of the model's, which are {', '.join(sorted(wanted))}"
            raise Fail(f"the input {name} {what}")
        feeds = {name: array_of(numpy, value, name) for name, value in given.items()}
        arrays = await self._computed(model, feeds)
        self._ready()
        names = [each.name for each in model.get_outputs()]
        return {name: told(array, name) for name, array in zip(names, arrays, strict=True)}

    @plain
    def destroy(self, app: App) -> None:
        """Unloads the model; what it computes ends, and fails."""
        self.unload()

    def unload(self) -> None:
        """The same, from within the phone."""
        self._destroyed, self._model = True, None
        for run in self._runs:
            run.terminate = True
        self.listeners.clear()
        self._room.drop(self)

    def begin(self) -> asyncio.Task[None]:
        """Begins to load the model."""
        self._loading = self.phone.spawn(self._load(), takes_time=True)
        keep_under_way(self._loading)
        return self._loading

    async def _load(self) -> None:
        try:
            model = await self._loaded()
        except (Fail, MissingExtra) as error:
            self._failure = error if isinstance(error, Fail) else Fail(str(error))
        else:
            if not self._destroyed:
                self._model = model
        finally:
            self._loading = None
        if self._destroyed:
            return
        failure = self._failure
        if failure is None:
            self.listeners.tell_each("load", dict)
        else:
            self.listeners.tell_each("error", lambda: failure.result("createInferenceSession"))

    async def _loaded(self) -> Any:
        if not self._path.endswith(".onnx"):
            raise Fail(f"{self._path} is no .onnx file")
        engine = _engine()
        try:
            with self.phone.files.reading(self.app, self._path) as file:
                data = file.read()
        except OSError as error:
            raise self.phone.files.failure(error, self._path) from error
        settings = engine.SessionOptions()
        settings.log_severity_level = SILENT
        settings.intra_op_num_threads = 1
        # What a model says lies in other files is looked for in an empty folder, and not in the computer's.
        nothing = self.phone.scratch / "models"
        nothing.mkdir(parents=True, exist_ok=True)
        settings.add_session_config_entry(ELSEWHERE, str(nothing))
        try:
            model = await asyncio.to_thread(engine.InferenceSession, data, settings, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime has a dozen, of no class in common
            raise Fail(f"the model can't be loaded: {_first_line(error)}") from error
        inputs = {each.name for each in model.get_inputs()}
        for name in self._shapes:
            if name not in inputs:
                raise Fail(f"parameter.typicalShape has {name}, which is no input of the model")
        return model

    async def _computed(self, model: Any, feeds: Mapping[str, Any]) -> list[Any]:
        settings = _engine().RunOptions()
        settings.log_severity_level = SILENT
        self._runs.append(settings)
        try:
            outputs: list[Any] = await asyncio.to_thread(model.run, None, feeds, settings)
        except Exception as error:
            if self._destroyed:
                raise Fail(DESTROYED) from error
            raise Fail(f"the model can't be run: {_first_line(error)}") from error
        finally:
            self._runs.remove(settings)
        return outputs

    def _ready(self) -> Any:
        """The model. Raises `Fail` if it can't be run."""
        if self._destroyed:
            raise Fail(DESTROYED)
        if self._failure is not None:
            raise self._failure.again()
        if self._model is None:
            raise Fail("the model has not loaded yet: run it when onLoad has told so")
        return self._model


def _engine() -> Any:
    return need("onnxruntime", extra=EXTRA)


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
