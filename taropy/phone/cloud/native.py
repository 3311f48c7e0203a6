"""`Taro.cloud`: the vendor's cloud as programs call it.

Facts: developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api, miniprogram-api-typings 5.2.3.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, ClassVar

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.functions import answered, native_task, plain
from ..core.options import js_type, mapping, optional, required, string, wrong_type
from ..core.room import Manager
from .errors import AUTH_EMPTY, AUTH_REFUSED, GENERAL, INVALID, NAMES, NOT_FOUND, WRONG_PARAMETER, refused, unreachable
from .functions import event_of
from .open_data import CloudID, cloud_id
from .storage import MOST_IDS
from .tasks import CloudDownloadTask, CloudTask, CloudUploadTask

if TYPE_CHECKING:
    from .database.watching import RealtimeListener
    from .face import Room

NOT_READY = "Cloud API isn't enabled, please call wx.cloud.init first"
NO_ENV = "Environment not found"
#: What an environment is called that a program has not named.
USUAL_ENV = "cloud1"
#: The function that says who else may use an environment.
AUTH_FUNCTION = "cloudbase_auth"
SERVICES = ("database", "functions", "storage")


class Way(Manager):
    """A way into the cloud: the environments it leads to, and the functions that ask there."""

    CALLED: ClassVar[Mapping[str, str]] = {
        name: f"cloud.{name}"
        for name in (
            "callFunction", "callContainer", "uploadFile", "downloadFile", "getTempFileURL", "deleteFile", "init",
            "database", "Cloud", "CloudID",
        )
    }  # fmt: skip
    #: Whether the environment is another app's.
    shared = False

    def __init__(self, room: Room, app: App) -> None:
        super().__init__(room.phone, app)
        self._room = room
        self._envs: Mapping[str, str] | None = None
        self._made: list[RealtimeListener | Way] = []

    @plain
    def CloudID(self, app: App, id_: Any = None) -> CloudID:
        """Marks a text as the id of open data, which a cloud function then gets in its place."""
        return cloud_id(id_)

    def env_of(self, service: str, options: Options) -> str:
        """The environment for a call: the one in its `config`, else that of `init`. Raises `Fail` if none is right."""
        if self._envs is None:
            raise Fail(NOT_READY, GENERAL)
        config = options.get("config")
        env = config.get("env") if isinstance(config, Mapping) else None
        env = self._envs[service] if env is None else string(env, "parameter.config.env")
        if self._room.env is not None and env not in (self._room.env, USUAL_ENV):
            raise refused(NOT_FOUND, NO_ENV)
        return self._room.env or env

    # --- functions and containers ------------------------------------------------------------------------------

    @answered
    async def callFunction(self, app: App, options: Options) -> Result:
        """Calls the cloud function `name` with `data` as its event; what it returns is in `result`."""
        name = required(options, "name", "String")
        event = event_of(self._room.with_open_data(optional(options, "data", "Object", {})))
        env = self.env_of("functions", options)
        await self._reach()
        result = await self._room.call(app, env, name, event, shared=self.shared)
        await asyncio.sleep(0)  # those who watch what it has changed are told first
        return {"result": result, "requestID": self._room.request_id()}

    @answered
    async def callContainer(self, app: App, options: Options) -> Result:
        """Sends a request to the service that the header `X-WX-SERVICE` names; without one, to the only one."""
        path = required(options, "path", "String")
        env = self.env_of("functions", options)
        headers = dict(optional(options, "header", "Object", {}))
        named = next((value for name, value in headers.items() if str(name).lower() == "x-wx-service"), None)
        base = self._room.service_url(named if named is not None else options.get("service"))
        asked: Result = {name: options[name] for name in ("data", "method", "dataType", "timeout") if name in options}
        reply = await self.phone.network.fetched(
            app,
            f"{base}/{path.removeprefix('/')}",
            **({"method": "GET", "dataType": "json"} | asked),
            responseType=options.get("responseType", "text"),
            header={**headers, **self._room.identity_headers(app, env)},
        )
        if "statusCode" not in reply:
            raise Fail(str(reply.get("errMsg", "")).partition(":fail ")[2], INVALID)
        told: Result = {name: reply[name] for name in ("data", "header", "statusCode", "cookies") if name in reply}
        return {**told, "callID": self._room.request_id()}

    # --- files -------------------------------------------------------------------------------------------------

    @native_task
    def uploadFile(self, app: App, options: Options) -> CloudUploadTask:
        """Puts the file at `filePath` to `cloudPath`; the result has its id, `fileID`."""
        task = CloudUploadTask(self.phone, app, "cloud.uploadFile", options)

        async def work(task: CloudTask) -> Result:
            cloud_path = required(options, "cloudPath", "String")
            path = required(options, "filePath", "String")
            env = self.env_of("storage", options)
            await self._reach()
            try:
                with self.phone.files.reading(app, path) as file:
                    data = file.read()
            except OSError as error:
                raise self.phone.files.failure(error, path) from error
            await task.move(len(data), up=True)
            id_ = self._room.files.put(env, cloud_path, data)
            self._room.keep_owner(id_, app)
            return {"fileID": id_, "statusCode": 200}

        task.start(work)
        return task

    @native_task
    def downloadFile(self, app: App, options: Options) -> CloudDownloadTask:
        """Fetches the file `fileID`; the result has the path of a temporary file, `tempFilePath`."""
        task = CloudDownloadTask(self.phone, app, "cloud.downloadFile", options)

        async def work(task: CloudTask) -> Result:
            id_ = required(options, "fileID", "String")
            self.env_of("storage", options)
            await self._reach()
            data = self._room.files.read(id_)
            task.headed({"Content-Length": str(len(data))})
            await task.move(len(data), up=False)
            path, real = self.phone.files.new_temporary(app, PurePosixPath(id_).suffix)
            try:
                real.write_bytes(data)
            except OSError as error:
                raise self.phone.files.failure(error, path) from error
            return {"tempFilePath": path, "statusCode": 200}

        task.start(work)
        return task

    @answered
    async def getTempFileURL(self, app: App, options: Options) -> Result:
        """The HTTPS addresses of the files in `fileList`, each with a `status` of its own; 50 at most."""
        ids = _ids(options)
        self.env_of("storage", options)
        await self._reach()
        return {"fileList": [self._room.address_of(id_) for id_ in ids]}

    @answered
    async def deleteFile(self, app: App, options: Options) -> Result:
        """Deletes the files in `fileList`, each with a `status` of its own; 50 at most. They have to be the user's."""
        ids = _ids(options)
        self.env_of("storage", options)
        await self._reach()
        return {"fileList": [self._room.delete_file(id_, app) for id_ in ids]}

    # --- the database ------------------------------------------------------------------------------------------

    @plain
    def database(self, app: App, config: Options | None = None) -> Any:
        """The database of the environment in `config`, by default that of `init`."""
        from .database.native import Database

        return Database(self, self.env_of("database", {"config": config}))

    def access(self, name: Any) -> Any:
        """A collection as the app's user may use it."""
        return self._room.databases.client(name, self._room.names(self.app)[0])

    def watch(self, access: Any, selection: Any, options: Options) -> RealtimeListener:
        """Tells of what happens to the records of a selection, until the program ends."""
        from .database.watching import RealtimeListener

        listener = RealtimeListener(self.phone, self.app, access, selection, options)
        self._made.append(listener)
        return listener

    def end(self) -> None:
        """Watches nothing any more."""
        while self._made:
            self._made.pop().end()

    # --- its own -----------------------------------------------------------------------------------------------

    async def _reach(self) -> None:
        if not self.phone.network.online:
            raise unreachable()
        await self.phone.network.delay(0, up=True)


