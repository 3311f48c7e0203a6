"""A report as SARIF 2.1.0, which code hosts show beside the lines."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from ... import __version__
from ..baseline import fingerprints
from ..findings import Finding, Report
from ..rules import Rule, rules

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(report: Report) -> str:
    """The findings as one run of a tool; files are named from the root."""
    used = sorted({finding.rule for finding in report.findings})
    order = {name: index for index, name in enumerate(used)}
    printed = fingerprints(report)
    results = [_result(report, finding, order, printed[finding]) for finding in report.findings]
    driver = {"name": "taropy audit", "version": __version__, "rules": [_rule(rules()[name]) for name in used]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"ROOT": {"uri": report.root.as_uri() + "/"}},
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1, ensure_ascii=False)


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.title},
        "defaultConfiguration": {"level": rule.level},
    }


def _result(report: Report, finding: Finding, order: dict[str, int], fingerprint: str) -> dict[str, Any]:
    text = f"{finding.text}. Write: {finding.write}" if finding.write else finding.text
    place = {
        "artifactLocation": {"uri": quote(report.shown(finding.path)), "uriBaseId": "ROOT"},
        "region": {"startLine": finding.at.line, "startColumn": finding.at.column},
    }
    found: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": order[finding.rule],
        "level": finding.level,
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"taropyAudit/v1": fingerprint},
    }
    if finding.platform:
        found["properties"] = {"platform": finding.platform}
    return found
