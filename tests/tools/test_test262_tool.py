"""The command that plays test262 on ports of its tests, `python -m tools.test262`, and what is kept of it.

test262 itself is not here: `.ci/run` plays it where it can be fetched.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tools.programs import ProgramError, run
from tools.test262 import checkout as checkout_module
from tools.test262.__main__ import KEPT, main, outcomes_of
from tools.test262.cases import FOLDERS, Case, cases
from tools.test262.checkout import COMMIT, at_hand
from tools.test262.kept import document, idle_rules, read, share, sorted_out, table
from tools.test262.playing import PASSED, Outcome, play
from tools.test262.rules import RULES, rule_of

FOLDER = FOLDERS[0]


def case_of(code: str, metadata: str = "", helpers: str = "") -> Case:
    return Case(f"{FOLDER}/a.js", f"/*---\n{metadata}\n---*/\n{code}", frozenset(helpers.split()))


# --- what is kept ------------------------------------------------------------------------------------------------


def test_what_is_kept_is_whole() -> None:
    text = KEPT.read_text("utf-8")
    folders = read(text)
    assert [folder.name for folder in folders] == list(FOLDERS)
    assert document(folders) == text
    for folder in folders:
        named = [*folder.passes, *folder.fails, *(name for names in folder.excluded.values() for name in names)]
        assert len(named) == len(set(named)) == folder.asked + folder.left_out, folder.name
        assert {*folder.passes_though_excluded} <= {name for names in folder.excluded.values() for name in names}
    assert json.loads(text)["commit"] == COMMIT


def test_at_least_95_of_100_pass_of_those_that_are_asked() -> None:
    assert share(read(KEPT.read_text("utf-8"))) >= 0.95


def test_the_guide_has_the_figures() -> None:
    folders = read(KEPT.read_text("utf-8"))
    asked = sum(folder.asked for folder in folders)
    passing = sum(len(folder.passes) for folder in folders)
    left_out = sum(folder.left_out for folder in folders)
    guide = " ".join((Path(__file__).parents[2] / "docs" / "guides" / "javascript.md").read_text("utf-8").split())
    assert f"these {asked + left_out:,} tests, {asked:,} cover what taropy supports, and {passing:,} of those" in guide
    assert f"({share(folders):.1%}) pass" in guide
    table = guide.partition("| Excluded |")[2].partition("`tests/js/test262.json`")[0]
    assert sum(int(found.replace(",", "")) for found in re.findall(r"\| ([\d,]+) \|", table)) == left_out


def test_each_rule_has_a_reason_and_excludes_something() -> None:
    kept = json.loads(KEPT.read_text("utf-8"))
    assert kept["rules"] == {rule.name: rule.reason for rule in RULES}
    assert all(len(rule.reason) > 10 for rule in RULES)
    assert idle_rules(read(KEPT.read_text("utf-8"))) == []


def test_what_fails_has_a_reason() -> None:
    reasons = [reason for folder in read(KEPT.read_text("utf-8")) for reason in folder.fails.values()]
    assert all(reason.startswith(("fails: ", "refused: ", "hangs: ", "dies: ")) for reason in reasons)


# --- tests and rules ---------------------------------------------------------------------------------------------


def test_a_test_says_what_it_needs() -> None:
    case = case_of("a", "flags: [noStrict, async]\nfeatures:\n  - Symbol\n  - Map\nnegative:\n  phase: parse")
    assert (case.told("flags"), case.told("features"), case.told("includes")) == (
        ["noStrict", "async"],
        ["Symbol", "Map"],
        [],
    )
    assert case.is_rejected
    assert not case_of("a").is_rejected


@pytest.mark.parametrize(
    ("case", "rule"),
    [
        (case_of("x => 1", "features: [Symbol]"), "symbols"),
        (case_of("var Symbols = 1"), None),
        (case_of("f('Symbol') // Symbol\nfunction f() {}"), None),
        (case_of("let a; let a;", "negative:\n  phase: parse"), "early errors"),
        (case_of("1", "flags: [noStrict]"), "sloppy mode"),
        (case_of("1", "flags: [onlyStrict]"), None),
        (case_of("verifyProperty({})", "includes: [propertyHelper.js]"), "descriptors"),
        (case_of("[].map.call({})"), "prototypes"),
        (case_of("new String('a')"), "wrappers"),
        (case_of("new Object()"), None),
        (case_of("function F() {}\nnew F()"), "functions as classes"),
        (case_of("class F {}\nnew F()"), None),
        (case_of("Math.max = null"), "changed built-ins"),
        (case_of("Math.max == null"), None),
        (case_of("var x = 5n"), "whole numbers"),
        (case_of("for (;;) { break\nout }\nvar out"), None),
        (case_of("x"), "undeclared names"),
        (case_of("x = 1"), "undeclared names"),
        (case_of("[x] = [1]"), "undeclared names"),
        (case_of("{ let x } x"), "undeclared names"),
        (case_of("helper()", helpers="helper"), None),
        (case_of("assert(Math.max(1, undefined))"), None),
        (case_of("function f() {} f`a`"), "tagged templates"),
        (case_of("`${`a`}`"), None),
    ],
    ids=str,
)
def test_a_rule_excludes_by_what_a_test_says_and_by_its_code(case: Case, rule: str | None) -> None:
    found = rule_of(case)
    assert (found.name if found is not None else None) == rule


# --- playing -----------------------------------------------------------------------------------------------------

MADE = {
    "passes.js": "assert.sameValue([1, 2].map(x => x * 2).join(), '2,4')",
    "fails.js": "assert.sameValue([1].length, 2, 'its length')",
    "throws.js": "assert.throws(TypeError, () => { null.a })",
    "other.js": "assert.throws(RangeError, () => { null.a })",
    "quiet.js": "assert.throws(TypeError, () => {})",
    "included.js": "/*---\nincludes: [twice.js]\n---*/\nassert.compareArray([twice(1), NaN], [2, NaN])",
    "waits.js": "/*---\nflags: [async]\n---*/\nPromise.resolve(1).then(x => assert.sameValue(x, 1)).then($DONE, $DONE)",
    "late.js": "/*---\nflags: [async]\n---*/\nasyncTest(async function () { await 1; assert(false, 'too late') })",
    "refused.js": "assert(!(() => new.target)())",
    "symbol.js": "Symbol.iterator",
    "wide.js": "var unused = () => Symbol\nassert(true)",
    "broken.js": "/*---\nnegative:\n  phase: parse\n---*/\nvar = 1",
    "early.js": "/*---\nnegative:\n  phase: parse\n---*/\nlet a; let a",
    "none_FIXTURE.js": "assert(false)",
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with a few tests of our own."""
    harness = tmp_path / "harness"
    harness.mkdir()
    (harness / "twice.js").write_text("/*---\ndefines: [twice]\n---*/\nfunction twice(n) { return n * 2 }\n")
    tests = tmp_path / "test" / FOLDER
    tests.mkdir(parents=True)
    for name, code in MADE.items():
        (tests / name).write_text(code)
    return tmp_path


