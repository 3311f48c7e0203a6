"""Modules find each other as in a Taro project, and are loaded in JavaScript's order."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from engines import Run

from taropy.port.engine.edits import CannotRun

MAIN = "export { main } from './logic'"


def logic(imports: str, value: str) -> str:
    return f"{imports}\nexport const main = () => {value}"


# What `main` gives, by what is imported and how.
GRAPHS: Mapping[str, tuple[Mapping[str, str], object]] = {
    "named, renamed, default, all": (
        {
            "main.ts": logic(
                ("import d, { a, b as c } from './m'\nimport * as all from './m'"), "[d, a, c, Object.keys(all)]"
            ),
            "m.ts": "export const a = 1, b = 2\nexport default 'd'",
        },
        ["d", 1, 2, ["a", "b", "default"]],
    ),
    "calls of what is imported": (
        {
            "main.ts": logic(
                "import { self, gone, tag } from './m'",
                "[self(), self?.(), gone?.(1), typeof gone?.(), tag`a${1}`, self.call(2)]",
            ),
            "m.ts": "export function self() { return this }\nexport let gone\n"
            "export const tag = (texts, ...values) => texts.join('-') + values",
        },
        [None, None, None, "undefined", "a-1", 2],
    ),
    "values that change": (
        {
            "main.ts": logic("import { n, add } from './m'", "{ add(); add(); return n }"),
            "m.ts": "export let n = 0\nexport function add() { n += 1 }",
        },
        2,
    ),
    "a default function, class and expression": (
        {
            "main.ts": logic("import f from './f'\nimport C from './c'\nimport e from './e'", "[f(), new C().x, e]"),
            "f.ts": "export default function () { return 1 }",
            "c.ts": "export default class { x = 2 }",
            "e.ts": "const e = 3\nexport { e as default }",
        },
        [1, 2, 3],
    ),
    "what is handed on": (
        {
            "main.ts": logic("import { a, d, ns, b } from './index'", "[a, d, ns.a, b]"),
            "index.ts": "export * from './m'\nexport { default as d } from './m'\nexport * as ns from './m'\n"
            "import { b } from './m'\nexport { b }",
            "m.ts": "export const a = 1, b = 2\nexport default 'd'",
        },
        [1, "d", 1, 2],
    ),
    "destructured exports": (
        {
            "main.ts": logic("import { a, c, rest } from './m'", "[a, c, rest]"),
            "m.ts": "export const { a, b: [c = 5], ...rest } = { a: 1, b: [] as number[], z: 3 }",
        },
        [1, 5, {"z": 3}],
    ),
    "index files and suffixes": (
        {
            "main.ts": logic(
                ("import { a } from './m'\nimport { b } from './n.js'\nimport { c } from './o'"), "[a, b, c]"
            ),
            "m/index.ts": "export const a = 1",
            "n.ts": "export const b = 2",
            "o.mjs": "export const c = 3",
        },
        [1, 2, 3],
    ),
    "aliases and paths": (
        {
            "package.json": "{}",
            "tsconfig.json": '{"compilerOptions": {"baseUrl": ".", "paths": {"@/*": ["src/*"]}}} // with a comment',
            "main.ts": logic("import { a } from '@/m'\nimport { b } from 'src/n'", "[a, b]"),
            "src/m.ts": "export const a = 1",
            "src/n.ts": "export const b = 2",
        },
        [1, 2],
    ),
    "JSON and styles": (
        {
            "main.ts": logic("import data, { x } from './data.json'\nimport './app.scss'", "[data, x]"),
            "data.json": '{"x": [1, null]}',
            "app.scss": "a { b: c }",
        },
        [{"x": [1, None]}, [1, None]],
    ),
    "the platform's own file": (
        {
            "main.ts": logic("import { a } from './m'", "a"),
            "m.ts": "export const a = 'any'",
            "m.weapp.ts": "export const a = 'weapp'",
            "m.h5.ts": "export const a = 'h5'",
        },
        "weapp",
    ),
    "a circle": (
        {
            "main.ts": logic("import { even } from './even'", "[even(4), even(7)]"),
            "even.ts": "import { odd } from './odd'\nexport function even(n) { return n === 0 || odd(n - 1) }",
            "odd.ts": "import { even } from './even'\nexport const odd = n => n !== 0 && even(n - 1)\n"
            "export const early = even(0)",
        },
        [True, False],
    ),
    "CommonJS": (
        {
            "main.js": (
                "const { a } = require('./m'); const n = require('./n'); exports.main = () => [a, "
                "n(), require('./data')]"
            ),
            "m.js": "exports.a = 1",
            "n.js": "module.exports = function () { return typeof this }",
            "data.json": "[7]",
        },
        [1, "object", [7]],
    ),
    "both systems": (
        {
            "main.ts": logic("import f, { a } from './m'\nimport * as all from './m'", "[f(), a, all.a]"),
            "m.js": "module.exports = () => 'f'; module.exports.a = 1; require('./n').default",
            "n.ts": "export default 1",
        },
        ["f", 1, 1],
    ),
    "import = and export =": (
        {"main.ts": logic("import m = require('./m')", "m.default ?? m"), "m.ts": "const m = { a: 1 }\nexport = m"},
        {"a": 1},
    ),
    "what a package has for browsers": (
        {
            "main.ts": logic("import { a } from 'pkg'", "a"),
            "node_modules/pkg/package.json": (
                '{"main": "m.js", "browser": {"./node.js": "./web.js", "util": false, "./gone.js": false}}'
            ),
            "node_modules/pkg/m.js": "exports.a = [require('./node').a, require('util'), require('./gone')]",
            "node_modules/pkg/node.js": "throw new Error('Node only')",
            "node_modules/pkg/gone.js": "throw new Error('Node only')",
            "node_modules/pkg/web.js": "exports.a = 'web'",
        },
        ["web", {}, {}],
    ),
    "a package": (
        {
            "main.ts": logic(
                "import d, { a } from 'pkg'\nimport { s } from 'pkg/sub'\nimport { t } from '@scope/t'",
                "[d, a, s, t]",
            ),
            "node_modules/pkg/package.json": '{"exports": {".": {"import": "./m.mjs"}, "./*": "./lib/*.js"}}',
            "node_modules/pkg/m.mjs": "import { a } from './a.mjs'\nexport { a }\nexport default 'd'",
            "node_modules/pkg/a.mjs": "export const a = 1",
            "node_modules/pkg/lib/sub.js": "exports.s = 's'",
            "node_modules/@scope/t/package.json": '{"main": "dist/t.min.js", "types": "t.d.ts"}',
            "node_modules/@scope/t/dist/t.min.js": (
                "!function(e,t){module.exports=t()}(this,function(){return{t:'t'}});"
            ),
        },
        ["d", 1, "s", "t"],
    ),
}


@pytest.mark.parametrize(("files", "value"), GRAPHS.values(), ids=GRAPHS)
def test_modules_are_found_and_linked(ran: Run, files: Mapping[str, str], value: object) -> None:
    name = "main.js" if "main.js" in files else "main.ts"
    assert ran(files, name=name).value == value


def test_modules_run_once_and_in_the_order_of_imports(ran: Run) -> None:
    files = {
        "main.ts": "console.log('main')\nimport './a'\nimport './b'\nimport './a'",
        "a.ts": "import './c'\nconsole.log('a')",
        "b.ts": "import './c'\nconsole.log('b')",
        "c.ts": "console.log('c')",
    }
    assert ran(files).printed == ["c", "a", "b", "main"]


def test_import_loads_later(ran: Run) -> None:
    files = {
        "main.ts": (
            "export async function main() { console.log('before'); const { a } = await import('./a'); return a }"
        ),
        "a.ts": "console.log('a')\nexport const a = 1",
    }
    result = ran(files)
    assert (result.value, result.printed) == (1, ["before", "a"])


def test_the_main_module_may_await_at_its_top(ran: Run) -> None:
    assert ran("const a = await Promise.resolve(1)\nexport const main = () => a").value == 1


def test_another_module_may_not(ran: Run) -> None:
    with pytest.raises(Exception, match="awaits at its top"):
        ran({"main.ts": "import './a'", "a.ts": "await 1\nexport {}"})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("import a from './gone'\na()", "main.tsx:1:1: there is no module ./gone"),
        ("\nimport a from 'left-pad'\na()", "main.tsx:2:1: the package left-pad is not in node_modules"),
        ("import a from '@scope/pkg/sub'\na()", "the package @scope/pkg is not"),
        ("import { useState } from 'react'\nuseState()", "react is React, which shows pages"),
        ("import { View } from '@tarojs/components'\nView()", "which shows pages"),
    ],
)
def test_what_is_not_there_is_named(ran: Run, text: str, told: str) -> None:
    with pytest.raises(CannotRun) as raised:
        ran(text, name="main.tsx")
    assert told in str(raised.value)


def test_a_module_that_is_required_in_vain_can_be_done_without(ran: Run) -> None:
    text = "let found = true; try { require('./gone') } catch (e) { found = false }; exports.main = () => found"
    assert ran(text, name="main.js").value is False


def test_json_that_is_none_is_named(ran: Run, tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match=r"data\.json.* no JSON"):
        ran({"main.ts": "import d from './data.json'\nexport const main = () => d", "data.json": "{"})


def test_a_module_that_has_thrown_throws_again(ran: Run) -> None:
    files = {
        "main.ts": "export async function main() { const told = []; for (let i = 0; i < 2; i += 1) "
        "await import('./a').catch(e => told.push(e.message)); return told }",
        "a.ts": "throw new Error('at load')",
    }
    assert ran(files).value == ["at load", "at load"]
