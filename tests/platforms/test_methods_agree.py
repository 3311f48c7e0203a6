"""`Taro.canIUse` and the objects, in every cell: each method of each type that a platform gives, on each platform."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from servers import unused_port

import taropy
from taropy import NotSupported, Promise, TaroError, spec
from taropy.spec import Function, Intersection, Member, Ref, Signature
from taropy.testing.examples import arguments

PLATFORMS = tuple(spec.PLATFORMS)
#: The objects of Taro's own that need no native one.
OWN = ("Chain", "TaroGeneral.Events", "interceptorify.Interceptorify", "interceptors")
#: Taro's own as well, on the platforms that have it.
OF_SOME = ("setGlobalDataPlugin.Plugin",)
#: `Taro.cloud` has nothing to give before its `init`, and answers for an environment: tests/phone/cloud has its tests.
AFTER_INIT = ("Cloud", "cloud", "DB.")
TYPES = [
    name for name in spec.type_names() if spec.makers_of(name) and not name.startswith((*OWN, *OF_SOME, *AFTER_INIT))
]
#: The functions whose promise is a task.
TASKS = {"request": "RequestTask", "uploadFile": "UploadTask", "downloadFile": "DownloadTask"}


def methods(type_name: str) -> dict[str, Member]:
    """The methods of a type, with those that it inherits."""
    declared = spec.type_def(type_name).methods
    fields = spec.fields_of(Ref(type_name))
    return {
        name: declared.get(name) or Member(name, "", is_function=True, signatures=tuple(_signatures(field.type)))
        for name, field in fields.items()
        if name in declared or field.platforms is not None
    }


def _signatures(type_: Any) -> Iterator[Signature]:
    for each in type_.items if isinstance(type_, Intersection) else (type_,):
        assert isinstance(each, Function)
        yield Signature(each.params, each.returns)


class Rich:
    """A native object, each of its methods, and every object that these give: all answer, and have everything."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return Rich()

    def __call__(self, *given: Any) -> Any:
        options = given[0] if given and isinstance(given[0], dict) else {}
        if callable(options.get("success")):
            options["success"]({"errMsg": "a:ok", "eventChannel": Rich(), "server": Rich(), "stats": Rich()})
        return Rich()


#: For each function and method that gives an object: what a test calls it with, if not with the least arguments.
Given = Mapping[str, tuple[Any, ...]]


async def objects(taro: Any, type_name: str, given: Given, asked: frozenset[str] = frozenset()) -> list[Any]:
    """The objects of a type that a program can get here: from Taro's functions, or from other objects."""
    found: list[Any] = []
    for maker in spec.makers_of(type_name):
        owner, _, part = maker.rpartition(".")
        if not owner:
            found += of_type(type_name, await outcome(taro, spec.member(part), given))
        elif owner not in asked | {type_name}:
            made = methods(owner).get(part)
            for holder in await objects(taro, owner, given, asked | {type_name}):
                found += of_type(type_name, await outcome(holder, made, given) if made else getattr(holder, part))
    return found


async def outcome(holder: Any, member: Member, given: Given) -> Any:
    """What a member or a method gives here, or resolves to; a task's promise is its own object. None if it fails."""
    try:
        value = getattr(holder, member.name)
        if member.is_function:
            value = value(*given.get(member.name, arguments(member)))
        quiet(value)
        return await value if isinstance(value, Promise) and member.name not in TASKS else value
    except TaroError:
        return None


def of_type(type_name: str, value: Any) -> Iterator[Any]:
    """The objects of the type in what a call gave: that itself, or its fields."""
    fields = value if isinstance(value, dict) else getattr(value, "__dict__", {})
    for each in (value, *fields.values()):
        if repr(each).startswith(f"<{type_name} on ") or (isinstance(each, Promise) and type_name in TASKS.values()):
            yield each


def lacking(thing: Any, type_name: str) -> set[str]:
    """The methods of the object that say, when they are called, that the platform does not have them."""
    return {name for name, method in methods(type_name).items() if not has(thing, method)}