def test_each_test_has_its_outcome(checkout: Path) -> None:
    tests = cases(checkout)
    outcomes = outcomes_of(tests, checkout)
    assert {case.name.rpartition("/")[2]: outcomes[case.name] for case in tests} == {
        "passes.js": PASSED,
        "fails.js": Outcome("fails", "Test262Error: its length: expected 2, got 1"),
        "throws.js": PASSED,
        "other.js": Outcome(
            "fails",
            "Test262Error: expected RangeError, got "
            """TypeError("Cannot read properties of undefined (reading 'a')")""",
        ),
        "quiet.js": Outcome("fails", "Test262Error: expected TypeError, and nothing was thrown"),
        "included.js": PASSED,
        "waits.js": PASSED,
        "late.js": Outcome("fails", "Test262Error: too late: expected true, got False"),
        "refused.js": Outcome("refused", "`new.target` and `import.meta` are not ported"),
        "symbol.js": Outcome("refused", "`Symbol.iterator` is not in taropy.js"),
        "wide.js": PASSED,
        "broken.js": PASSED,
        "early.js": Outcome("fails", "is no JavaScript, and is ported"),
    }


def test_the_command_keeps_what_has_come_of_them_and_finds_what_is_stale(
    checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.json"
    options = ["--source", str(checkout), "--kept", str(kept)]
    assert main(options) == 1  # since most rules exclude none of so few tests
    shown = capsys.readouterr().out
    assert "the rule `wrappers` excludes nothing" in shown
    assert "the rule `early errors` excludes nothing" not in shown
    folder = read(kept.read_text("utf-8"))[0]
    assert folder.passes == ["included", "passes", "throws", "waits"]
    assert sorted(folder.fails) == ["fails", "late", "other", "quiet", "refused"]
    assert folder.excluded == {"early errors": ["broken", "early"], "symbols": ["symbol", "wide"]}
    assert folder.passes_though_excluded == ["broken", "wide"]
    assert "44.4%" in table([folder])
    main([*options, "--check"])
    assert "1 file is up to date" in capsys.readouterr().out
    kept.write_text(kept.read_text("utf-8").replace('"waits"', '"gone"'), "utf-8")
    assert main([*options, "--check"]) == 1
    assert "stale: kept.json" in capsys.readouterr().out


def test_a_test_that_hangs_or_ends_its_process_is_one_outcome() -> None:
    outcomes = play(
        {
            "hangs": "while True:\n    pass",
            "dies": "import os\nos._exit(1)",
            "grows": "xs = [0] * 2**40",
            "passes": "from .harness import assert_\nassert_(True)",
        },
        workers=1,
        seconds=2,
    )
    assert {name: outcome.kind for name, outcome in outcomes.items()} == {
        "hangs": "hangs",
        "dies": "dies",
        "grows": "fails",
        "passes": "passes",
    }


def test_what_is_no_checkout_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--source", str(tmp_path)]) == 1
    assert "is no checkout of test262" in capsys.readouterr().err
    with pytest.raises(ProgramError), at_hand(tmp_path):
        pass


def test_all_tests_of_a_folder_are_sorted_out(checkout: Path) -> None:
    tests = cases(checkout)
    [folder, *others] = sorted_out(tests, dict.fromkeys((case.name for case in tests), PASSED))
    assert folder.asked + folder.left_out == len(MADE) - 1
    assert not any(other.asked for other in others)


# --- fetching ----------------------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of our own in test262's place."""
    folder = tmp_path / "home"
    (folder / "test").mkdir(parents=True)
    (folder / "harness").mkdir()
    (folder / "test" / "a.js").write_text("assert(true)")
    (folder / "harness" / "assert.js").write_text("function assert() {}")
    git = ("git", "-C", str(folder), "-c", "user.name=A", "-c", "user.email=a@shop.example")
    run("git", "init", "--quiet", str(folder))
    run(*git, "add", ".")
    run(*git, "commit", "--quiet", "--message", "All tests")
    monkeypatch.setattr(checkout_module, "HOME", str(folder))
    monkeypatch.setattr(checkout_module, "COMMIT", run(*git, "rev-parse", "HEAD").strip())
    return folder


@pytest.mark.usefixtures("home")
def test_the_commit_is_fetched_and_is_gone_afterwards(tmp_path: Path) -> None:
    with at_hand(None) as fetched:
        assert (fetched / "test" / "a.js").read_text() == "assert(true)"
    assert not fetched.exists()
    assert checkout_module.main([str(tmp_path / "kept")]) == 0
    assert (tmp_path / "kept" / "harness" / "assert.js").exists()


@pytest.mark.usefixtures("home")
def test_a_commit_that_cannot_be_had_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checkout_module, "COMMIT", "0" * 40)
    assert checkout_module.main([str(tmp_path / "kept")]) == 1
    assert "fetch" in capsys.readouterr().err


def test_without_git_it_says_what_it_needs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert main([]) == 1
    assert "git is needed" in capsys.readouterr().err
