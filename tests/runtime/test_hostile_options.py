"""Every function with wrong, missing, null, surplus, hostile and huge options: only `TaroError`s come out.

Promises settle, a refused call changes nothing, and the phone can be used afterwards.
"""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from natives import PLATFORMS, Everything

import taropy
from taropy import Phone, Promise, Record, TaroError, spec
from taropy.models import LoginOption
from taropy.testing.examples import arguments, fitting, ignore, options

# Outside an event loop nobody can stop a recording, which then takes its whole minute.
WAITS = frozenset(["startRecord"])
FUNCTIONS = [name for name in spec.members() if spec.member(name).is_function and name not in WAITS]


class Touchy:
    """An object that raises whatever is done to it."""

    def _raise(self, *_):
        raise RuntimeError("touched")

    __eq__ = __hash__ = __bool__ = __len__ = __iter__ = __getattr__ = __getitem__ = __int__ = __float__ = _raise
    __str__ = __contains__ = __lt__ = __add__ = __index__ = _raise


class Indifferent:
    """A class that can be called with anything."""

    def __init__(self, *_): ...


class TouchyMapping(Mapping):
    """A mapping that raises when it is read."""

    def __getitem__(self, key):
        raise RuntimeError("touched")

    def __iter__(self):
        raise RuntimeError("touched")

    def __len__(self):
        return 1


class HalfMapping(TouchyMapping):
    """A mapping that names keys which it then does not have."""

    def __iter__(self):
        return iter(["url", "key", "title", "success"])


def cyclic_list():
    """A list that contains itself."""
    made = []
    made.append(made)
    return made


def cyclic_dict():
    """A dict that contains itself."""
    made = {}
    made["key"] = made["url"] = made["data"] = made
    return made


def deep():
    """Lists in lists, deeper than Python can follow."""
    made = []
    for _ in range(100_000):
        made = [made]
    return made


class Text(str):
    """A text of a class of its own."""

    __slots__ = ()


HOSTILE = {
    "none": None,
    "true": True,
    "zero": 0,
    "negative": -1,
    "huge int": 10**400,
    "nan": float("nan"),
    "infinity": float("inf"),
    "empty text": "",
    "nul": "\0",
    "surrogate": "\ud800",
    "huge text": "x" * 2_000_000,
    "path": "../../../../etc/passwd",
    "broken url": "http://[::1",
    "other scheme": "file:///etc/passwd",
    "own text": Text("a"),
    "bytes": b"\xff",
    "list": [None, 1, "a", {}],
    "tuple": (1, 2),
    "set": {1, 2},
    "dict": {"a": 1},
    "odd keys": {1: 2, None: 3, (4,): 5, "": 6},
    "cyclic list": cyclic_list(),
    "cyclic dict": cyclic_dict(),
    "deep list": deep(),
    "record": Record(url=5),
    "model": LoginOption(timeout=1),
    "date": datetime.date(2026, 1, 1),
    "object": object(),
    "class": Indifferent,
    "function": ignore,
    "touchy object": Touchy(),
    "touchy mapping": TouchyMapping(),
    "half mapping": HalfMapping(),
    "ellipsis": ...,
}

