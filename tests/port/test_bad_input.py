"""Files that are no programs, or broken ones: each is told in a clear line, and the rest is done."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from auditing import Write, found, uses

from taropy.port import facts as facts_module
from taropy.port.audit import audit
from taropy.port.findings import Finding

LOGIN = "import Taro from '@tarojs/taro'\nTaro.login()\n"


def of_input(folder: Path) -> list[Finding]:
    return [each for each in audit([folder], workers=1).findings if each.section == "input"]


UNREAD = [
    ("huge", b"x = 1\n" * 400_000),
    ("minified", b"f(1);" * 1000),
    ("not-text", b"\x00\x01\x02 Taro.login()"),
    ("not-text", b"\xff\xff\xff"),
]


@pytest.mark.parametrize(("key", "content"), UNREAD)
def test_a_file_that_is_left_alone_is_told_and_the_others_are_read(write: Write, key: str, content: bytes) -> None:
    folder = write({"bad.js": content, "good.ts": LOGIN})
    [finding] = of_input(folder)
    assert (finding.rule, finding.subject) == (f"input/{key}", "bad.js")
    assert uses(audit([folder], workers=1)) == ["login call 2:1"]


def test_a_library_that_calls_itself_minified_is_left_alone(write: Write) -> None:
    assert [each.rule for each in of_input(write({"lib.min.js": "f(1)"}))] == ["input/minified"]


ENCODED = [
    (LOGIN.replace("Taro.login", "const 名 = 1; Taro.login").encode("gbk"), ["input/encoding"], "2:14"),
    (b"\xef\xbb\xbf" + LOGIN.encode(), [], "2:1"),
    (LOGIN.encode("utf-16"), ["input/encoding"], "2:1"),
    (b"\xff\xfe" + LOGIN.encode("utf-16-le"), ["input/encoding"], "2:1"),
    (b"\xfe\xff" + LOGIN.encode("utf-16-be"), ["input/encoding"], "2:1"),
    (LOGIN.replace("\n", "\r\n").encode(), [], "2:1"),
    (b"#!/usr/bin/env node\n" + LOGIN.encode(), [], "3:1"),
    (b"", [], None),
]


@pytest.mark.parametrize(("content", "rules", "place"), ENCODED)
def test_whatever_encoding_a_program_is_in(write: Write, content: bytes, rules: list[str], place: str | None) -> None:
    folder = write({"main.ts": content})
    assert uses(audit([folder], workers=1)) == ([f"login call {place}"] if place else [])
    assert [each.rule for each in of_input(folder)] == rules


BROKEN = [
    "Taro.login()\nconst = = 1\nTaro.scanCode()",
    "Taro.login()\nfunction f( {\nTaro.scanCode()",
    "Taro.login()\nconst a = <View>\nTaro.scanCode()",
]


@pytest.mark.parametrize("text", BROKEN)
def test_what_cannot_be_parsed_is_told_by_its_line(write: Write, text: str) -> None:
    folder = write({"main.tsx": f"import Taro from '@tarojs/taro'\n{text}"})
    assert "login call 2:1" in uses(audit([folder], workers=1))
    faults = [each for each in of_input(folder) if each.rule == "input/syntax"]
    assert faults
    assert all(fault.at.line >= 3 for fault in faults)


def test_a_file_in_another_language_is_told_in_a_few_lines(write: Write) -> None:
    folder = write({"main.ts": "def f(x):\n    return {x: 1 for x in y}\n" * 200})
    assert 1 <= len(of_input(folder)) <= 3


def test_casts_in_angle_brackets_are_understood(write: Write) -> None:
    folder = write({"main.ts": "import Taro from '@tarojs/taro'\n(<any>Taro).login()\nconst f = <T>(x: T) => x"})
    assert found(audit([folder], workers=1), "input") == []
    assert uses(audit([folder], workers=1)) == ["login call 2:7"]


def test_a_file_that_vanishes_while_the_folder_is_read_is_told(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write({"a.ts": LOGIN, "b.ts": LOGIN})
    read = facts_module.read

    def vanishing(path: Path) -> object:
        (folder / "b.ts").unlink(missing_ok=True)
        return read(path)

    monkeypatch.setattr(facts_module, "read", vanishing)
    report = audit([folder], workers=1)
    assert found(report, "input") == ["input/vanished b.ts 1"]
    assert uses(report) == ["login call 2:1"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_told(write: Write) -> None:
    folder = write({"a.ts": LOGIN})
    (folder / "a.ts").chmod(0)
    assert [each.rule for each in of_input(folder)] == ["input/unreadable"]


def test_links_are_followed_within_the_project_only(write: Write, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "secret.ts").write_text(LOGIN, "utf-8")
    folder = write({"a.ts": LOGIN})
    (folder / "out.ts").symlink_to(other / "secret.ts")
    (folder / "outside").symlink_to(other, target_is_directory=True)
    (folder / "in.ts").symlink_to(folder / "a.ts")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "gone.ts").symlink_to(folder / "nothing.ts")
    assert {each.subject: each.rule for each in of_input(folder)} == {
        "out.ts": "input/outside",
        "outside": "input/outside",
        "gone.ts": "input/vanished",
    }


def test_templates_of_vue_are_told_as_not_read(write: Write) -> None:
    folder = write({"a.vue": "<template />", "b.vue": "<template />", "c.ts": LOGIN})
    assert [(each.rule, each.subject) for each in of_input(folder)] == [("input/template", ".vue")] * 2


def test_deep_nesting_is_no_trouble(write: Write) -> None:
    deep = "f(\n" * 3000 + ")" * 3000
    chain = "a" + "\n.b()" * 3000
    folder = write({"main.ts": f"import Taro from '@tarojs/taro'\n{deep}\n{chain}\nTaro.login()"})
    assert uses(audit([folder], workers=1)) == ["login call 6004:1"]


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        audit([tmp_path / "nothing"], workers=1)


def test_a_folder_without_programs_has_nothing_to_tell(tmp_path: Path) -> None:
    report = audit([tmp_path], workers=1)
    assert (report.facts, report.findings) == ((), ())
