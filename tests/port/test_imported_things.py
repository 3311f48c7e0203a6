"""What else a module may import and require: pictures, JSON, types, names of Python's, and modules for later."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from auditing import Load, Write

import taropy
from taropy.js import NotPorted, NotPortedWarning
from taropy.port.porting import port, translated


def test_what_is_required_is_imported(load: Load) -> None:
    files = {
        "src/prices.ts": "export const twice = (n) => n * 2\nexport default function once(n) { return n }",
        "src/main.ts": (
            "const prices = require('./prices')\nconst { twice: double } = require('./prices')\n"
            "export function run(n) {\n  const { twice } = require('./prices')\n"
            "  return [prices.twice(n), double(n), twice(n), require('./prices').default(n)]\n}"
        ),
    }
    assert load(files, "main").run(4) == [8, 8, 8, 4]


def test_a_picture_is_its_place_in_the_program(load: Load) -> None:
    files = {
        "package.json": "{}",
        "src/icons/index.ts": "export { default as star } from './star.svg'",
        "src/main.ts": (
            "import { star } from './icons'\nimport logo from './img/logo.png'\nimport './app.scss'\n"
            "export const shown = () => [star, logo, require('./img/banner.jpg')]"
        ),
    }
    assert load(files, "main").shown() == ["/icons/star.svg", "/img/logo.png", "/img/banner.jpg"]


def test_a_name_that_is_handed_on_of_a_package_can_be_imported(load: Load) -> None:
    files = {
        "src/tools.ts": "export { debounce } from 'some-package'",
        "src/main.ts": "import { debounce } from './tools'\nexport const run = () => debounce(() => 1)",
    }
    module = load(files, "main")
    with pytest.warns(NotPortedWarning), pytest.raises(NotPorted, match="some-package"):
        module.run()


def test_modules_that_require_each_other_are_imported(load: Load) -> None:
    files = {
        "src/a.ts": "const { b } = require('./b')\nexport const a = () => 'a'\nexport const both = () => a() + b()",
        "src/b.ts": "const { a } = require('./a')\nexport const b = () => 'b' + a()",
    }
    assert load(files, "a").both() == "aba"


def test_a_computed_require_is_told(write: Write) -> None:
    [module] = translated([write({"main.ts": "export const f = (name) => require(`./${name}`)"}) / "main.ts"]).modules
    assert "require" in module.refusals[0].reason


@pytest.mark.parametrize("declared", ["interface Order { id: number }", "type Order = { id: number }"])
def test_a_type_that_is_exported_by_default_is_ported(write: Write, tmp_path: Path, declared: str) -> None:
    folder = write({
        "src/order.ts": f"{declared}\nexport default Order",
        "src/main.ts": "import Order from './order'\nexport const id = (order: Order) => order.id",
    })  # fmt: skip
    for module in port([folder / "src"], tmp_path / "out").modules:
        assert module.refusals == ()
    assert "class Order(TypedObj)" in (tmp_path / "out" / "order.py").read_text("utf-8")


NAMES = {
    "what the port imports": (
        "const os = process.env.GONE\nexport const Any = 1, Callable = 2, annotations = 3, TYPE_CHECKING = 4\n"
        "export class Generic { literal = 5 }\nexport const told = (x: any, f: () => void, os = 6) => os\n"
        "export const run = () => [os, Any, Callable, annotations, TYPE_CHECKING, new Generic().literal, told(1, run)]",
        [None, 1, 2, 3, 4, 5, 6],
    ),
    "names that are one to Python": (
        "const \ufb01 = 1\nconst fi = 2\nexport const run = (\u212a = 3, K = 4) => [\ufb01, fi, \u212a, K]",
        [1, 2, 3, 4],
    ),
}


@pytest.mark.parametrize(("text", "values"), NAMES.values(), ids=NAMES)
def test_names_that_mean_something_else_in_python_are_others_there(load: Load, text: str, values: list[Any]) -> None:
    assert load({"src/main.ts": text}, "main").run() == values


def test_a_module_that_is_imported_when_the_program_runs_is_a_promise_of_what_it_exports(load: Load) -> None:
    module = load(
        {
            "src/services/api.ts": """
                export const limit = 5
                export async function saveOrder(id: number) { return `saved ${id}` }
                export default function load() { return 'loaded' }
            """,
            "src/main.ts": """
                export async function taken() {
                  const { saveOrder, limit: most } = await import('./services/api')
                  return [await saveOrder(3), most]
                }
                export const then = () => import('./services/api').then(({ default: load }) => load())
                export const read = async () => (await import('./services/api')).limit
                export const whole = async () => Object.keys(await import('./services/api'))
            """,
        },
        "main",
    )

    async def main() -> list[object]:
        return [await module.taken(), await module.then(), await module.read(), await module.whole()]

    assert taropy.run(main()) == [["saved 3", 5], "loaded", 5, ["limit", "saveOrder", "default"]]


def test_json_that_is_imported_is_a_module_of_its_value(load: Load) -> None:
    module = load(
        {
            "package.json": '{"name": "shop", "version": "1.2.3"}',
            "src/data/teas.json": '{"items": [{"name": "茶", "price": 2.5, "note": null}], "version": 2}',
            "src/data/codes.json": "[" + ",".join(f'{{"code":"{n}"}}' for n in range(900)) + "]",
            "src/main.ts": """
                import teas, { version } from './data/teas.json'
                import * as whole from './data/teas.json'
                import codes from './data/codes.json'
                import { version as app } from '../package.json'
                const required = require('./data/teas.json')
                export const name = () => teas.items[0].name + version + app
                export const same = () => [teas === whole, required === teas, require('./data/teas.json').version]
                export const last = () => codes[899].code
                export const note = () => whole.items[0].note
            """,
        },
        "main",
    )
    assert (module.name(), module.same(), module.last(), module.note()) == ("茶21.2.3", [True, True, 2], "899", None)


def test_json_that_is_none_is_told_and_missed_where_it_is_used(write: Write, tmp_path: Path) -> None:
    write({"src/a.json": '{"a": ', "src/main.ts": "import a from './a.json'\nexport const f = () => a.b"})
    outcome = translated([tmp_path / "src"])
    assert [(path.name, why.partition(":")[0]) for path, why in outcome.unread] == [("a.json", "is no JSON")]
    assert [each.reason for each in outcome.modules[0].refusals] == [
        "`./a.json` is not among the modules that are ported"
    ]
