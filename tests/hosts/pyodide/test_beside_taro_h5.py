"""The real taro-h5 in Chromium, over which taropy is inside the same page: what the host "page" is held to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import on_the_way
import pytest
import taro_h5
from servers import WebServer
from taro_h5_inside import Beside

pytestmark = pytest.mark.pyodide

FIRST = """
import asyncio, json
import js
import on_the_way, taropy, taro_h5

async def hands(what, *arguments):
    return json.loads(await js.hands(what, json.dumps(arguments)))

taro = taropy.create("h5", native=js.Taro)
"""


@pytest.fixture(scope="module")
def beside(
    site: Path,
    with_pyodide: Callable[[Path], Path],
    server: WebServer,
    sockets: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Beside]:
    first = f"{FIRST}\naround = taro_h5.Around({server.origin!r}, {sockets!r}, hands)"
    with Beside(with_pyodide(site), [taro_h5, on_the_way], first, tmp_path_factory.mktemp("made")) as beside:
        yield beside


@pytest.mark.parametrize("name", taro_h5.SIMPLE)
def test_a_function_succeeds(beside: Beside, name: str) -> None:
    beside.run(f"await taro_h5.simple(taro, {name!r})")


@pytest.mark.parametrize("name", taro_h5.LISTENERS)
def test_a_listener_comes_and_goes(beside: Beside, name: str) -> None:
    beside.run(f"taro_h5.listener(taro, {name!r})")


@pytest.mark.parametrize("work", taro_h5.COMPOUND, ids=lambda work: " ".join(taro_h5.COMPOUND[work]))
def test_functions_succeed_with_a_person_or_a_server(beside: Beside, work: Callable[..., Awaitable[None]]) -> None:
    beside.run(f"await taro_h5.compound(taro, {work.__name__!r}, around)")


@pytest.mark.parametrize("case", on_the_way.ALL, ids=lambda case: case.__name__)
def test_beside_the_answer(beside: Beside, case: Callable[..., Awaitable[None]]) -> None:
    beside.run(f"await asyncio.wait_for(on_the_way.{case.__name__}(taro, around), {taro_h5.PATIENCE})")


def test_what_is_no_stub_is_there(beside: Beside) -> None:
    assert beside.run(
        """
        stubs = {name for name in taro_h5.stubs() if hasattr(taro.native, name)}
        print(stubs == set(taro_h5.SAY_SO_THEMSELVES))
        print([name for name in taro_h5.implemented() if not hasattr(taro.native, name)])
        """
    ).splitlines() == ["True", "[]"]
