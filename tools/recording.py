"""What the tools have in common that record what JavaScript does in a file beside its cases."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from tools import generated
from tools.programs import ProgramError

#: The file, in the folder of the cases.
RECORDED = "recorded.json"


@attrs.frozen
class Recorder:
    """A tool: `option` names another folder than `folder`, of which `record` makes the document."""

    command: str
    description: str
    option: str
    folder: Path
    what: str
    record: Callable[[Path], str]

    def run(self, arguments: Sequence[str] | None = None) -> int:
        """Records or verifies. Exit code 1 if the recording is stale or missing, or if it can't be made."""
        parser = generated.parser(self.command, self.description)
        generated.add_folder(parser, f"--{self.option}", self.folder, self.what)
        options = parser.parse_args(arguments)
        folder = getattr(options, self.option)
        try:
            recorded = self.record(folder)
        except ProgramError as error:
            print(error, file=sys.stderr)
            return 1
        return generated.finish_page(recorded, folder / RECORDED, check=options.check)


def document(command: str, parts: Iterable[str]) -> str:
    """A JSON document of these parts, which says first what has made it."""
    return ",\n".join([f'{{"generated": {json.dumps(command)}', *parts]) + "\n}\n"


def listed(name: str, entries: Iterable[Any]) -> str:
    """A part of a document: a list with an entry a line."""
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in entries)
    return f"{json.dumps(name)}: [\n{lines}\n]"


def table(name: str, entries: Mapping[str, Any]) -> str:
    """A part of a document: an object with an entry a line."""
    return f"{json.dumps(name)}: {{\n{lines_of(entries)}\n}}"


def lines_of(entries: Mapping[str, Any]) -> str:
    """An entry a line."""
    return ",\n".join(
        f"{json.dumps(key, ensure_ascii=False)}: {json.dumps(value, ensure_ascii=False)}"
        for key, value in entries.items()
    )
