"""Reports: what they say in each form, and baselines."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from auditing import Audited, Write

from taropy.cli.audit_table import as_table
from taropy.port import baseline
from taropy.port.audit import audit
from taropy.port.findings import Report
from taropy.port.report import FORMATS
from taropy.port.rules import rules

TEXT = """
Taro.checkSession()
Taro.checkSession()
Taro.atMessage({ message: 'a | b' })
if (process.env.TARO_ENV === 'weapp') Taro.getUpdateManager()
if (x == null) eval('1')
"""


@pytest.fixture
def report(audited: Audited) -> Report:
    return audited(TEXT, "weapp", "h5", name="src/main.tsx")


def test_the_json_has_every_finding_and_use_with_its_place(report: Report) -> None:
    made = json.loads(FORMATS["json"](report))
    assert made["version"] == 1
    assert made["platforms"] == ["weapp", "h5"]
    first = next(each for each in made["findings"] if each["rule"] == "missing/platform")
    assert first == {
        "rule": "missing/platform",
        "level": "error",
        "subject": "checkSession",
        "text": "checkSession is not to be had on h5 (weapp, swan, qq, tt have it)",
        "file": "src/main.tsx",
        "line": 2,
        "column": 1,
        "platform": "h5",
        "write": "ask your backend whether its session is valid",
    }
    assert made["uses"][0] == {
        "member": "checkSession", "form": "call", "file": "src/main.tsx", "line": 2, "column": 1
    }  # fmt: skip
    assert made["uses"][-1]["notOn"] == ["h5"]
    assert made["support"]["checkSession"] == {"weapp": "yes", "h5": "no"}
    assert made["guarded"] == {"weapp": {}, "h5": {"getUpdateManager": 1}}
    assert sum(made["counts"].values()) == len(made["findings"])


def test_the_table_has_each_platform_and_what_is_most_frequent_first(report: Report) -> None:
    text = as_table(report)
    assert "Missing on h5" in text
    assert "Missing on weapp" not in text
    assert re.search(r"error +2 +checkSession", text)
    assert "src/main.tsx:2:1" in text
    assert "Guarded, and never reached on h5: 1" in text
    assert "Names that are no member of Taro" in text
    assert text.rstrip().splitlines()[-1].startswith("1 file, 3 uses of 2 members of Taro")


def test_the_markdown_has_tables_that_hold(report: Report) -> None:
    text = FORMATS["markdown"](report)
    assert "## Missing on h5" in text
    for row in re.findall(r"^\|.*\|$", text, re.MULTILINE):
        assert len(re.findall(r"(?<!\\)\|", row)) == 7


def test_the_sarif_is_what_code_hosts_read(report: Report) -> None:
    made = json.loads(FORMATS["sarif"](report))
    assert made["version"] == "2.1.0"
    [run] = made["runs"]
    named = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(named) == len(set(named))
    for result in run["results"]:
        assert named[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        assert result["partialFingerprints"]["taropyAudit/v1"]
        [location] = result["locations"]
        place = location["physicalLocation"]
        assert place["artifactLocation"] == {"uri": "src/main.tsx", "uriBaseId": "ROOT"}
        assert place["region"]["startLine"] >= 1
        assert place["region"]["startColumn"] >= 1
    assert run["originalUriBaseIds"]["ROOT"]["uri"].endswith("/")


def test_the_sarif_names_files_as_addresses(audited: Audited) -> None:
    made = json.loads(FORMATS["sarif"](audited("debugger", name="页 1.ts")))
    [uri] = {each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in made["runs"][0]["results"]}
    assert uri == "%E9%A1%B5%201.ts"


@pytest.mark.parametrize("form", [*FORMATS.values(), as_table])
def test_a_report_of_nothing_is_one_too(write: Write, form: Callable[[Report], str]) -> None:
    assert form(audit([write({"a.ts": ""})], workers=1)).strip()


def test_what_has_been_found_before_is_known_though_lines_move(audited: Audited, tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    file.write_text(baseline.written(audited("eval('1')\neval('1')")), "utf-8")
    same = baseline.without_known(audited("\n\n  eval('1')\n\neval('1')"), baseline.read(file))
    assert (same.findings, same.known) == ((), 2)
    more = baseline.without_known(audited("eval('1')\neval('1')\neval('1')\neval('2')"), baseline.read(file))
    assert [each.at.line for each in more.findings] == [4, 5]
    elsewhere = baseline.without_known(audited("eval('1')", name="other.tsx"), baseline.read(file))
    assert "other.tsx" in [each.path.name for each in elsewhere.findings]


NO_BASELINES = [
    "",
    "[]",
    "{}",
    '{"version": 1}',
    '{"version": 1, "findings": {"a": "b"}}',
    '{"version": 9, "findings": {}}',
]


@pytest.mark.parametrize("text", NO_BASELINES)
def test_a_file_that_is_no_baseline_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "baseline.json"
    file.write_text(text, "utf-8")
    with pytest.raises(baseline.BaselineError, match="baseline"):
        baseline.read(file)


def test_every_rule_is_named_once_and_says_something() -> None:
    assert all(rule.title and rule.name == name for name, rule in rules().items())
    assert all(rule.level in ("error", "warning", "note") for rule in rules().values())
