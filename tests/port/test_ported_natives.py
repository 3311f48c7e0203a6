"""Native objects in a port, `wx`, `my` and their kind, and what no platform or program declares."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from auditing import Load, Write

import taropy
from taropy.js import Array, Error, NotPorted, NotPortedWarning, Obj
from taropy.port.porting import port

NATIVES = """
export const kinds = () => [typeof wx !== 'undefined', typeof my === 'undefined', typeof wx.login === 'function',
  typeof wx.nothing === 'function']
export const store = () => {
  wx.setStorageSync('a', { list: [1, 2] })
  return wx.getStorageSync('a').list.map(each => each * 2)
}
export const told = (done) => wx.getSystemInfo({ success: res => done(res.platform.length > 0) })
export const other = () => my.alert({})
export const missing = () => wx.nothing()
"""


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("'login' in wx", True),
        ("'no_such' in wx", False),
        ("typeof wx", "object"),
        ("typeof my", "undefined"),
        ("typeof wx.no_such", "undefined"),
        ("typeof wx.no_such === 'function'", False),
        ("wx.no_such !== undefined", False),
        ("wx.no_such == null", True),
        ("wx.login === undefined", False),
        ("wx.no_such?.()", None),
        ("wx.no_such?.code === undefined", True),
        ("wx.no_such ?? 'none'", "none"),
        ("typeof wx !== 'undefined' && has(wx)", True),
        ("'login' in Taro", True),
        ("'no_such' in Taro", False),
        ("'$http' in Taro", True),
    ],
)
def test_what_a_native_object_has_can_be_asked(load: Load, asked: str, answer: Any) -> None:
    text = (
        "import Taro from '@tarojs/taro'\n(Taro as any).$http = 3\n"
        "const has = (it: unknown) => typeof it === 'object' && it !== null && 'request' in it\n"
        f"export const ask = () => {asked}"
    )
    taropy.use("weapp")
    assert load({"src/main.ts": text}, "main").ask() == answer


def test_the_native_object_of_the_platform_is_there(load: Load) -> None:
    module = load({"src/main.ts": NATIVES}, "main")
    told: list[Any] = []

    async def main() -> None:
        module.told(told.append)

    taropy.use("weapp")
    assert module.kinds() == [True, True, True, False]
    assert module.store() == [2, 4]
    taropy.run(main())
    assert told == [True]


@pytest.mark.parametrize(
    ("name", "text"), [("other", "my is not defined"), ("missing", "wx.nothing is not a function")]
)
def test_what_a_platform_does_not_have_raises_as_in_javascript(load: Load, name: str, text: str) -> None:
    module = load({"src/main.ts": NATIVES}, "main")
    taropy.use("weapp")
    with pytest.raises(Error, match=text):
        getattr(module, name)()


def test_an_accessor_that_is_not_ported_raises_when_it_is_read_or_set(load: Load) -> None:
    text = """
        let kept = 0
        export class Stock {
          static set most(value: number) { kept = value }
          get count() { return Symbol.iterator }
        }
        export const read = () => Stock.most + 1
        export const count = () => new Stock().count
    """
    module = load({"src/main.ts": text}, "main")
    with pytest.warns(NotPortedWarning), pytest.raises(NotPorted, match="static setter"):
        module.read()
    with pytest.warns(NotPortedWarning), pytest.raises(NotPorted, match="Symbol"):
        module.count()


@pytest.mark.parametrize(
    "text",
    [
        "bar(1, () => { baz(1) })",
        "export const f = (all: any[]) => { all.forEach(each => { each.n = 1; each.m = 2 }); return bar(1) }",
        "export const f = (all: any[]) => { const made = all.map(x => { x.y = 1; return x }); return convert(made) }",
    ],
)
def test_a_name_that_nobody_declares_is_told_by_that_name(write: Write, tmp_path: Path, text: str) -> None:
    folder = write({"src/main.ts": text})
    [module] = port([folder / "src"], tmp_path / "out").modules
    assert module.refusals
    assert all("is declared nowhere" in refusal.reason for refusal in module.refusals)


def test_a_name_of_the_ports_own_is_not_the_one_that_nobody_declares(load: Load) -> None:
    text = "export const f = (all: any[]) => { const made = all.map(x => { x.y = 1; return x }); return convert(made) }"
    module = load({"src/main.ts": text}, "main")
    with pytest.warns(NotPortedWarning), pytest.raises(NotPorted, match="convert"):
        module.f(Array([Obj()]))
