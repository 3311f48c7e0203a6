"""What DevTools can do to an app beside calling its functions: pages, elements, mocks, pictures.

    taro = taropy.create("weapp", host="devtools", url="ws://127.0.0.1:9420")
    tools = taropy.hosts.devtools.tools.of(taro)
    tools.page().element("#buy").tap()

Each call waits for its answer; what DevTools refuses is a `DevToolsError`.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from ...models.record import record
from .native import Native
from .wire import DevToolsError, Wire

if TYPE_CHECKING:
    from ...runtime.taro import Taro


def of(taro: Taro) -> Tools:
    """The tools of a runtime over DevTools; TypeError for one over something else."""
    native = taro.native
    if not isinstance(native, Native):
        raise TypeError(f"this runtime runs over the {taro.host.name}, and not over DevTools")
    return Tools(native._session.wire)


@attrs.frozen
class Tools:
    """The app that is open in DevTools."""

    _wire: Wire

    @property
    def version(self) -> str:
        """The version of its base library."""
        return str(self._wire.ask("Tool.getInfo").get("SDKVersion", ""))

    def page(self) -> Page:
        """The page on the screen."""
        return Page(self._wire, self._wire.ask("App.getCurrentPage"))

    def pages(self) -> list[Page]:
        """The pages on each other, the one on the screen last."""
        return [Page(self._wire, told) for told in self._wire.ask("App.getPageStack")["pageStack"]]

    def evaluate(self, function: str, *arguments: Any) -> Any:
        """What a function of JavaScript gives, run beside the app."""
        told = self._wire.ask("App.callFunction", functionDeclaration=function, args=list(arguments))
        return record(told.get("result"))

    def mock(self, method: str, result: Any = None, *, function: str | None = None, arguments: Any = ()) -> None:
        """Has a function of `wx` give this result, or do what a function of JavaScript does with these arguments."""
        if function is None:
            self._wire.ask("App.mockWxMethod", method=method, result=result)
        else:
            self._wire.ask("App.mockWxMethod", method=method, functionDeclaration=function, args=list(arguments))

    def restore(self, method: str) -> None:
        """Has the function do its own work again."""
        self._wire.ask("App.mockWxMethod", method=method)

    def native(self, method: str, data: Mapping[str, Any] | None = None) -> None:
        """Answers a dialog (`confirmModal`, `authorizeAllow`, …) or uses a bar (`goHome`, `switchTab`)."""
        told = self._wire.ask("Tool.native", method=method, data=dict(data or {}))
        if isinstance(told, Mapping) and told.get("error"):
            raise DevToolsError(f"{method}:fail {told['error'].get('message', '')}", api=method)

    def screenshot(self, path: str | Path | None = None) -> bytes:
        """The screen as a PNG, which is also written to `path` if that is given."""
        picture = base64.b64decode(self._wire.ask("App.captureScreenshot")["data"])
        if path is not None:
            Path(path).write_bytes(picture)
        return picture


class Page:
    """A page that is open in DevTools."""

    def __init__(self, wire: Wire, told: Mapping[str, Any]) -> None:
        self._wire = wire
        self.id: int = told["pageId"]
        self.route: str = told["path"]
        self.query: dict[str, Any] = record(told.get("query") or {})

    def _ask(self, method: str, /, **params: Any) -> Any:
        return self._wire.ask(f"Page.{method}", pageId=self.id, **params)

    def data(self, path: str | None = None) -> Any:
        """The page's data, or what stands in them at a path."""
        return record(self._ask("getData", **({} if path is None else {"path": path}))["data"])

    def set_data(self, data: Mapping[str, Any]) -> None:
        """Sets data, by their paths."""
        self._ask("setData", data=json.loads(json.dumps(dict(data))))

    def call(self, method: str, *arguments: Any) -> Any:
        """Calls a method of the page."""
        return record(self._ask("callMethod", method=method, args=list(arguments)).get("result"))

    def element(self, selector: str) -> Element:
        """The first element that a selector matches; a `DevToolsError` if none does."""
        return Element(self, self._ask("getElement", selector=selector))

    def elements(self, selector: str) -> list[Element]:
        """All elements that a selector matches."""
        return [Element(self, told) for told in self._ask("getElements", selector=selector)["elements"]]

    def __repr__(self) -> str:
        return f"<Page {self.route} in DevTools>"


class Element:
    """An element of a page."""

    def __init__(self, page: Page, told: Mapping[str, Any]) -> None:
        self._page = page
        self.tag: str = told["tagName"]
        self._known = {name: told[name] for name in ("elementId", "nodeId", "videoId") if told.get(name)}

    def _ask(self, method: str, /, **params: Any) -> Any:
        return self._page._wire.ask(f"Element.{method}", pageId=self._page.id, **self._known, **params)

    def _one(self, method: str, field: str, name: str) -> Any:
        return record(self._ask(method, names=[name])[field][0])

    def element(self, selector: str) -> Element:
        """The first element in it that a selector matches."""
        return Element(self._page, self._ask("getElement", selector=selector))

    @property
    def text(self) -> str:
        """Its text as it is seen."""
        return str(self._one("getDOMProperties", "properties", "innerText"))

    def attribute(self, name: str) -> Any:
        """An attribute."""
        return self._one("getAttributes", "attributes", name)

    def property(self, name: str) -> Any:
        """A property of the component."""
        return self._one("getProperties", "properties", name)

    def style(self, name: str) -> str:
        """A style, by its CSS name."""
        return str(self._one("getStyles", "styles", name))

    def tap(self) -> None:
        """Taps it."""
        self._ask("tap")

    def input(self, text: str) -> None:
        """Types a text into an input or a textarea."""
        self._ask("callFunction", functionName=f"{self.tag}.input", args=[text])

    def trigger(self, event: str, detail: Any = None) -> None:
        """Has an event happen at it."""
        self._ask("triggerEvent", type=event, **({} if detail is None else {"detail": detail}))

    def __repr__(self) -> str:
        return f"<{self.tag} in DevTools>"
