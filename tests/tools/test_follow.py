"""Following upstream: what differs between two versions' declarations comes out in the report, by name."""

from __future__ import annotations

import copy
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from taropy import spec
from tools.follow import sources
from tools.follow.__main__ import main
from tools.follow.items import Declarations
from tools.follow.report import report
from tools.spec import overrides, upstream

PIN = sources.read(sources.PIN)
WITHOUT = shutil.which("node") is None or bool(upstream.problems(upstream.default_folder()))
needs_upstream = pytest.mark.skipif(
    WITHOUT, reason="needs Node.js, and upstream's packages (python -m tools.spec gets them)"
)


@pytest.fixture
def next_version() -> Declarations:
    """A copy of the committed declarations, for upstream to change."""
    return Declarations("9.9.9", copy.deepcopy(PIN.members), copy.deepcopy(PIN.types))


def section(page: str, heading: str) -> str:
    """What stands below a heading, up to the next one of its level; empty without the heading."""
    found = re.search(rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def field(declarations: Declarations, type_name: str, name: str) -> dict[str, Any]:
    return next(field for field in declarations.types[type_name]["fields"] if field["name"] == name)


def test_the_same_declarations_differ_in_nothing(next_version: Declarations) -> None:
    page = report(PIN, next_version)
    assert "The two declare the same." in page
    assert "\n- " not in page


def test_the_first_line_is_the_command_that_makes_the_page(next_version: Declarations) -> None:
    assert report(PIN, next_version).startswith("<!-- made by `python -m tools.follow pin 9.9.9` -->\n")


def test_a_new_function_is_named_with_its_signature_its_group_and_its_platforms(next_version: Declarations) -> None:
    next_version.members["teleport"] = {
        "group": "location",
        "kind": "function",
        "signatures": [{"params": [{"name": "where", "type": "string"}], "returns": {"ref": "Promise"}}],
        "supported": ["h5", "weapp"],
    }
    page = report(PIN, next_version)
    line = "- function `teleport` (h5, weapp): `(where: string) => Promise`"
    assert f"### location\n\n{line}\n" in section(page, "Added")
    assert "### h5\n\n- New: `teleport`" in section(page, "By platform")
    assert "teleport(where)" not in page, "a new function's parameters are part of its signature"


def test_a_function_that_is_gone_comes_first(next_version: Declarations) -> None:
    del next_version.members["login"]
    next_version.members["signIn"] = PIN.members["login"]
    page = report(PIN, next_version)
    assert "function `login`" in section(page, "Removed")
    assert page.index("## Removed") < page.index("## Added")


def test_a_new_overload_is_named_and_the_overloads_of_a_new_function_are_not(next_version: Declarations) -> None:
    overload = {"params": [{"name": "code", "type": "string"}], "returns": "void"}
    next_version.members["checkSession"]["signatures"].append(overload)
    next_version.members["teleport"] = {"group": "location", "kind": "function", "signatures": [overload, overload]}
    added = section(report(PIN, next_version), "Added")
    assert "- function `checkSession#2`: `(code: string) => void`" in added
    assert "- function `teleport`: `(code: string) => void`" in added
    assert "teleport#2" not in added


def test_a_field_that_is_required_by_now(next_version: Declarations) -> None:
    del field(next_version, "login.Option", "timeout")["optional"]
    below = section(report(PIN, next_version), "Required of the caller by now")
    assert "### open-api/login\n\n- field `login.Option.timeout`: no longer optional" in below


def test_a_new_option_that_is_required_is_no_mere_addition(next_version: Declarations) -> None:
    next_version.types["login.Option"]["fields"].append({"name": "nonce", "type": "string"})
    page = report(PIN, next_version)
    assert "- field `login.Option.nonce`: `string`" in section(page, "Required of the caller by now")
    assert not section(page, "Added")


def test_a_new_field_of_a_result_asks_nothing_of_the_caller(next_version: Declarations) -> None:
    next_version.types["login.SuccessCallbackResult"]["fields"].append({"name": "nonce", "type": "string"})
    page = report(PIN, next_version)
    assert "- field `login.SuccessCallbackResult.nonce`: `string`" in section(page, "Added")
    assert not section(page, "Required of the caller by now")


def test_a_result_that_may_be_missing_by_now(next_version: Declarations) -> None:
    field(next_version, "login.SuccessCallbackResult", "code")["optional"] = True
    below = section(report(PIN, next_version), "Optional or always there by now, or no longer")
    assert "`login.SuccessCallbackResult.code`: optional by now" in below


def test_a_support_tag_that_is_dropped(next_version: Declarations) -> None:
    next_version.members["checkSession"]["supported"].remove("swan")
    page = report(PIN, next_version)
    assert "- function `checkSession`: no longer swan" in section(page, "Tagged for other platforms")
    assert "### swan\n\n- Gone: `checkSession`" in section(page, "By platform")


def test_the_first_tags_of_a_function_count_as_gained(next_version: Declarations) -> None:
    untagged = next(name for name, entry in PIN.members.items() if "supported" not in entry)
    next_version.members[untagged]["supported"] = ["jd"]
    assert f"`{untagged}`: also jd" in section(report(PIN, next_version), "Tagged for other platforms")


def test_a_function_that_gives_a_promise_no_longer(next_version: Declarations) -> None:
    next_version.members["checkSession"]["signatures"][0]["returns"] = "void"
    below = section(report(PIN, next_version), "A promise by now, or no longer")
    assert "- function `checkSession` (qq, swan, tt, weapp): `Promise<TaroGeneral.CallbackResult>` → `void`" in below


def test_another_type(next_version: Declarations) -> None:
    field(next_version, "login.Option", "timeout")["type"] = {"union": ["number", "string"]}
    field(next_version, "login.SuccessCallbackResult", "code")["type"] = {"array": "number"}
    below = section(report(PIN, next_version), "Of another type")
    assert "`login.Option.timeout`: also `string`" in below
    assert "`login.SuccessCallbackResult.code`: `string` → `number[]`" in below


def test_literal_values_that_come_and_go(next_version: Declarations) -> None:
    values = next_version.types["request.Method"]["values"]
    values[values.index("TRACE")] = "QUERY"
    page = report(PIN, next_version)
    assert '- value `request.Method "TRACE"`' in section(page, "Removed")
    assert '- value `request.Method "QUERY"`' in section(page, "Added")


def test_an_alternative_of_a_union_that_is_gone(next_version: Declarations) -> None:
    field(next_version, "showToast.Option", "icon")["type"]["union"].remove({"literal": "loading"})
    assert '`showToast.Option.icon`: no longer `"loading"`' in section(report(PIN, next_version), "Of another type")


def test_another_default_and_one_that_is_new(next_version: Declarations) -> None:
    field(next_version, "login.Option", "force")["default"] = False
    field(next_version, "login.Option", "timeout")["default"] = 60000
    below = section(report(PIN, next_version), "With another default")
    assert "`login.Option.force` (tt): `true` → `false`" in below
    assert "`login.Option.timeout`: `none` → `60000`" in below


def test_a_method_of_a_manager(next_version: Declarations) -> None:
    methods = next_version.types["RequestTask"]["methods"]
    methods["pause"] = {"kind": "function", "signatures": [{"params": [], "returns": "void"}]}
    methods["abort"]["deprecated"] = True
    page = report(PIN, next_version)
    assert "- method `RequestTask.pause`: `() => void`" in section(page, "Added")
    below = section(page, "Deprecated by now, or no longer")
    assert "- method `RequestTask.abort` (harmony-hybrid, tt, weapp): deprecated by now" in below


def test_a_field_inside_an_object_has_its_own_line(next_version: Declarations) -> None:
    type_, outer, inner = next(
        (name, outer["name"], outer["type"]["object"])
        for name, entry in next_version.types.items()
        for outer in entry.get("fields", [])
        if isinstance(outer["type"], dict) and outer["type"].get("object")
    )
    inner.append({"name": "extra", "type": "string", "optional": True})
    assert f"- field `{type_}.{outer}.extra`: `string`" in section(report(PIN, next_version), "Added")


def test_what_moves_to_another_group(next_version: Declarations) -> None:
    next_version.members["login"]["group"] = "account"
    below = section(report(PIN, next_version), "In another group")
    assert "### account\n\n- function `login`" in below
    assert "`open-api/login` → `account`" in below


def test_the_counts_stand_on_top(next_version: Declarations) -> None:
    del next_version.members["login"], next_version.types["login.Option"]
    page = report(PIN, next_version)
    assert "| [Removed](#removed) | 2 | 1 function, 1 type |" in page
    assert "| functions | 480 | 479 |" in page


def test_corrections_of_ours_are_taken_back_before_the_pin_is_compared() -> None:
    corrected = [name for name in spec.type_names() if name not in PIN.types]
    added = [
        entry["type"] for entry in overrides.read(Path(spec.__file__).parent / "overrides", "types") if "add" in entry
    ]
    assert corrected == sorted(added)
    assert not [name for name, entry in (*PIN.members.items(), *PIN.types.items()) if "was" in entry]


def test_taking_back_undoes_what_was_set_and_added() -> None:
    facts: dict[str, Any] = {"send.Option": {"kind": "interface", "fields": [{"name": "text", "type": "string"}]}}
    before = copy.deepcopy(facts)
    changes = {
        "fields/text/type": "number",
        "fields/text/optional": True,
        "fields/size": {"name": "size", "type": "any"},
    }
    overrides.correct(facts, [{"type": "send.Option", "set": changes}], "type")
    overrides.correct(facts, [{"type": "send.Result", "add": {"kind": "interface"}}], "type")
    assert facts.keys() == {"send.Option", "send.Result"}
    assert facts["send.Option"]["fields"] != before["send.Option"]["fields"]
    assert overrides.take_back(facts) == before


def test_a_folder_with_another_version_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = tmp_path / "node_modules" / "@tarojs" / "taro"
    package.mkdir(parents=True)
    (package / "package.json").write_text('{"version": "3.0.0"}')
    assert main(["pin", "4.2.1", "--upstream-to", str(tmp_path)]) == 1
    assert f"@tarojs/taro is 3.0.0 in {tmp_path}, and 4.2.1 was asked for" in capsys.readouterr().err


def test_a_folder_without_taro_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pin", "4.2.1", "--upstream-to", str(tmp_path)]) == 1
    assert f"@tarojs/taro is not installed in {tmp_path}" in capsys.readouterr().err


def test_a_version_that_cannot_be_fetched_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", "")
    assert main(["pin", "4.2.1"]) == 1
    assert "npm is needed and is not on the PATH" in capsys.readouterr().err


@pytest.mark.node
@needs_upstream
def test_the_pin_says_what_its_version_declares(capsys: pytest.CaptureFixture[str]) -> None:
    version = upstream.pinned()["@tarojs/taro"]
    assert main(["pin", version, "--upstream-to", str(upstream.default_folder())]) == 0
    assert "The two declare the same." in capsys.readouterr().out
