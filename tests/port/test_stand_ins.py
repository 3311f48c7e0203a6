"""Packages of JavaScript's for which a module of Python's stands in: in ports, in audits, and those of one's own."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

import taropy
from taropy.cli.commands import taropy as command
from taropy.port.audit import audit
from taropy.port.hints import stand_ins
from taropy.port.packages import PackageError, checked, stand_in
from taropy.port.porting import PortError, port, translated


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a program."""

    def write(text: str) -> Path:
        file = tmp_path / "program.ts"
        file.write_text(text, "utf-8")
        return file

    return write


@pytest.fixture
def dates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """A module of a company's own, which stands in for `@company/dates`."""
    (tmp_path / "company_dates.py").write_text("def today():\n    return 'now'\n\n\ndef dates(x):\n    return [x]\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield importlib.import_module("company_dates")
    sys.modules.pop("company_dates", None)


def _ported(file: Path, **packages: str) -> tuple[str, list[str]]:
    given = {name.replace("_", "-"): target for name, target in packages.items()}
    [module] = translated([file], packages=given).modules
    return module.text, [refusal.reason for refusal in module.refusals]


def test_functions_are_imported_from_the_module_that_stands_in(written: Callable[[str], Path]) -> None:
    text, refused = _ported(written("import { debounce } from 'lodash'\nexport const f = debounce(() => 1, 300)\n"))
    assert "from taropy.js.packages.lodash import debounce\n" in text
    assert "f = debounce(lambda: 1, 300)" in text
    assert refused == []


def test_a_package_as_a_whole_is_a_module(written: Callable[[str], Path]) -> None:
    text, _ = _ported(written("import _ from 'lodash'\nexport const f = (x: any) => _.isEmpty(x)\n"))
    assert "from taropy.js.packages import lodash\n" in text
    assert "return lodash.isEmpty(x)" in text


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("import _ from 'lodash'\nexport const f = () => _.template('x')", "template of the package lodash"),
        ("import _ from 'lodash'\nexport const f = () => _([1])", "a package that is called"),
        ("import _ from 'lodash'\nexport const f = () => _['map']([1])", "by a computed name"),
        ("import { template } from 'lodash'\nexport const f = () => template('x')", "template of the package lodash"),
        ("import dayjs from 'dayjs'\nexport const f = () => dayjs.tz('2024-01-01')", "tz of the package dayjs"),
        ("import tz from 'dayjs/plugin/timezone'\nexport const f = () => tz", "timezone of the package"),
        ("import C from 'crypto-js'\nexport const f = () => C.Rabbit", "Rabbit of the package crypto-js"),
        ("import r from 'crypto-js/rabbit'\nexport const f = () => r", "rabbit of the package crypto-js/rabbit"),
        ("import fr from 'dayjs/locale/fr'\nexport const f = () => fr", "the package dayjs/locale/fr"),
        ("import 'dayjs/locale/fr'", "the package dayjs/locale/fr"),
        ("export { template } from 'lodash'", "template of the package lodash"),
    ],
)
def test_what_python_has_not_is_refused_by_its_name(program: str, reason: str, written: Callable[[str], Path]) -> None:
    _, refused = _ported(written(program))
    assert len(refused) == 1
    assert reason in refused[0]


def test_names_are_handed_on(written: Callable[[str], Path], tmp_path: Path) -> None:
    written("export { groupBy as grouped } from 'lodash'\nexport { default as dayjs } from 'dayjs'\n")
    (tmp_path / "user.ts").write_text(
        "import { grouped, dayjs } from './program'\n"
        "export const f = (xs: any[]) => grouped(xs, 'k')\nexport const g = () => dayjs('2024-01-02').year()\n"
    )
    outcome = port([tmp_path / "program.ts", tmp_path / "user.ts"], tmp_path / "handed")
    assert outcome.refused == 0
    sys.path.insert(0, str(tmp_path))
    try:
        module = importlib.import_module("handed.user")
    finally:
        sys.path.remove(str(tmp_path))
    assert module.f([{"k": "a"}]) == {"a": [{"k": "a"}]}
    assert module.g() == 2024


def test_locales_are_known_once_they_are_imported(written: Callable[[str], Path]) -> None:
    text, refused = _ported(written("import 'dayjs/locale/zh-cn'\n"))
    assert "from taropy.js.packages.dayjs.locale import zh_cn  # noqa: F401\n" in text
    assert refused == []


# --- one's own -------------------------------------------------------------------------------------------------


