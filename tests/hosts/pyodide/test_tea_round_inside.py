"""The round of tea in a page: on the phone inside Pyodide, and over the page's own taro-h5, as on this computer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import servers
import tea_house
import tea_round
from taro_h5_inside import Beside
from tea_house import TeaHouse, answer, open_app

import taropy

pytestmark = pytest.mark.pyodide

#: taro-h5 says that it has gone to a page some turns before it has: inside, a program may be quicker, as one in
#: JavaScript, to which it happens as well. Then `getCurrentPages` has the old ones, and `navigateBack` loads all anew.
FIRST = """
import asyncio, json, os
from functools import partial
import js
import taropy, tea_house, tea_round

def pages(native):
    return [page.path for page in native.getCurrentPages()]

async def until_shown(name, native, options):
    before = pages(native)
    went = await getattr(native, name)({key: options[key] for key in ("url", "delta", "events") if key in options})
    while pages(native) == before:
        await asyncio.sleep(0.001)
    return went

NAVIGATION = ("navigateTo", "navigateBack", "redirectTo", "reLaunch", "switchTab")
OVER_TARO_H5 = {"native": js.Taro, "apis": {name: partial(until_shown, name) for name in NAVIGATION}}

async def made(url, **options):
    calls = {}
    taro = taropy.use("h5", observe=calls.setdefault, **options)
    if not options:  # the phone
        tea_house.open_app(taro)
        calls.clear()
        tea_house.answer(taro.phone.screen)
    os.environ["TARO_APP_API"] = url
    outcome = await asyncio.wait_for(tea_round.main(), 60)
    print(json.dumps([outcome, [(call.api, call.outcome) for call in calls]], default=repr))
    taropy.use("h5")
"""


@pytest.fixture(scope="module")
def beside(
    built: Callable[[Mapping[str, Any]], Path],
    with_pyodide: Callable[[Path], Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Beside]:
    folder = tmp_path_factory.mktemp("made")
    with Beside(with_pyodide(built(tea_round.APP)), [servers, tea_house, tea_round], FIRST, folder) as beside:
        yield beside


@pytest.fixture(scope="module")
def on_the_phone() -> Any:
    """What comes of it on the phone outside, and the calls that it makes."""
    calls: dict[Any, None] = {}
    taro = taropy.use("h5", observe=calls.setdefault)
    open_app(taro)
    calls.clear()
    answer(taro.phone.screen)
    with TeaHouse() as house, pytest.MonkeyPatch.context() as patch:
        patch.setenv("TARO_APP_API", house.url)
        outcome = taropy.run(lambda: asyncio.wait_for(tea_round.main(), 60))
    taropy.use("h5")
    return json.loads(json.dumps([outcome, [(call.api, call.outcome) for call in calls]], default=repr))


def test_on_the_phone_inside(beside: Beside, on_the_phone: Any) -> None:
    with TeaHouse() as house:
        outcome, calls = json.loads(beside.run(f"await made({house.url!r})"))
    assert outcome == on_the_phone[0]
    assert calls == on_the_phone[1]


def test_over_the_page_s_own_taro_h5(beside: Beside, on_the_phone: Any) -> None:
    answer(beside.phone.screen)
    with TeaHouse() as house:
        outcome, calls = json.loads(beside.run(f"await made({house.url!r}, **OVER_TARO_H5)"))
    assert outcome == on_the_phone[0]
    assert calls == on_the_phone[1]
    assert len(calls) > 100
