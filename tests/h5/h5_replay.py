"""Plays the recorded cases on the phone, against the servers that the browser had."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from h5_app import launched
from h5_native import Native
from h5_person import Dialogs, Outside
from h5_player import TURNS, Json, Player, Steps, patience_for
from h5_values import as_python

import taropy
from tools.browser import cases
from tools.browser.backend import Backend

#: Over a page that is only recorded, the servers' addresses stay names.
NOWHERE: Mapping[str, str] = {}

DATA = cases.CASES.parent / "data"
GROUPS = tuple(cases.groups())


@cache
def told(group: str) -> Mapping[str, Json]:
    """The cases of a group, by id."""
    return {case["id"]: case for case in cases.group(group)}


@cache
def recorded(group: str) -> Mapping[str, Steps]:
    """What taro-h5 did in the browser, by case."""
    read: dict[str, Steps] = json.loads((DATA / f"{group}.json").read_text("utf-8"))["cases"]
    return read


def expected(group: str, id_: str) -> Steps:
    """The same in Python's words."""
    return [[step[0], *map(as_python, step[1:])] for step in recorded(group)[id_]]


async def on_the_phone(case: Json, backend: Backend, due: Steps, platform: str = "h5") -> Steps:
    """What taropy does in the case, on a phone of its own, where these steps are `due`."""
    backend.begin(case["routes"])
    dialogs = Dialogs()
    with taropy.Phone(ask=dialogs.ask) as phone:
        async with taropy.create(platform, phone=phone) as taro:
            outside = Outside(phone, dialogs, backend)
            player = Player(taro, case, backend.addresses, outside, patience_for(due))
            outside.prepare(case)
            await launched(taro, case, player)
            phone.lifecycle.listeners.on("launch", player.lose)
            await player.do_quiet()
            if not case.get("boot"):
                player.log.clear()
            await player.play(case["do"])
            await player.do_quiet()
            steps = player.recorded()
            backend.end()
    return steps


async def over_the_page(case: Json, steps: Steps) -> tuple[Steps, Steps]:
    """What taropy does over a native object that answers as the page did; and what that was asked."""
    native = Native(case, steps)
    async with taropy.create("h5", native=native.object) as taro:
        player = Player(taro, case, NOWHERE, None)
        await player.play([step for step in case["do"] if step[0] == "call"])
        for _ in range(TURNS):
            await asyncio.sleep(0)
    return player.log, native.asked


def canonical(steps: Any) -> str:
    """Steps to compare: true is not 1, and fields have no order."""
    return json.dumps(steps, sort_keys=True, ensure_ascii=False)
