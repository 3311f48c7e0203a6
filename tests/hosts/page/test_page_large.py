"""Large messages: they cross beside the WebSocket where that can be, and come in their place all the same."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from peer import LATER, ORIGIN, Page, port_of, serving, until, waiting, with_message

import taropy
from taropy.hosts.js_values import Blob, JsError

PATH = "/taropy-messages/"
SIZE = 600_000


class Fetching(Page):
    """A page that fetches large messages, and leaves its own."""

    says: ClassVar = {"fetches": True}
    secret = ""

    def _take(self, message: list[Any]) -> None:
        if message[0] == "beside":
            self.secret = message[1]
        elif message[0] in ("large", "instead"):
            self.said.append(message)
        else:
            super()._take(message)


def asked(
    taro: taropy.Taro, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, bytes, str | None]:
    """The status and the body of the answer, and which page may read it."""
    client = http.client.HTTPConnection("127.0.0.1", port_of(taro), timeout=5)
    client.request(method, path, body, {"Origin": ORIGIN, **headers})
    with client.getresponse() as answer:
        return answer.status, answer.read(), answer.getheader("Access-Control-Allow-Origin")


def message(*parts: Any, files: bytes = b"") -> bytes:
    head = json.dumps([parts]).encode()
    return struct.pack(">I", len(head)) + head + files


def read_by(taro: taropy.Taro) -> asyncio.Future[Any]:
    """What comes of a call that the page answers later."""
    told = asyncio.get_running_loop().create_future()
    taro.native.readFile({"filePath": "f", "success": told.set_result, "fail": told.set_result})
    return told


@pytest.fixture
def taro() -> Iterator[taropy.Taro]:
    with waiting() as made:
        yield made


@pytest.fixture
def page(taro: taropy.Taro) -> Iterator[Fetching]:
    @with_message
    def later(page: Page, number: int, *given: Any) -> Any:
        return LATER

    with Fetching(taro, {"writeFile": later, "readFile": later}) as made:
        made.wait_for(lambda: bool(made.secret))
        yield made


def test_a_large_message_is_fetched_by_the_page(taro: taropy.Taro, page: Fetching) -> None:
    taro.native.writeFile({"data": b"x" * SIZE, "success": print})
    page.wait_for(lambda: bool(page.said))
    [[kind, number]] = page.said
    assert kind == "large"
    status, frame, reader = asked(taro, "GET", f"{PATH}{page.secret}/{number}")
    assert (status, reader) == (200, ORIGIN)
    assert frame.endswith(b"x" * SIZE)
    page.say(["arrived", number])
    page.wait_for(lambda: asked(taro, "GET", f"{PATH}{page.secret}/{number}")[0] == 404)


def test_a_page_that_does_not_fetch_gets_it_in_the_socket(taro: taropy.Taro) -> None:
    """A mini program, or a page from elsewhere."""
    with Page(taro, {"writeFile": lambda options: {"size": len(options["data"]["data"])}}):

        async def main() -> Any:
            told = asyncio.get_running_loop().create_future()
            taro.native.writeFile({"data": b"x" * SIZE, "success": told.set_result, "fail": told.set_result})
            return await asyncio.wait_for(told, 5)

        assert taropy.run(main) == {"size": SIZE}


def test_what_cannot_be_fetched_is_sent_after_all_and_so_is_all_that_follows(taro: taropy.Taro, page: Fetching) -> None:
    for _ in range(2):
        taro.native.writeFile({"data": b"x" * SIZE, "success": print})
        page.wait_for(lambda: bool(page.said))
        if page.said[0][0] == "large":
            page.say(["send", page.said.pop()[1]])
            page.wait_for(lambda: len(page.said) == 2)
            assert page.said[0][0] == "instead"
        [*_, [_, _, _, name, [options], *_]] = page.said
        assert (name, options["data"]["data"]) == ("writeFile", b"x" * SIZE)
        page.said.clear()


def test_what_the_page_leaves_comes_when_it_is_spoken_of(taro: taropy.Taro, page: Fetching) -> None:
    async def main() -> Any:
        reading = read_by(taro)
        await until(lambda: page.said)
        number = page.said[0][1]
        frame = message("ok", number, {"data": {"$": "b", "size": SIZE}}, files=b"y" * SIZE)
        assert asked(taro, "POST", f"{PATH}{page.secret}/1", frame) == (201, b"it is kept\n", ORIGIN)
        page.say(["large", 1])
        return await reading

    assert taropy.run(main) == {"data": b"y" * SIZE}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "path", ["{secret}x/1", "/1", "{secret}/", "{secret}/1/2", "{secret}/-1", "%C3%A9/1", "{secret}/%C2%B2"]
)
def test_without_the_secret_there_is_nothing(taro: taropy.Taro, page: Fetching, method: str, path: str) -> None:
    assert asked(taro, method, PATH + path.format(secret=page.secret), b"abc" if method == "POST" else None)[0] == 404
    assert taro.phone.connected


def test_nobody_but_the_page_leaves_a_message(taro: taropy.Taro, page: Fetching) -> None:
    place = f"{PATH}{page.secret}/1"
    assert asked(taro, "POST", place, b"abc", Origin="http://evil.test")[0] == 403
    assert asked(taro, "POST", place, b"abc", Host="evil.test")[0] == 421
    assert asked(taro, "GET", place, Host="evil.test")[0] == 421
    assert asked(taro, "POST", place, message("hello", {}))[0] == 201
    assert asked(taro, "POST", place, b"another of this number")[0] == 413


def test_what_is_left_may_be_so_long_and_no_longer() -> None:
    with waiting(max_size=SIZE) as taro, Fetching(taro, {}) as page:
        page.wait_for(lambda: bool(page.secret))
        assert asked(taro, "POST", f"{PATH}{page.secret}/1", b"x" * SIZE)[0] == 201
        assert asked(taro, "POST", f"{PATH}{page.secret}/2", b"x")[0] == 413
        assert asked(taro, "POST", f"{PATH}{page.secret}/3", b"x" * (SIZE + 1))[0] == 413


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (None, "a large message that is not there"), (b"", "shorter than it says"), (b"\0\0\0\7[]", "shorter"),
        (message("hello", {}), "is no message|said hello twice"), (message("large", 1), "not there"),
    ],
)  # fmt: skip
def test_a_page_that_speaks_of_what_is_no_message_is_let_go(
    taro: taropy.Taro, page: Fetching, left: bytes | None, told: str
) -> None:
    async def main() -> None:
        reading = read_by(taro)
        await until(lambda: page.said)
        if left is not None:
            assert asked(taro, "POST", f"{PATH}{page.secret}/1", left)[0] == 201
        page.say(["large", 1])
        assert re.search(told, (await reading)["errMsg"])

    taropy.run(main)


def test_what_is_left_may_speak_of_more_that_is_left(taro: taropy.Taro, page: Fetching) -> None:
    count = 1_000

    async def main() -> Any:
        reading = read_by(taro)
        await until(lambda: page.said)
        answer = ["ok", page.said[0][1], {"data": "tea"}]
        for number in range(count):
            left = message(*answer if number == count - 1 else ["large", number + 1])
            assert asked(taro, "POST", f"{PATH}{page.secret}/{number}", left)[0] == 201
        page.say(["large", 0])
        return await reading

    assert taropy.run(main) == {"data": "tea"}


def test_what_is_left_by_halves_is_nothing(taro: taropy.Taro, page: Fetching) -> None:
    client = http.client.HTTPConnection("127.0.0.1", port_of(taro), timeout=5)
    client.putrequest("POST", f"{PATH}{page.secret}/1")
    client.putheader("Origin", ORIGIN)
    client.putheader("Content-Length", "10")
    client.endheaders(b"half")
    client.sock.shutdown(1)
    assert client.getresponse().status == 400
    client.close()
    assert asked(taro, "POST", f"{PATH}{page.secret}/1", b"whole")[0] == 201


# --- in a browser -----------------------------------------------------------------------------------------------------


TELL = """() => {
  const bytes = new Uint8Array(600000)
  Taro.tell(1)
  Taro.tell(bytes)
  bytes[0] = 9
  Taro.tell(new Blob([bytes], { type: 'image/png' }))
  Taro.tell(2)
}"""


def crossed_both_ways(taro: taropy.Taro) -> list[str]:
    """Bytes and files go there and back, between other messages; the requests that carried them."""
    browser, heard = taro.phone.browser, list[Any]()
    requests: list[str] = []

    async def watch() -> None:
        browser.page.on("request", lambda request: requests.append(request.url.partition(PATH)[2]))

    browser.run(watch())

    async def main() -> None:
        taro.native.onTold(heard.append)
        sent: list[Any] = [
            taro.native.resolves(each) for each in (1, b"x" * SIZE, 2, Blob(b"y" * SIZE, "image/png"), 3)
        ]
        assert [await each for each in sent] == [1, b"x" * SIZE, 2, b"y" * SIZE, 3]
        browser.run(browser.page.evaluate(TELL))
        await until(lambda: len(heard) == 4)

    taropy.run(main)
    assert heard == [1, bytes(SIZE), b"\x09" + bytes(SIZE - 1), 2]
    assert heard[2].type == "image/png"
    return [each.partition("/")[2] for each in requests if each]


@pytest.mark.browser
def test_they_cross_beside_the_socket_and_in_their_place(folder: Path) -> None:
    with taropy.create("h5", host="page", url=str(folder), launch=True) as taro:
        assert sorted(crossed_both_ways(taro)) == ["1", "1", "2", "2", "3", "4"]


@pytest.mark.browser
def test_one_that_is_too_long_fails_alone(folder: Path) -> None:
    heard = list[Any]()

    async def main(taro: taropy.Taro) -> None:
        taro.native.onTold(heard.append)
        sent = taro.native.resolves(1)
        taro.phone.browser.run(taro.phone.browser.page.evaluate(TELL.replace("600000", str(SIZE * 2))))
        assert await sent == 1
        await until(lambda: len(heard) == 2)

    with taropy.create("h5", host="page", url=str(folder), launch=True, max_size=SIZE) as taro:
        told = pytest.raises(JsError, match=rf"the message is 6000\d\d bytes long, and max_size is {SIZE}$")
        with told:
            taro.native.bytes(SIZE)
        taropy.run(main(taro))
        assert (heard, taro.phone.gone) == ([1, 2], 0)


@pytest.mark.browser
def test_texts_may_be_longer_together_than_one_may_be(folder: Path) -> None:
    with taropy.create("h5", host="page", url=str(folder), launch=True, max_size=2 * SIZE) as taro:
        heard = list[Any]()

        async def main() -> None:
            taro.native.onTold(heard.append)
            await taro.native.resolves(1)
            browser = taro.phone.browser
            browser.run(browser.page.evaluate("() => { for (let at = 0; at < 9; at += 1) Taro.tell('x'.repeat(6e5)) }"))
            await until(lambda: len(heard) == 9 or taro.phone.gone)

        taropy.run(main)
        assert heard == ["x" * SIZE] * 9


@pytest.mark.browser
def test_they_cross_in_the_socket_where_requests_fail(folder: Path) -> None:
    with taropy.create("h5", host="page", url=str(folder), launch=True) as taro:
        browser = taro.phone.browser
        browser.run(browser.page.route("**/taropy-messages/**", lambda route: route.abort()))
        assert "1" in crossed_both_ways(taro)
        assert crossed_both_ways(taro) == []


@pytest.mark.browser
def test_what_another_has_answered_in_the_server_s_place_is_no_message(folder: Path) -> None:
    """As the service worker of an app may do, which has a page for all that is asked."""
    with taropy.create("h5", host="page", url=str(folder), launch=True, patience=5_000) as taro:
        browser = taro.phone.browser
        browser.run(browser.page.route("**/taropy-messages/**", lambda route: route.fulfill(body="<!DOCTYPE html>")))
        assert taro.native.size(b"x" * SIZE) == SIZE
        assert taro.native.bytes(SIZE) == b"\7" * SIZE


@pytest.mark.browser
def test_a_page_from_another_server_on_this_computer_reads_them_too(folder: Path, served: str) -> None:
    with taropy.create("h5", host="page", url=served, launch=True) as taro:
        assert sorted(crossed_both_ways(taro)) == ["1", "1", "2", "2", "3", "4"]


@pytest.fixture
def served(folder: Path) -> Iterator[str]:
    """The same page, from a server that is not taropy's."""
    with serving(folder) as url:
        yield url
