"""Names that are none: what is said of them, by every door through which they come."""

from __future__ import annotations

import re
import subprocess
import sys
import traceback
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import taropy
import taropy.js
from taropy import Adaptation, Platform, PlatformError, spec
from taropy.sought import SOUGHT

# --- what people from JavaScript look for ------------------------------------------------------------------------

FIRST = ["setTimeout", "setInterval", "useState", "useEffect", "wx", "my", "atMessage", "$store", "console", "Promise"]


@pytest.mark.parametrize("name", [*FIRST, "fetch", "localStorage", "document", "Page", "onLoad"])
def test_what_javascript_people_look_for_on_taro_is_told_with_what_to_write(on_phone: Any, name: str) -> None:
    with pytest.raises(AttributeError) as caught:
        getattr(on_phone, name)
    assert str(caught.value) == f"Taro has no {name!r}; {SOUGHT[name]}"
    assert "did you mean" not in str(caught.value)


@pytest.mark.parametrize("name", ["setTimeout", "wx", "useState", "localStorage"])
def test_so_is_what_they_import_from_taropy(name: str) -> None:
    with pytest.raises(ImportError, match=re.escape(SOUGHT[name])):
        exec(f"from taropy import {name}", {})


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Phne", "did you mean 'Phone'"),
        ("Platfrom", "did you mean 'Platform'"),
        ("login", "write `from taropy import Taro`, and then Taro.login()"),
    ],
)
def test_a_misspelled_import_is_told_what_was_meant(name: str, told: str) -> None:
    with pytest.raises(ImportError, match=re.escape(told)):
        exec(f"from taropy import {name}", {})
    with pytest.raises(AttributeError, match=re.escape(told)):
        getattr(taropy, name)


def test_what_is_written_of_names_is_of_none_that_taro_has() -> None:
    assert [name for name in SOUGHT if spec.has(name)] == []


def test_what_is_written_names_what_there_is() -> None:
    written = " ".join(SOUGHT.values())
    here = Path(taropy.__file__).parents[1]
    assert [name for name in re.findall(r"Taro\.(\w+)", written) if not spec.has(name) and name != "native"] == []
    assert [name for name in re.findall(r"taropy\.js import (\w+)", written) if not hasattr(taropy.js, name)] == []
    assert [name for name in re.findall(r"`taropy\.(\w+)", written) if not hasattr(taropy, name)] == []
    assert [path for path in re.findall(r"docs/[\w/.-]+\.md", written) if not (here / path).exists()] == []


# --- one hint, and none at what is private -----------------------------------------------------------------------

HINTED = {
    "a member of Taro": ("taropy.create('weapp').reqest", "request"),
    "a name that is near to none": ("taropy.create('weapp').zzzzz", None),
    "a private name": ("taropy.create('weapp')._runtim", None),
    "a model": ("taropy.models.LoginReslt", "LoginResult"),
    "a field of a result": ("taropy.create('weapp').login().result().cod", None),
    "a record": ("taropy.Record(data=1).dat", None),
    "a promise": ("taropy.create('weapp').login().statuscode", None),
    "the log of a phone without one": ("taropy.Phone().log", None),
    "the phone of a runtime without one": ("taropy.create(native=object()).phone", None),
    "an error": ("taropy.TaroError('a:fail').errMs", None),
    "a platform's module": ("taropy.platforms.wepp", None),
    "taropy itself": ("taropy.Phne", "Phone"),
    "a native object": ("taropy.create('weapp').native.logn", None),
}


@pytest.mark.parametrize(("code", "meant"), HINTED.values(), ids=HINTED)
def test_a_wrong_name_is_told_once_and_nothing_private_is_suggested(code: str, meant: str | None) -> None:
    with pytest.raises(AttributeError) as caught:
        eval(code, {"taropy": taropy})
    told = "".join(traceback.format_exception_only(caught.value))
    assert told.lower().count("did you mean") == (0 if meant is None else 1)
    assert meant is None or repr(meant) in told
    assert not re.search(r"did you mean:? '_", told, re.IGNORECASE)


def test_nor_does_the_interpreter_add_another_to_it() -> None:
    program = "import taropy; taropy.create('weapp').reqest"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ran.stderr.lower().count("did you mean") == 1


# --- platforms ---------------------------------------------------------------------------------------------------

OTHERWISE = [
    ("wechat", "weapp"),
    ("WeChat", "weapp"),
    ("WEAPP", "weapp"),
    ("wx", "weapp"),
    ("my", "alipay"),
    ("baidu", "swan"),
    ("douyin", "tt"),
    ("web", "h5"),
    ("Harmony", "harmony"),
    ("wepp", "weapp"),
]


