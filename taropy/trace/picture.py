"""A phone's screen as a picture: SVG that needs nothing else, and that no text of a program's can break out of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from unicodedata import east_asian_width

from ..html import Html, element, joined
from .screen import Box, Dialog, Screen, Tab

FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans CJK SC', sans-serif"
# What is no color as CSS writes them is not handed on: `url(…)` would be a way to the net.
_COLOR = re.compile(r"#[0-9a-f]{3,8}|[a-z]{3,30}|(?:rgb|hsl)a?\([\d\s.,%/]{1,40}\)", re.IGNORECASE)
ICONS = {"success": "✓", "error": "✕", "loading": "◌", "none": ""}
FRAME = 10


def picture(screen: Screen) -> Html:
    """The screen, with the phone around it, as an SVG element that says in words what it shows."""
    return element(
        "svg",
        element("title", described(screen)),
        drawing(screen),
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        class_="taro-phone",
        viewBox=view_box(screen),
        font_family=FONT,
    )


def view_box(screen: Screen) -> str:
    """The room that the drawing takes."""
    return f"0 0 {screen.width + 2 * FRAME} {screen.height + 2 * FRAME}"


def drawing(screen: Screen) -> Html:
    """What is in the picture."""
    return joined(_parts(screen))


def described(screen: Screen) -> str:
    """The screen in words, for those who can't see it."""
    words = [f"{screen.device}, {screen.platform}" if screen.platform else screen.device]
    if not screen.visible:
        words.append("in the background")
    words += [screen.route] if screen.route else []
    words += [f"title '{screen.title}'"] if screen.title else []
    words += [f"toast '{screen.toast}'"] if screen.toast is not None else []
    words += [f"loading '{screen.loading}'"] if screen.loading is not None else []
    if screen.dialog is not None:
        dialog = screen.dialog
        words.append(f"{dialog.kind} '{dialog.title or dialog.content}' [{' | '.join(dialog.choices)}]")
    return ", ".join(words)


# --- parts -------------------------------------------------------------------------------------------------------


def _parts(screen: Screen) -> Iterator[Html]:
    whole = {"x": FRAME, "y": FRAME, "width": screen.width, "height": screen.height}
    yield element(
        "rect", x=1, y=1, width=screen.width + 2 * FRAME - 2, height=screen.height + 2 * FRAME - 2, rx=40,
        fill="#1c1c1e", stroke="#8e8e93", stroke_width=2,
    )  # fmt: skip
    yield element("rect", **whole, rx=32, fill=_color(screen.background, "#ffffff"))
    yield _nested(screen, joined(_content(screen)))
    if screen.dialog is not None:
        yield element("rect", **whole, rx=32, fill="#000000", fill_opacity="0.5")
        yield _nested(screen, joined(_dialog(screen, screen.dialog)))
    elif not screen.visible:
        yield element("rect", **whole, rx=32, fill="#000000", fill_opacity="0.7")
        yield _nested(screen, _text("in the background", screen.width / 2, screen.height / 2, 18, "#ffffff", "middle"))


def _nested(screen: Screen, content: Html) -> Html:
    """Content in the screen's own coordinates, cut where the screen ends."""
    return element("svg", content, x=FRAME, y=FRAME, width=screen.width, height=screen.height)


def _content(screen: Screen) -> Iterator[Html]:
    top = screen.status_height + screen.title_height
    yield from _page(screen, top)
    bar, front = _color(screen.bar, "#ffffff"), _color(screen.front, "#000000")
    yield element("path", d=f"M0 {top}V32a32 32 0 0 1 32-32H{screen.width - 32}a32 32 0 0 1 32 32V{top}Z", fill=bar)
    yield element("line", x1=0, x2=screen.width, y1=top, y2=top, stroke="#000000", stroke_opacity="0.12")
    status = screen.status_height / 2 + 8
    yield _text(screen.time, 40, status, 15, front)
    yield _text(screen.network, screen.width - 40, status, 13, front, "end")
    middle = screen.status_height + screen.title_height / 2 + 6
    if screen.below:
        yield _text("‹", 16, middle + 4, 30, front)
    title = f"◌ {screen.title}" if screen.bar_loading else screen.title
    yield _text(_cut(title, 26), screen.width / 2, middle, 17, front, "middle", bold=True)
    yield from _tabs(screen)
    yield from _notices(screen)
    if screen.keyboard:
        yield _bottom(screen, screen.keyboard, "#d1d3d9")
        yield _text("⌨", screen.width / 2, screen.height - screen.keyboard / 2, 40, "#636366", "middle")


