"""Plugins: what they bring, and that one which fails is named while the others work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from types import SimpleNamespace

import pytest
from natives import Everything

import taropy
from taropy import Adaptation, Host, NotSupported, Platform, PlatformError, TaroError, hookimpl
from taropy.runtime.plugins import registry


def platform(name="acme", **given):
    """A platform of a vendor that Taro does not know."""
    return Platform(**{"name": name, "title": "Acme", "env_type": "ACME", "native_name": "ac", **given})


@pytest.fixture
def register():
    """Registers plugins made of the hooks' functions, and takes them away after the test."""
    registered = []

    def make(name="acme", **hooks):
        plugin = type("Plugin", (), {hook: staticmethod(hookimpl(function)) for hook, function in hooks.items()})()
        registered.append(taropy.register_plugin(plugin, name))
        return registered[-1]

    yield make
    for name in registered:
        taropy.unregister_plugin(name)


def bringing(*platforms):
    """The hook's function that registers these platforms."""

    def taropy_register_platforms(register):
        for each in platforms:
            register(each)

    return taropy_register_platforms


# --- what a plugin brings ------------------------------------------------------------------------------------------


def test_a_hook_may_be_implemented_under_another_name():
    class Plugin:
        @hookimpl(specname="taropy_register_platforms")
        def platforms_of_acme(self, register):
            register(platform())

    name = taropy.register_plugin(Plugin(), "acme")
    try:
        assert taropy.create("acme", native=Everything()).getEnv() == "ACME"
    finally:
        taropy.unregister_plugin(name)


def test_a_plugin_brings_a_platform(register):
    table = {"login": Adaptation(alias="signIn", rename={"timeout": "limit"}, results={"code": "ticket"})}
    register(taropy_register_platforms=bringing(platform(supports={"login", "getEnv"}, apis=table)))
    native = Everything({"ticket": "t", "errMsg": "signIn:ok"})
    t = taropy.create("acme", native=native)
    res = t.login(timeout=5).result()
    assert (res.code, res.errMsg, t.getEnv(), native.called) == ("t", "login:ok", "ACME", ["signIn"])
    assert native.calls[0][1][0]["limit"] == 5
    with pytest.raises(NotSupported) as caught:
        t.checkSession()
    assert caught.value.reason == "platform"
    assert t.platform.title == "Acme"


def test_a_new_platforms_objects_have_the_methods_that_the_native_ones_have(register):
    register(taropy_register_platforms=bringing(platform(supports={"getUpdateManager"})))
    updates = type("Updates", (), {"applyUpdate": lambda self: "applied"})()
    native = type("Native", (), {"getUpdateManager": lambda self: updates})()
    manager = taropy.create("acme", native=native).getUpdateManager()
    assert manager.applyUpdate() == "applied"
    with pytest.raises(NotSupported, match="although acme has it"):
        manager.onUpdateReady(print)


def test_a_new_platform_has_taros_own_members_without_naming_them(register, native):
    register(taropy_register_platforms=bringing(platform(supports={"login"})))
    t = taropy.create("acme", native=native)
    assert (t.getEnv(), t.canIUse("login"), t.canIUse("checkSession")) == ("ACME", True, False)
    assert t.eventCenter is t.eventCenter


def test_a_platform_may_start_from_another(register):
    mine = platform("acme-alipay", extends="alipay", lacks={"showToast"}, apis={"login": Adaptation(alias="signIn")})
    register(taropy_register_platforms=bringing(mine))
    native = Everything({"code": "c"})
    t = taropy.create("acme-alipay", native=native)
    t.login()
    t.showLoading(title="wait")
    assert native.called == ["signIn", "showLoading"]
    assert native.calls[1][1][0]["content"] == "wait"
    assert not t.canIUse("showToast")
    assert t.getEnv() == "ACME"


def test_a_platform_may_start_from_one_that_the_same_plugin_brings_later(register):
    register(taropy_register_platforms=bringing(platform("b", extends="a"), platform("a", supports={"login"})))
    assert taropy.create("b", native=Everything({"code": "c"})).login().result().code == "c"


def test_a_plugin_replaces_one_function_on_one_platform(register):
    async def sso(native, options):
        return {"code": f"sso for {options['scene']}", "native": native.name}

    register(taropy_register_apis=lambda register: register("qq", "login", sso))
    res = taropy.create("qq", native=SimpleNamespace(name="mine")).login(scene=7).result()
    assert (res.code, res.native, res.errMsg) == ("sso for 7", "mine", "login:ok")
    with pytest.raises(NotSupported):
        taropy.create("weapp", native=SimpleNamespace()).login()


