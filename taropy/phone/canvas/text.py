"""Text: fonts as CSS names them, and lines of glyphs.

A font that the program has loaded (`Taro.loadFontFace`) goes before one of the computer's by the same name. A character
that none of the named fonts has is taken from one of the computer's that has it. Each character is one glyph, with the
font's pairwise kerning where it is in a `kern` table: ligatures, and scripts whose letters change beside each other,
are not shaped.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import groupby
from struct import unpack_from
from typing import Any, NamedTuple
from unicodedata import category

import attrs

from .font_files import read
from .library import skia
from .missing import MissingFontWarning

_SIZES: Mapping[str, float] = {
    "px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "em": 10, "rem": 16, "%": 0.1,
}  # fmt: skip
_FONT = re.compile(
    r"\s*(?P<words>(?:[\w-]+\s+)*?)(?P<size>\d+\.?\d*|\.\d+)(?P<unit>px|pt|pc|in|cm|mm|em|rem|%)"
    r"(?:\s*/\s*[\w.%]+)?\s+(?P<families>.+?)\s*",
    re.IGNORECASE,
)
_WEIGHTS: Mapping[str, int] = {"bold": 700, "bolder": 700, "lighter": 300}
_SLANTS = frozenset({"italic", "oblique"})
#: What changes nothing here: the width of letters and small capitals are the font's own.
_OTHER_WORDS = frozenset({
    "normal", "small-caps", "ultra-condensed", "extra-condensed", "condensed", "semi-condensed", "semi-expanded",
    "expanded", "extra-expanded", "ultra-expanded",
})  # fmt: skip
#: Which languages a font is looked for, for a character that several have: Chinese as in the mainland.
_LANGUAGES = ["zh-Hans"]
BOLD = 600
#: The kinds of characters of which nothing is to be seen: controls, joiners, blanks.
_UNSEEN = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp", "Mn"))
#: The tables of fonts whose glyphs have colours of their own.
_PICTURE_TABLES = frozenset((b"CBDT", b"sbix", b"COLR"))


@attrs.frozen
class CssFont:
    """A font as CSS's `font` says it; `size` in px."""

    families: tuple[str, ...]
    size: float
    weight: int = 400
    italic: bool = False

    def __str__(self) -> str:
        words = ["italic"] if self.italic else []
        words += [] if self.weight == 400 else ["bold" if self.weight == 700 else str(self.weight)]
        names = [f'"{name}"' if re.search(r"[^\w-]", name) else name for name in self.families]
        return " ".join([*words, f"{self.size:g}px", ", ".join(names)])


USUAL = CssFont(("sans-serif",), 10)


@lru_cache(maxsize=256)
def parse(text: str) -> CssFont | None:
    """The font that the text says, `italic bold 20px/1.2 "Noto Sans", serif`; None if it says none."""
    found = _FONT.fullmatch(text)
    if found is None:
        return None
    weight, italic = 400, False
    for word in found["words"].lower().split():
        if word in _SLANTS:
            italic = True
        elif word in _WEIGHTS:
            weight = _WEIGHTS[word]
        elif word.isdecimal() and 1 <= int(word) <= 1000:
            weight = int(word)
        elif word not in _OTHER_WORDS:
            return None
    families = tuple(name.strip().strip("\"'").strip() for name in found["families"].split(","))
    return (
        CssFont(families, float(found["size"]) * _SIZES[found["unit"].lower()], weight, italic)
        if all(families)
        else None
    )


class Run(NamedTuple):
    """Glyphs of one font, each with where it begins."""

    font: Any
    glyphs: list[int]
    places: list[float]


@attrs.frozen
class Line:
    """A text in one line, laid out from 0 on: its glyphs, its width, and what is really inked."""

    runs: tuple[Run, ...]
    width: float
    ink: tuple[float, float, float, float]
    outlines: Any
    pictures: Any


@attrs.frozen
class Heights:
    """How far a font reaches above and below its baseline, in px: as a whole, and its em square."""

    ascent: float
    descent: float
    em_ascent: float
    em_descent: float


