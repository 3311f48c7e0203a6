"""What a port tells: what came of each module, and every place that a person has to port."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from .porting import Outcome, PortedModule


def as_json(outcome: Outcome) -> str:
    """The report for programs."""
    document = {
        "version": 1,
        "modules": [_module(outcome, each) for each in outcome.modules],
        "unread": [{"file": _name(outcome, path), "reason": reason} for path, reason in outcome.unread],
        "pages_without_component": [*_missing(outcome)],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _module(outcome: Outcome, module: PortedModule) -> dict[str, Any]:
    return {
        "source": _name(outcome, module.source),
        "target": str(module.target),
        "not_ported": [
            {"line": each.line, "reason": each.reason, "original": each.original, "write": each.write}
            for each in module.refusals
        ],
        "notes": [{"line": line, "text": text} for line, text in module.notes],
        "view_lines": module.viewed,
    }


def as_markdown(outcome: Outcome) -> str:
    """The report for people."""
    lines = ["# Port", "", summary(outcome), ""]
    for module in outcome.modules:
        if not module.refusals and not module.notes:
            continue
        lines += [f"## {_name(outcome, module.source)}", ""]
        lines += [f"- {place}" for place in _places(outcome, module)]
        lines.append("")
    if _missing(outcome):
        lines += ["## Pages without a component", "", *(f"- {route}" for route in _missing(outcome)), ""]
    if outcome.unread:
        lines += ["## Not read", "", *(f"- {_name(outcome, path)}: {why}" for path, why in outcome.unread), ""]
    return "\n".join(lines)


def as_text(outcome: Outcome) -> str:
    """The report as the command prints it."""
    lines = [place for module in outcome.modules for place in _places(outcome, module)]
    lines += [f"{_name(outcome, path)}: not read: it {why}" for path, why in outcome.unread]
    lines += [f"{route}: not ported: the page has no component among the modules" for route in _missing(outcome)]
    return "\n".join([*lines, summary(outcome)])


def summary(outcome: Outcome) -> str:
    """How much was ported, in one line."""
    whole = sum(1 for module in outcome.modules if not module.refusals)
    count = len(outcome.modules)
    return f"{_number(count, 'module')}, {whole} of them whole; {_number(outcome.refused, 'place')} not ported" + (
        f"; {_number(outcome.viewed, 'line')} of views told by comments" if outcome.viewed else ""
    )


def _missing(outcome: Outcome) -> tuple[str, ...]:
    """The routes of the app whose pages are no components that were ported."""
    return outcome.launcher.missing if outcome.launcher is not None else ()


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _places(outcome: Outcome, module: PortedModule) -> list[str]:
    name = _name(outcome, module.source)
    found = [
        (each.line, f"{name}:{each.line}: not ported: {each.reason}" + (f"; write {each.write}" if each.write else ""))
        for each in module.refusals
    ]
    found += [(line, f"{name}:{line}: note: {text}") for line, text in module.notes]
    return [text for _, text in sorted(found)]


def _name(outcome: Outcome, path: Path) -> str:
    return Path(os.path.relpath(path, outcome.root)).as_posix()


FORMATS: Mapping[str, Callable[[Outcome], str]] = {"json": as_json, "markdown": as_markdown, "text": as_text}
