"""From the lines of a ported module to those of its original: `sources.json` in the folder of a port."""

from __future__ import annotations

import io
import json
import os
import tokenize
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

MAP = "sources.json"

#: What ruff's layout neither makes nor takes away.
_KEPT = frozenset([tokenize.NAME, tokenize.NUMBER])


def mapped(before: str, origins: Sequence[int], after: str) -> tuple[int, ...]:
    """For each line of a module that was laid out, the line of its original; 0 for those that stand for none."""
    old, new = _words(before), _words(after)
    found = [0] * (after.count("\n") + 1)
    for (word, line), (other, place) in zip(reversed(old), reversed(new), strict=False):
        if word != other:  # the imports, which have been put in order
            break
        found[place - 1] = origins[line - 1] if line <= len(origins) else 0
    return tuple(found)


def _words(text: str) -> list[tuple[str, int]]:
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):
        return []
    return [(token.string, token.start[0]) for token in tokens if token.type in _KEPT]


def written(root: Path, modules: Iterable[tuple[PurePosixPath, Path, Sequence[int]]]) -> str:
    """The map as JSON: for each file its original, from the folder that was ported, and the lines."""
    table = {
        str(target): {"source": Path(os.path.relpath(source, root)).as_posix(), "lines": list(origins)}
        for target, source, origins in modules
    }
    return json.dumps({"version": 1, "modules": table}, separators=(",", ":")) + "\n"
