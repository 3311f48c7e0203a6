"""Vue's single-file components: a program in their scripts, of which everything stays where it stands in the file."""

from __future__ import annotations

import re

SUFFIX = ".vue"

#: A script with its attributes, whose values may hold a `>`; one that is in a comment is none.
_SCRIPT = re.compile(
    rb"<!--.*?-->|<script(?:\s+[^\s=>/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?)*\s*>(?P<code>.*?)</script\s*>",
    re.DOTALL,
)
_OTHER = re.compile(rb"[^\r\n]")


def scripts(component: bytes) -> bytes:
    """The component's scripts, with blanks in place of everything else, so that lines and columns are the file's."""
    kept, end = [], 0
    for found in _SCRIPT.finditer(component):
        if found["code"] is not None:
            kept += [_OTHER.sub(b" ", component[end : found.start("code")]), found["code"]]
            end = found.end("code")
    return b"".join([*kept, _OTHER.sub(b" ", component[end:])])
