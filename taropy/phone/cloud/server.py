"""What cloud functions call themselves: the vendor's server SDK, with all rights, in Python.

Facts: developers.weixin.qq.com/miniprogram/dev/wxcloud/reference-sdk-api, wx-server-sdk 4.0.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...models.record import Record
from ..core.answers import Fail
from ..core.app import App
from .errors import raised
from .functions import event_of

if TYPE_CHECKING:
    from .database.server import ServerDatabase
    from .face import Room


class ServerCloud:
    """The cloud from the inside: `await cloud.callFunction(name=…)`, `cloud.database()`, files as bytes.

    What fails raises `CloudError`, with `errMsg` and `errCode`.
    """

    def __init__(self, room: Room, app: App, env: str, *, shared: bool = False) -> None:
        self._room = room
        self._app = app
        self._env = env
        self._shared = shared

    def database(self) -> ServerDatabase:
        """The database, with all rights."""
        return self._room.database()

    def getWXContext(self) -> Record:
        """Who has called: `OPENID`, `APPID`, `UNIONID`, `ENV`; from another app also `FROM_OPENID`, ….

        Whose `OPENID` and `APPID` are then is not documented; here they are the caller's.
        """
        openid, unionid = self._room.names(self._app)
        who = {"OPENID": openid, "APPID": self._app.appid, "UNIONID": unionid}
        there = {f"FROM_{name}": each for name, each in who.items()} if self._shared else {}
        return Record({**who, **there, "ENV": self._env})

    async def getOpenData(self, *, list: list[str]) -> Record:
        """The open data of ids that the program has sent as texts, each as an event would have it."""
        found = [Record(self._room.open_data_told(str(id_))) for id_ in list]
        return Record(list=found, errMsg="cloud.getOpenData:ok")

    async def callFunction(self, *, name: str, data: Any = None) -> Record:
        """Calls another cloud function; what it returns is in `result`."""
        try:
            event = event_of({} if data is None else data)
            result = await self._room.call(self._app, self._env, name, event, shared=self._shared)
        except Fail as failure:
            raise raised("cloud.callFunction", failure) from failure
        return Record(result=result, errMsg="cloud.callFunction:ok", requestID=self._room.request_id())

    async def uploadFile(self, *, cloudPath: str, fileContent: bytes) -> Record:
        """Puts bytes to a path in the cloud; the result has the file's id, `fileID`."""
        try:
            id_ = self._room.files.put(self._env, cloudPath, bytes(fileContent))
        except Fail as failure:
            raise raised("cloud.uploadFile", failure) from failure
        return Record(fileID=id_, statusCode=200, errMsg="cloud.uploadFile:ok")

    async def downloadFile(self, *, fileID: str) -> Record:
        """The bytes of a file, in `fileContent`."""
        try:
            data = self._room.files.read(fileID)
        except Fail as failure:
            raise raised("cloud.downloadFile", failure) from failure
        return Record(fileContent=data, statusCode=200, errMsg="cloud.downloadFile:ok")

    async def getTempFileURL(self, *, fileList: list[str]) -> Record:
        """The HTTPS addresses of files."""
        return Record(
            fileList=[Record(self._room.address_of(id_)) for id_ in fileList], errMsg="cloud.getTempFileURL:ok"
        )

    async def deleteFile(self, *, fileList: list[str]) -> Record:
        """Deletes files, whoever's they are."""
        done = [Record(self._room.delete_file(id_)) for id_ in fileList]
        return Record(fileList=done, errMsg="cloud.deleteFile:ok")