def test_a_replaced_function_may_answer_by_callbacks_or_take_arguments(register):
    stored = {"a": 1}

    def replace(register):
        register("weapp", "login", lambda native, options: options["success"]({"code": "by callback"}))
        register("weapp", "getStorageSync", lambda native, key: stored[key])

    register(taropy_register_apis=replace)
    t = taropy.create("weapp", native=SimpleNamespace())
    assert (t.login().result().code, t.getStorageSync("a")) == ("by callback", 1)


def test_a_replaced_function_is_one_that_the_platform_then_has(register):
    register(taropy_register_apis=lambda register: register("h5", "checkSession", lambda native, o: o["success"]({})))
    t = taropy.create("h5", native=SimpleNamespace())
    assert t.canIUse("checkSession")
    assert t.checkSession().result().errMsg == "checkSession:ok"
    with pytest.raises(NotSupported, match="supported on weapp, swan, qq, tt, h5"):
        taropy.create("rn", native=SimpleNamespace()).checkSession()


def test_a_replaced_request_has_interceptors_like_any_other(register):
    def request(native, options):
        options["success"]({"statusCode": 200, "data": options["url"]})

    register(taropy_register_apis=lambda register: register("weapp", "request", request))
    t = taropy.create("weapp", native=SimpleNamespace())
    t.addInterceptor(lambda chain: chain.proceed().then(lambda res: res.data))
    assert t.request("http://localhost").result() == "http://localhost"


def test_a_plugin_brings_a_host(register):
    closed = []

    def factory(platform, *, code):
        def login(options):
            options["success"]({"code": code})

        return Host("test bench", SimpleNamespace(login=login), close=lambda: closed.append(platform.name))

    register(taropy_register_hosts=lambda register: register("bench", factory))
    with taropy.create("tt", host="bench", code="c") as t:
        assert (t.login().result().code, t.host.name) == ("c", "test bench")
        with pytest.raises(NotSupported) as caught:
            t.checkSession()
        assert (caught.value.reason, caught.value.host) == ("host", "test bench")
        with pytest.raises(AttributeError):
            t.phone  # noqa: B018
    assert closed == ["tt"]


def test_a_plugin_that_is_taken_away_takes_along_what_it_brought(register):
    register(
        taropy_register_platforms=bringing(platform(supports={"getEnv"})),
        taropy_register_apis=lambda register: register("weapp", "login", lambda native, o: o["success"]({"code": "r"})),
    )
    native = Everything({"code": "native"})
    in_use = taropy.create("acme", native=native)
    taropy.unregister_plugin("acme")
    with pytest.raises(PlatformError):
        taropy.create("acme")
    assert taropy.create("weapp", native=native).login().result().code == "native"
    assert in_use.getEnv() == "ACME"


# --- what is wrong with a plugin is raised when it is registered by hand ---------------------------------------------


def wrong_plugins():
    """What a plugin may do wrong: its hooks, and what the error says."""
    ignore = lambda register: None  # noqa: E731
    yield "platform twice", {"taropy_register_platforms": bringing(platform("qq"))}, "'qq' is registered already, by qq"
    yield "no platform", {"taropy_register_platforms": bringing("acme")}, "takes a taropy.Platform, not str"
    yield "host twice", {"taropy_register_hosts": lambda register: register("phone", print)}, "'phone' is registered"
    yield (
        "unknown api",
        {"taropy_register_apis": lambda register: register("qq", "logn", print)},
        "did you mean 'login'",
    )
    yield "unknown base", {"taropy_register_platforms": bringing(platform(extends="wepp"))}, "did you mean 'weapp'"
    yield "itself", {"taropy_register_platforms": bringing(platform(extends="acme"))}, "acme extends itself"
    yield (
        "circle",
        {"taropy_register_platforms": bringing(platform("a", extends="b"), platform("b", extends="a"))},
        "extends itself: ",
    )
    yield "misspelt hook", {"taropy_register_platform": ignore}, "did you mean 'taropy_register_platforms'"
    yield (
        "unknown platform",
        {"taropy_register_apis": lambda register: register("wepp", "login", print)},
        "no platform is called 'wepp'; did you mean 'weapp'",
    )
    yield (
        "Taro's own",
        {"taropy_register_apis": lambda register: register("qq", "getEnv", print)},
        "getEnv is Taro's own",
    )
    yield (
        "a value",
        {"taropy_register_apis": lambda register: register("weapp", "cloud", print)},
        "cloud is no function",
    )
    yield "no function", {"taropy_register_apis": lambda register: register("qq", "login", "sso")}, "takes a function"


