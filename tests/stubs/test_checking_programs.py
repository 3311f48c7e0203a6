"""What mypy and pyright say of programs: nothing of right ones, and all of what is wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from checkers import CHECKERS, Environment, mistaken

from taropy import spec

HERE = Path(__file__).parent
both = pytest.mark.parametrize("checker", CHECKERS)


@both
@pytest.mark.parametrize("program", ["program.py", "ported.py"])
def test_a_program_that_uses_every_group_is_clean(environment: Environment, program: str, checker: str) -> None:
    lines, told = CHECKERS[checker](environment, environment.folder / program)
    assert not lines, told


@both
@pytest.mark.parametrize(("program", "least"), [("mistakes.py", 150), ("ported_mistakes.py", 1)])
def test_every_mistake_is_found_on_its_line_and_nothing_else(
    environment: Environment, program: str, least: int, checker: str
) -> None:
    expected = mistaken(HERE / program)
    lines, told = CHECKERS[checker](environment, environment.folder / program)
    assert lines == expected, told
    assert len(expected) >= least


def undeclared() -> list[str]:
    """The functions that Taro makes promises of on some platform, and does not declare."""
    return sorted({name for platform in spec.PLATFORMS for name in spec.undeclared(platform)})


def had_on(name: str) -> set[str]:
    """The platforms that have a member, declared or not."""
    if spec.has(name):
        return set(spec.supported_on(name))
    return {platform for platform in spec.PLATFORMS if name in spec.undeclared(platform)}


def test_the_program_does_use_every_group() -> None:
    used = set(re.findall(r"\.(\w+)", (HERE / "program.py").read_text("utf-8")))
    groups = {spec.group_of(name) for name in used if spec.has(name)}
    assert set(spec.groups()) == groups


MARKS = """
from taropy.testing.marks import platform
from taropy.typing import OtherPlatform

@platform("weapp", "harmony-hybrid", OtherPlatform("pocket"))
def test_right() -> None: ...

@platform("wepp")  # error
def test_wrong() -> None: ...

platform(1)  # error
"""


@both
def test_a_mark_names_platforms(environment: Environment, checker: str) -> None:
    file = environment.folder / f"marks_{checker}.py"
    file.write_text(MARKS, "utf-8")
    lines, told = CHECKERS[checker](environment, file)
    assert lines == mistaken(file), told


TYPES = """
from taropy import Promise, Taro
import taropy

async def number() -> int: return 1

reveal_type(Taro.login())
reveal_type(Taro.login().then(lambda res: res.code))
reveal_type(Taro.request("https://example.com"))
reveal_type(Taro.uploadFile(url="a", filePath="b", name="c"))
reveal_type(taropy.create("h5"))
reveal_type(taropy.create("harmony-hybrid"))
reveal_type(taropy.use("tt"))
reveal_type(taropy.create())
reveal_type(Taro.getSystemInfoSync()["windowWidth"])
reveal_type(Promise.all((Taro.login(), Taro.getStorage(key="k"), Taro.request("a"), number())))
reveal_type(Promise.all([Taro.login(), Taro.login()]))
reveal_type(Promise.race((Taro.login(), number())))
reveal_type(Promise.allSettled((Taro.login(),)))
reveal_type(Taro.login().then(number))
reveal_type(Taro.login().catch(lambda error: error.errMsg))
reveal_type(Taro.request("a").catch(number))
reveal_type(taropy.run(number))
reveal_type(Promise.resolve(Taro.login()))
Taro.login(success=lambda res: print(reveal_type(res)))
Taro.onCompassChange(lambda res: print(reveal_type(res.direction)))
"""

REVEALED = (
    "Call[LoginResult]", "Promise[str]", "AnyRequestTask", "UploadTaskUploadTaskPromise", "H5Taro",
    "HarmonyHybridTaro", "TtTaro", "AnyTaro", "float",
    "Promise[tuple[LoginResult, AnyGetStorageResult, RequestResult[Any], int]]", "Promise[list[LoginResult]]",
    "Promise[LoginResult | int]", "Promise[tuple[PromiseFulfilledResult[LoginResult] | PromiseRejectedResult]]",
    "Promise[int]", "Promise[LoginResult | str]", "Promise[RequestResult[Any] | int]", "int", "Call[LoginResult]",
    "LoginResult", "float",
)  # fmt: skip


@both
def test_what_editors_show(environment: Environment, checker: str) -> None:
    file = environment.folder / f"types_{checker}.py"
    file.write_text(TYPES, "utf-8")
    assert revealed(environment, checker, file) == list(REVEALED)


def revealed(environment: Environment, checker: str, file: Path) -> list[str]:
    """The types that `reveal_type` gave, without the modules that they are from."""
    if checker == "mypy":
        said = re.findall(r'Revealed type is "(.*)"', environment.mypy(file)[1])
    else:
        reports = environment.reports([file])
        said = [re.sub(r'^Type of ".*" is "(.*)"$', r"\1", each["message"]) for each in reports]
    return [re.sub(r"\b(?:[a-z_]\w*\.)+", "", each) for each in said]


@both
def test_a_platform_has_what_the_spec_says_and_nothing_else(environment: Environment, checker: str) -> None:
    file = environment.folder / f"surface_{checker}.py"
    lines = ["import taropy"]
    expected = set()
    for platform in spec.PLATFORMS:
        lines += [f"def on_{platform.replace('-', '_')}() -> None:", f"    taro = taropy.create({platform!r})"]
        for name in (*spec.members(), *undeclared()):
            lines.append(f"    taro.{name}")
            if platform not in had_on(name):
                expected.add(len(lines))
    file.write_text("\n".join(lines) + "\n", "utf-8")
    assert CHECKERS[checker](environment, file)[0] == expected


def test_every_public_symbol_has_a_type(environment: Environment) -> None:
    done = environment.run("pyright", "--verifytypes", "taropy", "--ignoreexternal", "--outputjson")
    symbols = json.loads(done.stdout)["typeCompleteness"]["symbols"]
    told = [each for each in symbols if each["isExported"] and (not each["isTypeKnown"] or each["isTypeAmbiguous"])]
    untold = {each["name"]: each["diagnostics"] for each in told}
    untold.pop("taropy.testing.locust.TaroUser", None)  # whose base is Locust's, which need not be here
    assert untold == {}
