"""The spec's descriptions as docstrings."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import fill, indent

from .. import spec
from ..spec import Member

WIDTH = 100

#: The body of a class that has none.
EMPTY = "    ...\n"


def docstring(text: str, level: int = 1) -> str:
    """A docstring, indented; an empty text gives none."""
    if not text:
        return ""
    safe = text.replace("\\", "\\\\").replace('"""', "'''")
    end = " " if safe.endswith('"') else ""
    shape = f'"""{safe}{end}"""' if "\n" not in safe else f'"""{safe}\n"""'
    return indent(shape, "    " * level) + "\n"


def member_docstring(member: Member, platforms: tuple[str, ...]) -> str:
    """What a member does, gives and refuses, what its own options mean, and where it is to be had."""
    text = spec.member_text(member.name)
    parts = [] if text is None else [text.what]
    if text is not None:
        parts += [f"Returns: {text.returns}"] if text.returns else []
        parts += [f"Fails: {text.fails}"] if text.fails else []
        parts += ["\n".join(f"- {name}: {what}" for name, what in text.options.items())] if text.options else []
    where = ", ".join(platforms) if platforms else "none"
    parts.append(f"Platforms: {where}.")
    return "\n\n".join(_wrapped(part) for part in parts)


def _wrapped(part: str) -> str:
    return "\n".join(
        fill(line, WIDTH, subsequent_indent="  " if line.startswith("- ") else "") for line in part.split("\n")
    )


def field_docstring(texts: Mapping[str, str], name: str, level: int = 1) -> str:
    """What a field means, where that is not plain from its name."""
    return docstring(texts.get(name, ""), level)
