"""How a page that a person opens gets to its program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..js_values import JsError

if TYPE_CHECKING:
    from .apps import Apps, ShownPage
    from .session import Session


class OpenPages:
    """The pages of the app that the program has launched."""

    def __init__(self, apps: Apps) -> None:
        self._apps = apps

    @property
    def stack(self) -> list[ShownPage]:
        """The pages on each other, the one on the screen last; none before an app is launched."""
        return [] if self._apps.running is None else list(self._apps.running.stack)

    @property
    def current(self) -> ShownPage:
        """The page on the screen; its `program` is the program's own object."""
        if not self.stack:
            raise LookupError("no app has been launched in this page: taropy.App(...).launch() does that")
        return self.stack[-1]

    @property
    def routes(self) -> list[str]:
        """The routes of the pages, the one on the screen last."""
        return [page.route for page in self.stack]


class Opening:
    """What `Taro.phone` gives at a page that was opened by hand."""

    def __init__(self, host: Session, apps: Apps) -> None:
        self._host = host
        self._apps = apps

    @property
    def pages(self) -> OpenPages:
        """The pages of the app that the program has launched."""
        return OpenPages(self._apps)

    @property
    def link(self) -> str | None:
        """The address to open in a browser; None where no page's address is known, as for a mini program."""
        return self._host.link

    @property
    def address(self) -> str:
        """The address of the WebSocket, which the agent of a mini program is given."""
        return self._host.address

    @property
    def token(self) -> str:
        """What the agent has to know to be let in. Whoever knows it can take the page's place."""
        return self._host.token

    @property
    def connected(self) -> bool:
        """Whether a page is connected."""
        return self._host.bridge.connected

    @property
    def gone(self) -> int:
        """How many pages have gone: one each time that the page was loaded anew, closed, or has crashed."""
        return self._host.bridge.epoch

    def wait_until_connected(self) -> None:
        """Waits for a page, as a call does; `TimeoutError` if none comes in time."""
        try:
            self._host.bridge.page()
        except JsError as error:
            raise TimeoutError(str(error)) from None