hostile = st.sampled_from(list(HOSTILE)).map(HOSTILE.__getitem__)
json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.binary(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
anything = hostile | json_like


def outcome_of(taro, name, /, *given, **named):
    """What the call gives, or the `TaroError` that it fails with. Anything else that it raises is a fault."""
    try:
        value = getattr(taro, name)(*given, **named)
        return value.result(timeout=20) if isinstance(value, Promise) else value
    except TaroError as error:
        return error


@st.composite
def calls(draw):
    """A function, and what to call it with: mostly its declared options, some of them wrong, and surplus ones."""
    name = draw(st.sampled_from(FUNCTIONS))
    member = spec.member(name)
    if member.option is None or draw(st.integers(0, 9)) == 0:
        return name, tuple(draw(st.lists(anything, max_size=3))), {}
    fields = spec.fields_of(member.option)
    given = {field: fitting(each.type) for field, each in fields.items() if draw(st.booleans()) or not each.optional}
    for field in draw(
        st.lists(st.sampled_from(sorted({*fields, "success", "fail", "complete", "surplus"})), max_size=3)
    ):
        given[field] = draw(anything)
    for field in draw(st.lists(st.sampled_from(sorted(fields)), max_size=1)):
        given.pop(field, None)
    as_names = draw(st.booleans()) and all(field.isidentifier() for field in given)
    return (name, (), given) if as_names else (name, (given,), {})


@pytest.fixture(scope="module")
def phone():
    with Phone() as made:
        yield made


def stored(phone, platform):
    """All that the app has in its storage."""
    app = phone.app(platform, "wx")
    return {key: phone.storage.getStorageSync(app, key) for key in phone.storage.getStorageInfoSync(app)["keys"]}


@pytest.mark.parametrize("platform", PLATFORMS)
@settings(max_examples=150)
@given(call=calls())
def test_over_a_native_object_only_taro_errors_come_out(platform, call):
    name, given, named = call
    outcome_of(taropy.create(platform, native=Everything()), name, *given, **named)


@pytest.mark.filterwarnings("ignore::taropy.phone.LostCallWarning")  # of canvases that are on no page
@pytest.mark.parametrize("platform", PLATFORMS)
@settings(max_examples=100)
@given(call=calls())
def test_on_the_phone_only_taro_errors_come_out_and_a_refused_call_changes_nothing(phone, platform, call):
    name, given, named = call
    phone.storage.clearStorageSync(phone.app(platform, "wx"))  # what another example may have encrypted
    phone.storage.setStorageSync(phone.app(platform, "wx"), "kept", "a")
    before = stored(phone, platform)
    outcome = outcome_of(taropy.create(platform, phone=phone), name, *given, **named)
    if isinstance(outcome, TaroError):
        assert stored(phone, platform) == before


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_every_function_takes_every_hostile_value_in_place_of_its_options(value):
    t = taropy.create("weapp", native=Everything())
    for name in FUNCTIONS:
        outcome_of(t, name, value)


def fields_with_hostile_values():
    """Every declared option of every function, each with a few of the hostile values, taken in turn."""
    values = list(HOSTILE.values())
    turn = 0
    for name in FUNCTIONS:
        member = spec.member(name)
        for field in spec.fields_of(member.option) if member.option is not None else ():
            for step in range(4):
                yield name, {**options(member), field: values[(turn + 9 * step) % len(values)]}
            turn += 1


@pytest.mark.parametrize("host", ["native object", "phone"])
def test_every_option_of_every_function_takes_hostile_values(host):
    with taropy.create("weapp") if host == "phone" else taropy.create("weapp", native=Everything()) as t:
        for name, given in fields_with_hostile_values():
            outcome_of(t, name, given)


ON_PHONE = [name for name in FUNCTIONS if taropy.create("weapp").canIUse(name)]


@pytest.mark.parametrize("name", ON_PHONE)
def test_every_function_of_the_phone_takes_every_hostile_value_everywhere(name):
    member = spec.member(name)
    fields = list(spec.fields_of(member.option)) if member.option is not None else []
    with taropy.create("weapp") as t:
        for value in HOSTILE.values():
            outcome_of(t, name, value)
            for position in range(len(arguments(member))):
                given = [*arguments(member)]
                given[position] = value
                outcome_of(t, name, *given)
            for field in fields:
                outcome_of(t, name, {**options(member), field: value})
        t.cleanInterceptors()
        assert t.login().result().code
        t.setStorageSync("still", {"usable": True})
        assert t.getStorageSync("still") == {"usable": True}


def test_in_a_loop_hostile_calls_settle_too():
    async def main():
        t = taropy.create("weapp", native=Everything())
        pending = []
        for value in HOSTILE.values():
            for name in FUNCTIONS[::7]:
                try:
                    made = getattr(t, name)(value)
                except TaroError:
                    continue
                if isinstance(made, Promise):
                    pending.append(made)
        for outcome in await asyncio.wait_for(asyncio.gather(*pending, return_exceptions=True), 20):
            assert isinstance(outcome, TaroError) or not isinstance(outcome, BaseException)
        return len(pending)

    assert asyncio.run(main()) > 500
