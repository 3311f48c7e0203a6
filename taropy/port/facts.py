"""What is found in one file, whatever the platform: the unit of work of `audit`, done in processes of their own.

The classes that facts are made of have no slots: they are pickled by the thousand, which takes half the time so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import attrs

from .components import telling
from .language import language_of
from .marks import Mark
from .modules import Exporting, Exports, Import, imports_of
from .origins import Origin, Origins
from .parse import parse
from .reaching import Others
from .scopes import names_of
from .source import Position, Source, Unreadable, read
from .texts import Compared, compared_in
from .traps import traps_of
from .uses import Component, Use, Uses

#: What is known of a file's imports from the project's own modules, by specifier and name.
Known = Mapping[tuple[str, str], Origin]


@attrs.frozen(slots=False)
class Facts:
    """All that is found in a file.

    `unread` is the reason why it was left alone, in one word and in a sentence; `faults` are where it could not be
    parsed. `lines` has the text of each line of which anything is said. `is_open` if a member of Taro is asked for by a
    name that other files may give.
    """

    path: Path
    unread: tuple[str, str] | None = None
    encoding: str = "utf-8"
    faults: tuple[Position, ...] = ()
    imports: tuple[Import, ...] = ()
    exports: Exports = attrs.field(factory=Exports)
    uses: tuple[Use, ...] = ()
    components: tuple[Component, ...] = ()
    compared: tuple[Compared, ...] = ()
    language: tuple[Mark, ...] = ()
    traps: tuple[Mark, ...] = ()
    lines: Mapping[int, str] = attrs.field(factory=dict)
    is_open: bool = False


#: A file to look at, and what is known of its imports.
Job = tuple[Path, Known | None]


def facts_of_all(jobs: list[Job]) -> list[Facts]:
    """What is found in each of some files."""
    return [facts_of(path, known) for path, known in jobs]


def facts_of(path: Path, known: Known | None = None, others: Others | None = None) -> Facts:
    """What is found in a file; with the texts that reach it from others, where these can be asked."""
    try:
        source = read(path)
    except Unreadable as reason:
        return Facts(path, unread=(reason.key, str(reason)))
    return examine(source, known, others)


def examine(source: Source, known: Known | None = None, others: Others | None = None) -> Facts:
    """What is found in a text."""
    parsed = parse(source)
    names = names_of(parsed.root)
    origins = Origins(names, known)
    uses = Uses(source, names, origins, others)
    found = uses.find()
    components = [each for element in uses.components() if (each := telling(element)) is not None]
    compared = compared_in(source, names, origins)
    language = language_of(source, names)
    traps = traps_of(source, names, origins, found, uses.computed)
    said = [each.at for each in found] + [each.at for each in components] + [each.at for each in compared]
    said += [each.at for each in (*language, *traps)]
    said += [option.at for each in found for option in each.options]
    said += [attribute.at for each in components for attribute in each.attributes]
    imports = imports_of(source, names)
    return Facts(
        source.path,
        encoding=source.encoding,
        faults=parsed.faults,
        imports=tuple(imports),
        exports=Exporting(parsed.root, names, origins, uses.conditions).exports(),
        uses=tuple(found),
        components=tuple(components),
        compared=tuple(compared),
        language=tuple(language),
        traps=tuple(traps),
        lines=_lines(source, [*said, *parsed.faults, *(each.at for each in imports)]),
        is_open=any(not each.whole for each in uses.computed),
    )


def _lines(source: Source, positions: Iterable[Position]) -> dict[int, str]:
    return {at.line: source.line(at.line)[:200] for at in positions}
