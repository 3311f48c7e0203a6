"""Which fields a program makes true or false anywhere: of these, `=== 1` is no question that Python's `==` answers.

It is asked of the programs' texts, by what stands behind a name, and rather of too many names than of too few.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from .program import Program

_NAME = r"""\b(\w+)['"\]]*\s*[?!]?\s*"""
#: `done: true`, `done = !left`, `done === false`, `done?: boolean`, `{ done = false }`.
_TOLD = re.compile(_NAME + r"(?::|[!=]=?=?)\s*(?:true\b|false\b|!|boolean\b|Boolean\b)")
#: `left < 0`, and not the parameters of a type, whose name has both kinds of letters: `Response<Goods>`.
_LESS = r"(?<![\w$])<|\b(?:[a-z_$][\w$]*|[A-Z][A-Z0-9_]*|\d+)<"
#: `left > 0`, and not the end of those parameters.
_MORE = r"\s>|[\w)\]]>(?=[\w=])"
#: `done = left === 0`, `done: list.includes(x)`: what gives true or false stands in the same line.
_ASKED = re.compile(
    _NAME + r"[:=](?![=>])[^,;\n]*?(?:[!=]==?|" + _LESS + "|" + _MORE + r"|&&|\|\||\bin\b|\binstanceof\b|"
    r"\b(?:every|has|hasOwnProperty|includes|is[A-Z]\w*|some|startsWith|endsWith|test)\()"
)


def is_truth(program: Program, name: str) -> bool:
    """Whether a field of this name may be true or false."""
    found = program.found_by.get(__name__)
    if found is None:
        texts = (module.parsed.source.text.decode("utf-8", "replace") for module in program.modules.values())
        found = program.found_by[__name__] = {
            match[1] for text in texts for asked in (_TOLD, _ASKED) for match in asked.finditer(text)
        }
    return name in cast("set[str]", found)
