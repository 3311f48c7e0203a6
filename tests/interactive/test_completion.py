"""Completion in shells: what is offered, and that nothing is bound, made, called or printed for it."""

from __future__ import annotations

import os
import rlcompleter
import subprocess
import sys

import pytest

import taropy
from taropy import spec
from taropy.interactive import complete
from taropy.phone import Phone
from taropy.phone.core.surface import HOMES, ROOMS


@pytest.fixture
def phone():
    with Phone() as made:
        yield made


@pytest.fixture
def t(phone):
    with taropy.create("weapp", phone=phone) as runtime:
        yield runtime


@pytest.fixture
def names(t, phone):
    return {"Taro": t, "phone": phone, "files": t.getFileSystemManager(), "title": "Teas", "other": object()}


@pytest.fixture(autouse=True)
def nothing_happens(names, t, phone, capsys):
    """Whatever is completed, all that there is afterwards was there before."""
    before = set(vars(t)), set(vars(phone))
    yield
    assert (set(vars(t)), set(vars(phone))) == before
    assert capsys.readouterr().out == ""


def offered(code, names):
    found = complete(code, names)
    return None if found is None else list(found.names)


# --- options by name ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("Taro.showToast(tit", ["title=", "title"]),
        ("Taro.showToast(du", ["duration="]),
        ("await Taro.showToast(title='Saved', ico", ["icon="]),
        ("await Taro.showToast(title='(', ico", ["icon="]),
        ("Taro.showToast(title=f(1, duration=2), du", ["duration="]),
        ("Taro.showToast(\n    title='a',  # it's (\n    du", ["duration="]),
        ("[Taro.login(ti", ["timeout=", "title"]),
        ("files.readFile(enc", ["encoding="]),
        ("Taro.getStorageSync(k", ["key="]),
        ("phone.faults.fail('login', 'busy', ti", ["times=", "title"]),
        ("phone.location.set(lat", ["latitude="]),
    ],
)
def test_options_are_offered_by_name(names, code, expected):
    assert offered(code, names) == expected


def test_before_the_first_letter_all_options_are_offered_and_no_variables(names):
    assert offered("Taro.showToast(", names) == [
        f"{name}=" for name in ("title", "duration", "icon", "image", "mask", "success", "fail", "complete")
    ]


def test_an_option_that_is_given_is_not_offered_again(names):
    assert "title=" not in offered("Taro.showToast(title='a', ", names)
    assert "title=" not in offered("Taro.showToast(title = 'a', ", names)


@pytest.mark.parametrize(
    "code",
    [
        "Taro.showToast('ti",
        'Taro.showToast(title="du',
        "Taro.showToast(title='a')",
        "Taro.showToast({'ti",
        "Taro.showToast(title=ti",
        "print(ti",
        "other.showToast(ti",
        "nobody.showToast(ti",
        "Taro.nothing(ti",
        "Taro.showToast(# ti",
        "ti",
        "",
        "Taro.showToast(zzz",
        ")(",
        "(" * 500,
        "'" * 501,
        "phone.network.type.up",
    ],
)
def test_elsewhere_the_shell_completes_by_itself(names, code):
    assert not offered(code, names)


# --- members and rooms --------------------------------------------------------------------------------------------


def test_members_of_the_platform_are_offered(names):
    assert offered("Taro.showTo", names) == ["showToast"]
    everything = offered("Taro.", names)
    assert {"login", "request", "phone"} <= set(everything)
    assert "tradePay" not in everything
    assert [name for name in everything if name.startswith("_")] == []


def test_rooms_are_offered_and_what_they_have_before_they_are_made(names):
    assert offered("phone.sc", names) == ["scanner", "scratch", "screen", "scrolling"]
    assert offered("Taro.phone.screen.toa", names) == ["toast"]
    assert "latency" in offered("phone.network.", names)
    assert "fail" in offered("phone.faults.", names)


def test_what_programs_call_by_the_native_object_is_not_offered_on_a_room(names):
    assert "showToast" not in offered("phone.screen.", names)


def test_methods_of_managers_are_offered(names):
    assert "readFile" in offered("files.read", names)


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_can_be_completed(names, room):
    assert room in HOMES
    assert "snapshot" in offered(f"phone.{room}.", names)


