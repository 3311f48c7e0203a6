"""A report as JSON, for programs: everything that was found, each with its place."""

from __future__ import annotations

import json
from typing import Any

from ..findings import Finding, Report, Site

VERSION = 1


def as_json(report: Report) -> str:
    """`{"version", "root", "platforms", "counts", "findings", "uses", "support", "guarded", "known"}`.

    `findings` are `{"rule", "level", "subject", "text", "file", "line", "column", "platform", "write"}`, the last two
    only where there is something to say. `uses` are `{"member", "part", "form", "file", "line", "column", "notOn"}`,
    `support` is `{member: {platform: "yes"|"host"|"no"}}`, `guarded` `{platform: {subject: count}}`.
    """
    document = {
        "version": VERSION,
        "root": report.root.as_posix(),
        "platforms": list(report.platforms),
        "files": len(report.facts),
        "counts": report.counts(),
        "findings": [_finding(report, each) for each in report.findings],
        "uses": [_use(report, each) for each in report.sites],
        "support": {name: {each: row[each] for each in report.platforms} for name, row in report.cells.items()},
        "guarded": _guarded(report),
        "known": report.known,
    }
    return json.dumps(document, indent=1, ensure_ascii=False)


def _finding(report: Report, finding: Finding) -> dict[str, Any]:
    found = {
        "rule": finding.rule,
        "level": finding.level,
        "subject": finding.subject,
        "text": finding.text,
        "file": report.shown(finding.path),
        "line": finding.at.line,
        "column": finding.at.column,
        "platform": finding.platform,
        "write": finding.write,
    }
    return {name: value for name, value in found.items() if value != ""}


def _use(report: Report, site: Site) -> dict[str, Any]:
    found = {
        "member": site.member,
        "part": site.schema if site.schema != site.member else "",
        "form": site.form,
        "file": report.shown(site.path),
        "line": site.at.line,
        "column": site.at.column,
        "notOn": list(site.not_on),
    }
    return {name: value for name, value in found.items() if value not in ("", [])}


def _guarded(report: Report) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {platform: {} for platform in report.platforms}
    for (platform, subject), count in sorted(report.guarded.items()):
        found[platform][subject] = count
    return found
