"""What is known of a value because of the rest of the program: then Python's operators do, and else a helper."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("tree_sitter", reason="ports need the extra port")

from taropy.port.porting import port


def _ported(tmp_path: Path, files: dict[str, str], name: str, *, strict: bool = False) -> str:
    """The Python of one of these files, which are ported together."""
    source = tmp_path / "source"
    source.mkdir()
    for file, text in files.items():
        (source / file).write_text(text, "utf-8")
    port([source], tmp_path / "ported", strict=strict)
    return (tmp_path / "ported" / f"{name}.py").read_text("utf-8")


def _fee(calls: str) -> str:
    return f"const RATE = 2\nfunction fee(price) {{ return price * RATE }}\nexport const all = (count) => {calls}\n"


@pytest.mark.parametrize("calls", ["fee(3)", "[fee(3), fee(2.5)]", "fee(3) + fee(count.length * 1)"])
def test_a_parameter_is_what_all_calls_of_its_function_give_it(calls: str, tmp_path: Path) -> None:
    assert "return price * RATE" in _ported(tmp_path, {"money.js": _fee(calls)}, "money")


@pytest.mark.parametrize(
    "calls", ["[fee(3), fee('4')]", "fee(count)", "[1, 2].map(fee)", "({ fee, tax: fee(1) })", "fee(...count)", "0"]
)
def test_a_parameter_that_may_be_something_else_is_not_trusted(calls: str, tmp_path: Path) -> None:
    assert "return times(price, RATE)" in _ported(tmp_path, {"money.js": _fee(calls)}, "money")


def test_who_calls_an_exported_function_is_not_known(tmp_path: Path) -> None:
    money = "export function fee(price) { return price * 2 }\nexport const lines = (all) => all.length\n"
    shop = "import { fee, lines } from './money'\nexport const all = [fee(3), fee(2.5), lines([1])]\n"
    ported = _ported(tmp_path, {"money.js": money, "shop.js": shop}, "money")
    assert "return times(price, 2)" in ported
    assert "return len(all_)" in ported


def test_what_is_handed_on_may_be_set_under_another_name(tmp_path: Path) -> None:
    files = {
        "state.js": "const state = { n: 1 }\nconst kept = { n: 1 }\nfunction put(to, key) { to[key] = 'x' }\n"
        "export const f = (key) => { put(state, key); return [state.n * 2, kept.n * 2] }\n"
    }
    assert "[times(state.n, 2), kept.n * 2]" in _ported(tmp_path, files, "state")


def test_a_method_that_may_not_be_called_does_not_tell(tmp_path: Path) -> None:
    files = {
        "names.js": "export function f(id) { if (id === 'a') return id.substring(1); return id + 1 }\n"
        "export function g(id) { const rest = id.substring(1); return rest + id + 1 }\n"
    }
    ported = _ported(tmp_path, files, "names")
    assert "return plus(id_, 1)" in ported
    assert 'f"{rest}{id_}1"' in ported


def test_what_a_function_of_another_module_gives_is_known(tmp_path: Path) -> None:
    names = "export const full = (user) => `${user.first} ${user.last}`\nexport const STATUS = { ok: 200, gone: 410 }\n"
    page = (
        "import { full, STATUS } from './names'\n"
        "export const title = (user, code) => code === STATUS.ok ? full(user) + '!' : `${full(user)} ${code}`\n"
    )
    ported = _ported(tmp_path, {"names.js": names, "page.js": page}, "page")
    assert 'f"{full(user)}!" if code == STATUS.ok else f"{full(user)} {shown(code)}"' in ported


def test_a_field_that_is_set_somewhere_is_not_trusted(tmp_path: Path) -> None:
    names = "export const STATUS = { ok: 200 }\n"
    page = "import { STATUS } from './names'\nexport const is = (code) => code === `${STATUS.ok}`\n"
    other = "import { STATUS } from './names'\nexport const set = (code) => { STATUS.ok = code }\n"
    assert "shown(STATUS.ok)" in _ported(tmp_path, {"names.js": names, "page.js": page, "other.js": other}, "page")


ASKED = {
    "value - 1": ("value - 1", "minus(value, 1)"),
    "value < 3": ("value < 3", "lt(value, 3)"),
    "value / 2": ("value / 2", "divided(value, 2)"),
    "value == 'a'": ('value == "a"', 'eq(value, "a")'),
    "value?.name": ("value.name if value is not None else None", 'get(value, "name")'),
    "value?.name === 'a'": ('value is not None and value.name == "a"', 'get(value, "name") == "a"'),
    "value?.name || 'b'": (
        'value and value.name or "b"',
        'get(value, "name") if truthy(get(value, "name")) else "b"',
    ),
    "value.name.startsWith('a')": ('value.name.startswith("a")', 'invoke(value.name, "startsWith", "a")'),
    "value.name.padStart(2)": ("String.padStart(value.name, 2)", 'invoke(value.name, "padStart", 2)'),
    "value.split(',')": ('Array(value.split(","))', 'invoke(value, "split", ",")'),
}


@pytest.mark.parametrize("original", ASKED)
@pytest.mark.parametrize("strict", [False, True], ids=["plain", "strict"])
def test_strict_asks_each_value_of_which_nothing_is_known(original: str, strict: bool, tmp_path: Path) -> None:
    files = {"asked.js": f"export function f(value) {{ return {original} }}\n"}
    assert f"return {ASKED[original][strict]}\n" in _ported(tmp_path, files, "asked", strict=strict)


HELPED = {
    "value * 2": "times(value, 2)",
    "value + 1": "plus(value, 1)",
    "value % 2": "remainder(value, 2)",
    "value / other": "divided(value, other)",
    "value < other": "lt(value, other)",
    "value === 1": "same(value, 1)",
    "value === other": "same(value, other)",
    "value == '1'": 'eq(value, "1")',
    "value.length": "length(value)",
    "value.slice(1)": 'invoke(value, "slice", 1)',
    "value.replace(other)": 'invoke(value, "replace", other)',
    "value?.a?.b?.c": 'get(value, "a", "b", "c")',
}


@pytest.mark.parametrize("original", HELPED)
def test_where_python_would_say_something_else_the_helper_stays(original: str, tmp_path: Path) -> None:
    files = {"asked.js": f"export function f(value, other) {{ return {original} }}\n"}
    assert f"return {HELPED[original]}\n" in _ported(tmp_path, files, "asked")


def test_a_declared_any_counts_as_whatever_it_is(tmp_path: Path) -> None:
    files = {"asked.ts": "export function f(value: any) { return value - 1 }\n"}
    assert "return minus(value, 1)\n" in _ported(tmp_path, files, "asked")


TABLES = {
    "export const menu = { tea: { price: 3, sizes: [200, 400] }, cake: { price: 4, sizes: [100] }, "
    "cookies: { price: 1, sizes: [] } }\n": "menu = to_js(\n",
    "export const small = { tea: { price: 3 } }\n": "small = Obj(tea=Obj(price=3))\n",
}


@pytest.mark.parametrize("original", TABLES)
def test_a_long_literal_is_a_table_of_dicts_and_lists(original: str, tmp_path: Path) -> None:
    assert TABLES[original] in _ported(tmp_path, {"menu.js": original}, "menu")


def test_a_text_says_undefined_of_what_is_missing_and_null_of_what_is_null_by_its_type(tmp_path: Path) -> None:
    files = {
        "user.ts": "export interface User { name?: string; town: string | null; age: number | undefined }\n"
        "export const told = (user: User) => `${user.name} ${user.town} ${user.age}` + String(user.name)\n"
    }
    ported = _ported(tmp_path, files, "user")
    assert 'f"{shown(user.name)} {text(user.town)} {shown(user.age)}" + shown(user.name)' in ported


def test_texts_and_numbers_that_are_declared_go_by_python_s_own(tmp_path: Path) -> None:
    files = {
        "days.ts": "import dayjs from 'dayjs'\n"
        "export const path = (id: string, n: any) => ['/days/'.concat(id), '/days/'.concat(n)]\n"
        "export const apart = (a: number, b: any) => [Math.abs(a - 1), Math.abs(b)]\n"
        "export function next(a: Date, b: Date) {\n"
        "  let day = dayjs(a)\n  if (b > a) day = dayjs(b)\n  return day.get('month') + 1 + day.hour()\n}\n"
    }
    ported = _ported(tmp_path, files, "days")
    assert 'Array(["/days/" + id_, String.concat("/days/", n)])' in ported
    assert "Array([abs(a - 1), Math.abs(b)])" in ported
    assert 'return day.get("month") + 1 + day.hour()' in ported
