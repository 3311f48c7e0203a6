"""Language that a port does not carry over, and traps: each construct is found, and what only looks like one is not."""

from __future__ import annotations

import pytest
from auditing import Audited, found

from taropy.port.language import GLOBALS
from taropy.port.marks import kinds

LANGUAGE = [
    ("function f() { return arguments.length }", "arguments"),
    ("debugger", "debugger"),
    ("@observer\nclass A {}", "decorator"),
    ("class A { @observable x = 1 }", "decorator"),
    ("const m = import(name)", "dynamic-import"),
    ("eval('1')", "eval"),
    ("new Function('return 1')", "eval"),
    ("function* f() { yield 1\n return 2 }", "generator-return"),
    ("function* f() { const x = yield 1 }", "generator-return"),
    ("const o = { *f() { return yield 1 } }", "generator-return"),
    ("class A {}\nnamespace A { export const x = 1 }", "namespace-merging"),
    ("function f() { return new.target }", "new-target"),
    ("String.prototype.pad = f", "prototype"),
    ("Object.setPrototypeOf(a, b)", "prototype"),
    ("a.__proto__ = b", "prototype"),
    ("Object.defineProperty(a, 'x', { get() { return 1 } })", "prototype-accessor"),
    ("new Proxy(a, {})", "proxy"),
    ("Reflect.ownKeys(a)", "reflect"),
    ("if (xs[Symbol.iterator]) f()", "symbol"),
    ("const o = { [Symbol.iterator]() {} }", "symbol"),
    ("function f() { return this.x }", "this"),
    ("const o = { f() { return this.x } }", "this"),
    ("const x = () => this", "this"),
    ("new WeakRef(a)", "weak"),
    ("with (a) { b }", "with"),
]


@pytest.mark.parametrize(("text", "key"), LANGUAGE)
def test_a_construct_that_a_port_does_not_carry(audited: Audited, text: str, key: str) -> None:
    keys = [each.subject for each in audited(text).findings if each.section == "language"]
    assert set(keys) == {key}


def test_of_a_function_that_speaks_of_this_again_and_again_it_is_told_once(audited: Audited) -> None:
    report = audited("function f() { this.a(); this.b(); return () => this.c + arguments[0] + arguments[1] }")
    assert found(report, "language/") == ["language/this this 2", "language/arguments arguments 2"]


CARRIED = [
    "function* f() { yield 1\n yield 2 }",
    "function* f() { yield 1\n return }",
    "function* f() { yield xs.map(() => { return 1 }) }",
    "outer: for (;;) break",
    "outer: for (;;) { for (;;) break outer }",
    "class A { #x = 1; #f() {} }",
    "tag`query`",
    "const m = import('./m')",
    "namespace A { export const x = 1 }",
    "class A {}\nnamespace A { export type T = string\n export interface B {} }",
    "class A { f() { return this.x }\n g = () => this.x\n static h() { return [1].map(() => this.x) } }",
    "const text = `a${b}`",
    "function f(Symbol, eval2) { return Symbol.x }",
    "const o = { get x() { return 1 } }",
    "Object.defineProperty(a, 'x', { value: 1 })",
    "Object.create(null)",
    "const day = Symbol('day'); o[day] = Symbol.for('x')",
    "const a = { arguments: 1 }; a.arguments",
    "import type { T } from './t'",
    "let x: typeof import('./t')",
    "interface A { with: string }",
]


@pytest.mark.parametrize("text", CARRIED)
def test_what_only_looks_like_one(audited: Audited, text: str) -> None:
    assert found(audited(text), "language/") == []


def test_every_kind_of_construct_has_its_test_and_is_described() -> None:
    assert {key for _, key in LANGUAGE} == set(kinds("language"))
    assert set(GLOBALS.values()) <= set(kinds("language"))
    assert all(kind.title and kind.why and kind.write for kind in kinds("language").values())


TRAPS = [
    ("Taro.login()", "call-at-import"),
    ("export const fs = Taro.getFileSystemManager()", "call-at-import"),
    ("class A { static fs = Taro.getFileSystemManager() }", "call-at-import"),
    ("if (x === undefined) f()", "compared-undefined"),
    ("if (typeof x === 'undefined') f()", "compared-undefined"),
    ("if (x === 'undefined') f()", "compared-undefined"),
    ("function f(k) { Taro[k]() }", "computed-member"),
    ("delete xs[0]", "delete-element"),
    ("try {} catch (err) { show(err.message) }", "error-message"),
    ("try {} catch ({ message }) { show(message) }", "error-message"),
    ("function f() { Taro.login().catch((err) => err.message) }", "error-message"),
    ("load().catch((err) => err.message)", "error-message"),
    ("function f() { Taro.login({ fail: (err) => err.message }) }", "error-message"),
    ("for (const i in [1, 2]) f(i)", "for-in-list"),
    ("const xs: string[] = ys\nfor (const i in xs) f(i)", "for-in-list"),
    ("function f(xs: Array<string>) { for (const i in xs) g(i) }", "for-in-list"),
    ("if (x == 1) f()", "loose-equality"),
    ("if (x == '1' || x == y) f()", "loose-equality"),
    ("if (x == '') f()", "loose-equality"),
    ("if (x == null) f()", "loose-null"),
    ("if (null != x) f()", "loose-null"),
    ("texts.map(parseInt)", "map-parse-int"),
    ("xs[-1]", "negative-index"),
    ("promise.then = (f) => f(1)", "replaced-then"),
    ("const o = { then(f) { f(1) } }", "replaced-then"),
    ("xs.sort()", "sort-as-text"),
    ("try {} catch (err) { throw { ...err, at: 1 } }", "spread-error"),
]


@pytest.mark.parametrize(("text", "key"), TRAPS)
def test_a_trap_is_told(audited: Audited, text: str, key: str) -> None:
    assert key in [each.subject for each in audited(text).findings if each.section == "trap"]


NO_TRAPS = [
    "function f() { Taro.login() }",
    "const f = () => Taro.login()",
    "class A { fs = Taro.getFileSystemManager() }",
    "const go = Taro.navigateTo",
    "res.message",
    "for (const k in { a: 1 }) f(k)",
    "for (const x of [1]) f(x)",
    "if (x === null) f()",
    "if (x == 'cancel' || typeof x == 'string') f()",
    "xs.sort((a, b) => a - b)",
    "texts.map(Number)",
    "delete o.x",
    "delete o[k]",
    "xs[0]",
    "promise.then(f)",
    "const o = { ...options }",
]


@pytest.mark.parametrize("text", NO_TRAPS)
def test_what_is_no_trap(audited: Audited, text: str) -> None:
    assert found(audited(text), "trap/") == []


def test_every_kind_of_trap_has_its_test_and_is_described() -> None:
    assert {key for _, key in TRAPS} == set(kinds("traps"))
    assert all(kind.title and kind.why and kind.write for kind in kinds("traps").values())
