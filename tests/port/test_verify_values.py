"""What programs give is compared as JavaScript has it, whatever it is; what they are given is made from any type."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import engines  # noqa: F401  (skips without the engine)
import pytest
from auditing import Write

from taropy.js import Array, Date, Map, Set
from taropy.phone import Phone
from taropy.port.porting import port
from taropy.port.verifying.generating import generated
from taropy.port.verifying.sides import Playing
from taropy.port.verifying.verify import Verdict, verify

IMPORTS = (
    "import datetime\nfrom taropy.js import Array, Date, Map, NaN, Obj, Object, RegExp, Set, Uint8Array, undefined\n"
)

SAME = {
    "a map": ("new Map([['b', 1], ['a', [2]]])", "Map([['b', 1], ['a', Array([2])]])"),
    "a set": ("new Set([2, 'a'])", "Set([2.0, 'a'])"),
    "a pattern": ("/a+/gi", "RegExp('a+', 'gi')"),
    "a date": ("new Date(5)", "Date(5)"),
    "a date of Python's": ("new Date(0)", "datetime.datetime.fromtimestamp(0, datetime.UTC)"),
    "a date that is none": ("new Date(NaN)", "Date(NaN)"),
    "bytes": ("new Uint8Array([1, 2])", "Uint8Array(Array([1, 2]))"),
    "holes": ("[, 1]", "Array([None, 1])"),
    "undefined": ("{ a: undefined }", "Obj(a=undefined)"),
    "a message that speaks of nothing": (
        "{ errMsg: 'getStorageSync:fail parameter error: parameter.key should be String instead of Undefined' }",
        "Obj(errMsg='getStorageSync:fail parameter error: parameter.key should be String instead of Null')",
    ),
    "maps in objects": ("{ in: [new Map([[1, new Set()]])] }", "{'in': [Map([[1, Set()]])]}"),
    "a function": ("() => 1", "lambda: 1"),
    "an instance": (
        "new (class { n = 1; _own = 2; f = () => 2; get m() { return 3 } })()",
        "type('Made', (Object,), {})()",
    ),
}
OTHER = {
    "another map": ("new Map([['a', 1]])", "Map([['a', 2]])"),
    "a map in another order": ("new Map([['a', 1], ['b', 2]])", "Map([['b', 2], ['a', 1]])"),
    "an object for a map": ("new Map([['a', 1]])", "Obj(a=1)"),
    "a list for a set": ("new Set([1])", "Array([1])"),
    "another pattern": ("/a/g", "RegExp('a')"),
    "another date": ("new Date(5)", "Date(6)"),
}


def _compared(write: Write, original: str, port: str) -> Verdict:
    folder = write({"main.ts": f"export const given = () => ({original})", "main.py": port})
    return verify(folder / "main.ts", folder / "main.py")


def _giving(value: str) -> str:
    made = "    made.n = 1\n    made._own = 2\n" if "Made" in value else ""
    return f"{IMPORTS}\ndef given():\n    made = {value}\n{made}    return made\n"


@pytest.mark.parametrize("name", SAME)
def test_what_is_the_same_in_both_languages(write: Write, name: str) -> None:
    original, port = SAME[name]
    assert _compared(write, original, _giving(port)).differences == ()


@pytest.mark.parametrize("name", OTHER)
def test_what_is_not(write: Write, name: str) -> None:
    original, port = OTHER[name]
    assert not _compared(write, original, _giving(port)).same


def test_a_value_that_contains_itself_is_compared_to_where_it_does(write: Write) -> None:
    folder = write(
        {
            "main.ts": "export const given = (n: 1 | 2) => { const a: any = { n: 1 }; a.a = a; return a }",
            "main.py": f"{IMPORTS}\ndef given(n):\n    a = Obj(n=n)\n    a.a = a\n    return a\n",
        }
    )
    verdict = verify(folder / "main.ts", folder / "main.py")
    assert [str(each.original) for each in verdict.differences] == [
        'given() gives {"a":{"object":"one that it stands in"},"n":1}'
    ]


def test_scenarios_give_and_get_values_of_taropy_js(write: Write) -> None:
    folder = write(
        {
            "main.ts": "export const swap = (m: any, s: any, d: any) => [new Map([...m].map(([k, v]) => [v, k])), "
            "new Set([...s, 3]), d.getTime(), /x/y]",
            "main.py": f"{IMPORTS}\ndef swap(m, s, d):\n"
            "    return Array([Map([[v, k] for k, v in m]), Set([*s, 3]), d.getTime(), RegExp('x', 'y')])\n",
        }
    )
    seen: list[Any] = []

    async def scenario(program: Playing, phone: Phone) -> None:
        seen.append(await program.call("swap", Map([["a", 1]]), Set([2]), Date(5)))

    assert verify(folder / "main.ts", folder / "main.py", scenario).differences == ()
    for swapped, values, time, pattern in seen:
        assert (list(swapped), list(values), time) == ([[1, "a"]], [2, 3], 5)
        assert (pattern.source, pattern.flags) == ("x", "y")


# --- what is made of types -----------------------------------------------------------------------------------------

TYPES = {
    "[string, number]": [["", 0], ["new", 1e21]],
    "Set<'a' | 'b'>": [[], ["a"], ["a", "b"]],
    "Map<'a', boolean>": [[], [["a", False]], [["a", True]]],
    "Mode": ["new", 0, 1],
    "Pick<Order, 'id'>": [{"id": 0}],
    "Omit<Order, 'note' | 'lines'>": [{"id": 0, "kind": "cash"}],
    "Partial<Pick<Order, 'id'>>": [{"id": 0}, {}],
    "Order['kind']": ["cash"],
    "keyof Order": ["id", "note", "lines", "kind"],
    "Paged<boolean>": [{"page": 0, "items": []}],
    "Shop.Place": [{"city": "Rome"}],
    "types.Kind": ["cash"],
    "Renamed": ["cash"],
    "Readonly<{ a: true } & { b: false }>": [{"a": True, "b": False}],
    "Record<'x' | 'y', true>": [{}, {"y": True}, {"x": True, "y": True}],
    "{ [key: string]: true }": [{"key": True}, {}],
    "T": [None],
    "Tree": [{"up": {}}, {}],
}
PROGRAM = {
    "types.ts": "export type Kind = 'cash'\nexport * from './more'",
    "more.ts": "interface Base { id: number }\n"
    "export interface Order extends Base { note?: string, lines: Line[], kind: K }\n"
    "import { Kind as K } from './types'\n"
    "interface Line { name: string }\n"
    "export default interface Page<T> { page: number; items: T[] }",
    "shops.d.ts": "export declare namespace Shop { interface Place { city: 'Rome' } }",
    "main.ts": "import type { Order } from './types'\nimport * as types from './types'\nimport Paged from './more'\n"
    "import { Kind as Renamed } from './types'\nimport { Shop } from './shops'\n"
    "enum Mode { New = 'new', Old = 0, Older }\ninterface Tree { up?: Tree }\n",
}


@pytest.mark.parametrize("text", TYPES)
def test_values_are_made_of_every_type(write: Write, text: str) -> None:
    main = f"{PROGRAM['main.ts']}export function f<T>(value: {text}) {{}}"
    made = generated(write({**PROGRAM, "main.ts": main}) / "main.ts")
    values = [_plain(value) for _, [value] in made.calls]
    assert [each for each in TYPES[text] if each not in values] == []


def _plain(value: Any) -> Any:
    return (
        [list(each) if isinstance(each, Array) else each for each in value] if isinstance(value, Map | Set) else value
    )


def test_a_callback_notes_what_it_is_called_with(write: Write) -> None:
    original = "export const each = (visit: (n: number, of?: string) => boolean) => visit(1) ? 'yes' : 'no'"
    folder = write({"main.ts": original, "main.py": "def each(visit):\n    return 'yes' if visit(1) else 'no'\n"})
    assert verify(folder / "main.ts", folder / "main.py").same
    folder = write({"main.ts": original, "main.py": "def each(visit):\n    visit(2)\n    return 'yes'\n"})
    first = verify(folder / "main.ts", folder / "main.py").differences[0]
    assert (str(first.original), str(first.port)) == ("calls the callback(1)", "calls the callback(2)")


def test_what_is_put_off_is_compared_too(write: Write) -> None:
    original = "export const later = (ms: number, then: () => void) => { setTimeout(() => then(), ms) }"
    port = "from taropy.js import setTimeout\n\ndef later(ms, then):\n    setTimeout(lambda: then({}), ms)\n"
    folder = write({"main.ts": original, "same.py": port.format(""), "other.py": port.format(1)})
    assert verify(folder / "main.ts", folder / "same.py").same
    differences = verify(folder / "main.ts", folder / "other.py").differences
    assert {(str(each.original), str(each.port)) for each in differences} == {
        ("calls the callback()", "calls the callback(1)")
    }


def test_made_up_calls_ask_no_server(write: Write) -> None:
    original = """\
        import Taro from '@tarojs/taro'
        export const ask = (url: 'http://127.0.0.1:9/') => Taro.request({ url }).catch(err => err.errMsg)
    """
    port = (
        "from taropy.js import Taro\n\ndef ask(url):\n    return Taro.request(url=url).catch(lambda err: err.errMsg)\n"
    )
    folder = write({"main.ts": original, "main.py": port})
    verdict = verify(folder / "main.ts", folder / "main.py")
    assert verdict.same
    gives = [step.value for step in verdict.original.steps if step.what == "ask() gives"]
    assert gives
    assert all("fail" in value and "127.0.0.1" not in value for value in gives)


def test_dates_are_made_for_both(write: Write) -> None:
    original = "export const year = (of: { day: Date }) => of.day.getUTCFullYear()"
    port = f"{IMPORTS}\nfrom taropy.js import Taro\n\ndef year(of):\n    return of.day.getUTCFullYear()\n"
    folder = write({"main.ts": original, "main.py": port})
    assert verify(folder / "main.ts", folder / "main.py").differences == ()


def test_a_port_is_given_values_of_taropy_js_whatever_it_imports_of_it(write: Write) -> None:
    folder = write({"main.ts": "export const many = (items: { n: number }[]) => items.some((each) => each.n > 1)"})
    port([folder / "main.ts"], folder / "ported")
    told = (
        "import sys; from pathlib import Path; from taropy.port.verifying.verify import verify\n"
        "print(len(verify(Path('main.ts'), Path('ported/main.py')).differences))"
    )
    done = subprocess.run([sys.executable, "-c", told], cwd=folder, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
