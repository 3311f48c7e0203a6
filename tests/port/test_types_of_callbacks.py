"""What is known of a callback's parameters, where the program does not say it: plain operators need no helper then."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("tree_sitter", reason="ports need the extra port")

from taropy.port.porting import port

LINES = "interface Line { price: number; count: number }\n"

PORTED = {
    "lines.map(({ price, count }) => price * count)": "lines.map(lambda item: item.price * item.count)",
    "lines.map(each => each.price * each.count)": "lines.map(lambda each: each.price * each.count)",
    "lines.map(({ price }: Line) => price - 1)": "lines.map(lambda item: item.price - 1)",
    "lines.filter(({ count }, index) => count > index)": "lines.filter(lambda item, index: item.count > index)",
    "lines.reduce((sum, { price, count }) => sum + price * count, 0)": (
        "lines.reduce(lambda sum_, item: sum_ + item.price * item.count, 0)"
    ),
    "lines.reduce((all, each) => all + each.price, '')": (
        'lines.reduce(lambda all_, each: f"{all_}{text(each.price)}", "")'
    ),
    "lines.reduce((sum, line) => sum + line.size, 0)": "lines.reduce(lambda sum_, line: plus(sum_, line.size), 0)",
    "lines.reduce((sum, line) => sum + 1)": "lines.reduce(lambda sum_, line: plus(sum_, 1))",
    "lines.sort((a, b) => b.price - a.price || a.count - b.count)": "lines.sort(key=lambda a: (-a.price, a.count))",
    "lines.sort((a, b) => a.size - b.size)": "lines.sort(lambda a, b: a.size - b.size)",
}


@pytest.mark.parametrize("original", PORTED)
def test_what_an_array_holds_is_what_its_callbacks_get(original: str, tmp_path: Path) -> None:
    source = tmp_path / "cart.ts"
    source.write_text(f"{LINES}export function f(lines: Line[]) {{ return {original} }}\n", "utf-8")
    port([source], tmp_path / "ported")
    assert f"    return {PORTED[original]}\n" in (tmp_path / "ported" / "cart.py").read_text("utf-8")


def test_what_is_unknown_is_counted_with_by_helpers(tmp_path: Path) -> None:
    source = tmp_path / "cart.ts"
    source.write_text("export const f = (lines: any[]) => lines.map(({ price, count }) => price * count)\n", "utf-8")
    port([source], tmp_path / "ported")
    assert "lambda item: times(item.price, item.count)" in (tmp_path / "ported" / "cart.py").read_text("utf-8")


EMITTER = """
export class Emitter {
  on(listener: (value: VALUE) => void) { listener(VALUES) }
  size(): VALUE { return VALUES }
}
"""
USE = "emitter.on((value) => { sum += value }); export const size = () => emitter.size() + emitter.size()\n"


def _main(tmp_path: Path, files: dict[str, str]) -> str:
    for name, original in files.items():
        (tmp_path / f"{name}.ts").write_text(original, "utf-8")
    port([tmp_path], tmp_path / "ported")
    return (tmp_path / "ported" / "main.py").read_text("utf-8")


def test_a_callback_is_called_with_what_the_method_declares_that_it_is_given_to(tmp_path: Path) -> None:
    emitter = EMITTER.replace("VALUES", "1").replace("VALUE", "number")
    main = "import { Emitter } from './emitter'\nconst emitter = new Emitter()\nlet sum = 0\n" + USE
    text = _main(tmp_path, {"emitter": emitter, "main": main})
    assert "    sum_ += value\n" in text
    assert "return emitter.size() + emitter.size()" in text


def test_an_instance_of_one_of_two_classes_of_the_same_name_may_be_either_s(tmp_path: Path) -> None:
    numbers = EMITTER.replace("VALUES", "1").replace("VALUE", "number")
    texts = EMITTER.replace("VALUES", "'a'").replace("VALUE", "string") + "export const emitter = new Emitter()\n"
    main = f"import {{ emitter }} from './texts'\n{numbers}\nlet sum: any = ''\n" + USE
    text = _main(tmp_path, {"texts": texts, "main": main})
    assert "plus(sum_, value)" in text
    assert "return emitter.size() + emitter.size()" in text  # what it gives is that one's


RULE = """
interface Rule { match: (value: string, words: string) => boolean; count(list: number[]): number }
type Listener = (name: string, at?: string, ...others: string[]) => void
"""

DECLARED = {
    "const rules: Rule[] = [{ match: (value, words) => value.includes(words), count: (list) => list.length }]": [
        "rules: Array[Rule] = Array([Rule(match=lambda value, words: words in value, count=lambda list_: len(list_))])"
    ],
    "const by: Record<string, Rule['match']> = { a: (value, words) => value.includes(words) }": [
        'invoke(value, "includes", words)'  # types that are taken out of others are not followed
    ],
    "const by: Record<string, (value: string) => string> = { a: (value) => value + '!' }": [
        'lambda value: f"{value}!"'
    ],
    "const one: { sum(a: number, b: number): number } = { sum(a, b) { return a + b } }": [
        "def sum_(a: float, b: float) -> float:",
        "return a + b",
    ],
    "const told: string[] = []\nconst on: Listener = (name, at) => { told.push(name + '!', at + '!') }": [
        "def on(name: str, at: Any) -> None:",
        'told.push(f"{name}!", f"{shown(at)}!")',
    ],
    "function start(on: Listener) { on('a') }\nstart((name) => { console.log(name + '!') })": ['f"{name}!"'],
    "const on = ((name) => name + '!') as (name: string) => string": ['f"{name}!"'],
}


@pytest.mark.parametrize("original", DECLARED)
def test_a_function_is_called_with_what_its_place_is_declared_as(original: str, tmp_path: Path) -> None:
    text = _main(tmp_path, {"main": f"{RULE}{original}\n"})
    for line in DECLARED[original]:
        assert line in text, text
