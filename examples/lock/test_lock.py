"""The lock opens, or it does not, and the person is told. `pytest examples/lock`"""

from __future__ import annotations

import pytest
from door import Lock
from lock import open_lock

import taropy
from taropy import Phone


@pytest.fixture
def door(phone: Phone) -> Lock:
    return phone.bluetooth.add(Lock("Front door", code="4711"))


def test_the_right_code_opens(phone: Phone, door: Lock) -> None:
    assert taropy.run(open_lock("Front door", "4711")) == "Open"
    assert door.opened
    assert phone.screen.toast is not None
    assert phone.screen.toast.title == "Open"


def test_a_wrong_code_does_not(door: Lock) -> None:
    assert taropy.run(open_lock("Front door", "1234")) == "Wrong code"
    assert not door.opened


def test_the_lock_vanishes_before_it_has_the_whole_code(door: Lock) -> None:
    door.vanish(after=1)
    assert taropy.run(open_lock("Front door", "4711")) == "The lock has gone"
    assert door.command.writes == []


def test_a_lock_that_lets_nobody_connect(door: Lock) -> None:
    door.connectable = False
    assert taropy.run(open_lock("Front door", "4711")) == "The lock can't be reached"


def test_the_lock_is_left_free(door: Lock) -> None:
    for _ in range(2):
        assert taropy.run(open_lock("Front door", "4711")) == "Open"
    assert door.connected == []