@pytest.mark.parametrize(
    ("hooks", "message"), [each[1:] for each in wrong_plugins()], ids=[w[0] for w in wrong_plugins()]
)
def test_what_is_wrong_is_raised_and_nothing_of_the_plugin_is_kept(register, hooks, message):
    before = set(registry().platforms)
    with pytest.raises(PlatformError) as caught:
        register("wrong", **hooks)
    assert message in str(caught.value)
    assert set(registry().platforms) == before
    assert registry().manager.get_plugin("wrong") is None
    assert taropy.create("qq", native=Everything({"code": "c"})).login().result().code == "c"


def test_a_second_replacement_of_the_same_function_is_refused(register):
    register("one", taropy_register_apis=lambda register: register("qq", "login", print))
    with pytest.raises(PlatformError, match="login is replaced already on qq, by one"):
        register("two", taropy_register_apis=lambda register: register("qq", "login", print))


def test_what_a_hook_raises_is_raised(register):
    def taropy_register_platforms(register):
        register(platform())
        raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        register(taropy_register_platforms=taropy_register_platforms)
    assert "acme" not in registry().platforms


@pytest.mark.parametrize("field", ["supports", "lacks", "apis"])
def test_a_table_may_name_only_what_taro_has(field):
    named = {"chekSession": Adaptation()} if field == "apis" else {"chekSession"}
    with pytest.raises(PlatformError, match=f"acme: {field} names 'chekSession'.*did you mean 'checkSession'"):
        platform(**{field: named})


def test_an_unknown_platform_is_named_with_a_suggestion_and_the_others():
    with pytest.raises(PlatformError, match=r"no platform is called 'wepp'; did you mean 'weapp'\?; there are"):
        taropy.create("wepp")
    with pytest.raises(PlatformError, match=r"there are .*weapp"):
        taropy.create("nothing like it")
    with pytest.raises(PlatformError, match="no host is called 'fone'; did you mean 'phone'"):
        taropy.create("weapp", host="fone")


# --- installed plugins ---------------------------------------------------------------------------------------------

REPORT = """
import json, warnings
import taropy
from taropy.runtime.plugins import registry

with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    found = registry()
    with taropy.create("weapp") as t:
        code = t.login().result().code
print(json.dumps({
    "warnings": [[each.category.__name__, str(each.message)] for each in told],
    "platforms": list(found.platforms), "problems": found.problems, "logged in": bool(code),
    "supports": {name: known.supports("login") for name, known in found.platforms.items()},
}))
"""