def test_the_processs_taro_is_completed_before_it_is_there():
    program = """if True:
        from taropy import Taro
        from taropy.interactive import complete
        assert "showToast" in complete("Taro.show", {"Taro": Taro}).names
        assert "screen" in complete("Taro.phone.", {"Taro": Taro}).names
        assert "title=" in complete("Taro.showToast(", {"Taro": Taro}).names
        assert "_runtime" not in vars(Taro)
    """
    subprocess.run([sys.executable, "-c", program], check=True)


# --- dir and the plain shell ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", spec.PLATFORMS)
def test_dir_has_what_the_platform_has(platform):
    with taropy.create(platform) as other:
        shown = {name for name in dir(other) if spec.has(name)}
        assert shown == {name for name in spec.members() if platform in spec.supported_on(name)}


def rl(text, names):
    completer = rlcompleter.Completer(names)
    found = []
    while (match := completer.complete(text, len(found))) is not None:
        found.append(match)
    return found


def test_the_plain_shell_completes_members_and_rooms(names):
    assert rl("Taro.showTo", names) == ["Taro.showToast"]
    assert len(rl("Taro.", names)) > 400
    assert "phone.screen" in rl("phone.s", names)
    assert len(rl("phone.", names)) > 40


def test_the_plain_shell_completes_on_a_platform_that_no_environment_names(monkeypatch):
    program = "from taropy import Taro; assert 'login' in dir(Taro); assert '_runtime' not in vars(Taro)"
    for name in ("", "nothing", "h5"):
        environment = {**os.environ, "TARO_ENV": name}
        outcome = subprocess.run([sys.executable, "-c", program], env=environment, check=False)
        assert outcome.returncode == (1 if name == "h5" else 0)  # h5 has no login


# --- IPython --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shell(tmp_path_factory):
    interactive = pytest.importorskip("IPython.core.interactiveshell", reason="IPython is not installed")
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    hook = sys.excepthook
    made = interactive.InteractiveShell(config=config, ipython_dir=str(tmp_path_factory.mktemp("ipython")))
    taropy.interactive.load_ipython_extension(made)
    taropy.interactive.load_ipython_extension(made)  # a second time does nothing
    yield made
    made.restore_sys_module_state()
    sys.excepthook = hook


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("jedi", [False, True])
@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("Taro.showToast(dur", ["duration="]),
        ("Taro.showTo", ["showToast"]),
        ("phone.sc", ["scanner", "scratch", "screen", "scrolling"]),
        ("Taro.phone.screen.mod", ["modal"]),
        ("x = 1\nawait Taro.request(url='a',\n    meth", ["method="]),
        ("files.readFile(filePath='a', enc", ["encoding="]),
    ],
)
def test_in_ipython(shell, names, code, expected, jedi):
    from IPython.core.completer import provisionalcompleter

    if jedi:
        pytest.importorskip("jedi", reason="jedi is not installed")
    shell.user_ns.update(names)
    shell.Completer.use_jedi = jedi
    with provisionalcompleter():
        found = list(shell.Completer.completions(code, len(code)))
    assert [each.text for each in found] == expected
    assert {code[each.start : each.end] for each in found} == {
        code[-len(code.split("(")[-1].split(".")[-1].split()[-1]) :]
    }


@pytest.mark.parametrize(
    ("code", "meant"), [("phone.netwrok", "network"), ("phone.clock.stoped", "stopped"), ("'a'.zzzzz", None)]
)
def test_an_attribute_that_is_misread_is_told_what_was_meant(shell, names, code, meant, capsys):
    shell.user_ns.update(names)
    ran = shell.run_cell(code)
    assert isinstance(ran.error_in_exec, AttributeError)
    assert capsys.readouterr().out.count("Did you mean") == (meant is not None)
    assert meant is None or str(ran.error_in_exec).endswith(f"Did you mean: {meant!r}?")


def test_a_shell_that_runs_is_joined_when_taropy_is_imported():
    pytest.importorskip("IPython", reason="IPython is not installed")
    program = """if True:
        from IPython.core.interactiveshell import InteractiveShell
        from traitlets.config import Config
        config = Config()
        config.HistoryManager.enabled = False
        shell = InteractiveShell.instance(config=config)
        import taropy
        assert [each.matcher_identifier for each in shell.Completer.custom_matchers] == ["taropy"]
    """
    subprocess.run([sys.executable, "-c", program], check=True)
