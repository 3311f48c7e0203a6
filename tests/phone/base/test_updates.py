"""New versions of an app: checked for, fetched, and restarted with."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from diaries import LIST, Diary
from natively import turns
from supporting import supporting

import taropy
from taropy.phone import Phone

Told = list[tuple[str, Any]]


def listening(manager: Any) -> Told:
    """What the manager tells from now on."""
    told: Told = []
    manager.onCheckForUpdate(lambda res: told.append(("checked", res.hasUpdate)))
    manager.onUpdateReady(lambda res: told.append(("ready", None)))
    manager.onUpdateFailed(lambda res: told.append(("failed", None)))
    return told


def run(main: Callable[[Any], Awaitable[None]], phone: Phone | None = None) -> None:
    async def on_weapp() -> None:
        async with taropy.create("weapp", phone=phone or Phone()) as t:
            await main(t)

    asyncio.run(on_weapp())


@supporting("getUpdateManager")
def test_there_is_no_update_until_one_is_offered(t: Any) -> None:
    async def main() -> Told:
        told = listening(t.getUpdateManager())
        await turns()
        assert told == [("checked", False)]
        t.phone.updates.offer("1.1.0", t.phone.app(t.platform.name, t.platform.native_name))
        return told

    assert asyncio.run(main()) == [("checked", False), ("checked", True), ("ready", None)]


def test_what_was_offered_before_the_start_is_found_by_the_program() -> None:
    async def main(t: Any) -> None:
        t.phone.updates.offer("1.1.0")
        told = listening(t.getUpdateManager())
        assert told == []
        await turns()
        assert told == [("checked", True), ("ready", None)]

    run(main)


def test_a_download_that_fails_is_told(phone: Phone) -> None:
    async def main(t: Any) -> None:
        t.phone.updates.fail()
        told = listening(t.getUpdateManager())
        await turns()
        assert told == [("checked", True), ("failed", None)]
        with pytest.raises(taropy.TaroError, match="applyUpdate:fail update is not ready"):
            t.getUpdateManager().applyUpdate()

    run(main, phone)


def test_without_a_network_nothing_is_fetched() -> None:
    async def main(t: Any) -> None:
        told = listening(t.getUpdateManager())
        await turns()
        t.phone.network.type = "none"
        t.phone.updates.offer()
        assert told[1:] == [("checked", True), ("failed", None)]

    run(main)


def test_who_listens_late_is_told_all_the_same() -> None:
    async def main(t: Any) -> None:
        t.phone.updates.offer()
        t.getUpdateManager()
        await turns()
        told = listening(t.getUpdateManager())
        assert told == []
        await turns()
        assert told == [("checked", True), ("ready", None)]

    run(main)


def test_there_is_one_manager() -> None:
    async def main(t: Any) -> None:
        assert t.getUpdateManager() == t.getUpdateManager()

    run(main)


def test_applying_restarts_the_app_as_it_was_launched() -> None:
    diary = Diary()

    async def main(t: Any) -> None:
        await diary.app.launch(t, path=LIST, query={"id": "7"})
        await t.navigateTo(url=f"/{LIST}")
        old = t.getUpdateManager()
        await turns()
        t.phone.updates.offer("2.0.0")
        diary.new()
        old.applyUpdate()
        assert t.phone.pages.routes == [LIST, LIST]
        await turns()
        assert t.phone.pages.routes == [LIST]
        assert t.getLaunchOptionsSync().query == {"id": "7"}
        assert diary.last("app.onLaunch").path == LIST
        assert t.phone.updates.version(t.phone.app("weapp")) == "2.0.0"
        assert t.getUpdateManager() != old
        told = listening(t.getUpdateManager())
        await turns()
        assert told == [("checked", False)]

    run(main)


def test_the_usual_program_asks_and_restarts() -> None:
    async def main(t: Any) -> None:
        manager = t.getUpdateManager()

        async def ask(_: Any) -> None:
            if (await t.showModal(title="A new version", content="Restart now?")).confirm:
                manager.applyUpdate()

        manager.onUpdateReady(ask)
        t.phone.updates.offer("3.0.0")
        await turns()
        assert t.phone.updates.version(t.phone.app("weapp")) == "3.0.0"

    run(main)


def test_after_a_restart_the_old_program_hears_nothing_more() -> None:
    diary = Diary()

    async def main(t: Any) -> None:
        await diary.app.launch(t)
        told = listening(t.getUpdateManager())
        await turns()
        t.phone.updates.offer()
        t.getUpdateManager().applyUpdate()
        await turns()
        told.clear()
        t.phone.updates.offer()
        assert told == []

    run(main)


def test_what_was_fetched_is_there_at_the_next_start() -> None:
    diary = Diary()

    async def main(t: Any) -> None:
        await diary.app.launch(t)
        t.getUpdateManager()
        await turns()
        t.phone.updates.offer("2.0.0")
        assert t.phone.updates.version(t.phone.app("weapp")) == "1.0.0"
        await diary.app.launch(t)
        assert t.phone.updates.version(t.phone.app("weapp")) == "2.0.0"
        told = listening(t.getUpdateManager())
        await turns()
        assert told == [("checked", False)]

    run(main)


def test_what_could_not_be_fetched_is_not() -> None:
    diary = Diary()

    async def main(t: Any) -> None:
        await diary.app.launch(t)
        t.getUpdateManager()
        await turns()
        t.phone.updates.fail("2.0.0")
        await diary.app.launch(t)
        assert t.phone.updates.version(t.phone.app("weapp")) == "1.0.0"

    run(main)


@supporting("getUpdateManager")
def test_a_script_without_an_event_loop_is_told_at_once(t: Any) -> None:
    app = t.phone.app(t.platform.name, t.platform.native_name)
    Diary().app.launch(t).result()
    manager = t.getUpdateManager()
    told = listening(manager)
    assert told == [("checked", False)]
    t.phone.updates.offer("1.1.0", app)
    assert told[1:] == [("checked", True), ("ready", None)]
    manager.applyUpdate()
    assert t.phone.updates.version(app) == "1.1.0"


def test_a_phone_with_a_folder_keeps_the_version(tmp_path: Path) -> None:
    with taropy.create("weapp", folder=tmp_path) as t:
        manager = t.getUpdateManager()
        t.phone.updates.offer("1.1.0")
        manager.applyUpdate()
    with Phone(tmp_path) as phone:
        assert phone.updates.version(phone.app("weapp")) == "1.1.0"


def test_a_restored_phone_knows_what_it_knew_of_updates() -> None:
    async def main(t: Any) -> None:
        manager = t.getUpdateManager()
        await turns()
        before = t.phone.snapshot()
        t.phone.updates.offer("1.1.0")
        ready = t.phone.snapshot()
        t.phone.restore(before)
        with pytest.raises(taropy.TaroError, match="update is not ready"):
            manager.applyUpdate()
        t.phone.restore(ready)
        manager.applyUpdate()
        assert t.phone.updates.version(t.phone.app("weapp")) == "1.1.0"

    run(main)


def test_a_listener_is_a_function() -> None:
    async def main(t: Any) -> None:
        for name in ("onCheckForUpdate", "onUpdateReady", "onUpdateFailed"):
            with pytest.raises(taropy.TaroError, match="should be Function instead of"):
                getattr(t.getUpdateManager(), name)("no function")

    run(main)


def test_the_person_is_led_to_the_update_of_wechat_itself() -> None:
    async def main(t: Any) -> None:
        await t.updateWeChatApp()
        assert [question.kind for question in t.phone.person.asked] == ["updateWeChatApp"]

    run(main)
