"""Folders of phones in which every file is that a phone keeps there, and what a program does that reads them all."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import taropy
from taropy.phone import Peripheral, Phone, User
from taropy.phone.core.surface import KEPT

OLD = Path(__file__).with_name("format_0.json")
JSON_FILES = [*KEPT, "keystore.json"]
DATABASES = ["storage.sqlite", "open-platform.sqlite"]
FILES = [*JSON_FILES, *DATABASES]


def make_folder(folder: Path) -> Path:
    """A phone's folder with all the files that there are."""
    with Phone(folder, user=User("alice", gender=2)) as phone:
        use_all(phone)
    assert {path.name for path in folder.iterdir() if path.is_file()} == set(FILES)
    return folder


def use_all(phone: Phone) -> None:
    """Puts something into each file of the phone's folder."""
    app = phone.app("weapp")
    phone.clipboard.text = "oolong"
    phone.system.theme = "dark"
    phone.system.set_permission("camera", "denied")
    phone.location.set(31.2304, 121.4737)
    phone.telephone.add_contact("Bob", "13800000000")
    phone.hardware.set_battery(50)
    phone.permissions.grant("scope.userLocation")
    phone.permissions.deny("scope.record", app)
    phone.forms.fill("address", userName="Li Lei")
    phone.payments.balance = 5000
    phone.chats.group("tea")
    phone.steps.walk(1000)
    phone.favorites.keep_page(app, {"title": "Tea", "path": "pages/home/home"})
    phone.background_fetch.put("ahead", app=app)
    phone.privacy.agree(app)
    phone.wifi.add("tearoom", "oolong tea")
    phone.biometrics.enrolled = ["fingerPrint"]
    phone.bluetooth.pair(phone.bluetooth.add(Peripheral("Lock")))
    phone.cloud.keep_owner("cloud://tea-1/leaf.png", app)
    asyncio.run(_use_by_program(taropy.create("weapp", phone=phone)))
    taropy.create("swan", phone=phone).insertBookshelf({"category": "doc", "contentIds": ["tea"]})


async def _use_by_program(t: Any) -> None:
    await t.addCard(cardList=[{"cardId": "tea", "cardExt": "{}"}])
    await t.addPhoneCalendar(title="Tea", startTime=1_900_000_000)
    await t.requestDeviceVoIP(sn="kettle", snTicket="t", modelId="m", deviceName="Kettle")
    t.setStorageSync("tea", {"leaves": 7})
    await t.setStorage(key="sealed", data="secret", encrypt=True)
    await t.setBackgroundFetchToken(token="token")
    await t.login()
    await t.getUserCryptoManager().getLatestUserKey()
    manager = t.createCacheManager(origin="https://example.com")
    manager.addRule("/tea")
    phone = t.phone
    phone.network.around.clear()
    phone.caches.shelf(phone.app("weapp")).update(_cached())
    updates = t.getUpdateManager()
    ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    updates.onUpdateReady(lambda *_: ready.set_result(None))
    phone.updates.offer("2.0.0")
    await ready
    updates.applyUpdate()
    assert phone.updates.version(phone.app("weapp")) == "2.0.0"


def _cached() -> dict[str, Any]:
    from taropy.phone.storage.cache_manager import Kept

    return {"rule-1 GET /tea {}": Kept("rule-1", '{"data":1}', 5.0, 10.0)}


def make_old_folder(folder: Path) -> Path:
    """The same as it was written before files said of which format they are."""
    kept = json.loads(OLD.read_text("utf-8"))
    folder.mkdir()
    for name, text in kept["json"].items():
        (folder / name).write_text(text, "utf-8")
    for name, statements in kept["sqlite"].items():
        with closing(sqlite3.connect(folder / name)) as database, database:
            for statement in statements:
                database.execute(*([statement] if isinstance(statement, str) else statement))
    return folder


#: One call at least for each file, with what it needs.
CALLS: dict[str, dict[str, Any]] = {
    "login": {},
    "checkSession": {},
    "getUserInfo": {},
    "getStorage": {"key": "tea"},
    "getStorageInfo": {},
    "setStorage": {"key": "new", "data": 1},
    "getLocation": {},
    "getClipboardData": {},
    "getSetting": {},
    "authorize": {"scope": "scope.userLocation"},
    "chooseAddress": {},
    "chooseInvoice": {},
    "chooseContact": {},
    "getBatteryInfo": {},
    "getSystemInfo": {},
    "getBackgroundFetchToken": {},
    "getBackgroundFetchData": {"fetchType": "pre"},
    "getPrivacySetting": {},
}


def errors_of_use(phone: Phone) -> Iterator[BaseException]:
    """What a program raises, and a test, that reads all that the phone keeps."""
    with taropy.create("weapp", phone=phone) as t:
        for name, options in CALLS.items():
            yield from _raised(lambda name=name, options=options: getattr(t, name)(options).result())
        yield from _raised(lambda: t.getStorage(key="sealed", encrypt=True).result())
        yield from _raised(lambda: t.getUserCryptoManager().getLatestUserKey().result())
        yield from _raised(lambda: t.createCacheManager(mode="always").match({"url": "/tea"}))
        yield from _raised(lambda: t.getAccountInfoSync())
        yield from _raised(phone.snapshot)


def _raised(work: Any) -> Iterator[BaseException]:
    try:
        work()
    except BaseException as error:
        yield error
