"""`python -m tools.canvas.font`: makes the font of the drawings, whose letters are plain shapes. Needs fonttools."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

FONT = Path(__file__).parents[2] / "tests" / "phone" / "canvas" / "shapes.ttf"
#: The letters' outlines, each a list of closed lines, in thousandths of the font's size; how wide each is.
SHAPES: dict[str, tuple[list[list[tuple[int, int]]], int]] = {
    ".notdef": ([[(50, 0), (50, 700), (450, 700), (450, 0)]], 500),
    "space": ([], 300),
    "A": ([[(0, 0), (300, 700), (600, 0)]], 600),
    "V": ([[(0, 700), (600, 700), (300, 0)]], 600),
    "tea": ([[(50, -100), (50, 800), (950, 800), (950, -100)], [(250, 100), (750, 100), (750, 600), (250, 600)]], 1000),
}
CHARACTERS = {" ": "space", "A": "A", "V": "V", "茶": "tea"}


def main() -> int:
    """Writes the font."""
    builder = _fonttools("fontBuilder").FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([*SHAPES])
    builder.setupCharacterMap({ord(character): name for character, name in CHARACTERS.items()})
    builder.setupGlyf({name: _glyph(lines) for name, (lines, _) in SHAPES.items()})
    builder.setupHorizontalMetrics({name: (width, 0) for name, (_, width) in SHAPES.items()})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Shapes", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    kerning = _fonttools("ttLib.tables._k_e_r_n").KernTable_format_0()
    kerning.coverage, kerning.version, kerning.tupleIndex, kerning.apple = 1, 0, None, False
    kerning.kernTable = {("A", "V"): -150, ("V", "A"): -150}
    table = _fonttools("ttLib").newTable("kern")
    table.version, table.kernTables = 0, [kerning]
    builder.font["kern"] = table
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    builder.save(FONT)
    return 0


def _glyph(lines: list[list[tuple[int, int]]]) -> Any:
    pen = _fonttools("pens.ttGlyphPen").TTGlyphPen(None)
    for first, *rest in lines:
        pen.moveTo(first)
        for point in rest:
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()


def _fonttools(module: str) -> Any:
    return import_module(f"fontTools.{module}")


if __name__ == "__main__":
    sys.exit(main())
