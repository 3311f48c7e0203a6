"""Data that the vendor's client fetches for an app before the program runs: as it starts, and twice a day.

Facts: developers.weixin.qq.com/miniprogram/dev/framework/ability, "pre-fetch" and "background-fetch": what the server
is asked with, and that up to 256 KB of what it answers is kept, as text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import attrs

from ...hints import check_slip, check_word
from ...masking import hidden
from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.checked import TEXT
from ..core.functions import answered, plain
from ..core.options import function, required
from ..core.room import Room
from ..core.saved import Saved
from ..core.vendors import of_vendor

if TYPE_CHECKING:
    from ..core.faces import Phone

PRE, PERIODIC = "pre", "periodic"
KINDS = (PRE, PERIODIC)
NOT_FETCHED = "no data are fetched as {!r}"
LARGEST = 256 * 1024


# Who says what was fetched with it: github.com/AlipayDocs/open-docs, `my.getBackgroundFetchData`.
TELLS_TYPE: Mapping[str, bool] = {"my": True}


@attrs.frozen
class Fetched:
    """What was fetched, as programs are told it: the text, when it came, in ms, and how the app was entered then."""

    fetchedData: str
    timeStamp: float
    path: str | None
    query: str
    scene: int | str | None


@attrs.frozen
class Kept:
    """The tokens of the apps, and what was last fetched for each, by its kind."""

    tokens: dict[str, str] = attrs.field(factory=dict, repr=hidden)
    data: dict[str, dict[str, Fetched]] = attrs.field(factory=dict)


class BackgroundFetch(Room, name="background_fetch"):
    """What is fetched ahead for the apps.

    - `url`: the address for the data of a launch (`pre`), as in the vendor's console; while it is set, each launch
      fetches. `periodic_url`: that for data that phones fetch every twelve hours; here `fetch("periodic")` does.

    Both are asked over the phone's own network, as the app's requests are.
    """

    STATE = ("url", "periodic_url", "_kept")
    FILE = "background-fetch.json"

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.url: str | None = None
        self.periodic_url: str | None = None
        self._saved = Saved(phone, self.FILE, Kept)
        self._kept = self._saved.load(Kept())
        phone.lifecycle.listeners.on("launch", self._launched)

    # --- for tests ---------------------------------------------------------------------------------------------

    async def fetch(self, kind: str = PRE, app: App | None = None) -> bool:
        """Fetches now, and tells the program; gives whether there was something to keep.

        A server that cannot be reached, does not answer 200, or answers with more than 256 KB leaves what was kept.
        """
        check_word(kind, KINDS, NOT_FETCHED)
        url = self.url if kind == PRE else self.periodic_url
        if url is None:
            raise LookupError(f"no address is set to fetch {kind} data from")
        app = app or self.phone.pages.front
        return await self._fetch(app, kind, url)

    def put(self, data: str, kind: str = PRE, app: App | None = None) -> None:
        """Has `data` there as if they had been fetched, and tells the program."""
        TEXT.check("what was fetched", data)
        check_slip(kind, KINDS, NOT_FETCHED)  # a vendor may have others
        app = app or self.phone.pages.front
        self._keep_data(app, kind, data, self._entry(app))

    def close(self) -> None:
        """Forgets who listens."""
        self._audiences.clear()

    # --- native functions --------------------------------------------------------------------------------------

    @answered
    def setBackgroundFetchToken(self, app: App, options: Options) -> None:
        """Keeps a text by which the server may know who asks, for the next fetches."""
        self._kept.tokens[app.key] = required(options, "token", "String")
        self._keep()

    @answered
    def getBackgroundFetchToken(self, app: App, options: Options) -> Result:
        """That text; fails if none was ever set. In which words phones say so is not documented."""
        token = self._kept.tokens.get(app.key)
        if token is None:
            raise Fail("token not found")
        return {"token": token}

    @answered
    def getBackgroundFetchData(self, app: App, options: Options) -> Result:
        """What was fetched last, of `fetchType` `pre` or `periodic`.

        The text is in `fetchedData`; beside it are `timeStamp`, when it came, in ms, and how the app was entered then:
        `path`, `query` and `scene`. If there is nothing it fails, as WeChat for Android does and in its words; an
        iPhone gives empty `fetchedData`.
        """
        kind = required(options, "fetchType", "String")
        data = self._kept.data.get(app.key, {}).get(kind)
        if data is None:
            raise Fail(":record is null")
        return {"fetchType": kind, **attrs.asdict(data)} if of_vendor(TELLS_TYPE, app, False) else attrs.asdict(data)

    @plain
    def onBackgroundFetchData(self, app: App, callback: Any = None) -> None:
        """Tells of data as they come in, with their `fetchType`; the callback is given alone, or as `success`."""
        listener = callback.get("success") if isinstance(callback, Mapping) else callback
        self.audience(app).on("data", function(listener), app)

    # --- its own -----------------------------------------------------------------------------------------------

    def _launched(self, app: App) -> None:
        if self.url is not None:
            self.phone.spawn(self._fetch_at_launch(app, self.url))

    async def _fetch_at_launch(self, app: App, url: str) -> None:
        await self._fetch(app, PRE, url)

    async def _fetch(self, app: App, kind: str, url: str) -> bool:

        entry = self._entry(app)
        asked = {"appid": app.appid, **self._identity(app, kind), "timestamp": int(self.phone.clock.now() * 1000)}
        if kind == PRE:
            asked |= entry
        address = f"{url}{'&' if '?' in url else '?'}{urlencode(asked)}"
        reply = await self.phone.network.fetched(app, address, responseType="text", dataType="text")
        text = reply.get("data") if reply.get("statusCode") == 200 else None
        if not isinstance(text, str) or len(text.encode("utf-8", "replace")) > LARGEST:
            return False
        self._keep_data(app, kind, text, entry)
        return True

    def _identity(self, app: App, kind: str) -> Mapping[str, str]:
        """The token; at a launch without one, a login code."""
        token = self._kept.tokens.get(app.key)
        if token is not None:
            return {"token": token}
        user = self.phone.account.user
        return {"code": self.phone.open_platform.log_in(app.platform, app.appid, user.id)} if kind == PRE else {}

    def _entry(self, app: App) -> dict[str, Any]:
        entry = self.phone.lifecycle.getEnterOptionsSync(app)
        return {"path": entry["path"], "query": urlencode(entry["query"] or {}), "scene": entry["scene"]}

    def _keep(self) -> None:
        self._saved.keep(self._kept)

    def _keep_data(self, app: App, kind: str, text: str, entry: Mapping[str, Any]) -> None:
        data = {"fetchedData": text, "timeStamp": int(self.phone.clock.now() * 1000), **entry}
        self._kept.data.setdefault(app.key, {})[kind] = Fetched(**data)
        self._keep()
        self.audience(app).tell_each("data", lambda: {"fetchType": kind, **data})
