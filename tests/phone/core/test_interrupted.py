"""Calls that are pending when the phone ends: each is answered once, as interrupted, on every platform."""

from __future__ import annotations

import asyncio
import gc
import warnings
from collections.abc import Callable
from typing import Any

import pytest
from natively import called

import taropy
from taropy import Phone, spec
from taropy.phone import Question

#: Functions that take their time, and options that begin them: those that ask a person, and those that do work.
PENDING: list[tuple[str, dict[str, Any]]] = [
    ("chooseImage", {}),
    ("getLocation", {}),
    ("getUserProfile", {"desc": "for your profile"}),
    ("request", {"url": "http://127.0.0.1:9/"}),
    ("scanCode", {}),
    ("showActionSheet", {"itemList": ["a", "b"]}),
    ("showModal", {"title": "Sure?"}),
]
#: Where one is answered at once.
AT_ONCE = {"scanCode": {"h5"}, "getLocation": {"harmony"}}
CASES = [
    (name, options, platform)
    for name, options in PENDING
    for platform in sorted(spec.supported_on(name) - AT_ONCE.get(name, set()))
]


async def never(question: Question) -> None:
    """A person who does not answer."""
    await asyncio.Event().wait()


@pytest.fixture
def phone() -> Any:
    with Phone() as phone:
        phone.person.ask = never
        yield phone


@pytest.mark.parametrize(("name", "options", "platform"), CASES)
def test_a_call_ends_with_its_phone(phone: Phone, name: str, options: dict[str, Any], platform: str) -> None:
    heard: list[str] = []

    async def main() -> None:
        taro: Any = taropy.create(platform, phone=phone)
        call = getattr(taro, name)(
            {
                **options,
                "success": lambda _: heard.append("success"),
                "fail": lambda failure: heard.append(failure.errMsg),
                "complete": lambda _: heard.append("complete"),
            }
        )
        await asyncio.sleep(0)
        phone.close()
        with pytest.raises(taropy.TaroError, match=f"^{name}:fail interrupted$"):
            await asyncio.wait_for(call, 5)

    asyncio.run(main())
    assert heard == [f"{name}:fail interrupted", "complete"]


def test_a_call_that_nobody_waits_for_is_not_reported_when_its_phone_ends(phone: Phone) -> None:
    async def main() -> None:
        taro: Any = taropy.create("weapp", phone=phone)
        taro.showModal(title="Sure?")
        taro.getLocation()
        await asyncio.sleep(0)
        phone.close()
        await asyncio.sleep(0)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        asyncio.run(main())
        gc.collect()


def order_to_hang(phone: Phone) -> None:
    phone.faults.hang("login")


def order_to_be_late(phone: Phone) -> None:
    phone.clock.stop()
    phone.faults.delay("login", 60)


def order_a_function_that_waits(phone: Phone) -> None:
    async def answer(_: Any) -> dict[str, Any]:
        await asyncio.Event().wait()
        return {}

    phone.faults.answer("login", answer)


@pytest.mark.parametrize("order", [order_to_hang, order_to_be_late, order_a_function_that_waits])
def test_a_call_that_a_fault_holds_up_ends_with_its_phone(phone: Phone, order: Callable[[Phone], None]) -> None:
    async def main() -> dict[str, Any]:
        order(phone)
        pending = asyncio.ensure_future(called(phone.native("weapp"), "login"))
        await asyncio.sleep(0)
        phone.close()
        return await asyncio.wait_for(pending, 5)

    assert asyncio.run(main()) == {"errMsg": "login:fail interrupted"}


def test_a_call_that_hung_until_its_time_was_up_is_answered_once(phone: Phone) -> None:
    heard: list[str] = []

    async def main() -> None:
        phone.clock.stop()
        phone.faults.hang("getLocation")
        phone.native("weapp").getLocation({"timeout": 1000, "fail": lambda failure: heard.append(failure["errMsg"])})
        phone.clock.advance(1)
        await asyncio.sleep(0)
        phone.close()

    asyncio.run(main())
    assert heard == ["getLocation:fail timeout"]


def test_a_sound_that_is_being_decoded_is_given_up_with_the_phone(phone: Phone) -> None:
    pytest.importorskip("numpy")
    heard: list[str] = []

    async def main() -> None:
        context = taropy.create("weapp", phone=phone).createWebAudioContext()
        decoded = context.decodeAudioData(b"", None, lambda failure: heard.append(failure["errMsg"]))
        phone.close()
        with pytest.raises(Exception, match="decodeAudioData:fail interrupted"):
            await asyncio.wait_for(decoded, 5)

    asyncio.run(main())
    assert heard == ["decodeAudioData:fail interrupted"]
