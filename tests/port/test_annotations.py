"""What ports say of types: as much as the original says, nothing that is not so, and what mypy --strict accepts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from auditing import Write

from taropy.port.porting import port, translated
from tools.ports.cases import PROGRAMS

REPO = Path(__file__).parents[2]

#: What mypy says of the ported programs nevertheless, by program and its code.
SAYS_MORE = {
    ("class_two_of_a_name", "call-arg"),  # to mypy the first of two methods of one name is the only one
    ("class_two_of_a_name", "no-redef"),
    ("constructor_functions", "var-annotated"),  # the fields of a function that is called with `new` have no types
    ("function_fields", "attr-defined"),  # JavaScript's functions have fields, Python's checkers know none
    ("long_analytics", "arg-type"),  # a function of fewer parameters than it is called with
    ("made_of_nothing", "no-untyped-call"),  # mypy calls a function untyped that is one of two that only raise
}
_SAID = re.compile(r"/(\w+)\.py:\d+: error: .*\[([\w-]+)\]$")


@pytest.fixture
def python(write: Write) -> Callable[..., str]:
    """The port of a text in TypeScript; of several files that of `main.ts`."""

    def python(text: str, **others: str) -> str:
        folder = write({"main.ts": text, **{f"{name}.ts": other for name, other in others.items()}})
        ported = translated([folder], defined={"x": "x"})
        return next(each.text for each in ported.modules if each.source.name == "main.ts")

    return python


@pytest.fixture
def checked(tmp_path: Path) -> Callable[[Path], list[str]]:
    """What `mypy --strict` says of a port."""

    def checked(package: Path) -> list[str]:
        settings = {**os.environ, "MYPYPATH": os.pathsep.join(map(str, (REPO, REPO / "stubs")))}
        command = [
            sys.executable,
            "-m",
            "mypy",
            "--config-file=",
            "--strict",
            "--no-error-summary",
            "--hide-error-context",
        ]
        done = subprocess.run(
            [*command, f"--cache-dir={REPO / '.mypy_cache' / 'ports'}", package.name],
            cwd=package.parent, env=settings, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert not done.stderr
        return [line for line in done.stdout.splitlines() if ": error:" in line]

    return checked


# --- mypy --------------------------------------------------------------------------------------------------------


def test_mypy_accepts_the_ported_programs(tmp_path: Path, checked: Callable[[Path], list[str]]) -> None:
    port([PROGRAMS], tmp_path / "ported")
    said = checked(tmp_path / "ported")
    found = {match.groups(): line for line in said if (match := _SAID.search(line))}
    assert [line for key, line in found.items() if key not in SAYS_MORE] == []
    assert SAYS_MORE - found.keys() == set()


def test_mypy_finds_a_mistake_in_what_is_ported(
    write: Write, tmp_path: Path, checked: Callable[[Path], list[str]]
) -> None:
    folder = write(
        {
            "src/orders.ts": """
                export interface Order { id: string; note?: string }
                export async function load(id: string): Promise<Order> { return { id } }
            """,
            "src/main.ts": """
                import { load } from './orders'
                export async function main(id: number) {
                  const order = await load(id)
                  return order.nope
                }
            """,
        }
    )
    port([folder / "src"], tmp_path / "shop")
    wrong, missing = checked(tmp_path / "shop")
    assert '"load" has incompatible type "float"; expected "str"' in wrong
    assert '"Order" has no attribute "nope"' in missing


# --- what is said ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("type_", "annotation"),
    [
        ("string", "str"),
        ("number", "float"),
        ("boolean | null", "bool | None"),
        ("any", "Any"),
        ("unknown", "Any"),
        ("string | any", "Any"),
        ("'a' | 'b'", 'Literal["a", "b"]'),
        ("'a' | string", "str"),
        ("'a]|[b' | null", 'Literal["a]|[b"] | None'),
        ("1 | 2 | undefined", "Literal[1, 2] | None"),
        ("-1 | 0.5", "float"),
        ("`on${string}`", "str"),
        ("string[]", "Array[str]"),
        ("readonly string[]", "Array[str]"),
        ("ReadonlyArray<Array<number>>", "Array[Array[float]]"),
        ("(string | number)[]", "Array[str | float]"),
        ("[string, string]", "Array[str]"),
        ("[string, number]", "Array[Any]"),
        ("Promise<void>", "Promise[None]"),
        ("Map<string, number[]>", "Map[str, Array[float]]"),
        ("Map", "Map[Any, Any]"),
        ("Record<string, number>", "Obj"),
        ("{ [key: string]: number }", "Obj"),
        ("{ id: string }", "Any"),
        ("Date | RegExp", "Date | RegExp"),
        ("(id: string) => Promise<number>", "Callable[[str], Promise[float]]"),
        ("() => void", "Callable[[], object]"),
        ("(id: string, more?: string) => string", "Callable[..., str]"),
        ("Function", "Callable[..., Any]"),
        ("keyof typeof limits", "str"),
        ("Order", "Order"),
        ("Order['id']", "Any"),
        ("Readonly<Order>", "Order"),
        ("Partial<Order>", "Any"),
        ("Page<Order>", "Page[Order]"),
        ("Page", "Page[Any]"),
        ("Cart", "Cart"),
        ("Status", "Status"),
        ("Nowhere", "Any"),
        ("Taro.request.Option", "Any"),
        ("Date2 extends string ? 1 : 2", "Any"),
    ],
)
def test_a_type_is_said_as_python_says_it(python: Callable[..., str], type_: str, annotation: str) -> None:
    text = python(
        "interface Order { id: string }\ninterface Page<T> { list: T[] }\n"
        "class Cart {}\nenum Status { Open = 'open' }\n"
        f"const limits = {{ a: 1 }}\nexport function f(x: {type_}) {{}}"
    )
    assert f"def f(x: {annotation}) -> None:" in text


@pytest.mark.parametrize(
    ("function", "signature"),
    [
        ("(a = 3)", "def f(a: float | None = None) -> None:"),
        ("(a: string, b?: number)", "def f(a: str, b: float | None = None) -> None:"),
        ("(a, ...rest: string[])", "def f(a: Any, *arguments: str) -> None:"),
        ("({ id }: Order)", "def f(options: Order) -> None:"),
        ("<T>(a: T): T", "def f(a: T) -> T:"),
        ("<T>(a: string): T", "def f(a: str) -> Any:"),
        ("<T extends Order>(a: T): T", "def f(a: Any) -> Any:"),
        ("(a: any): a is string", "def f(a: Any) -> bool:"),
        ("(this: Order, a: string): asserts a", "def f(a: str) -> None:"),
    ],
)
def test_a_signature_is_said_whole(python: Callable[..., str], function: str, signature: str) -> None:
    assert signature in python(f"interface Order {{ id: string }}\nexport function f{function} {{}}")


@pytest.mark.parametrize(
    ("function", "result"),
    [
        ("f() {}", "None"),
        ("f() { return 'a' }", "str"),
        ("f(a: boolean) { return a ? 1 : 2 }", "float"),
        ("f(a: any) { return a.b }", "Any"),
        ("f(a: any) { if (a) return 'a' }", "str | None"),
        ("f(a: any) { if (a) { return 'a' } else { throw a } }", "str"),
        ("f(a: any) { switch (a) { case 1: return 'a'; default: return 'b' } }", "str"),
        ("f(a: any) { try { return 'a' } catch { return 'b' } }", "str"),
        ("f(a: any): string | undefined { if (a) return 'a' }", "str | None"),
        ("f(a: any): void { return a() }", "Any"),
    ],
)
def test_a_result_is_what_is_said_or_follows(python: Callable[..., str], function: str, result: str) -> None:
    text = python(f"export function {function}")
    assert f" -> {result}:" in text
    assert ("return None" in text) is result.endswith("| None")


def test_a_promise_that_an_async_function_returns_is_followed(python: Callable[..., str]) -> None:
    text = python(
        """
        async function load(id: string): Promise<string> { return id }
        export async function one(): Promise<string> { return load('a') }
        export async function two(a: boolean): Promise<string> { if (a) return load('a'); return 'b' }
        """
    )
    assert "async def load(id_: str) -> str:" in text
    assert "async def one() -> Promise[str]:" in text
    assert "async def two(a: bool) -> str | Promise[str]:" in text


def test_modules_in_javascript_say_nothing(write: Write) -> None:
    folder = write({"main.js": "export const add = (a, b = 1, ...more) => { let c = a; return [c, b, more] }"})
    [module] = translated([folder]).modules
    assert "def add(a, b=None, *arguments):" in module.text
    assert "Any" not in module.text


# --- declarations ------------------------------------------------------------------------------------------------


def test_an_interface_is_a_class_of_its_fields(python: Callable[..., str]) -> None:
    text = python(
        """
        /** What was bought. */
        export interface Order extends Base {
          items: Item[] // in order
          /** Of whoever buys. */
          note?: string
          parent: Order | null
          done: (id: string) => void
          cancel(reason: string): boolean
          'content-type': string
        }
        interface Base { id: string }
        interface Item { price: number }
        """
    )
    assert text.endswith(
        '''
class Order(OpenObj):
    """What was bought."""

    items: Array[Item]  # in order
    # Of whoever buys.
    note: str | None
    parent: Order | None
    done: Callable[[str], object]
    cancel: Callable[[str], bool]
    # 'content-type': string


class Base(TypedObj):
    id: str


class Item(TypedObj):
    price: float
'''
    ), "a base that comes later is not there yet when Python asks for it: the class is open"


@pytest.mark.parametrize(
    ("fields", "body", "lines"),
    [
        ("a: string", "this.a = given", ["self.a: str = given"]),
        ("b = 1; a: string", "this.a = given", ["self.b = 1", "self.a: str = given"]),
        ("a: string; b?: number", "this.a = given", ["self.a: str = given", "self.b: float | None = None"]),
        ("a: string", "log(); this.a = given", ["self.a: str | Any = None", "log()", "self.a = given"]),
        ("a: string; b = log()", "this.a = log()", ["self.a: str | Any = None", "self.b = log()", "self.a = log()"]),
        ("a!: string; b: string | null", "log()", ["self.a: str | Any = None", "self.b: str | None = None", "log()"]),
        ("a: any", "log()", ["self.a: Any = None", "log()"]),
        (
            "a: string",
            "given += given; this.a = given",
            ["self.a: str | Any = None", "given += given", "self.a = given"],
        ),
        ("declare a: string", "log()", ["log()"]),
    ],
)
def test_a_field_has_its_value_where_it_is_declared(
    python: Callable[..., str], fields: str, body: str, lines: list[str]
) -> None:
    text = python(
        f"function log() {{ return '' }}\nexport class Cart {{ {fields}; constructor(given: string) {{ {body} }} }}"
    )
    written = [line.strip() for line in text.splitlines()]
    start = written.index("def __init__(self, given: str) -> None:") + 1
    assert written[start:] == lines


def test_an_interface_that_a_class_implements_is_a_protocol(python: Callable[..., str]) -> None:
    text = python(
        """
        interface Named { readonly name: string }
        export interface Backend extends Named {
          read(key: string, from?: number): string | null
          write(key: string, ...texts: string[]): void
        }
        interface Loose { read?(key: string): string }
        interface Nobodys { read(key: string): string }
        export class Memory implements Backend, Loose {
          name = 'memory'
          read(key: string) { return key }
          write(key: string) {}
        }
        """
    )
    assert "class Named(Protocol):\n    name: str" in text
    assert "class Backend(Named, Protocol):" in text
    assert "    def read(self, key: str, from_: float | None = None, /) -> str | None: ..." in text
    assert "    def write(self, key: str, *arguments: str) -> object: ..." in text
    assert "class Loose(TypedObj):" in text
    assert "class Nobodys(TypedObj):" in text


def test_a_text_that_is_said_to_be_one_of_some_is_cast(python: Callable[..., str]) -> None:
    text = python(
        """
        type Mode = 'fast' | 'slow'
        export function modes(counts: Record<string, number>): Mode[] { return Object.keys(counts) as Mode[] }
        export function mode(text: any): Mode { return text as Mode }
        """
    )
    assert 'return cast("Array[Mode]", Object.keys(counts))' in text
    assert "    return text" in text


@pytest.mark.parametrize(
    ("declaration", "line"),
    [
        ("type Id = string | number", 'Id: TypeAlias = "str | float"'),
        ("type Tone = 'a' | 'b'", 'Tone = Literal["a", "b"]'),
        ("type Visit = (id: string) => void", 'Visit: TypeAlias = "Callable[[str], object]"'),
        ("interface Visit { (id: string): void }", 'Visit: TypeAlias = "Callable[[str], object]"'),
        ("type Order = { id: string }", "class Order(TypedObj):"),
        ("type Order = { id: string } & Base", "class Order(Base):"),
        ("type Order = { id: string } & Missing", "class Order(OpenObj):"),
        ("interface Order { id: string; [key: string]: any }", "class Order(OpenObj):"),
        ("interface Page<T> { list: T[] }", "class Page(TypedObj, Generic[T]):"),
        ("interface Orders extends Page_<Base> {}", "class Orders(Page_[Base]):"),
        ("type Later<T> = T extends string ? 1 : 2", "Later: TypeAlias = Any"),
        ("type Some = Pick<Base, 'id'>", "Some: TypeAlias = Any"),
        ("type Tree = string | Tree[]", 'Tree: TypeAlias = "str | Array[Tree]"'),
    ],
)
def test_a_declaration_keeps_its_name(python: Callable[..., str], declaration: str, line: str) -> None:
    text = python(f"interface Base {{ id: string }}\ninterface Page_<T> {{ list: T[] }}\n{declaration}")
    assert line in text.splitlines()
    assert line != "Later: TypeAlias = Any" or "# type Later<T> = T extends string ? 1 : 2" in text


def test_a_name_that_means_something_else_in_python_is_left_as_a_comment(python: Callable[..., str]) -> None:
    text = python("type Array = string\ntype mode = 'a'\nconst mode = 'a'\nexport function f(x: Array, y: mode) {}")
    assert "# type Array = string" in text
    assert "def f(x: Any, y: Any) -> None:" in text


def test_types_of_other_modules_are_imported_for_checkers_alone(python: Callable[..., str]) -> None:
    text = python(
        """
        import type { Order } from './orders'
        import { Line as Row, Base, make } from './index'
        export interface Paid extends Base { at: number }
        export function f(order: Order, rows: Row[]): Paid { return make(order, rows) }
        """,
        orders="import { f } from './main'\nexport interface Order { id: string }\nexport const g = f",
        index="export * from './lines'\nexport { Base } from './bases'\nexport const make = (...all: any[]) => all",
        lines="export type Line = { price: number }",
        bases="export interface Base { id: string }",
    )
    assert "if TYPE_CHECKING:\n    from .lines import Line as Row\n    from .orders import Order\n" in text
    assert "\nfrom .bases import Base\n" in text, "a base is asked for when the class is made"


def test_an_annotation_changes_nothing_when_the_module_runs(write: Write, tmp_path: Path) -> None:
    folder = write(
        {
            "src/main.ts": """
                import { Order } from './orders'
                export type Visit = (order: Order) => Later
                type Later = Promise<Order>
                export const make = (id: string): Order => ({ id })
                export const orders: Order[] = [make('a')]
            """,
            "src/orders.ts": """
                import { make } from './main'
                export interface Order { id: string }
                export const again = make
            """,
        }
    )
    port([folder / "src"], tmp_path / "shop")
    code = "from shop.main import orders; print(type(orders[0]).__name__, orders[0] == {'id': 'a'})"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False,
                          env={**os.environ, "PYTHONPATH": str(REPO)})  # fmt: skip
    assert (done.stdout, done.stderr) == ("Obj True\n", "")