class Fonts:
    """The fonts that one program draws with: those it has loaded, and the computer's.

    `loaded` gives those that it has loaded by now, by family, each with its `data`.
    """

    def __init__(self, loaded: Callable[[], Mapping[str, Any]]) -> None:
        self._loaded = loaded
        self._typefaces: dict[str, tuple[Any, Any]] = {}
        self._lines: dict[tuple[CssFont, str, tuple[int, ...]], Line] = {}
        self._missing: set[str] = set()

    def line(self, font: CssFont, text: str) -> Line:
        """The text in this font."""
        faces = self._faces(font)
        key = font, text, tuple(face.uniqueID() for face in faces)
        line = self._lines.get(key)
        if line is None:
            if len(self._lines) > 500:
                self._lines.clear()
            line = self._lines[key] = self._laid_out(font, text, faces)
        return line

    def heights(self, font: CssFont) -> Heights:
        """How high the font is: the first one that is named and there, or else the computer's own."""
        faces = self._faces(font)
        typeface = faces[0] if faces else _fallback(font.weight, font.italic, ord("x"))
        return Heights(0, 0, 0, 0) if typeface is None else _heights(typeface, font.size)

    def _faces(self, font: CssFont) -> list[Any]:
        """The typefaces of the families that are there."""
        found = (self._loaded_face(name) or _system(name, font.weight, font.italic) for name in font.families)
        return [face for face in found if face is not None]

    def _loaded_face(self, family: str) -> Any:
        loaded = self._loaded().get(family)
        if loaded is None:
            return None
        known = self._typefaces.get(family)
        if known is None or known[0] is not loaded:
            known = self._typefaces[family] = loaded, read(loaded.data)
            if known[1] is None:
                warnings.warn(
                    f"the font {family!r}, which the program has loaded, can't be read: texts are in another",
                    MissingFontWarning,
                    stacklevel=2,
                )
        return known[1]

    def _laid_out(self, font: CssFont, text: str, faces: list[Any]) -> Line:
        runs, at = [], 0.0
        chosen = [(self._for_character(font, character, faces), character) for character in text]
        for typeface, group in groupby(chosen, key=lambda each: each[0]):
            if typeface is None:
                continue
            drawn = _drawn(typeface, font)
            glyphs = typeface.unicharsToGlyphs([ord(character) for _, character in group])
            places = []
            kerning = typeface.getKerningPairAdjustments(glyphs) if len(glyphs) > 1 else None
            scale = font.size / (typeface.getUnitsPerEm() or 1)
            for index, width in enumerate(drawn.getWidths(glyphs)):
                places.append(at)
                at += width + (kerning[index] * scale if kerning and index < len(kerning) else 0)
            runs.append(Run(drawn, glyphs, places))
        return Line(tuple(runs), at, _ink(runs), _outlines(runs), _pictures(runs))

    def _for_character(self, font: CssFont, character: str, faces: list[Any]) -> Any:
        code = ord(character)
        for face in faces:
            if face.unicharToGlyph(code):
                return face
        found = _fallback(font.weight, font.italic, code)
        if found is not None and found.unicharToGlyph(code):
            return found
        if category(character) not in _UNSEEN:
            self._warn(character)
        return faces[0] if faces else found

    def _warn(self, character: str) -> None:
        if character not in self._missing:
            self._missing.add(character)
            warnings.warn(
                f"no font has {character!r}, which a canvas is to draw: load one with Taro.loadFontFace, or install one"
                " (on Debian and Ubuntu, apt install fonts-noto-cjk has Chinese)",
                MissingFontWarning,
                stacklevel=2,
            )


def narrowed(line: Line, width: float) -> Line:
    """The line with its letters and what is between them made narrower, until it is so wide."""
    share = width / line.width
    runs = []
    for run in line.runs:
        font = run.font.makeWithSize(run.font.getSize())
        font.setScaleX(share)
        runs.append(Run(font, run.glyphs, [place * share for place in run.places]))
    left, top, right, bottom = line.ink
    return Line(tuple(runs), width, (left * share, top, right * share, bottom), _outlines(runs), _pictures(runs))


def _drawn(typeface: Any, font: CssFont) -> Any:
    """The typeface in this size, made bold or slanted where it is not but is to be."""
    drawn = skia.Font(typeface, font.size)
    drawn.setSubpixel(True)
    drawn.setLinearMetrics(True)
    drawn.setEdging(skia.Font.Edging.kAntiAlias)
    drawn.setHinting(skia.FontHinting.kNone)
    drawn.setEmbolden(font.weight >= BOLD and not typeface.isBold())
    drawn.setSkewX(-0.25 if font.italic and not typeface.isItalic() else 0)
    return drawn


def _ink(runs: Iterable[Run]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what the glyphs cover."""
    boxes = [
        (box.left() + at, box.top(), box.right() + at, box.bottom())
        for run in runs
        for box, at in zip(run.font.getBounds(run.glyphs), run.places, strict=True)
        if not box.isEmpty()
    ]
    if not boxes:
        return 0.0, 0.0, 0.0, 0.0
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _outlines(runs: Iterable[Run]) -> Any:
    """The outlines of all glyphs that have them, as one path: what is drawn is the same on every computer."""
    outlines = skia.Path()
    for run in runs:
        for glyph, place in zip(run.glyphs, run.places, strict=True):
            outline = run.font.getPath(glyph)
            if outline is not None:
                outlines.addPath(outline, place, 0)
    return outlines


def _pictures(runs: Iterable[Run]) -> Any:
    """The glyphs that are pictures, as emoji are; None if there are none."""
    builder = skia.TextBlobBuilder()
    for run in runs:
        if _tags(run.font.getTypeface()) & _PICTURE_TABLES:
            builder.allocRunPosH(run.font, run.glyphs, run.places, 0)
    return builder.make()


@lru_cache(maxsize=256)
def _system(family: str, weight: int, italic: bool) -> Any:
    return skia.FontMgr().matchFamilyStyle(family, _style(weight, italic))


@lru_cache(maxsize=4096)
def _fallback(weight: int, italic: bool, code: int) -> Any:
    """A font of the computer that has the character; its usual one if none has; None if there are no fonts at all."""
    manager, style = skia.FontMgr(), _style(weight, italic)
    found = manager.matchFamilyStyleCharacter("", style, _LANGUAGES, code)
    return found or manager.matchFamilyStyle("sans-serif", style)


def _style(weight: int, italic: bool) -> Any:
    slant = skia.FontStyle.kItalic_Slant if italic else skia.FontStyle.kUpright_Slant
    return skia.FontStyle(weight, skia.FontStyle.kNormal_Width, slant)


def _heights(typeface: Any, size: float) -> Heights:
    metrics = skia.Font(typeface, size).getMetrics()
    ascent, descent = float(round(-metrics.fAscent)), float(round(metrics.fDescent))
    table = typeface.getTableData(int.from_bytes(b"OS/2", "big")) if b"OS/2" in _tags(typeface) else b""
    above, below = unpack_from(">hh", table, 68) if len(table) >= 72 else (ascent, -descent)
    height = (above - below) or 1
    return Heights(ascent, descent, above * size / height, -below * size / height)


def _tags(typeface: Any) -> frozenset[bytes]:
    return frozenset(tag.to_bytes(4, "big") for tag in typeface.getTableTags())
