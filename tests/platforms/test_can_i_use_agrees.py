"""`Taro.canIUse` and the calls, in every cell: each function, field and value on each platform."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

import taropy
from taropy import spec
from taropy.runtime.plugins import registry
from taropy.spec import Field, Member
from taropy.testing.case import kind_of
from taropy.testing.examples import fitting, option_fields, options
from taropy.testing.recorder import Recorder, native_answer

PLATFORMS = tuple(spec.PLATFORMS)
STRANGE = "no such value"


def functions() -> list[Member]:
    return [member for member in map(spec.member, spec.members()) if member.is_function]


def had_on(platform: str, member: Member, field: Field) -> bool:
    """Whether the declarations have the field on the platform."""
    tags = field.tags if field.platforms is None else field.platforms
    return platform in spec.supported_on(member.name) and (tags is None or platform in tags or "global" in tags)


def sides(member: Member) -> Iterator[tuple[str, Mapping[str, Field]]]:
    """What goes into a function, and what comes out of it, as canIUse calls these; and their fields."""
    if member.option is not None:
        yield "object", spec.fields_of(member.option)
    if member.result is not None:
        yield "success" if member.is_promise else "return", spec.fields_of(member.result)
    if member.callback is not None:
        yield "callback", spec.fields_of(member.callback)


@pytest.fixture(scope="module", params=PLATFORMS)
def runtime(request: pytest.FixtureRequest) -> Any:
    """A runtime over a native object that has everything, and that object."""
    native = Recorder()
    return taropy.create(request.param, native=native), native


def test_fields_are_to_be_had_where_the_declarations_have_them(runtime: Any) -> None:
    taro, _ = runtime
    told = {
        f"{member.name}.{side}.{name}": had_on(taro.platform.name, member, field)
        for member in functions()
        for side, fields in sides(member)
        for name, field in fields.items()
    }
    assert {schema for schema, had in told.items() if taro.canIUse(schema) != had} == set()
    assert len(told) > 2000


def test_values_are_to_be_had_where_their_fields_are(runtime: Any) -> None:
    taro, _ = runtime
    told: dict[str, bool] = {}
    for member in functions():
        for side, fields in sides(member):
            for name, field in fields.items():
                values = spec.values_of(field.type)
                if values:
                    path, had = f"{member.name}.{side}.{name}", had_on(taro.platform.name, member, field)
                    told |= {f"{path}.{value}": had for value in values} | {f"{path}.{STRANGE}": False}
    assert {schema for schema, had in told.items() if taro.canIUse(schema) != had} == set()
    assert len(told) > 500


def asking(taro: Any) -> Iterator[Member]:
    """The functions that hand options to the native object, as they are; the conformance suite looks at others."""
    known = registry().platform(taro.platform.name)
    for member in functions():
        native = member.option is not None and kind_of(member) in ("promise", "option")
        if native and taro.canIUse(member.name) and known.adaptation(member.name) is None:
            yield member


def called(runtime: Any, member: Member, given: Mapping[str, Any]) -> Any:
    """What a call with these options gives, or the error of it, over a native object that answers as declared."""
    taro, native = runtime
    native.expect(member, native_answer(member, taropy.Adaptation()))
    try:
        outcome = getattr(taro, member.name)({**options(member), **given})
        return outcome.result() if isinstance(outcome, taropy.Promise) else outcome
    except taropy.TaroError as error:
        return error


def test_a_value_is_taken_by_the_call_exactly_where_it_can_be_used(runtime: Any) -> None:
    taro, _ = runtime
    wrong = []
    for member in asking(taro):
        for name, field in option_fields(member).items():
            if had_on(taro.platform.name, member, field):
                for value in offered(spec.values_of(field.type) or ()):
                    taken = not isinstance(called(runtime, member, {name: value}), taropy.ParameterError)
                    if taken != taro.canIUse(f"{member.name}.object.{name}.{value}"):
                        wrong.append((member.name, name, value, taken))
    assert wrong == []


def offered(values: Sequence[Any]) -> list[Any]:
    """Declared values as they are and in lower case, and a strange one."""
    lower = [value.lower() for value in values if isinstance(value, str)]
    return [*dict.fromkeys([*values, *lower]), STRANGE] if values else []


def test_an_option_that_can_be_used_reaches_the_native_function(runtime: Any) -> None:
    taro, native = runtime
    lost = []
    for member in asking(taro):
        usable = {
            name: fitting(field.type)
            for name, field in option_fields(member).items()
            if taro.canIUse(f"{member.name}.object.{name}")
        }
        called(runtime, member, usable)
        received = native.noted[0].options if native.noted else {}
        lost += [
            f"{member.name}.{name}" for name, value in usable.items() if not callable(value) and name not in received
        ]
    assert lost == []


def test_an_option_that_cannot_be_used_stops_no_call_and_is_handed_on_as_taro_does(runtime: Any) -> None:
    """One program for several platforms gives each platform's options in one call; a host ignores what it lacks."""
    taro, native = runtime
    stopped = []
    for member in asking(taro):
        denied = {
            name: fitting(field.type)
            for name, field in option_fields(member).items()
            if not taro.canIUse(f"{member.name}.object.{name}")
        }
        outcome = called(runtime, member, denied)
        received = native.noted[0].options if native.noted else {}
        lost = [name for name, value in denied.items() if not callable(value) and name not in received]
        if isinstance(outcome, taropy.TaroError) or lost:
            stopped.append((member.name, lost, outcome))
    assert stopped == []


def test_a_field_of_a_result_that_can_be_used_reaches_the_program(runtime: Any) -> None:
    taro, _ = runtime
    lost = []
    for member in asking(taro):
        answer = native_answer(member, taropy.Adaptation())
        result = called(runtime, member, {})
        if member.is_promise and isinstance(answer, dict) and result is not None:
            usable = [name for name in answer if taro.canIUse(f"{member.name}.success.{name}")]
            lost += [f"{member.name}.{name}" for name in usable if name not in result]
    assert lost == []