def test_a_package_of_ones_own_is_said_where_a_program_is_ported(
    written: Callable[[str], Path], dates: ModuleType
) -> None:
    text, refused = _ported(
        written("import all, { today } from 'my-dates'\nexport const f = () => [today(), all.today()]\n"),
        my_dates="company_dates",
    )
    assert "from company_dates import today\n" in text
    assert "import company_dates as all" in text
    assert refused == []


def test_the_default_export_is_a_name_of_the_module(written: Callable[[str], Path], dates: ModuleType) -> None:
    text, _ = _ported(
        written("import dates from 'my-dates'\nexport const f = () => dates(1)\n"), my_dates="company_dates:dates"
    )
    assert "from company_dates import dates\n" in text


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("no_such_module", "no module no_such"),
        ("no.such", "no module no.such"),
        ("json:nothing", "has no nothing"),
    ],
)
def test_a_target_that_is_not_there_is_told(target: str, told: str, written: Callable[[str], Path]) -> None:
    with pytest.raises(PackageError, match=told):
        checked("x", target)
    with pytest.raises(PortError, match=told):
        translated([written("export const a = 1")], packages={"x": target})


def test_the_command_takes_packages(written: Callable[[str], Path], dates: ModuleType, tmp_path: Path) -> None:
    file = written("import { today } from '@company/dates'\nexport const f = () => today()\n")
    done = CliRunner().invoke(
        command, ["port", str(file), "--out", str(tmp_path / "out"), "--package", "@company/dates=company_dates"]
    )
    assert (done.exit_code, "1 of them whole" in done.output) == (0, True)
    for wrong in ("@company/dates", "=company_dates", "x=no_such_module"):
        done = CliRunner().invoke(command, ["port", str(file), "--out", str(tmp_path / "other"), "--package", wrong])
        assert done.exit_code == 2
        assert not (tmp_path / "other").exists()


def test_plugins_bring_packages(written: Callable[[str], Path], dates: ModuleType) -> None:
    class Plugin:
        @taropy.hookimpl
        def taropy_register_packages(self, register: Callable[[str, str], None]) -> None:
            register("@company/dates", "company_dates")
            register("@company/dates/*", "company_dates:*")

    name = taropy.register_plugin(Plugin(), "company")
    try:
        file = written(
            "import { today } from '@company/dates'\nimport d from '@company/dates/dates'\n"
            "export const f = () => d(today())\n"
        )
        text, refused = _ported(file)
        assert "from company_dates import dates as d\n" in text
        assert "from company_dates import today\n" in text
        assert refused == []
        with pytest.raises(taropy.PlatformError, match="registered already, by company"):
            taropy.register_plugin(Plugin(), "another")
    finally:
        taropy.unregister_plugin(name)
    assert stand_in("@company/dates") is None


# --- the table -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "target"), stand_ins().items())
def test_what_the_table_names_is_there(name: str, target: str) -> None:
    if "*" not in target:
        assert checked(name, target) is not None
    module = target.partition(":")[0].removesuffix(".*")
    assert importlib.import_module(module).__doc__


@pytest.mark.parametrize(
    ("specifier", "module", "default"),
    [
        ("lodash/debounce", "taropy.js.packages.lodash", "debounce"),
        ("lodash/debounce.js", "taropy.js.packages.lodash", "debounce"),
        ("lodash.clonedeep", "taropy.js.packages.lodash", "cloneDeep"),
        ("lodash-es/get", "taropy.js.packages.lodash", "get"),
        ("dayjs/locale/zh-cn.js", "taropy.js.packages.dayjs.locale.zh_cn", "locale"),
        ("dayjs/plugin/isoWeek", "taropy.js.packages.dayjs.plugin", "isoWeek"),
        ("crypto-js/enc-base64", "taropy.js.packages.crypto_js.parts", "enc_base64"),
        ("crypto-js/hmac-sha256.js", "taropy.js.packages.crypto_js.parts", "hmac_sha256"),
        ("crypto-js/crypto-js", "taropy.js.packages.crypto_js", ""),
    ],
)
def test_parts_of_packages(specifier: str, module: str, default: str) -> None:
    found: Any = stand_in(specifier) or SimpleNamespace(module="", default="")
    assert (found.module, found.default) == (module, default)


def test_an_audit_says_what_a_port_has(written: Callable[[str], Path]) -> None:
    report = audit([written("import _ from 'lodash'\nimport axios from 'axios'\n")], platforms=["weapp"])
    found = {each.subject: (each.rule, each.text) for each in report.findings if each.rule.startswith("package/")}
    assert found["lodash"] == ("package/ported", "lodash: ported programs have taropy.js.packages.lodash in its place")
    assert found["axios"][0] == "package/replaced"
