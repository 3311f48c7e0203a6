"""A client that speaks the automation protocol over a real socket, as plain as can be."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import pytest

websockets = pytest.importorskip("websockets.asyncio.client", reason="the extra devtools is not installed")
pytest.importorskip("quickjs", reason="the extra devtools is not installed")


class Failed(Exception):
    """The answer was an error."""


class Client:
    """Asks, and keeps the events that come meanwhile."""

    def __init__(self, socket: Any) -> None:
        self.socket = socket
        self.events: list[dict[str, Any]] = []
        self.answers: dict[Any, dict[str, Any]] = {}
        self._numbers = count(1)

    async def ask(self, method_: str, **params: Any) -> Any:
        """The result of a method; raises `Failed`."""
        return await self.result(await self.send(method_, **params))

    async def send(self, method_: str, **params: Any) -> str:
        """Sends a request, and gives its number."""
        number = f"n{next(self._numbers)}"
        await self.socket.send(json.dumps({"id": number, "method": method_, "params": params}))
        return number

    async def result(self, number: str | None) -> Any:
        """The result of a request that was sent."""
        while number not in self.answers:
            await self._receive()
        answer = self.answers.pop(number)
        if "error" in answer:
            raise Failed(answer["error"]["message"])
        return answer["result"]

    async def event(self, method: str) -> Any:
        """The parameters of the next event of this name."""
        while True:
            for event in self.events:
                if event["method"] == method:
                    self.events.remove(event)
                    return event["params"]
            await self._receive()

    async def _receive(self) -> None:
        frame = json.loads(await asyncio.wait_for(self.socket.recv(), 10))
        if "id" in frame:
            self.answers[frame["id"]] = frame
        else:
            self.events.append(frame)

    # --- what most tests do ------------------------------------------------------------------------------------

    async def evaluate(self, text: str, *given: Any) -> Any:
        return (await self.ask("App.callFunction", functionDeclaration=text, args=list(given))).get("result")

    async def wx(self, method: str, *given: Any) -> Any:
        return (await self.ask("App.callWxMethod", method=method, args=list(given))).get("result")

    async def page(self) -> Page:
        return Page(self, await self.ask("App.getCurrentPage"))


class Page:
    """A page, as `App.getCurrentPage` has told it."""

    def __init__(self, client: Client, told: dict[str, Any]) -> None:
        self.client = client
        self.id = told["pageId"]
        self.path = told["path"]
        self.query = told["query"]

    async def ask(self, method_: str, **params: Any) -> Any:
        return await self.client.ask(f"Page.{method_}", pageId=self.id, **params)

    async def data(self, path: str | None = None) -> Any:
        return (await self.ask("getData", **({"path": path} if path else {})))["data"]

    async def one(self, selector: str) -> Element:
        return Element(self, await self.ask("getElement", selector=selector))

    async def all(self, selector: str) -> list[Element]:
        return [Element(self, told) for told in (await self.ask("getElements", selector=selector))["elements"]]

    async def xpath(self, selector: str) -> list[Element]:
        found = await self.ask("getElementsByXpath", selector=selector)
        return [Element(self, told) for told in found["elements"]]


class Element:
    """An element of a page."""

    def __init__(self, page: Page, told: dict[str, Any]) -> None:
        self.page = page
        self.told = told

    async def ask(self, method_: str, **params: Any) -> Any:
        told = {name: self.told[name] for name in ("elementId", "nodeId") if name in self.told}
        return await self.page.client.ask(f"Element.{method_}", pageId=self.page.id, **told, **params)

    async def text(self) -> str:
        return str((await self.ask("getDOMProperties", names=["innerText"]))["properties"][0])

    async def tap(self) -> None:
        await self.ask("tap")

    async def call(self, function: str, *given: Any) -> Any:
        return (await self.ask("callFunction", functionName=function, args=list(given))).get("result")

    async def property(self, name: str) -> Any:
        return (await self.ask("getProperties", names=[name]))["properties"][0]


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Client]:
    """A client that is connected there."""
    async with websockets.connect(url) as socket:
        yield Client(socket)
