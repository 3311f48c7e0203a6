"""TypeScript runs without its types, on the lines on which it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from auditing import Write
from engines import Run, run_program

from taropy.port.engine.edits import CannotRun
from taropy.port.engine.values import ProgramError

# What a module's `main` gives, by what it is made of.
TYPES = {
    "annotations": ("export const main = (a: number = 1, b?: string): string => `${a}${b}`", "1undefined"),
    "variables": (
        "let a!: number; const b: [string, number?] = ['x']; a = 2; export const main = () => b[0] + a",
        "x2",
    ),
    "interfaces": (
        "export interface A { a: string }\ninterface B extends A {}\nexport const main = (b?: B) => typeof b",
        "undefined",
    ),
    "aliases": (
        "type A<T = {}> = { [K in keyof T]?: T[K] } & string\nexport type B = A\nexport const main = () => 1",
        1,
    ),
    "generics": (
        "const id = <T,>(x: T): T => x; class Box<T extends object> { of<U>(u: U) { return u } }\n"
        "export const main = () => id<number>(1) + new Box<{}>().of<number>(2)",
        3,
    ),
    "as": ("export const main = () => ({ a: [1, 2] as const, b: (3 as unknown) as number })", {"a": [1, 2], "b": 3}),
    "as at the end of a line": (
        (
            "export const main = () => {\n"
            "  const x = 5 as number\n"
            "  ;[1].push(x)\n"
            "  const y = x as any\n"
            "  [0]\n"
            "  return [x, y]\n"
            "}"
        ),
        [5, 5],
    ),
    "angle brackets": ("export const main = () => (<number>1) + <any>2", 3),
    "satisfies": ("const a = { x: 1 } satisfies Record<string, number>\nexport const main = () => a.x", 1),
    "non-null": ("export const main = (a?: { b?: number }) => (a ?? { b: 4 })!.b!", 4),
    "declare": (
        "declare const X: string\ndeclare module 'm' { export const a: 1 }\ndeclare global { interface W {} }\n"
        "declare function f(): void\nexport const main = () => typeof X",
        "undefined",
    ),
    "overloads": (
        "export function main(): string\nexport function main(a: string): string\n"
        "export function main(a = 'z'): string { return a }",
        "z",
    ),
    "overloaded methods": (
        "class A { m(a: string): void; m(a: number): void; m(a: any) { return typeof a } }\n"
        "export const main = () => new A().m(1)",
        "number",
    ),
    "this": (
        (
            "function f(this: { a: number }, b: number) { return this.a + b }\n"
            "export const main = () => f.call({ a: 1 }, 2)"
        ),
        3,
    ),
    "guards": (
        (
            "const is = (x: any): x is string => typeof x === 'string'\n"
            "function ok(x: any): asserts x { if (!x) throw 1 }\n"
            "export const main = () => { ok(1); return is('') }"
        ),
        True,
    ),
    "abstract classes": (
        (
            "abstract class A { abstract name: string; protected abstract f(): void; g() { "
            "return this.name } }\n"
            "class B extends A { override name = 'b'; protected f() {} }\n"
            "export const main = () => new B().g()"
        ),
        "b",
    ),
    "modifiers": (
        "class A { private static readonly x: number = 1; public y = A.x; protected declare z: string }\n"
        "export const main = () => ({ ...new A() })",
        {"y": 1},
    ),
    "fields that are only declared": (
        "class P { constructor() { (this as any).set() } set() {} }\n"
        "class A extends P { a?: string; b!: number; set() { this.b = 7 } }\n"
        "export const main = () => ({ ...new A() })",
        {"b": 7},
    ),
    "private names": (
        (
            "class A { #n: number = 1; static #s?: string; get n() { return this.#n } }\n"
            "export const main = () => new A().n"
        ),
        1,
    ),
    "parameter properties": (
        "class A { constructor(private a: number, readonly b = 2, c = 3) { this.a += c } }\n"
        "export const main = () => ({ ...new A(1) })",
        {"a": 4, "b": 2},
    ),
    "parameter properties after super": (
        (
            "class P { constructor(public p: string) {} }\n"
            "class A extends P { constructor(public a: number) { super('p')\n"
            " this.a *= 2 } }\n"
            "export const main = () => ({ ...new A(1) })"
        ),
        {"a": 2, "p": "p"},
    ),
    "implements": (
        (
            "interface I {} class A implements I, PromiseLike<any> { then: any }\n"
            "export const main = () => 'then' in new A()"
        ),
        False,
    ),
    "index signatures": ("class A { [key: string]: any; a = 1 }\nexport const main = () => new A().a", 1),
    "enums": (
        (
            "enum E { A, B = 5, C, D = B | 2, S = 'text', 'odd key' = 1 }\n"
            "export const main = () => [E.A, E.C, E.D, E.S, E[5], E['odd key'], E[0]]"
        ),
        [0, 6, 7, "text", "B", 1, "A"],
    ),
    "exported constant enums": ("export const enum E { A = 'a' }\nexport const main = () => E", {"A": "a"}),
    "enums of several lines": ("enum E { // first\n  A = 1, // one\n\n  B,\n}\nexport const main = () => E.B", 2),
    "types of several lines before an arrow": (
        "export const main = (a = 1): {\n  b: number\n} => ({ b: a })",
        {"b": 1},
    ),
    "catch": ("export const main = () => { try { null!.x } catch (e: unknown) { return 'caught' } }", "caught"),
    "types that are imported": (
        (
            "import type { A } from './nowhere'\n"
            "import { type B } from './nowhere'\n"
            "import { C } from './nowhere'\n"
            "export type { A } from './nowhere'\n"
            "export const main = (c?: C) => 1"
        ),
        1,
    ),
    "comments": ("/* type */ const a /* : string */ = 1 // as any\nexport const main = () => a", 1),
    "text beyond ASCII": ("const 名: string = '中👍' as string; export const main = () => 名", "中👍"),
    "instantiations": ("const f = <T,>(x: T) => x; const g = f<string>; export const main = () => g('a')", "a"),
    "namespaces of types": (
        "namespace A { export type B = 1; interface C {} }\nexport namespace D { export interface E {} }\n"
        "export const main = (a: A.B = 1, d?: D.E) => a",
        1,
    ),
    "optional calls by name": (
        "const f = (g?: (n: number) => number) => { const h = () => typeof g?.(1); return h() }\n"
        "export const main = () => [f(), f(n => n)]",
        ["undefined", "number"],
    ),
    "optional calls": (
        "const o: { f?: (x: number) => number } = {}; export const main = () => o.f?.(1) ?? 'none'",
        "none",
    ),
    "accessors": (
        "class A { private v = 1; get x(): number { return this.v } set x(v: number) { this.v = v } }\n"
        "export const main = () => { const a = new A(); a.x = 3; return a.x }",
        3,
    ),
}


@pytest.mark.parametrize(("text", "value"), TYPES.values(), ids=TYPES)
def test_types_are_not_there(ran: Run, text: str, value: object) -> None:
    assert ran(text).value == value


@pytest.mark.parametrize("name", ["main.ts", "main.mts", "main.tsx"])
def test_each_kind_of_file_is_typescript(ran: Run, name: str) -> None:
    assert ran("export const main = (a: number): number => a + 1", 2, name=name).value == 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("namespace N { export const a = 1 }", "1:1: namespaces"),
        ("const a = 1\n@dec class A {}", "2:1: decorators"),
        ("class A { @dec x = 1 }", "1:11: decorators"),
        ("const a = 1\n\nexport const b = () => <view />", "3:24: JSX"),
        ("import A = N.B", "1:1: import aliases"),
        ("const a = = 1", "1:9: this is not understood"),
        ("let a = 1\nlet a = 2", "SyntaxError"),
    ],
)
def test_what_cannot_run_says_so_with_its_place(ran: Run, text: str, told: str) -> None:
    with pytest.raises(CannotRun, match=r"main\.tsx") as raised:
        ran(text, name="main.tsx")
    assert told in str(raised.value)


def test_lines_are_those_of_the_source(ran: Run) -> None:
    text = """\
        interface A {
          a: string
        }
        enum E {
          X,
        }
        type Handler = (
          a: A,
        ) => void
        export function main(): void { throw new RangeError('here') }
    """
    with pytest.raises(ProgramError, match="RangeError: here") as raised:
        ran(text)
    first = raised.value.__notes__[0].splitlines()[0]
    assert first.endswith("main.ts:10: export function main(): void { throw new RangeError('here') }")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\0\1\2\xff", "is not text"),
        (b"let a=1;" * 5000, "is minified"),
        (b"x" * 3_000_000, "files of more than 2 MB"),
    ],
    ids=["not text", "minified", "huge"],
)
def test_a_file_that_nobody_wrote_is_not_run(write: Write, content: bytes, told: str) -> None:
    with pytest.raises(CannotRun, match=told):
        run_program(write({"main.ts": content}) / "main.ts")


def test_a_byte_order_mark_and_gbk_are_read(write: Write) -> None:
    text = "export const main = () => '中文'"
    assert run_program(write({"bom.ts": b"\xef\xbb\xbf" + text.encode()}) / "bom.ts").value == "中文"
    assert run_program(write({"gbk.ts": text.encode("gbk")}) / "gbk.ts").value == "中文"


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match=r"gone\.ts"):
        run_program(tmp_path / "gone.ts")