def _page(screen: Screen, top: float) -> Iterator[Html]:
    named = {(box.left, box.top): box for box in screen.boxes}  # of several at one corner, the innermost
    for box in screen.boxes:
        yield _box(box, top, labelled=named[box.left, box.top] is box)
    if not screen.boxes and screen.route:
        yield from _lines(screen.route, screen.width / 2, top + 40, 14, "#8e8e93", 40, most=4)
    if screen.refreshing:
        yield _text("• • •", screen.width / 2, top + 24, 20, "#8e8e93", "middle")


def _box(box: Box, top: float, *, labelled: bool) -> Html:
    height = min(box.height, 5_000)
    return joined([
        element(
            "rect", x=box.left, y=top + box.top, width=min(box.width, 5_000), height=height,
            fill="#8e8e93", fill_opacity="0.07", stroke="#8e8e93", stroke_opacity="0.6",
        ),
        _text(box.label, box.left + 4, top + box.top + 13, 11, "#6d6d72") if labelled and height >= 14 else None,
    ])  # fmt: skip


def _tabs(screen: Screen) -> Iterator[Html]:
    if not screen.tabs:
        return
    top = screen.height - screen.tab_height
    yield _bottom(screen, screen.tab_height, _color(screen.tab_colors[2], "#f7f7f7"))
    width = screen.width / len(screen.tabs)
    for index, tab in enumerate(screen.tabs):
        color = _color(screen.tab_colors[tab.selected], "#07a651" if tab.selected else "#6d6d72")
        yield from _tab(tab, width * (index + 0.5), top, color)


def _tab(tab: Tab, x: float, top: float, color: str) -> Iterator[Html]:
    yield element("circle", cx=x, cy=top + 17, r=9, fill=color, fill_opacity="0.35")
    yield _text(_cut(tab.text, 12), x, top + 41, 12, color, "middle")
    if tab.badge:
        yield _block(x + 6, top + 3, 12 + 7 * _width(tab.badge[:6]), 17, "#e64340", 8)
        yield _text(tab.badge[:6], x + 12, top + 16, 12, "#ffffff")
    elif tab.dot:
        yield element("circle", cx=x + 11, cy=top + 9, r=5, fill="#e64340")


def _notices(screen: Screen) -> Iterator[Html]:
    """Toast and loading sign, which are dark blocks in the middle."""
    signs = [(screen.loading, "◌"), (screen.toast, ICONS.get(screen.icon, ""))]
    signs = [(text, icon) for text, icon in signs if text is not None]
    for index, (text, icon) in enumerate(signs):
        lines = list(_wrapped(str(text), 18, 4))
        height = 28 + 22 * len(lines) + (44 if icon else 0)
        width = max(120, 32 + 9 * max(map(_width, lines), default=0))
        top = screen.height / 2 - height / 2 + index * (height + 12)
        yield _block(screen.width / 2 - width / 2, top, width, height, "#4c4c4c", 10)
        if icon:
            yield _text(icon, screen.width / 2, top + 48, 36, "#ffffff", "middle")
        for line, each in enumerate(lines):
            yield _text(each, screen.width / 2, top + (76 if icon else 30) + 22 * line, 16, "#ffffff", "middle")


def _dialog(screen: Screen, dialog: Dialog) -> Iterator[Html]:
    yield from (_sheet if dialog.kind == "sheet" else _modal)(screen, dialog)


