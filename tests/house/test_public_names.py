"""`import taropy`, and what is said of names that it does not have."""

from __future__ import annotations

import importlib

import pytest

import taropy
from taropy import spec

OWN_NAMES = {*taropy.__all__}
MEMBERS = sorted(name for name in spec.members() if name not in OWN_NAMES)


def advice(name):
    return f"write `from taropy import Taro`, and then Taro.{name}"


@pytest.mark.parametrize("name", MEMBERS)
def test_a_member_of_taro_is_not_to_be_imported_and_it_is_said_what_to_write(name):
    with pytest.raises(ImportError) as caught:
        exec(f"from taropy import {name}")
    assert advice(name) in str(caught.value)
    with pytest.raises(AttributeError) as missed:
        getattr(taropy, name)
    assert advice(name) in str(missed.value)


def test_functions_are_shown_called_and_others_not():
    with pytest.raises(ImportError, match=r"Taro\.login\(\)$"):
        from taropy import login  # noqa: F401
    with pytest.raises(ImportError, match=r"Taro\.env$"):
        from taropy import env  # noqa: F401


def test_asking_whether_it_is_there_raises_nothing():
    assert not hasattr(taropy, "login")
    assert getattr(taropy, "login", None) is None


def test_what_is_nothing_of_taro_s_either_is_said_as_python_says_it():
    with pytest.raises(ImportError, match=r"^cannot import name 'nonsense' from 'taropy' \("):
        from taropy import nonsense  # noqa: F401
    with pytest.raises(AttributeError, match=r"^module 'taropy' has no attribute 'nonsense'$"):
        taropy.nonsense  # noqa: B018


def test_what_taropy_has_is_imported_as_ever():
    for name in OWN_NAMES:
        assert getattr(importlib.import_module("taropy"), name) is not None
