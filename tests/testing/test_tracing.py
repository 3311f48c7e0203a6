"""`--taro-trace`: which tests leave a trace, where, and what it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

TESTS = """
import pytest
import taropy

def test_passes(Taro):
    Taro.setStorageSync("tea", "oolong")

@pytest.mark.platform("alipay", "weapp")
@pytest.mark.parametrize("tea", ["铁观音", "a/b\\\\c:*?<>|", "x" * 400])
def test_fails(Taro, tea):
    print("brewing", tea)
    Taro.showToast(title=tea)
    assert Taro.getStorageSync("tea") == tea

def test_without_a_phone():
    assert False
"""


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return pytester.runpytest_subprocess("-p", "no:xdist", *arguments)


def traces(folder: Path) -> list[dict[str, Any]]:
    """The traces in a folder, by their tests' names; each has its page."""
    found = [json.loads(file.read_text("utf-8")) for file in folder.glob("*.json")]
    assert {file.stem for file in folder.glob("*.json")} == {file.stem for file in folder.glob("*.html")}
    return sorted(found, key=lambda trace: trace["name"])


def test_nothing_is_written_unless_it_is_asked_for(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TESTS)
    run(pytester).assert_outcomes(passed=1, failed=7)
    assert not (pytester.path / "taro-traces").exists()


def test_tests_that_fail_leave_a_trace_whatever_they_are_called(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TESTS)
    result = run(pytester, "--taro-trace=retain-on-failure")
    result.assert_outcomes(passed=1, failed=7)
    found = traces(pytester.path / "taro-traces")
    assert len(found) == 6
    assert {trace["platforms"][0] for trace in found} == {"alipay", "weapp"}
    trace = next(trace for trace in found if trace["calls"][0]["options"]["title"] == "铁观音")
    assert trace["outcome"] == "failed"
    assert [call["api"] for call in trace["calls"]] == ["showToast", "getStorageSync"]
    assert trace["calls"][0]["place"].endswith(".py:11")
    assert "test_tests_that_fail" in trace["error"]
    assert ":12: AssertionError" in trace["error"]
    assert "assert Taro.getStorageSync" in trace["trace"]
    assert trace["output"] == {"Captured stdout call": "brewing 铁观音\n"}
    result.stdout.fnmatch_lines(["*Taro trace*", "*taro-traces*.html", "taropy: 6 traces in *taro-traces"])


def test_on_writes_those_that_pass_too_and_settings_do_as_options(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TESTS)
    pytester.makeini("[pytest]\ntaropy_trace = on\ntaropy_trace_dir = made/here\n")
    run(pytester).assert_outcomes(passed=1, failed=7)
    outcomes = [trace["outcome"] for trace in traces(pytester.path / "made/here")]
    assert sorted(outcomes) == ["failed"] * 6 + ["passed"]
    run(pytester, "--taro-trace=retain-on-failure", "--taro-trace-dir=else where", "-k", "passes or alipay")
    assert len(traces(pytester.path / "else where")) == 3


def test_a_test_that_passes_again_takes_its_trace_away(pytester: pytest.Pytester) -> None:
    test = "def test_tea(Taro):\n    Taro.login()\n    assert {}\n"
    pytester.makepyfile(test_one=test.format("False"), test_two=test.format("False"))
    run(pytester, "--taro-trace=retain-on-failure").assert_outcomes(failed=2)
    pytester.makepyfile(test_one=test.format("True # now"))
    run(pytester, "--taro-trace=retain-on-failure", "test_one.py").assert_outcomes(passed=1)
    assert [trace["name"] for trace in traces(pytester.path / "taro-traces")] == ["test_two.py::test_tea[weapp]"]


def test_what_fails_around_a_test_leaves_a_trace_and_what_is_expected_to_fail_leaves_none(
    pytester: pytest.Pytester,
) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.fixture
        def cart(Taro):
            Taro.setStorageSync("cart", [])
            yield
            raise RuntimeError("the shop is closed")

        @pytest.fixture
        def broken(Taro):
            Taro.getSystemInfoSync()
            raise RuntimeError("no tea")

        def test_teardown(Taro, cart):
            Taro.login()

        def test_setup(broken):
            pass

        @pytest.mark.xfail(strict=True)
        def test_expected(Taro):
            assert False
        """
    )
    run(pytester, "--taro-trace=retain-on-failure").assert_outcomes(passed=1, errors=2, xfailed=1)
    setup, teardown = traces(pytester.path / "taro-traces")
    assert "RuntimeError: no tea" in setup["error"]
    assert [call["api"] for call in setup["calls"]] == ["getSystemInfoSync"]
    assert "RuntimeError: the shop is closed" in teardown["error"]
    assert [call["api"] for call in teardown["calls"]] == ["setStorageSync", "login"]


def test_a_phone_of_ones_own_fixture_is_traced_and_one_without_a_log_is_not(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest
        import taropy

        @pytest.fixture
        def phone(request):
            with taropy.Phone(log="quiet" not in request.node.name, device="Pixel 8") as phone:
                yield phone

        def test_mine(Taro):
            Taro.login()
            assert False

        def test_quiet(Taro):
            Taro.login()
            assert False
        """
    )
    run(pytester, "--taro-trace=on").assert_outcomes(failed=2)
    (trace,) = traces(pytester.path / "taro-traces")
    assert (trace["phone"], [call["api"] for call in trace["calls"]]) == ("Pixel 8", ["login"])


def test_several_processes_write_their_traces_and_the_summary_counts_all(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TESTS)
    result = pytester.runpytest_subprocess("-n", "2", "--taro-trace=retain-on-failure")
    result.assert_outcomes(passed=1, failed=7)
    assert len(traces(pytester.path / "taro-traces")) == 6
    result.stdout.fnmatch_lines(["taropy: 6 traces in *taro-traces"])


def test_a_folder_that_cannot_be_written_is_told_and_harms_no_test(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TESTS)
    (pytester.path / "taro-traces").write_text("a file", "utf-8")
    result = run(pytester, "--taro-trace=on", "-W", "error")
    result.assert_outcomes(passed=1, failed=7)
    result.stdout.fnmatch_lines(["taropy: 7 of the traces could not be written: *taro-traces*"])


@pytest.mark.parametrize("wrong", ["always", "On"])
def test_another_word_is_refused(pytester: pytest.Pytester, wrong: str) -> None:
    pytester.makepyfile(TESTS)
    pytester.makeini(f"[pytest]\ntaropy_trace = {wrong}\n")
    result = run(pytester)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"*taropy_trace is one of off, on, retain-on-failure, not '{wrong}'"])
