"""What is kept of test262: the tests' names and outcomes, folder by folder, and no code."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from tools.test262.cases import FOLDERS, Case
from tools.test262.checkout import COMMIT
from tools.test262.playing import PASSED, Outcome
from tools.test262.rules import RULES, rule_of

COMMAND = "python -m tools.test262"


@attrs.define
class Folder:
    """The outcomes of a folder's tests, by their names without the folder's."""

    name: str
    passes: list[str] = attrs.field(factory=list)
    fails: dict[str, str] = attrs.field(factory=dict)  # with the reason
    excluded: dict[str, list[str]] = attrs.field(factory=dict)  # by rule
    passes_though_excluded: list[str] = attrs.field(factory=list)

    @property
    def asked(self) -> int:
        """How many tests count."""
        return len(self.passes) + len(self.fails)

    @property
    def left_out(self) -> int:
        """How many are excluded."""
        return sum(map(len, self.excluded.values()))

    def put(self, case: Case, outcome: Outcome) -> None:
        """Notes the outcome of a test."""
        name = case.name.removeprefix(f"{self.name}/").removesuffix(".js")
        rule = rule_of(case)
        if rule is not None:
            self.excluded.setdefault(rule.name, []).append(name)
            if outcome == PASSED:
                self.passes_though_excluded.append(name)
        elif outcome == PASSED:
            self.passes.append(name)
        else:
            self.fails[name] = f"{outcome.kind}: {outcome.reason}"


def sorted_out(cases: Iterable[Case], outcomes: Mapping[str, Outcome]) -> list[Folder]:
    """The outcomes by folder."""
    folders = {name: Folder(name) for name in FOLDERS}
    for case in cases:
        folders[next(name for name in FOLDERS if case.name.startswith(f"{name}/"))].put(case, outcomes[case.name])
    return list(folders.values())


def document(folders: Iterable[Folder]) -> str:
    """A JSON document: what passes is a line, and so is what each rule excludes; each failure has its own."""
    parts = [f'"generated": {json.dumps(COMMAND)}', f'"commit": {json.dumps(COMMIT)}']
    parts += [f'"rules": {_lines({rule.name: rule.reason for rule in RULES})}']
    parts += [f"{json.dumps(folder.name)}: {_lines(_told(folder))}" for folder in folders]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _told(folder: Folder) -> dict[str, Any]:
    return {
        "passes": folder.passes,
        **{f"fails: {name}": reason for name, reason in folder.fails.items()},
        **{f"excluded: {rule.name}": names for rule in RULES if (names := folder.excluded.get(rule.name))},
        "passes though excluded": folder.passes_though_excluded,
    }


def _lines(fields: Mapping[str, Any]) -> str:
    lines = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
    return "{\n" + ",\n".join(lines) + "\n}"


def read(text: str) -> list[Folder]:
    """The folders of a document."""
    kept = json.loads(text)
    return [_folder(name, kept[name]) for name in FOLDERS]


def _folder(name: str, told: Mapping[str, Any]) -> Folder:
    def of(mark: str) -> dict[str, Any]:
        return {key.removeprefix(mark): value for key, value in told.items() if key.startswith(mark)}

    return Folder(name, told["passes"], of("fails: "), of("excluded: "), told["passes though excluded"])


def table(folders: Iterable[Folder]) -> str:
    """The figures: by folder, and of the excluded tests by rule."""
    folders = list(folders)
    rows = [_row(each.name, [each]) for each in folders]
    rules = [
        f"{count:6} {rule.name}: {rule.reason}" + (f" ({passing} pass all the same)" if passing else "")
        for rule in RULES
        for count, passing in [_excluded(folders, rule.name)]
    ]
    head = f"{'':44}{'tests':>7}{'excluded':>10}{'count':>7}{'pass':>7}"
    return "\n".join([head, *rows, _row("all", folders), "", "excluded:", *rules])


def _row(name: str, folders: list[Folder]) -> str:
    passes, asked = sum(len(each.passes) for each in folders), sum(each.asked for each in folders)
    excluded = sum(each.left_out for each in folders)
    return f"{name:44}{asked + excluded:7}{excluded:10}{asked:7}{passes:7}{share(folders):8.1%}"


def share(folders: Iterable[Folder]) -> float:
    """Which part of what counts passes."""
    folders = list(folders)
    asked = sum(each.asked for each in folders)
    return sum(len(each.passes) for each in folders) / asked if asked else 1.0


def idle_rules(folders: Iterable[Folder]) -> list[str]:
    """The rules by which nothing is excluded."""
    used = {rule for folder in folders for rule in folder.excluded}
    return [rule.name for rule in RULES if rule.name not in used]


def _excluded(folders: Iterable[Folder], rule: str) -> tuple[int, int]:
    names = [(each, name) for each in folders for name in each.excluded.get(rule, [])]
    return len(names), sum(name in each.passes_though_excluded for each, name in names)
