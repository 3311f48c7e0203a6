"""JSON that modules import: `import regions from './regions.json'` is a module whose default export is the value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from .files import absolute
from .parse import Parsed, parse_text
from .project import Workspace
from .source import Source, Unreadable, read

SUFFIX = ".json"

_IMPORTS = re.compile(rb"""\b(?:from|import|require\s*\()\s*['"]([^'"\n]+\.json)['"]""")
_BEFORE = b"export default "


def imported_json(source: Source, workspace: Workspace) -> Iterator[Path]:
    """The files of JSON that a module imports, as far as they are there."""
    for found in dict.fromkeys(_IMPORTS.findall(source.text)):
        places = workspace.project_of(source.path).places(found.decode("utf-8", "replace"), source.path)
        place = next((each for each in places if each.is_file()), None)
        if place is not None:
            yield absolute(place)


def parse_json(path: Path) -> Parsed:
    """A file of JSON as the module that it is to those who import it. `Unreadable` where it is none."""
    source = read(path, written=False)
    try:
        json.loads(source.text)
    except ValueError as error:
        raise Unreadable("no-json", f"is no JSON: {error}") from error
    except RecursionError as error:
        raise Unreadable("deep", "is nested too deep") from error
    return parse_text(source, _BEFORE + source.text)
