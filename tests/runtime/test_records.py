"""`Record`: what is written by attribute is read by attribute, or refused."""

from __future__ import annotations

import copy
import pickle

import pytest

import taropy
from taropy import Record

METHODS = ["items", "update", "values", "get", "keys", "pop", "copy", "clear", "setdefault", "popitem", "fromkeys"]


@pytest.mark.parametrize("name", [*METHODS, "__class__", "__len__"])
def test_a_field_that_could_not_be_read_back_is_refused(name):
    state = Record(kept=1)
    with pytest.raises(AttributeError, match=f"read and write it by key: record\\['{name}'\\]"):
        setattr(state, name, [1, 2])
    with pytest.raises(AttributeError, match="by key"):
        delattr(state, name)
    assert state == {"kept": 1}


@pytest.mark.parametrize("name", METHODS)
def test_by_key_it_is_a_field_as_any_other(name):
    state = Record({name: 0})
    state[name] = [1, 2]
    assert state[name] == [1, 2]
    assert callable(getattr(state, name))
    del state[name]
    assert name not in state


@pytest.mark.parametrize("name", ["item", "token", "name", "Keys", "data", "len", "count"])
def test_every_other_field_reads_back(name):
    state = Record()
    setattr(state, name, [1])
    assert (getattr(state, name), state[name]) == ([1], [1])
    delattr(state, name)
    assert name not in state


def test_records_with_such_keys_are_copied_whole():
    state = Record({"items": [1], "keys": 2})
    assert copy.deepcopy(state) == state.copy() == pickle.loads(pickle.dumps(state)) == {"items": [1], "keys": 2}


def test_a_result_with_a_field_called_keys_can_still_be_spread():
    class Native:
        def login(self, options):
            options["success"]({"code": "c", "keys": ["a"]})

    result = taropy.create(native=Native()).login().result()
    assert result["keys"] == ["a"]
    assert {**result}["code"] == dict(result)["code"] == "c"
