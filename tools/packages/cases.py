"""The files of tests/js/packages: cases as those of `tools.answers`, above which stands what they have at hand.

    #: dayjs = dayjs
    #: isBetween = dayjs/plugin/isBetween
    #> dayjs.extend(isBetween)

A line with `#:` names what a package exports as default, or all of it (`#: * as immer = immer`); one with `#>` is run
before each file's cases in JavaScript, and before each case in Python. A case with Python below it is answered by that;
the others are ported, so that they show how programs get there as well.
"""

from __future__ import annotations

import re
from pathlib import Path

import attrs

from tools.answers.cases import SUFFIX, Case, read

FOLDER = Path(__file__).parents[2] / "tests" / "js" / "packages"

_IMPORT = re.compile(r"^#: (?P<whole>\* as )?(?P<name>\w+) = (?P<specifier>\S+)$", re.MULTILINE)
_PIECES = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|.""")
_SETUP = re.compile(r"^#> (?P<line>.+)$", re.MULTILINE)


def is_ported(case: Case) -> bool:
    """Whether a case has no Python of its own."""
    return not case.has_own


def name_of(case: Case) -> str:
    """The function that a case is in the program of its file."""
    return f"case_{case.place.partition(':')[2]}"


@attrs.frozen(eq=False)
class Sheet:
    """A file of cases: what it has at hand, and what is run before them."""

    name: str
    imports: dict[str, str]
    setup: tuple[str, ...]
    cases: tuple[Case, ...]
    whole: frozenset[str] = frozenset()

    def program(self) -> str:
        """A module in JavaScript: the imports, the setup, and a function for each case that is ported."""
        imports = [
            f"import {'* as ' if name in self.whole else ''}{name} from '{specifier}'"
            for name, specifier in self.imports.items()
        ]
        functions = [_function(case) for case in self.cases if is_ported(case)]
        return "\n".join([*imports, *(f"{line};" for line in self.setup), *functions]) + "\n"


def _function(case: Case) -> str:
    *before, last = _statements(case.javascript)
    return "\n".join(
        [f"export function {name_of(case)}(tick) {{", *(f"{each};" for each in before), f"return {last}", "}"]
    )


def _statements(javascript: str) -> list[str]:
    """What stands between the semicolons that are in no bracket and no text."""
    parts, depth = [""], 0
    for piece in _PIECES.findall(javascript):
        depth += (piece in "([{") - (piece in ")]}")
        if piece == ";" and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts]


def sheets(folder: Path = FOLDER) -> list[Sheet]:
    """The files of a folder."""
    cases = read(folder)
    return [_sheet(file, cases) for file in sorted(folder.glob(f"*{SUFFIX}"))]


def _sheet(file: Path, cases: list[Case]) -> Sheet:
    text = file.read_text("utf-8")
    found_imports = [*_IMPORT.finditer(text)]
    imports = {found["name"]: found["specifier"] for found in found_imports}
    whole = frozenset(found["name"] for found in found_imports if found["whole"])
    setup = tuple(found["line"] for found in _SETUP.finditer(text))
    own = tuple(case for case in cases if case.place.partition(":")[0] == file.stem)
    return Sheet(file.stem, imports, setup, own, whole)
