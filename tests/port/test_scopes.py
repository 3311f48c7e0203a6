"""Which declaration a name stands for: hoisting, shadowing, destructuring, as JavaScript has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from taropy.port.names import Binding
from taropy.port.parse import parse
from taropy.port.scopes import names_of
from taropy.port.source import Source

# The last place where `x` is read, and what it stands for there: the kind of its declaration, and its line.
DECLARED = [
    ("import x from 'm'\nx", "import", 1),
    ("import { a as x } from 'm'\nx", "import", 1),
    ("import * as x from 'm'\nx", "import", 1),
    ("const x = 1\nx", "const", 1),
    ("x\nvar x = 1", "var", 2),
    ("function f() { if (a) { var x = 1 }\nreturn x }", "var", 1),
    ("let x = 1\n{ let x = 2\nx }", "let", 2),
    ("let x = 1\n{ let x = 2 }\nx", "let", 1),
    ("function f(x) {\nreturn x }", "parameter", 1),
    ("function f({ a: { b: x } }) {\nreturn x }", "parameter", 1),
    ("function f([, x = 1]) {\nreturn x }", "parameter", 1),
    ("function f(...x) {\nreturn x }", "parameter", 1),
    ("const f = x =>\nx", "parameter", 1),
    ("const x = 1\nconst f = (a = x) => a", "const", 1),
    ("x()\nfunction x() {}", "function", 2),
    ("const f = function x() {\nreturn x }", "function", 1),
    ("class x {}\nnew x()", "class", 1),
    ("try {} catch (x) {\nx }", "caught", 1),
    ("try {} catch ({ x }) {\nx }", "caught", 1),
    ("for (const x of xs) {\nx }", "const", 1),
    ("for (let x = 0; x < 1; x++) {\nx }", "let", 1),
    ("for (var x in xs) {}\nx", "var", 1),
    ("const { a: x } = b\nx", "const", 1),
    ("const { ...x } = b\nx", "const", 1),
    ("const [x] = b\nx", "const", 1),
    ("enum x { A }\nx.A", "enum", 1),
    ("namespace x { export const a = 1 }\nx.a", "namespace", 1),
    ("switch (a) { case 1: let x = 1\nx }", "let", 1),
    ("const x = 1\nconst o = { x }", "const", 1),
    ("const x = 1\nexport { x as y }", "const", 1),
    ("const x = 1\nconst a = <x.B />", "const", 1),
    ("let x\nx = 1\nx", "let", 1),
    ("class A { m(x) {\nreturn x } }", "parameter", 1),
]


def declaration(text: str) -> Binding | None:
    names = names_of(parse(Source(Path("a.tsx"), text.encode())).root)
    place = max(names.references["x"], key=lambda place: place.node.start_byte)
    return place.scope.find("x")


@pytest.mark.parametrize(("text", "kind", "line"), DECLARED)
def test_a_name_stands_for_its_declaration(text: str, kind: str, line: int) -> None:
    found = declaration(text)
    assert found is not None
    assert (found.kind, found.node.start_point[0] + 1) == (kind, line)


GLOBAL = ["x", "{ const x = 1 }\nx", "function f(x) {}\nx", "const f = function x() {}\nx", "const a = { x: 1 }\nx.x"]


@pytest.mark.parametrize("text", GLOBAL)
def test_a_name_that_is_declared_nowhere_around_is_a_global(text: str) -> None:
    assert declaration(text) is None


NOT_READ = [
    "a.x",
    "const o = { x: 1 }",
    "let a: x",
    "type T = { x: x }",
    "x: for (;;) break x",
    "import type { x } from 'm'",
]


@pytest.mark.parametrize("text", NOT_READ)
def test_what_is_no_value_of_that_name_is_not_read(text: str) -> None:
    assert "x" not in names_of(parse(Source(Path("a.ts"), text.encode())).root).references


def test_what_a_variable_is_given_later_is_known() -> None:
    found = declaration("let x = 1\nx = 2\nx += 3\nx++;\n[x] = y\nx")
    assert found is not None
    assert [value is not None for value in found.writes] == [True, False, False, False]