@pytest.fixture
def installed(tmp_path):
    """Installs plugins, each a module with an entry point, and tells what a new process makes of them."""

    def install(module, source, entry=None, requires="taropy"):
        (tmp_path / f"{module}.py").write_text(textwrap.dedent(source))
        info = tmp_path / f"{module}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {module.replace('_', '-')}\nVersion: 1.0\nRequires-Dist: {requires}\n"
        )
        (info / "entry_points.txt").write_text(f"[taropy]\n{entry or module} = {module}\n")

    def report(**sources):
        for module, source in sources.items():
            install(module, *(source if isinstance(source, tuple) else (source,)))
        env = {**os.environ, "PYTHONPATH": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-c", REPORT], capture_output=True, text=True, timeout=60, env=env, check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return report


HEAD = "from taropy import Adaptation, Platform, hookimpl\n"
GOOD = (
    HEAD
    + """
@hookimpl
def taropy_register_platforms(register):
    register(Platform(name="good", title="Good", env_type="GOOD", native_name="good", extends="weapp"))
"""
)

FAILING = {
    "fails to import": ("import no_such_module_of_mine\n", "ModuleNotFoundError"),
    "has a syntax error": ("def (:\n", "SyntaxError"),
    "ends the process on import": ("import sys\nsys.exit(3)\n", "SystemExit"),
    "raises in a hook": (
        HEAD + "@hookimpl\ndef taropy_register_platforms(register):\n    raise RuntimeError('not today')\n",
        "not today",
    ),
    "misspells a hook": (
        HEAD + "@hookimpl\ndef taropy_register_platfroms(register):\n    pass\n",
        "did you mean 'taropy_register_platforms'",
    ),
    "misspells a hook's argument": (
        HEAD + "@hookimpl\ndef taropy_register_platforms(registrar):\n    pass\n",
        "registrar",
    ),
    "registers a name that is taken": (GOOD.replace('"good"', '"weapp"', 1), "'weapp' is registered already, by weapp"),
    "names a function that Taro lacks": (
        GOOD.replace('"good"', '"bad"').replace("extends=", "lacks={'logn'}, extends="),
        "did you mean 'login'",
    ),
    "replaces a function that Taro lacks": (
        HEAD + "@hookimpl\ndef taropy_register_apis(register):\n    register('weapp', 'logn', print)\n",
        "did you mean 'login'",
    ),
    "extends a platform that nobody brings": (
        GOOD.replace('"good"', '"bad"').replace('"weapp"', '"wepp"'),
        "did you mean 'weapp'",
    ),
}


@pytest.mark.parametrize("fault", FAILING)
def test_an_installed_plugin_that_fails_is_named_and_the_others_work(installed, fault):
    source, message = FAILING[fault]
    found = installed(bad_one=source, good_one=GOOD)
    assert [category for category, _ in found["warnings"]] == ["PluginWarning"]
    assert "plugin bad_one was left out" in found["warnings"][0][1]
    assert message in found["warnings"][0][1]
    assert list(found["problems"]) == ["bad_one"]
    assert len(found["platforms"]) == 11
    assert found["logged in"]
    assert found["supports"]["good"]


def test_a_plugin_may_not_take_the_name_of_another(installed):
    found = installed(impostor=(GOOD.replace('"good"', '"weapp"', 1), "weapp"))
    assert found["logged in"]
    assert list(found["problems"]) == ["weapp of impostor"]


def test_two_plugins_may_have_entry_points_of_one_name(installed):
    found = installed(other=(GOOD, "weapp"))
    assert found["problems"] == {}
    assert {"weapp", "good"} <= set(found["platforms"])


def test_two_plugins_that_extend_each_other_are_both_left_out(installed):
    one = GOOD.replace('"good"', '"one"', 1).replace('"weapp"', '"two"')
    two = GOOD.replace('"good"', '"two"', 1).replace('"weapp"', '"one"')
    found = installed(p_one=one, p_two=two, p_good=GOOD)
    assert set(found["problems"]) == {"p_one", "p_two"}
    assert "two extends itself: two -> one -> two" in found["problems"]["p_two"]
    assert "one extends two, which was left out" in found["problems"]["p_one"]
    assert found["supports"]["good"]
    assert len(found["platforms"]) == 11


def test_a_platform_whose_base_was_left_out_is_left_out_too(installed):
    base = GOOD.replace('"good"', '"base"', 1) + "\n    raise RuntimeError('broken')\n"
    found = installed(p_base=base, p_on_it=GOOD.replace('"weapp"', '"base"'))
    assert set(found["problems"]) == {"p_base", "p_on_it"}
    assert "base" not in found["platforms"]
    assert "good" not in found["platforms"]


def test_plugins_may_build_on_each_other_whatever_their_order(installed):
    first = GOOD.replace('"good"', '"aaa"', 1).replace('"weapp"', '"zzz"')
    last = GOOD.replace('"good"', '"zzz"', 1)
    found = installed(a_plugin=first, z_plugin=last)
    assert (found["problems"], found["supports"]["aaa"]) == ({}, True)


@pytest.mark.parametrize("requires", ["taropy>=7.1", "taropy[cli] (>=7.1,<8)", 'taropy >= 7.1; python_version > "3"'])
def test_a_plugin_for_a_newer_taropy_says_which_version_it_needs(installed, requires):
    found = installed(new_one=(GOOD.replace("native_name", "contract=2, native_name"), None, requires))
    assert found["problems"] == {
        "new_one": f"PlatformError: it needs taropy 7.1 or later; this is {taropy.__version__}"
    }


@pytest.mark.parametrize("requires", ["taropy>=0.1", "taropy", "taropy-extras>=7.1", "taropy<9"])
def test_a_plugin_for_this_taropy_or_an_older_one_is_taken(installed, requires):
    found = installed(good_one=(GOOD, None, requires))
    assert (found["problems"], found["supports"]["good"]) == ({}, True)


def test_an_error_of_a_plugins_own_function_is_a_failed_call(register):
    def broken(native, options):
        raise ZeroDivisionError("in the plugin")

    register(taropy_register_apis=lambda register: register("weapp", "login", broken))
    with pytest.raises(TaroError, match="login:fail in the plugin"):
        taropy.create("weapp", native=SimpleNamespace()).login().result()


def test_a_hook_that_is_not_marked_as_one_would_never_be_called_and_its_plugin_is_told_so() -> None:
    plugin = SimpleNamespace(taropy_register_apis=lambda register: None)
    with pytest.raises(PlatformError, match=r"taropy_register_apis is never called: .* @taropy\.hookimpl above"):
        taropy.register_plugin(plugin, "unmarked")
    taropy.register_plugin(SimpleNamespace(), "unmarked")  # the name is free again
    taropy.unregister_plugin("unmarked")


def test_functions_of_one_runtime_come_by_their_names() -> None:
    with pytest.raises(PlatformError, match="apis should be a dict of names to functions"):
        taropy.create("weapp", apis=[("login", print)])  # type: ignore[arg-type]
