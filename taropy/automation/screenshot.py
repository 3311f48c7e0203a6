"""The screen as a PNG: the drawing that traces have, with the texts of the page in it, in the size of the screen."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from ..extras import need
from ..phone.canvas.colors import BLACK, parse
from ..trace.picture import FRAME, picture
from ..trace.screen import MOST_BOXES, Box, Screen, look

if TYPE_CHECKING:
    from .faces import Target

_SVG = "{http://www.w3.org/2000/svg}"


def screenshot(target: Target) -> bytes:
    """The screen now. It needs the extra `canvas`."""
    skia = need("skia", extra="canvas", what="a screenshot")
    screen = attrs.evolve(look(target.phone, show_secrets=True), boxes=tuple(_boxes(target)))
    return _Drawing(skia, screen).png()


def _boxes(target: Target) -> Iterator[Box]:
    """The nodes that are on the screen, those of a page that is drawn anew each time too, with their texts."""
    page = target.running.top
    height = target.phone.window.page_height(target.app)
    for place in target.elements.tree(page).places[:MOST_BOXES]:
        seen = place.seen(page.scroll_top)
        if seen.bottom >= 0 and seen.top < height:
            yield Box(place.node.text.strip()[:60], seen.left, seen.top, seen.width, max(seen.height, 18))


class _Drawing:
    """Draws the elements of the picture by Skia, in their order. (The SVG of skia-python itself draws no texts.)"""

    def __init__(self, skia: Any, screen: Screen) -> None:
        self._skia = skia
        self._screen = screen
        self._fonts = skia.FontMgr()
        self._surface = skia.Surface(screen.width, screen.height)
        self._canvas = self._surface.getCanvas()

    def png(self) -> bytes:
        """The picture without the phone around the screen."""
        self._canvas.clear(self._skia.ColorWHITE)
        self._canvas.translate(-FRAME, -FRAME)
        self._inside(ET.fromstring(str(picture(self._screen))))
        return bytes(self._surface.makeImageSnapshot().encodeToData())

    def _inside(self, around: ET.Element) -> None:
        for element in around:
            draw = _ELEMENTS.get(element.tag.removeprefix(_SVG))
            if draw is not None:
                draw(self, element)

    def _svg(self, element: ET.Element) -> None:
        x, y, width, height = (_number(element, name) for name in ("x", "y", "width", "height"))
        self._canvas.save()
        self._canvas.translate(x, y)
        self._canvas.clipRect(self._skia.Rect.MakeWH(width, height))
        self._inside(element)
        self._canvas.restore()

    def _rect(self, element: ET.Element) -> None:
        x, y, width, height, radius = (_number(element, name) for name in ("x", "y", "width", "height", "rx"))
        rect = self._skia.Rect.MakeXYWH(x, y, width, height)
        self._painted(element, lambda paint: self._canvas.drawRoundRect(rect, radius, radius, paint))

    def _path(self, element: ET.Element) -> None:
        path = self._skia.Path()
        for step, numbers in _steps(element.get("d", "")):
            _STEPS[step](self._skia, path, numbers)
        self._painted(element, lambda paint: self._canvas.drawPath(path, paint))

    def _line(self, element: ET.Element) -> None:
        ends = [_number(element, name) for name in ("x1", "y1", "x2", "y2")]
        self._painted(element, lambda paint: self._canvas.drawLine(*ends, paint), filled=False)

    def _circle(self, element: ET.Element) -> None:
        x, y, radius = (_number(element, name) for name in ("cx", "cy", "r"))
        self._painted(element, lambda paint: self._canvas.drawCircle(x, y, radius, paint))

    def _painted(self, element: ET.Element, draw: Callable[[Any], object], *, filled: bool = True) -> None:
        """Draws a shape's inside and its line, as far as it has them."""
        skia = self._skia
        for what, style in (("fill", skia.Paint.kFill_Style), ("stroke", skia.Paint.kStroke_Style)):
            color = element.get(what, "#000000" if what == "fill" and filled else "none")
            if color != "none" and (filled or what == "stroke"):
                width = float(element.get("stroke-width") or 1)
                draw(skia.Paint(
                    AntiAlias=True, Style=style, StrokeWidth=width,
                    Color=self._color(color, element.get(f"{what}-opacity")),
                ))  # fmt: skip

    def _text(self, element: ET.Element) -> None:
        skia = self._skia
        text, size = element.text or "", _number(element, "font-size")
        bold = element.get("font-weight") is not None
        style = skia.FontStyle.Bold() if bold else skia.FontStyle.Normal()
        runs = [(run, skia.Font(self._face(run[0], style), size)) for run in self._runs(text, style)]
        width = sum(font.measureText(run) for run, font in runs)
        anchor = {"middle": 0.5, "end": 1.0}.get(element.get("text-anchor", ""), 0.0)
        x, y = _number(element, "x") - width * anchor, _number(element, "y")
        paint = skia.Paint(AntiAlias=True, Color=self._color(element.get("fill", "#000000"), None))
        for run, font in runs:
            self._canvas.drawString(run, x, y, font, paint)
            x += font.measureText(run)

    def _runs(self, text: str, style: Any) -> Iterator[str]:
        """The text in pieces that one font has all letters of."""
        run = ""
        for letter in text:
            if run and self._face(letter, style) != self._face(run[0], style):
                yield run
                run = ""
            run += letter
        if run:
            yield run

    def _face(self, letter: str, style: Any) -> Any:
        found = self._fonts.matchFamilyStyleCharacter("", style, [], ord(letter))
        return found or self._skia.Typeface("", style)

    def _color(self, written: str, opacity: str | None) -> int:
        red, green, blue, alpha = parse(written) or BLACK
        return int(self._skia.Color(red, green, blue, round(255 * alpha * float(opacity or 1))))


def _steps(path: str) -> Iterator[tuple[str, list[float]]]:
    """The steps of a path, each a letter and its numbers: those that the picture has."""
    for step, numbers in re.findall(r"([MHVaZ])([^MHVaZ]*)", path):
        yield step, [float(number) for number in re.findall(r"-?[\d.]+", numbers)]


def _arc(skia: Any, path: Any, numbers: list[float]) -> None:
    width, height, turned, large, sweep, x, y = numbers
    size = skia.Path.ArcSize.kLarge_ArcSize if large else skia.Path.ArcSize.kSmall_ArcSize
    path.rArcTo(width, height, turned, size, skia.PathDirection.kCW if sweep else skia.PathDirection.kCCW, x, y)


_STEPS: Mapping[str, Callable[[Any, Any, list[float]], object]] = {
    "M": lambda skia, path, numbers: path.moveTo(*numbers),
    "H": lambda skia, path, numbers: path.lineTo(numbers[0], path.getPoint(path.countPoints() - 1).y()),
    "V": lambda skia, path, numbers: path.lineTo(path.getPoint(path.countPoints() - 1).x(), numbers[0]),
    "a": _arc,
    "Z": lambda skia, path, numbers: path.close(),
}


def _number(element: ET.Element, name: str) -> float:
    return float(element.get(name) or 0)


_ELEMENTS: Mapping[str, Callable[[_Drawing, ET.Element], None]] = {
    "svg": _Drawing._svg,
    "rect": _Drawing._rect,
    "path": _Drawing._path,
    "line": _Drawing._line,
    "circle": _Drawing._circle,
    "text": _Drawing._text,
}
