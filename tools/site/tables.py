"""Tables on narrow screens: where long names break, and the titles of cells that stand below each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

#: Tables with so many columns, and so long a row, become a list on a phone. Wider ones are compared column by column.
STACKED = range(3, 7)
LONG = 60

#: How many characters of code fit beside each other at 1,280 px, and how much room the edges of a cell take.
ROOM = 112
EDGES = 2

_TABLE = re.compile(r'<table class="docutils([^"]*)">(.*?)</table>', re.DOTALL)
_ROW = re.compile(r"<tr\b[^>]*>.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<(t[hd])( class=\"[^\"]*\")?>(.*?)</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_CODE = re.compile(r'(?<=<span class="pre">)[^<]+(?=</span>)')
_TEXT = re.compile(r"(?<=>)[^<]+")
_PATH = re.compile(r"(?<=\w/)(?=\w)")
_WORD = re.compile(r"\S{16,}")
_JOINT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[/_(\[=])(?=[A-Za-z])|(?<=\w)(?=\.(?!(?:py|[jt]s|json|md)\b)[A-Za-z])")


def mended(body: str) -> str:
    """A page's HTML, its tables fit for narrow screens."""
    return _TABLE.sub(lambda found: _table(found[1], found[2]), body)


def _table(classes: str, inner: str) -> str:
    rows = [[_text(cell[3]) for cell in _CELL.finditer(row[0])] for row in _ROW.finditer(inner)]
    heads = rows[0] if rows else []
    if len(heads) in STACKED and any(len(" ".join(row)) > LONG for row in rows):
        classes += " stacked"
        inner = _ROW.sub(lambda row: _labelled(row[0], heads), inner)
    if sum(_longest_words(rows)) > ROOM:
        classes += " crowded"
    broken = _CODE.sub(lambda code: _broken(code[0], _JOINT), inner)
    broken = _TEXT.sub(lambda text: _broken(text[0], _PATH), broken)
    return f'<table class="docutils{classes}">{broken}</table>'


def _broken(text: str, joint: re.Pattern[str]) -> str:
    return _WORD.sub(lambda word: joint.sub("<wbr>", word[0]), text)


def _labelled(row: str, heads: list[str]) -> str:
    labels = iter(heads)

    def labelled(cell: re.Match[str]) -> str:
        label = next(labels, "")
        return cell[0] if cell[1] == "th" else f'<td{cell[2] or ""} data-label="{escape(label)}">{cell[3]}</td>'

    return _CELL.sub(labelled, row)


def _longest_words(rows: list[list[str]]) -> Iterator[int]:
    for column in zip(*rows, strict=False):
        yield EDGES + max((len(word) for text in column for word in re.split(r"[\s-]", text)), default=0)


def _text(cell: str) -> str:
    return unescape(_TAG.sub("", cell)).strip()
