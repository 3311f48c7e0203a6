"""What the tests of audits and ports share: projects written for the test, and reports in a few words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from taropy.port.findings import Finding, Report

# Writes files, by their paths, into a folder, and gives the folder.
Write = Callable[[Mapping[str, str | bytes]], Path]

# Ports files, and imports one of the modules.
Load = Callable[[Mapping[str, str | bytes], str], Any]

# Audits one module, `main.tsx`, in which `Taro` is imported, on these platforms (weapp unless told).
Audited = Callable[..., Report]


def found(report: Report, section: str = "") -> list[str]:
    """The findings of a section, each as `rule subject line`, with the platform before the line if there is one."""
    return [_words(each) for each in report.findings if each.rule.startswith(section)]


def _words(finding: Finding) -> str:
    platform = f" {finding.platform}" if finding.platform else ""
    return f"{finding.rule} {finding.subject}{platform} {finding.at.line}"


def uses(report: Report) -> list[str]:
    """The uses, each as `part form line:column`."""
    return [f"{site.schema} {site.form} {site.at.line}:{site.at.column}" for site in report.sites]