class Cloud(Way):
    """The cloud as one program has it."""

    @plain
    def init(self, app: App, config: Options | None = None) -> None:
        """Says which environment to use, `env`: one id, or one for each of `database`, `functions`, `storage`.

        Once is enough; a later call does nothing. Without `env` it is the app's first one.
        """
        env = mapping(config).get("env")
        given = env if isinstance(env, Mapping) else dict.fromkeys(SERVICES, env)
        envs = {
            name: USUAL_ENV if given.get(name) is None else string(given[name], f"parameter.env.{name}")
            for name in SERVICES
        }
        if self._envs is None:
            self._envs = envs
            self._room.give_ids(app)

    @plain
    def Cloud(self, app: App, options: Options | None = None) -> CloudInstance:
        """Another way into the cloud, to the environment `resourceEnv` alone, which may be another app's."""
        made = CloudInstance(self._room, self.app, mapping(options))
        self._made.append(made)
        return made


class CloudInstance(Way):
    """A way to one environment, as `Taro.cloud.Cloud` makes it; every call waits for `init`.

    Before it lets the program of another app in, the vendor asks the function `cloudbase_auth` there
    (developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/resource-sharing/guidance.html): it has to be there, and to
    return `errCode` 0. The rules that it may return in `auth` are not looked at.
    """

    KIND: ClassVar[str] = "Cloud"

    def __init__(self, room: Room, app: App, options: Options) -> None:
        super().__init__(room, app)
        self._resource_env: str = required(options, "resourceEnv", "String")
        owner = optional(options, "resourceAppid", "String", app.appid)
        self.shared = owner != app.appid

    @answered
    async def init(self, app: App, options: Options) -> None:
        """Lets the program in; once is enough."""
        if self._envs is not None:
            return
        if self.shared:
            await self._reach()
            allowed = await self._room.call(app, self._resource_env, AUTH_FUNCTION, {}, shared=True)
            answer = allowed if isinstance(allowed, Mapping) else {}
            if answer.get("errCode") is None:
                raise refused(AUTH_EMPTY, NAMES[AUTH_EMPTY])
            if answer["errCode"] != 0:
                raise refused(AUTH_REFUSED, str(answer.get("errMsg") or NAMES[AUTH_REFUSED]))
        self._envs = dict.fromkeys(SERVICES, self._resource_env)
        self._room.give_ids(app)

    def env_of(self, service: str, options: Options) -> str:
        """Its one environment, whatever the call says."""
        return super().env_of(service, {})


def _ids(options: Options) -> list[str]:
    """The ids in `fileList`."""
    ids: list[Any] = list(required(options, "fileList", "Array"))
    if len(ids) > MOST_IDS:
        raise Fail(f"parameter error: parameter.fileList should have at most {MOST_IDS} items", WRONG_PARAMETER)
    for at, each in enumerate(ids):
        if js_type(each) != "String":
            raise wrong_type(f"parameter.fileList[{at}]", "String", each)
    return ids
