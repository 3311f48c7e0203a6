"""taropy.platforms when a program runs, and the types that a platform from elsewhere brings."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module, reload
from pathlib import Path

import pytest
from checkers import CHECKERS, Environment

import taropy
from taropy import spec
from taropy.cli.commands import taropy as command

NAME = "pocket"
HAS = ("login", "getStorageSync", "request")


class Pocket:
    @taropy.hookimpl
    def taropy_register_platforms(self, register: Callable[[taropy.Platform], None]) -> None:
        """A platform from elsewhere, with few functions."""
        register(taropy.Platform(name=NAME, title="Pocket", env_type="POCKET", native_name="pk", supports=HAS))


@pytest.fixture
def pocket() -> Iterator[None]:
    registered = taropy.register_plugin(Pocket())
    yield
    taropy.unregister_plugin(registered)
    sys.modules.pop(f"taropy.platforms.{NAME}", None)


@pytest.mark.parametrize("platform", spec.PLATFORMS)
def test_each_platform_has_a_module_with_its_taro(platform: str) -> None:
    module = import_module(f"taropy.platforms.{platform.replace('-', '_')}")
    assert module.Taro.platform.name == platform
    assert module.Taro is module.Taro
    assert getattr(taropy.platforms, platform.replace("-", "_")) is module


def test_a_platform_s_taro_is_made_when_it_is_first_used() -> None:
    module = reload(import_module("taropy.platforms.qq"))
    module.__dict__.pop("Taro", None)
    assert "Taro" not in vars(module)
    assert module.Taro.getEnv() == "QQ"
    assert "Taro" in vars(module)


def test_a_module_has_nothing_else() -> None:
    from taropy.platforms import h5

    with pytest.raises(AttributeError, match="has no attribute 'taro'; it has Taro"):
        _ = h5.taro  # type: ignore[attr-defined]


def test_the_modules_are_listed() -> None:
    assert {name.replace("-", "_") for name in spec.PLATFORMS} <= set(dir(taropy.platforms))


def test_an_unknown_platform_has_none() -> None:
    with pytest.raises(ImportError):
        import_module("taropy.platforms.wechat")
    with pytest.raises(AttributeError, match="weapp"):
        _ = taropy.platforms.wechat  # type: ignore[attr-defined]


@pytest.mark.usefixtures("pocket")
def test_a_registered_platform_has_one_too() -> None:
    module = import_module(f"taropy.platforms.{NAME}")
    assert module.Taro.getEnv() == "POCKET"
    assert taropy.platforms.pocket is module  # type: ignore[attr-defined]


USE = """
from pocket import PocketTaro, Taro

def use(taro: PocketTaro) -> str:
    taro.checkSession()  # error
    return taro.login().result().code

use(Taro)
Taro.getStorageSync(1)  # error
Taro.close()
"""


@pytest.mark.usefixtures("pocket")
@pytest.mark.parametrize("checker", CHECKERS)
def test_a_platform_from_elsewhere_brings_its_type_with_one_command(environment: Environment, checker: str) -> None:
    from click.testing import CliRunner

    done = CliRunner().invoke(command, ["stubs", NAME, "--out", str(environment.folder)])
    assert done.exit_code == 0, done.output
    written = {Path(line).name for line in done.output.splitlines()}
    assert written == {"pocket.py", "pocket.pyi"}
    file = environment.folder / f"use_{checker}.py"
    file.write_text(USE, "utf-8")
    lines, told = CHECKERS[checker](environment, file)
    assert lines == {n for n, line in enumerate(USE.splitlines(), 1) if line.endswith("# error")}, told


@pytest.mark.usefixtures("pocket")
def test_what_the_command_writes_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    CliRunner().invoke(command, ["stubs", NAME, "--out", str(tmp_path)])
    monkeypatch.syspath_prepend(tmp_path)
    module = import_module("pocket")
    assert module.Taro.getEnv() == "POCKET"
    assert isinstance(module.Taro, module.PocketTaro)
    sys.modules.pop("pocket")


def test_the_command_knows_no_platform_that_is_not_registered(tmp_path: Path) -> None:
    from click.testing import CliRunner

    done = CliRunner().invoke(command, ["stubs", "wepp", "--out", str(tmp_path)])
    assert done.exit_code == 2
    assert "weapp" in done.output


def test_the_types_are_one_class_when_a_program_runs() -> None:
    from taropy.typing import AnyTaro, H5Taro, HarmonyHybridTaro

    assert AnyTaro is H5Taro is HarmonyHybridTaro
    with taropy.create("weapp") as taro:
        assert isinstance(taro, AnyTaro)
    with pytest.raises(AttributeError, match="WechatTaro"):
        _ = taropy.typing.WechatTaro  # type: ignore[attr-defined]


def test_running_a_program_loads_nothing_of_this() -> None:
    program = (
        "import sys; from taropy import Taro; Taro.login(); print([m for m in sys.modules if m.startswith('taropy')])"
    )
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    for module in ("taropy.stubgen", "taropy.platforms", "taropy.typing", "taropy.models.dicts"):
        assert module not in loaded