def has(thing: Any, method: Member) -> bool:
    """Whether a call of the method is carried out, however it ends; no object here lacks one that its platform has."""
    try:
        made = getattr(thing, method.name)(*arguments(method))
    except NotSupported as error:
        if error.reason == "host":
            raise
        return False
    except (TaroError, ValueError):
        return True
    quiet(made)
    return True


def quiet(made: Any) -> None:
    """Nobody minds that the call fails."""
    if isinstance(made, Promise):
        made.catch(lambda _: None)


def denied(taro: Any, type_name: str) -> set[str]:
    """The methods that `canIUse` denies."""
    return {name for name in methods(type_name) if not taro.canIUse(f"{type_name}.{name}")}


async def told(taro: Any, type_name: str, given: Given) -> set[str] | None:
    """The methods that the program's own object says the platform lacks; None if there is no such object here."""
    found = await objects(taro, type_name, given)
    return lacking(found[0], type_name) if found else None


@pytest.mark.anyio
@pytest.mark.parametrize("platform", PLATFORMS)
async def test_over_a_native_object_that_has_everything_the_calls_are_as_can_i_use_says(platform: str) -> None:
    taro = taropy.create(platform, native=Rich())
    all_of = {type_name: set(methods(type_name)) for type_name in TYPES}
    wrong = {}
    for type_name, every in all_of.items():
        lacks = await told(taro, type_name, {})
        if (every if lacks is None else lacks) != denied(taro, type_name):
            wrong[type_name] = lacks
    assert wrong == {}
    assert sum(map(len, all_of.values())) > 500


@pytest.mark.parametrize("platform", PLATFORMS)
def test_over_a_native_object_that_has_nothing_no_method_can_be_used(platform: str) -> None:
    taro = taropy.create(platform, native=object())
    assert {name for name in TYPES if denied(taro, name) != set(methods(name))} == set()


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_methods_of_taros_own_objects_can_be_used_everywhere(platform: str) -> None:
    taro = taropy.create(platform, native=object())
    assert {name: denied(taro, name) for name in OWN} == {name: set() for name in OWN}


#: What a platform's functions give as a field of a result, where others return it: Alipay's `statSync` gives `stats`.
WITHIN_ANOTHER = {("alipay", "Stats")}
#: What is made of a canvas, of another object, of what a camera sees, or once Bluetooth is on in another mode; and the
#: nodes of Web Audio, of which one type declares all that any of them has. Their own tests have them.
HARD_TO_HAVE = {"MediaRecorder", "BLEPeripheralServer", "AudioBuffer", "WebAudioContextNode", "VKCamera", "VKFrame"}


@pytest.mark.anyio
@pytest.mark.filterwarnings("ignore::taropy.phone.LostCallWarning")  # of canvases that are on no page
@pytest.mark.parametrize("platform", PLATFORMS)
async def test_on_the_phone_the_calls_are_as_can_i_use_says(platform: str, tmp_path: Path) -> None:
    wrong, met = {}, set()
    (tmp_path / "index.py").write_text("")
    for type_name in TYPES:
        async with taropy.create(platform) as taro:
            given = {
                "connectSocket": ({"url": f"ws://127.0.0.1:{unused_port()}"},),
                "createWorker": ("index.js",),
                "statSync": (taro.native.env.get("USER_DATA_PATH", "/data/data/app/files"),),
            }
            if taro.phone is not None:
                taro.phone.files.set_package(tmp_path)
            if (platform, type_name) in WITHIN_ANOTHER or type_name in HARD_TO_HAVE:
                continue
            lacks = await told(taro, type_name, given)
            met |= set() if lacks is None else {type_name}
            if (set(methods(type_name)) if lacks is None else lacks) != denied(taro, type_name):
                wrong[type_name] = lacks
    assert wrong == {}
    assert met >= {"RequestTask", "SocketTask", "UploadTask", "DownloadTask"}
