"""Modules that export by `module.exports` and `exports`, and are required or imported."""

from __future__ import annotations

import pytest
from auditing import Load, Write

from taropy.port.porting import translated

POINT = "function Point(x) { this.x = x }\nPoint.prototype.twice = function () { return this.x * 2 }\n"

#: What stands in the other module, what in `main`, and what `run()` gives.
PROGRAMS = {
    "names of a literal": (
        "const rate = 3\nmodule.exports = { rate, tax: n => n / 10, most: 2 + 3, 'low': rate }",
        "const { rate, tax } = require('./other')\nconst all = require('./other')\n"
        "export const run = () => [rate, tax(50), all.most, all.low]",
        [3, 5, 5, 3],
    ),
    "one by one": (
        "exports.rate = 3\nmodule.exports.price = function (n) { return n * 2 }",
        "import { rate, price } from './other'\nexport const run = () => [rate, price(4)]",
        [3, 8],
    ),
    "a class": (
        f"{POINT}module.exports = Point",
        "const Point = require('./other')\nimport Same from './other'\n"
        "export const run = () => [new Point(4).twice(), new Point(1) instanceof Same]",
        [8, True],
    ),
    "a variable that is set later": (
        "let token = 'none'\nfunction setToken(t) { token = t }\n"
        "module.exports = { token, setToken, read: () => token }",
        "const { token, setToken, read } = require('./other')\nconst all = require('./other')\n"
        "export const run = () => { setToken('new'); return [token, all.token, read()] }",
        ["none", "none", "new"],
    ),
    "functions of blocks, which a script has for the whole function": (
        "function of(kind) {\n  if (kind) { function name() { return 'some' } }\n"
        "  else { function name() { return 'none' } }\n  return name()\n}\n"
        "if (of) { function twice(n) { return n * 2 } }\nmodule.exports = { of, twice: n => twice(n) }",
        "const { of, twice } = require('./other')\nexport const run = () => [of(1), of(0), twice(4)]",
        ["some", "none", 8],
    ),
    "a variable that is set before": (
        "let rate\nrate = 3\nexports.rate = rate",
        "const { rate } = require('./other')\nexport const run = () => [rate]",
        [3],
    ),
    "a default that is set later": (
        "let count = 0\nexport default count\nexport { count as live }\nexport const next = () => ++count",
        "import count, { live, next } from './other'\nexport const run = () => { next(); return [count, live] }",
        [0, 1],
    ),
    "a function": (
        "module.exports = n => n + 1",
        "import next from './other'\nexport const run = () => [next(1)]",
        [2],
    ),
    "all as the default": (
        "module.exports = { one: () => 1 }",
        "import api from './other'\nexport const run = () => [api.one()]",
        [1],
    ),
}


@pytest.mark.parametrize(("other", "main", "given"), PROGRAMS.values(), ids=PROGRAMS)
def test_what_a_module_of_node_exports_is_imported_by_name(load: Load, other: str, main: str, given: object) -> None:
    assert load({"src/other.js": other, "src/main.js": main}, "main").run() == given


@pytest.mark.parametrize(
    "other",
    [
        "exports.a = 1\nexports.b = () => exports.a",
        "const own = {}\nmodule.exports = own\nmodule.exports.a = 1",
        "if (Date.now()) module.exports = 1",
        "module.exports = 1\nexport const a = 2",
    ],
)
def test_exports_that_are_looked_at_or_set_twice_are_not_ported(write: Write, other: str) -> None:
    [module] = translated([write({"other.js": other}) / "other.js"]).modules
    assert any("CommonJS" in each.reason for each in module.refusals)


def test_a_name_that_is_not_ported_raises_when_it_is_used(load: Load) -> None:
    other = "module.exports = { fine: 1, lost: () => window.x, never: 10n }"
    main = "import { fine, never } from './other'\nexport const run = () => fine\nexport const fail = () => never.x"
    module = load({"src/other.js": other, "src/main.js": main}, "main")
    assert module.run() == 1
    with pytest.warns(RuntimeWarning), pytest.raises(Exception, match="any size"):
        module.fail()