def _modal(screen: Screen, dialog: Dialog) -> Iterator[Html]:
    title, content = list(_wrapped(dialog.title, 26, 3)), list(_wrapped(dialog.content, 30, 8))
    width = min(screen.width - 48, 320)
    left, x = screen.width / 2 - width / 2, screen.width / 2
    typed = 44 if dialog.input is not None else 0
    height = 32 + 24 * len(title) + 21 * len(content) + typed + 62
    y = top = screen.height / 2 - height / 2
    yield _block(left, top, width, height, "#ffffff", 12)
    for line in title:
        y += 26
        yield _text(line, x, y + 10, 17, "#000000", "middle", bold=True)
    for line in content:
        y += 21
        yield _text(line, x, y + 14, 15, "#6d6d72", "middle")
    if dialog.input is not None:
        yield element("rect", x=left + 20, y=y + 24, width=width - 40, height=32, rx=4, fill="none", stroke="#c7c7cc")
        yield _text(_cut(dialog.input, 30), left + 28, y + 46, 14, "#6d6d72")
    bottom = top + height - 50
    yield element("line", x1=left, x2=left + width, y1=bottom, y2=bottom, stroke="#d1d1d6")
    part = width / max(len(dialog.choices), 1)
    for index, choice in enumerate(dialog.choices):
        color = "#576b95" if index == len(dialog.choices) - 1 else "#000000"
        yield _text(_cut(choice, 16), left + part * (index + 0.5), bottom + 31, 16, color, "middle", bold=True)


def _sheet(screen: Screen, dialog: Dialog) -> Iterator[Html]:
    rows = [*([dialog.title] if dialog.title else []), *islice(dialog.choices, 10), "×"]
    top = screen.height - 54 * len(rows) - 20
    yield _bottom(screen, screen.height - top, "#ffffff")
    for index, row in enumerate(rows):
        y = top + 54 * index
        if index:
            yield element("line", x1=0, x2=screen.width, y1=y, y2=y, stroke="#e5e5ea")
        color = "#8e8e93" if (dialog.title and not index) or index == len(rows) - 1 else "#000000"
        yield _text(_cut(row, 36), screen.width / 2, y + 33, 16, color, "middle")


# --- what parts are made of --------------------------------------------------------------------------------------


def _block(x: float, y: float, width: float, height: float, fill: str, radius: int) -> Html:
    return element("rect", x=x, y=y, width=width, height=height, rx=radius, fill=fill)


def _bottom(screen: Screen, height: float, fill: str) -> Html:
    """A block across the lower end of the screen, with the screen's own corners."""
    top, width = screen.height - height, screen.width
    return element(
        "path", d=f"M0 {top}H{width}V{screen.height - 32}a32 32 0 0 1-32 32H32a32 32 0 0 1-32-32Z", fill=fill
    )


def _text(
    text: str, x: float, y: float, size: int, fill: str, anchor: str | None = None, *, bold: bool = False
) -> Html:
    return element(
        "text", text, x=x, y=y, font_size=size, fill=fill, text_anchor=anchor,
        font_weight="600" if bold else None,
    )  # fmt: skip


def _lines(text: str, x: float, y: float, size: int, fill: str, columns: int, *, most: int) -> Iterator[Html]:
    for index, line in enumerate(_wrapped(text, columns, most)):
        yield _text(line, x, y + index * size * 1.4, size, fill, "middle")


def _color(written: str, otherwise: str) -> str:
    return written if _COLOR.fullmatch(written) else otherwise


def _width(text: str) -> int:
    """In columns: a Chinese letter takes two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _cut(text: str, columns: int) -> str:
    return next(_wrapped(text, columns, 1), "")


def _wrapped(text: str, columns: int, most: int) -> Iterator[str]:
    """The text in lines of at most so many columns, the last of them cut if there were more than `most`."""
    lines = _broken(text[: columns * (most + 1)], columns)
    kept = list(islice(lines, most))
    if next(lines, None) is not None or len(text) > columns * (most + 1):
        kept[-1:] = [f"{kept[-1][: columns - 1]}…"] if kept else []
    yield from kept


def _broken(text: str, columns: int) -> Iterator[str]:
    for paragraph in text.splitlines():
        line = ""
        for word in re.findall(r"\s*[^\s\u2e80-\uffef]+|\s*[\u2e80-\uffef]|\s+", paragraph):
            while _width(line + word) > columns:
                room = word if line else ""
                if not line:  # a word that is longer than a line
                    cut = next(n for n in range(len(word), 0, -1) if n == 1 or _width(word[:n]) <= columns)
                    line, room = word[:cut], word[cut:]
                yield line.strip()
                line, word = "", room.lstrip()
            line += word
        if line.strip():
            yield line.strip()
