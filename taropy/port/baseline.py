"""Baselines: what was found before and is put up with, so that only what is new counts.

A finding is known again by what it says, its file and the text of its line: lines may move. Of several that are the
same in all of this, the baseline says how many there are.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import attrs

from .findings import Finding, Report

VERSION = 1


class BaselineError(ValueError):
    """A file that is no baseline; the message says why."""


def fingerprints(report: Report) -> Mapping[Finding, str]:
    """What each finding is known by."""
    return {finding: _fingerprint(finding, report) for finding in report.findings}


def _fingerprint(finding: Finding, report: Report) -> str:
    said = (finding.rule, finding.platform, finding.subject, report.shown(finding.path), " ".join(finding.line.split()))
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:16]


def written(report: Report) -> str:
    """The baseline of all findings of a report."""
    counts = Counter(fingerprints(report)[finding] for finding in report.findings)
    return json.dumps({"version": VERSION, "findings": dict(sorted(counts.items()))}, indent=1) + "\n"


def read(file: Path) -> Counter[str]:
    """How many of each finding a baseline knows. `BaselineError` for a file that is none."""
    try:
        found = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise BaselineError(f"{file} cannot be read: {error}") from error
    findings = found.get("findings") if isinstance(found, dict) else None
    if not isinstance(findings, dict) or not all(isinstance(count, int) for count in findings.values()):
        raise BaselineError(f"{file} is no baseline of taropy audit")
    if found.get("version") != VERSION:
        raise BaselineError(f"{file} is a baseline of version {found.get('version')!r}; this taropy reads {VERSION}")
    return Counter(findings)


def without_known(report: Report, known: Counter[str]) -> Report:
    """The report without the findings that the baseline knows."""
    left, printed = Counter(known), fingerprints(report)
    fresh = []
    for finding in report.findings:
        if left[printed[finding]] > 0:
            left[printed[finding]] -= 1
        else:
            fresh.append(finding)
    return only(report, fresh)


def only(report: Report, findings: Iterable[Finding]) -> Report:
    """The report with these of its findings."""
    kept = tuple(findings)
    return attrs.evolve(report, findings=kept, known=report.known + len(report.findings) - len(kept))
