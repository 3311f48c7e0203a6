"""The page of which platform has what: one table, which docs/assets/support.js makes searchable in a browser."""

from __future__ import annotations

from taropy import spec
from taropy.matrix import Matrix
from tools.reference.entries import LEGEND, MARKS, SOURCES_LEGEND, marked
from tools.reference.homes import Place, page_of
from tools.reference.markdown import code, document, link, table

PAGE = "support.md"


def support_page(matrix: Matrix) -> str:
    """All members on all platforms, and how many each has."""
    return document(
        "# Which platform has what",
        f"{LEGEND} A call where a platform has nothing raises `NotSupported`, and `Taro.canIUse` is false there. "
        "`taropy support` prints the same table.",
        f"{SOURCES_LEGEND} [How many those are](../vendors/index.md).",
        _totals(matrix),
        "## Functions",
        '<div id="support-filter"></div>',
        _members(matrix, functions=True),
        "## Types, constants and objects",
        f"<details>\n<summary>{_others(matrix)} members of <code>Taro</code> that are no functions</summary>",
        _members(matrix, functions=False),
        "</details>",
    )


def _totals(matrix: Matrix) -> str:
    rows = [
        [MARKS[cell], *(str(counts[name]) for name in matrix.platforms)] for cell, counts in matrix.totals().items()
    ]
    return table(["members", *matrix.platforms], rows)


def _members(matrix: Matrix, *, functions: bool) -> str:
    rows = [
        [_way_to(name), spec.group_of(name), *marked(name, row, PAGE).values()]
        for name, row in matrix.cells.items()
        if spec.member(name).is_function == functions
    ]
    return table(["member", "group", *matrix.platforms], rows)


def _others(matrix: Matrix) -> int:
    return sum(not spec.member(name).is_function for name in matrix.cells)


def _way_to(name: str) -> str:
    return link(code(name), Place(page_of(spec.group_of(name)), name).seen_from(PAGE))
