"""Python's own error for a keyword that there is not says which one was meant; what is right goes as it went."""

from __future__ import annotations

import asyncio
import inspect
import traceback
from collections.abc import Callable
from typing import Any

import pytest

import taropy
from taropy import Phone
from taropy.models import LoginOption
from taropy.phone import Response, User
from taropy.testing import expect_unhandled

WRONG: dict[str, tuple[Callable[[Phone], Any], str]] = {
    "a route": (lambda phone: phone.network.route("/a", jsn={}), "json"),  # type: ignore[call-overload]
    "a mount": (lambda phone: phone.network.mount("https://a.example", print, optinal=True), "optional"),  # type: ignore
    "a recording": (lambda phone: phone.network.record("a.har", secret=["a"]), "secrets"),  # type: ignore[call-arg]
    "a WebSocket's route": (lambda phone: phone.sockets.route("wss://a.example", mesages=["a"]), "messages"),  # type: ignore
    "a modal": (lambda phone: phone.screen.answer_modal(confrim=False), "confirm"),  # type: ignore[call-arg]
    "an action sheet": (lambda phone: phone.screen.answer_action_sheet(tapIndx=1), "tapIndex"),  # type: ignore[call-arg]
    "a battery": (lambda phone: phone.hardware.set_battery(10, charge=True), "charging"),  # type: ignore[call-arg]
    "a place": (lambda phone: phone.location.set(latitude=1, longitud=2), "longitude"),  # type: ignore[call-arg]
    "a scope": (lambda phone: phone.permissions.deny(scop="scope.camera"), "scope"),  # type: ignore[call-arg]
    "a page": (lambda phone: phone.pages.share(target=1, bye="menu"), "by"),  # type: ignore[call-arg]
    "a rotation": (lambda phone: phone.rotate(orientaton="portrait"), "orientation"),  # type: ignore[call-arg]
    "the clock": (lambda phone: phone.clock.advance(secnds=5), "seconds"),  # type: ignore[call-arg]
    "all timers": (lambda phone: phone.clock.run_all(limt=5), "limit"),  # type: ignore[call-arg]
    "a fault": (lambda phone: phone.faults.hang("request", tmes=2), "times"),  # type: ignore[call-arg]
    "a delay": (lambda phone: phone.faults.delay("request", second=2), "seconds"),  # type: ignore[call-arg]
    "an app at the vendors'": (lambda phone: phone.open_platform.register("wx1", secrt="a"), "secret"),  # type: ignore
    "a check": (lambda phone: phone.network.route("/a").assert_called(time=1), "times"),  # type: ignore[call-arg]
    "a phone": (lambda phone: Phone(foldr="a"), "folder"),  # type: ignore[call-arg]
    "a user": (lambda phone: User("li", nicknme="Li"), "nickname"),  # type: ignore[call-arg]
    "a response": (lambda phone: Response(jsn={}), "json"),  # type: ignore[call-arg]
    "options": (lambda phone: LoginOption(timeot=1), "timeout"),
    "a platform": (lambda phone: taropy.Platform(nme="shop"), "name"),  # type: ignore[call-arg]
    "an adaptation": (lambda phone: taropy.Adaptation(alais="login"), "alias"),  # type: ignore[call-arg]
    "what a test expects": (lambda phone: expect_unhandled(mach="a"), "match"),  # type: ignore[call-overload]
    "a runtime": (lambda phone: taropy.create("weapp", hots="phone"), "host"),
    "a runtime's platform": (lambda phone: taropy.create(platfrom="weapp"), "platform"),
    "a runtime on a phone": (lambda phone: taropy.create("weapp", phone=phone, obsrve=print), "observe"),
    "a runtime over a native object": (lambda phone: taropy.create("weapp", native=object(), timeot=1), "timeout"),
    "the process's runtime": (lambda phone: taropy.use("weapp", divice="iPhone 15 Pro"), "device"),
}


@pytest.mark.parametrize(("call", "meant"), WRONG.values(), ids=WRONG)
def test_a_keyword_that_there_is_not_is_told_once_what_was_meant(call: Callable[[Phone], Any], meant: str) -> None:
    with pytest.raises(TypeError) as caught:
        call(Phone())
    told = "".join(traceback.format_exception_only(caught.value))
    assert told.lower().count("did you mean") == 1
    assert f"id you mean '{meant}'?" in told


def test_one_that_is_near_to_none_is_as_python_tells_it() -> None:
    with pytest.raises(TypeError, match=r"got an unexpected keyword argument 'zzzz'$"):
        Phone().screen.answer_modal(zzzz=1)  # type: ignore[call-arg]


def test_what_a_method_raises_itself_is_as_it_was() -> None:
    with pytest.raises(TypeError) as caught:
        Phone().network.route("/a", json={}, text="a")
    assert "did you mean" not in str(caught.value)

    class Mine(Phone):
        def sell(self, price: int) -> int:
            return int(prce=price)  # type: ignore[call-overload,no-any-return]

    with pytest.raises(TypeError) as own:
        Mine().sell(price=1)
    assert "did you mean 'price'" not in str(own.value)


def test_a_phone_of_ones_own_tells_it_too() -> None:
    class Mine(Phone):
        def sell(self, price: int = 1) -> int:
            return price

    with pytest.raises(TypeError, match="id you mean 'price'"):
        Mine().sell(prize=2)  # type: ignore[call-arg]
    assert Mine().sell(price=2) == 2


def test_signatures_names_and_texts_stay() -> None:
    phone = Phone()
    assert list(inspect.signature(phone.screen.answer_modal).parameters) == ["confirm", "content"]
    assert list(inspect.signature(Phone).parameters)[:2] == ["folder", "device"]
    assert list(inspect.signature(User).parameters)[:2] == ["id", "nickname"]
    assert phone.screen.answer_modal.__name__ == "answer_modal"
    assert inspect.getdoc(phone.network.route).startswith("Has requests to an address answered")  # type: ignore[union-attr]


def test_what_is_awaited_still_is() -> None:
    phone = Phone()
    phone.clock.stop()
    before = phone.clock.now()

    async def program() -> float:
        await phone.clock.advance(seconds=5)
        return phone.clock.now()

    assert asyncio.run(program()) == before + 5
