"""What Baidu's programs fetch ahead of time: their own sub-packages, and the packages of other apps.

Facts: github.com/swan-team/swan-docs, source/_posts/develop/api/open/swan-loadSubPackage.md; Taro 4.2.1's declaration
of `downloadPackage` and `downloadPackages`, whose pages are not public any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.functions import answered, only
from ..core.options import mapping, optional, required, strings
from ..core.room import Room
from ..core.telling import count

if TYPE_CHECKING:
    from ..core.faces import Phone

NO_NETWORK = "network error"


@attrs.frozen
class Fetched:
    """What was fetched: an app's key and a page of it, or the root of a sub-package of the app itself."""

    appKey: str | None
    place: str


class Packages(Room, name="packages"):
    """The packages that were fetched ahead of time, `fetched`, oldest first.

    Every other app is there until a test says otherwise: `phone.packages.missing` are the keys of those that are not.
    """

    STATE = ("fetched", "missing")

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.fetched: list[Fetched] = []
        self.missing: set[str] = set()

    def in_words(self) -> Iterator[str]:
        """How many were fetched."""
        yield from [f"{count(len(self.fetched), 'packages')} fetched"] if self.fetched else []

    @only("swan")
    @answered
    async def loadSubPackage(self, app: App, options: Options) -> None:
        """Fetches the sub-package `root`; fails without a network, and for one that the app's settings don't have."""
        root: str = required(options, "root", "String").strip("/")
        await self._reach()
        package = self.phone.pages.of(app).package
        if package is not None and root not in [str(each["root"]).strip("/") for each in package.sub_packages]:
            raise Fail(f"there is no sub-package {root}")
        self.fetched.append(Fetched(None, root))

    @only("swan")
    @answered
    async def downloadPackage(self, app: App, options: Options) -> None:
        """Fetches another app, for its page `pageUrl` if one is named."""
        key: str = required(options, "appKey", "String")
        page = optional(options, "pageUrl", "String", "")
        await self._reach()
        if key in self.missing:
            raise Fail(f"there is no app {key}")
        self.fetched.append(Fetched(key, page))

    @only("swan")
    @answered
    async def downloadPackages(self, app: App, options: Options) -> Result:
        """Fetches other apps; tells by their keys what became of each page: its `status` is `0` if it was fetched."""
        wanted: list[tuple[str, list[str]]] = []
        for index, each in enumerate(required(options, "pageList", "Array")):
            where = f"parameter.pageList[{index}]"
            given = mapping(each, where)
            pages = strings(optional(given, "pages", "Array", []), f"{where}.pages")
            wanted.append((required(given, "appKey", "String"), pages))
        await self._reach()
        return {key: [self._outcome(key, page) for page in pages] for key, pages in wanted}

    def _outcome(self, key: str, page: str) -> dict[str, Any]:
        if key in self.missing:
            return {"pageUrl": page, "status": "1001", "message": f"there is no app {key}"}
        self.fetched.append(Fetched(key, page))
        return {"pageUrl": page, "status": "0", "message": "success"}

    async def _reach(self) -> None:
        if not self.phone.network.online:
            raise Fail(NO_NETWORK)
        await self.phone.network.delay(0)