@pytest.mark.parametrize(("name", "meant"), OTHERWISE)
@pytest.mark.parametrize("door", ["create", "use", "TARO_ENV"])
def test_a_platform_that_is_called_otherwise_is_told_its_name(
    name: str, meant: str, door: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TARO_ENV", name if door == "TARO_ENV" else "weapp")
    made = {"create": lambda: taropy.create(name), "use": lambda: taropy.use(name), "TARO_ENV": taropy.create}
    with pytest.raises(PlatformError, match=f"no platform is called '{name}'; did you mean '{meant}'") as caught:
        made[door]()
    assert str(caught.value).startswith(f"TARO_ENV={name}: " if door == "TARO_ENV" else "no platform")


@pytest.mark.parametrize("name", ["", " ", "weapp ", 5, ["weapp"]])
def test_what_is_no_name_is_no_platform(name: Any) -> None:
    with pytest.raises(PlatformError, match="no platform is called"):
        taropy.create(name)
    with pytest.raises(PlatformError, match="no platform is called"):
        taropy.use(name)


WORDS = [
    ("name", "my platform"),
    ("name", ""),
    ("name", "Shop"),
    ("name", 5),
    ("title", ""),
    ("title", " "),
    ("env_type", 5),
    ("env_type", ""),
    ("native_name", "a b"),
    ("native_name", "my-shop"),
    ("native_name", None),
]


@pytest.mark.parametrize(("what", "word"), WORDS)
def test_a_platform_has_words_that_can_be_written(what: str, word: Any) -> None:
    given = {"name": "my-shop", "title": "My Shop", "env_type": "MY-SHOP", "native_name": "ms", "extends": "weapp"}
    assert Platform(**given)
    with pytest.raises(PlatformError, match=re.escape(f"Platform({what}={word!r}): {what} should be ")):
        Platform(**{**given, what: word})


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"alias": "a", "function": print}, "leave alias out, and write needs=('a',)"),
    ({"alias": "a", "needs": ("b",)}, "what alias names is what the native object must have; leave needs out"),
    ({"alias": ""}, "Adaptation(alias=…): '' is no name"),
    ({"alias": "get code"}, "Adaptation(alias=…): 'get code' is no name"),
    ({"needs": ("",)}, "Adaptation(needs=…): '' is no name"),
    ({"remove": ("a b",)}, "Adaptation(remove=…): 'a b' is no name"),
]


@pytest.mark.parametrize(("given", "told"), WRONG)
def test_an_adaptation_that_means_nothing_is_refused_with_what_to_write(given: dict[str, Any], told: str) -> None:
    with pytest.raises(PlatformError, match=re.escape(told)):
        Adaptation(**given)


def test_hooks_take_names_too() -> None:
    class Hosts:
        @taropy.hookimpl
        def taropy_register_hosts(self, register: Any) -> None:
            register(*self.given)

    for given, told in ((("", print), "a host has a name"), (("a", 5), "a function that makes a host, not 5")):
        plugin = Hosts()
        plugin.given = given  # type: ignore[attr-defined]
        with pytest.raises(PlatformError, match=told):
            taropy.register_plugin(plugin)


# --- the rest ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "hint"), [("foldr", "folder"), ("divice", "device"), ("timout", "timeout"), ("api", "apis")]
)
def test_an_option_of_create_that_there_is_not_is_told_what_was_meant(name: str, hint: str) -> None:
    with pytest.raises(
        TypeError, match=f"^there is no option '{name}' for a runtime or its phone; did you mean '{hint}'"
    ):
        taropy.create("weapp", **{name: 1})


@pytest.mark.parametrize("main", [5, None, "main", {}])
def test_what_is_no_program_cannot_be_run(main: Any) -> None:
    with pytest.raises(
        TypeError, match=re.escape(f"taropy.run() takes an async function, as in taropy.run(main), not {main!r}")
    ):
        taropy.run(main)


def test_what_the_phone_does_not_simulate_says_the_way_out(ahead: str) -> None:
    with taropy.create(ahead) as t, pytest.raises(taropy.NotSupported) as caught:
        t.getGuildInfo(open_guild_id="7")
    assert str(caught.value) == (
        "the phone does not simulate getGuildInfo yet, although ahead has it; "
        'bring it with apis={"getGuildInfo": function}, see docs/guides/override-function.md'
    )


def test_what_another_native_object_lacks_is_its_owners_to_add() -> None:
    with pytest.raises(taropy.NotSupported) as caught:
        taropy.create(native=SimpleNamespace()).requestPayment()
    assert "apis" not in str(caught.value)
