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
        "lines.reduce(lambda sum_, item: plus(sum_, item.price * item.count), 0)"
    ),
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
