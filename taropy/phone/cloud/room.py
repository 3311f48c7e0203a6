"""The vendor's cloud behind the phone: functions, services, files and a database, as the program's console has them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import attrs

from ..core.answers import Fail, Result
from ..core.app import App
from ..core.checked import BYTES, TEXT, a, list_of
from ..core.functions import only, value
from ..core.kept_database import recover
from ..core.room import Room
from ..core.saved import Saved
from ..core.telling import count
from ..open_platform.identity import openid, unionid
from . import functions, native, storage
from .database.access import Selection
from .database.database import Databases
from .database.server import ServerCollection, ServerDatabase
from .database.store import TABLE
from .errors import NO_FILE, NOT_FOUND, STORAGE_DENIED, refused
from .functions import Context, Deployed, FunctionCall, Handler
from .open_data import OpenData
from .server import ServerCloud

if TYPE_CHECKING:
    from ..core.faces import Phone
    from ..open_platform import OpenPlatform

NO_SERVICE = "Invalid host"
#: The addresses of services are below it; no name there can be looked up.
SERVICE_HOST = "run.tcloudbase.com"


@attrs.frozen
class Kept:
    """Who has uploaded each file, by its id; and the collections, each with its permission."""

    owners: dict[str, str] = attrs.field(factory=dict)
    collections: dict[str, str] = attrs.field(factory=dict)


class Cloud(Room, name="cloud"):
    """What stands in the cloud, as its console would show it.

    - `env`: the id of the only environment; another one that a program names is not found. None, as at first, takes
      whichever id it names. All environments have the same functions and collections.
    - `calls`: the calls of cloud functions so far, in their order.
    """

    FILE = "cloud.json"

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.env: str | None = None
        self.calls: list[FunctionCall] = []
        self._functions: dict[str, Deployed] = {}
        self._services: dict[str, Any] = {}
        self._natives: dict[int, native.Cloud] = {}
        self._platform = cast("OpenPlatform", phone.open_platform)
        self._saved = Saved(phone, self.FILE, Kept)
        self._kept = self._saved.load(Kept())
        self._files: storage.CloudFiles | None = None
        self._addresses: set[str] = set()
        self._databases: Databases | None = None
        self._open_data = OpenData()

    def in_words(self) -> Iterator[str]:
        """How much stands there."""
        yield count(len(self._functions), "functions")
        if self._services:
            yield count(len(self._services), "services")

    # --- for tests: functions and services ---------------------------------------------------------------------

    def function(self, name: str, handler: Handler, *, timeout: float = functions.USUAL_TIMEOUT) -> None:
        """Has `handler(event, context)`, plain or async, stand in the cloud under `name`, in place of one before.

            phone.cloud.function("add", lambda event: event.a + event.b)

        `event` is the call's `data`, copied; `context` a `Context`. It may take both, the event alone, or nothing.
        What it returns goes to the program as JSON. `timeout` is how long it may run, in seconds of the phone's clock;
        one that is not async and waits has the whole test wait. What it raises is in `calls`.
        """
        if not callable(handler):
            raise TypeError(f"a cloud function is a function of event and context, not {handler!r}")
        if not timeout > 0:
            raise ValueError(f"a function's timeout is a positive number of seconds, not {timeout!r}")
        self._functions[name] = Deployed(name, handler, timeout)

    def functions(self, folder: str | PathLike[str]) -> list[str]:
        """Has the functions of a folder stand in the cloud; gives their names.

        As in WeChat's projects each is a folder of its own, here with an `index.py` that has `main(event, context)`.
        """
        found = functions.in_folder(Path(folder))
        for name, main in found.items():
            self.function(name, main)
        return list(found)

    def service(self, name: str, app: Callable[..., Any]) -> Any:
        """Has an ASGI app be the service `name`, which `cloud.callContainer` asks; gives what `network.mount` does.

        Each request has the vendor's headers of who asks: `X-WX-OPENID`, `X-WX-APPID`, `X-WX-ENV`, ….
        """
        mount = self.phone.network.mount(self._service_base(name), app, optional=True)
        self.phone.network.vendors_own.add(self._service_base(name))
        self._services[name] = mount
        return mount

    def open_data(self, data: Mapping[str, Any]) -> str:
        """Gives an id for open data of the user, as the vendor gives with what it encrypts; good for five minutes.

        id_ = phone.cloud.open_data({"stepInfoList": [{"timestamp": 0, "step": 900}]})
        Taro.cloud.callFunction(name="steps", data={"run": Taro.cloud.CloudID(id_)})
        """
        a(Mapping, "a dict").check("open data", data)
        return self._open_data.give(data, self.phone.account.user.id, self.phone.clock.now())

    # --- for tests: files --------------------------------------------------------------------------------------

    @property
    def files(self) -> storage.CloudFiles:
        """The files in the cloud: `put(env, path, data)`, `read(id)`, `ids()`."""
        if self._files is None:
            self._files = storage.CloudFiles(self.phone.folder / "cloud")
        return self._files

    def put_file(self, cloud_path: str, data: bytes) -> str:
        """Puts a file into the cloud as its console does; gives its id."""
        TEXT.check("a file's path", cloud_path)
        BYTES.check("a file's data", data)
        return self.files.put(self.env or native.USUAL_ENV, cloud_path, data)

    # --- for tests: the database -------------------------------------------------------------------------------

    def collection(
        self, name: str, permission: str = "PRIVATE", records: Iterable[Mapping[str, Any]] = ()
    ) -> ServerCollection:
        """Makes a collection, as the console does, and adds records; gives it with all rights.

            phone.cloud.collection("todos", "READONLY", [{"_id": "1", "done": False}])

        `permission` is what users may do: with `PRIVATE` read and write their own records, with `READONLY` read all and
        write their own, with `ADMINWRITE` read all, with `ADMINONLY` nothing. Made again, it gets another permission.
        """
        TEXT.check("a collection's name", name)
        records = list(records)
        list_of(Mapping, "a list of records, each a dict").check("what a collection begins with", records)
        access = self.databases.make(name, permission, records)
        self._saved.keep(self._kept)
        return ServerCollection(access, Selection())

    def connect(self, database: Any) -> None:
        """Has the records be in a MongoDB, and no longer in the phone's folder and its snapshots.

            phone.cloud.connect("mongodb://localhost/shop")

        `database` is a URL, or a `Database` of pymongo's; a URL that names no database means that of the environment's
        name. Which collections programs may use, and how, is said with `collection` as before. Done before anything
        else with the database; ConnectionError if no server answers, `MissingExtra` without pymongo.
        """
        from .database.mongo import MongoStore, opened

        if not isinstance(database, str) and not hasattr(database, "__getitem__"):
            raise TypeError(f"a database is a URL, or a Database of pymongo's, not {database!r}")
        place = opened(database, self.env or native.USUAL_ENV) if isinstance(database, str) else MongoStore(database)
        self.databases.store.close()
        self.databases.store = place

    def database(self) -> ServerDatabase:
        """The database with all rights, as cloud functions have it: `await phone.cloud.database()….get()`."""
        return ServerDatabase(self.databases, lambda: self._saved.keep(self._kept))

    @property
    def databases(self) -> Databases:
        """The collections of the cloud."""
        if self._databases is None:
            self._databases = Databases(self.phone.state_folder, self._kept.collections, self.phone.clock.now)
        return self._databases

    def recover(self) -> None:
        """Puts the file of records aside if it is damaged, and goes on with those that can be read."""
        if self.phone.state_folder is not None:
            recover(self.phone.state_folder, TABLE)

    # --- state -------------------------------------------------------------------------------------------------

    def snapshot(self) -> Any:
        """The functions, the files and who owns them, the collections; calls under way are not in it."""
        files = None if self._files is None and not self._kept.owners else self.files.snapshot()
        kept = Kept(dict(self._kept.owners), dict(self._kept.collections))
        records = self.databases.store.snapshot() if kept.collections else {}
        ids = dict(self._open_data.given)
        return self.env, dict(self._functions), dict(self._services), list(self.calls), kept, files, records, ids

    def restore(self, state: Any) -> None:
        """Puts all of it back."""
        self.env, known, services, calls, kept, files, records, ids = state
        self._open_data.given = dict(ids)
        self._functions, self._services, self.calls = dict(known), dict(services), list(calls)
        if self._kept.collections or records:
            self.databases.store.restore(records)
        for mine, then in ((self._kept.owners, kept.owners), (self._kept.collections, kept.collections)):
            mine.clear()
            mine.update(then)
        self._saved.keep(self._kept)
        if files is not None:
            self.files.restore(files)
        elif self._files is not None:
            self.files.clear()
        self._addresses.clear()

    def end(self, app: App) -> None:
        """See `Room`."""
        self.phone.account.cloud_ids.pop(app, None)
        ended = self._natives.pop(id(app), None)
        if ended is not None:
            ended.end()

    def close(self) -> None:
        """See `Room`."""
        for each in self._natives.values():
            each.end()
        self._natives.clear()
        if self._databases is not None:
            self._databases.store.close()

    # --- the native object -------------------------------------------------------------------------------------

    @only("wx", "qq")
    @value
    def cloud(self, app: App) -> native.Cloud:
        """The cloud, as the app's program has it; see `native.py`."""
        known = self._natives.get(id(app))
        if known is None:
            known = self._natives[id(app)] = native.Cloud(self, app)
        return known

    # --- what both sides ask -----------------------------------------------------------------------------------

    async def call(self, app: App, env: str, name: str, event: Any, *, shared: bool = False) -> Any:
        """Calls a cloud function, and keeps what came of it. Raises `Fail`. `shared`: of another app's environment."""
        deployed = functions.found(self._functions, name)
        own, joint = self.names(app)
        event.setdefault("userInfo", {"appId": app.appid, "openId": own})
        call = FunctionCall(name, event, own)
        self.calls.append(call)
        cloud = ServerCloud(self, app, env, shared=shared)
        context = Context(own, app.appid, joint, env, name, self.request_id(), cloud)
        try:
            call.result = await deployed.call(event, context, self.phone.clock)
        except Fail as failure:
            call.error = failure.__cause__ or failure
            raise
        return call.result

    def names(self, app: App) -> tuple[str, str]:
        """The user's openid in the app, and the unionid."""
        registered, user = self._platform.app_of_phone(app.platform, app.appid), self.phone.account.user
        return openid(registered, user.id), unionid(registered, user.id)

    def give_ids(self, app: App) -> None:
        """Has the vendor give the program an id with all open data that it encrypts for it from now on."""
        if app.native_name == "wx":
            self.phone.account.cloud_ids[app] = self.open_data

    def with_open_data(self, event: Any) -> Any:
        """A call's data with what its ids stand for. Raises `Fail` for too many of them."""
        return self._open_data.replaced(event, self.phone.account.user.id, self.phone.clock.now())

    def open_data_told(self, id_: str) -> Result:
        """What a function gets for one id."""
        return self._open_data.told(id_, self.phone.account.user.id, self.phone.clock.now())

    def request_id(self) -> str:
        """A new id of a call."""
        return secrets.token_hex(16)

    def service_url(self, name: Any) -> str:
        """The address of a service; of the only one if none is named. Raises `Fail` if there is none."""
        if name is None and len(self._services) == 1:
            name = next(iter(self._services))
        if name not in self._services:
            raise refused(NOT_FOUND, NO_SERVICE)
        return self._service_base(name)

    def identity_headers(self, app: App, env: str) -> dict[str, str]:
        """What the vendor tells a service of who asks."""
        own, joint = self.names(app)
        return {
            "X-WX-OPENID": own,
            "X-WX-UNIONID": joint,
            "X-WX-APPID": app.appid,
            "X-WX-ENV": env,
            "X-WX-SOURCE": "wx_client",
        }

    def address_of(self, id_: str) -> Result:
        """What `getTempFileURL` tells of one file; its address can be asked on the phone's network."""
        if self.files.find(id_) is None:
            failed = {"status": NO_FILE, "errMsg": "STORAGE_FILE_NONEXIST"}
            return {"fileID": id_, "tempFileURL": "", "maxAge": storage.MAX_AGE, **failed}
        url = storage.address(id_)
        base = "/".join(url.split("/")[:3])
        if base not in self._addresses:
            self.phone.network.mount(base, _Host(self.files, id_), optional=True)
            self._addresses.add(base)
        return {"fileID": id_, "tempFileURL": url, "maxAge": storage.MAX_AGE, "status": 0, "errMsg": "ok"}

    def delete_file(self, id_: str, app: App | None = None) -> Result:
        """Deletes one file, which has to be the app's user's; without an app, whoever's it is."""
        owner = self._kept.owners.get(id_)
        if self.files.find(id_) is None:
            return {"fileID": id_, "status": NO_FILE, "errMsg": "STORAGE_FILE_NONEXIST"}
        if app is not None and owner != self.names(app)[0]:
            return {"fileID": id_, "status": STORAGE_DENIED, "errMsg": "STORAGE_EXCEED_AUTHORITY"}
        self.files.remove(id_)
        if self._kept.owners.pop(id_, None) is not None:
            self._saved.keep(self._kept)
        return {"fileID": id_, "status": 0, "errMsg": "ok"}

    def keep_owner(self, id_: str, app: App) -> None:
        """Has the file be the app's user's."""
        self._kept.owners[id_] = self.names(app)[0]
        self._saved.keep(self._kept)

    @staticmethod
    def _service_base(name: str) -> str:
        return f"https://{name}.{SERVICE_HOST}"


class _Host:
    """The ASGI app behind the addresses of an environment's files."""

    def __init__(self, files: storage.CloudFiles, id_: str) -> None:
        self._files = files
        self._bucket = id_.removeprefix(storage.SCHEME).partition("/")[0]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answers with the file's bytes, or 404."""
        if scope["type"] != "http":
            return
        place = self._files.find(f"{storage.SCHEME}{self._bucket}{scope['path']}")
        body = b"" if place is None else place.read_bytes()
        headers = [(b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 404 if place is None else 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})
