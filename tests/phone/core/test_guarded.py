"""What a test sets on a phone and its rooms is there, or is refused with what was meant."""

from __future__ import annotations

import subprocess
import sys
import traceback
from typing import Any

import pytest

from taropy import Phone
from taropy.phone.core.surface import ROOMS

WRONG = [
    ("network", "typ", "phone.network has no 'typ'; did you mean 'type'?"),
    ("network", "latensy", "phone.network has no 'latensy'; did you mean 'latency'?"),
    ("screen", "toastt", "phone.screen has no 'toastt'; did you mean 'toast'?"),
    ("system", "Theme", "phone.system has no 'Theme'; did you mean 'theme'?"),
    ("clipboard", "txt", "phone.clipboard has no 'txt'; did you mean 'text'?"),
    ("faults", "anser", "phone.faults has no 'anser'; did you mean 'answer'?"),
    ("person", "skript", "phone.person has no 'skript'; did you mean 'script'?"),
    ("network", "qqqq", "phone.network has no 'qqqq'"),
]


@pytest.fixture
def phone() -> Phone:
    return Phone(log=True)


@pytest.mark.parametrize(("room", "name", "told"), WRONG)
def test_what_a_room_does_not_have_cannot_be_set(phone: Phone, room: str, name: str, told: str) -> None:
    with pytest.raises(AttributeError) as caught:
        setattr(getattr(phone, room), name, 1)
    assert str(caught.value) == told
    assert not hasattr(getattr(phone, room), name)


def test_nor_can_it_on_the_phone_itself_by_a_test_that_calls_it_phone(phone: Phone) -> None:
    with pytest.raises(AttributeError, match=r"^a phone has no 'locatoin'; did you mean 'location'\?$"):
        phone.locatoin = 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_every_room_refuses_what_it_does_not_have(phone: Phone, room: str) -> None:
    with pytest.raises(AttributeError, match=f"^phone.{room} has no 'unheard_of'"):
        getattr(phone, room).unheard_of = 1


def test_what_the_open_platform_knows_of_money_refuses_it_as_well(phone: Phone) -> None:
    with pytest.raises(AttributeError, match=r"^phone\.open_platform.payments has no 'refund_tim'; did you mean"):
        phone.open_platform.payments.refund_tim = 3  # type: ignore[attr-defined]


def test_a_room_that_has_been_used_refuses_it_as_well(phone: Phone) -> None:
    phone.network.latency = 0.1
    phone.network.type = "none"
    with pytest.raises(AttributeError, match="did you mean 'type'"):
        phone.network.typ = "wifi"  # type: ignore[attr-defined]
    assert (phone.network.type, phone.network.latency) == ("none", 0.1)


def test_a_phone_of_ones_own_has_what_its_class_gives_it() -> None:
    class Mine(Phone):
        shelf: int = 1

        def __init__(self) -> None:
            super().__init__()
            self.owner = "Li"

        def sell(self) -> None:
            self.sold = True

    phone = Mine()
    phone.sell()
    phone.owner, phone.sold, phone.shelf = "Wang", False, 2
    with pytest.raises(AttributeError, match="did you mean 'owner'"):
        phone.ownr = "Li"  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match="has no 'owner'"):
        Phone().owner = "Li"  # type: ignore[attr-defined]


def test_a_test_may_put_its_own_function_in_place_of_a_method(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phone.network, "fetched", None)
    monkeypatch.setattr(phone, "rotate", lambda orientation: orientation)
    assert phone.rotate("landscape") == "landscape"  # type: ignore[func-returns-value]


READ = [
    ("phone.network.typ", "type"),
    ("phone.locatoin", "location"),
    ("phone.screen.toastt", "toast"),
    ("phone.person.skript", "script"),
]


@pytest.mark.parametrize(("code", "meant"), READ)
def test_reading_it_is_refused_by_python_which_says_what_was_meant(code: str, meant: str) -> None:
    program = f"import taropy; phone = taropy.Phone(); {code}"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert f"Did you mean: '{meant}'?" in ran.stderr


@pytest.mark.parametrize("code", ["phone.network.typ = 1", "phone.log", "phone.nodez", "phone.network.conditionz"])
def test_nothing_private_is_suggested_and_nothing_twice(code: str) -> None:
    names: dict[str, Any] = {"phone": Phone()}
    with pytest.raises(AttributeError) as caught:
        exec(code, names)
    told = "".join(traceback.format_exception(caught.value)).splitlines()[-1]
    assert told.lower().count("did you mean") <= 1
    assert "'_" not in told
