"""What nothing in a program has handled, as those who test the program hear of it: under the test, with the line."""

from __future__ import annotations

import pytest

PROGRAM = """
import taropy
from taropy import Taro

app = taropy.App(pages=["pages/a/a"])

@app.page("pages/a/a")
class Page:
    def onLoad(self, query):
        raise KeyError("boom")  # the handler's line

    async def onReady(self):
        raise KeyError("later")  # the async handler's line
"""

TESTS = """
import taropy
from taropy import Promise, Taro as taro
from program import app

def test_a_handler(Taro):
    async def main():
        await app.launch()
        await taropy.settled()
    taropy.run(main)

def test_a_script(Taro):
    Taro.request(url="nope")  # the call's line

def test_without_an_await(Taro):
    async def main():
        Taro.request(url="nope")  # the call's line
    taropy.run(main)

def test_a_callback(Taro):
    Taro.login(success=lambda res: res.nothing)  # the callback's line

def test_then(Taro):
    Taro.login().then(lambda res: 1 / 0)  # the callback's line

def test_one_that_is_held(Taro):
    global still_here
    still_here = Taro.request(url="nope")  # the call's line

def test_a_circle(Taro):
    promise = Taro.request(url="nope")  # the call's line
    promise.itself = promise

def test_without_the_fixture():
    Promise.reject(ValueError("no"))  # the call's line

def test_all_is_well(Taro):
    assert Taro.login().result().code
"""

#: Where each test has errors: what is told, and what stands in the line.
TOLD = {
    "test_a_handler": [("KeyError: 'boom'", "the handler's line"), ("KeyError: 'later'", "the async handler's line")],
    "test_a_script": [("TaroError: request:fail", "the call's line")],
    "test_without_an_await": [("TaroError: request:fail", "the call's line")],
    "test_a_callback": [("AttributeError", "the callback's line")],
    "test_then": [("ZeroDivisionError", "the callback's line")],
    "test_one_that_is_held": [("TaroError: request:fail", "the call's line")],
    "test_a_circle": [("TaroError: request:fail", "the call's line")],
    "test_without_the_fixture": [("ValueError: no", "the call's line")],
}


@pytest.fixture(autouse=True)
def program(pytester: pytest.Pytester) -> None:
    """The app that the tests are about."""
    pytester.makepyfile(program=PROGRAM)
    pytester.syspathinsert()


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """Runs the tests in a process of its own, as `Taro` is the process's."""
    return pytester.runpytest_subprocess("-p", "no:xdist", "-v", *arguments)


def warned(result: pytest.RunResult) -> dict[str, list[str]]:
    """What the summary of warnings has below each test."""
    lines = result.stdout.lines
    below: dict[str, list[str]] = {}
    tests: list[str] = []
    for line in lines[next(at for at, line in enumerate(lines) if "warnings summary" in line) + 1 :]:
        if line.startswith("test_"):
            tests = [line.partition("::")[2].partition("[")[0]]
            below.setdefault(tests[0], [])
        elif line.startswith("  "):
            for test in tests:
                below[test].append(line.strip())
    return below


def test_it_is_a_warning_below_its_own_test_at_its_line(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TESTS)
    result = run(pytester)
    result.assert_outcomes(passed=9, warnings=9)
    below = warned(result)
    assert set(below) == set(TOLD)
    for test, told in TOLD.items():
        assert len(below[test]) == 2 * len(told), below
        for (error, line), warning, source in zip(told, below[test][::2], below[test][1::2], strict=True):
            assert error in warning
            assert source.endswith(f"# {line}")
    assert "Warning" not in "".join(result.errlines)
    assert result.stdout.lines[-1].startswith("==")


@pytest.mark.parametrize("how", ["-Werror::taropy.UnhandledErrorWarning", "--taro-strict", "ini"])
def test_it_fails_the_test_where_that_is_wanted(pytester: pytest.Pytester, how: str) -> None:
    pytester.makepyfile(TESTS)
    if how == "ini":
        pytester.makeini("[pytest]\ntaropy_strict = true\n")
    result = run(pytester, *([] if how == "ini" else [how]))
    errors = {"test_one_that_is_held": "ERROR"}
    for test in TOLD:
        result.stdout.fnmatch_lines([f"{errors.get(test, 'FAILED')} *::{test}*"])
    result.assert_outcomes(passed=2, failed=7, errors=1)  # what is held may be handled up to the end of all fixtures
    result.stdout.fnmatch_lines([
        "the program has 2 errors that nothing has handled:",
        "program.py:9: onLoad of pages/a/a threw: KeyError: 'boom'",
        "program.py:12: unhandled rejection: KeyError: 'later'",
        "the program has an error that nothing has handled:",
        "test_it_fails_the_test_where_that_is_wanted.py:12: unhandled rejection: TaroError: request:fail *",
    ])  # fmt: skip


MARKED = """
import pytest
from taropy import Taro, UnhandledRejectionWarning

pytestmark = pytest.mark.taro_strict

def test_strict():
    Taro.request(url="nope")

@pytest.mark.taro_strict(False)
def test_not_strict():
    Taro.request(url="nope")

def test_that_looks_at_the_warning():
    with pytest.warns(UnhandledRejectionWarning):
        Taro.checkSession()

def test_that_fails_by_itself():
    Taro.request(url="nope")
    assert 1 == 2

def test_that_is_skipped():
    Taro.request(url="nope")
    pytest.skip("not today")

@pytest.mark.xfail(strict=True)
def test_that_is_to_fail():
    Taro.request(url="nope")

@pytest.fixture
def failing():
    Taro.request(url="nope")

def test_with_a_fixture_that_has_one(failing):
    pass

@pytest.fixture
def failing_at_its_end():
    yield
    Taro.request(url="nope")

def test_with_a_fixture_that_ends_with_one(failing_at_its_end):
    pass

@pytest.fixture
def looked_at():
    promise = Taro.request(url="nope")
    yield
    promise.catch(lambda error: None)

def test_with_a_fixture_that_looks_at_it_later(looked_at):
    pass
"""


def test_a_mark_says_so_for_a_test_or_a_module(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(MARKED)
    result = run(pytester, "-rA")
    for outcome, test in [
        ("FAILED", "strict"),
        ("PASSED", "not_strict"),
        ("PASSED", "that_looks_at_the_warning"),
        ("FAILED", "that_fails_by_itself"),
        ("XFAIL", "that_is_to_fail"),
        ("ERROR", "with_a_fixture_that_has_one"),
        ("ERROR", "with_a_fixture_that_ends_with_one"),
        ("PASSED", "with_a_fixture_that_looks_at_it_later"),
    ]:
        result.stdout.fnmatch_lines([f"{outcome} *::test_{test}*"])
    result.assert_outcomes(passed=4, failed=2, skipped=1, xfailed=1, errors=2, warnings=1)
    result.stdout.fnmatch_lines(["*assert 1 == 2*", "*- errors that nothing has handled -*", "*.py:18: unhandled *"])


def test_a_mark_that_is_wrong_is_told(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.taro_strict("no")
        def test_it():
            pass
        """
    )
    result = run(pytester)
    result.assert_outcomes(errors=1)
    strict = "the mark is @pytest.mark.taro_strict or @pytest.mark.taro_strict(False)"
    result.stdout.fnmatch_lines([f"*::test_it (line 3): {strict}"])


ASYNC = """
import pytest
import taropy
from taropy import Taro
from taropy.testing import expect_unhandled
from program import app

pytestmark = [pytest.mark.anyio, pytest.mark.taro_strict]

@pytest.fixture
def anyio_backend():
    return "asyncio"

async def test_a_handler():
    await app.launch()
    await taropy.settled()

async def test_the_last_call():
    Taro.request(url="nope")

async def test_what_is_expected():
    async with expect_unhandled(KeyError) as caught:
        await app.launch()
    assert [str(error) for error in caught.errors] == ["'boom'", "'later'"]

async def test_all_is_well():
    await Taro.login()
"""


def test_async_tests_fail_by_it_too(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(ASYNC)
    result = run(pytester)
    result.assert_outcomes(passed=2, failed=2)
    result.stdout.fnmatch_lines(["program.py:9: onLoad*", "program.py:12: unhandled*", "*.py:18: unhandled*"])


UNITTEST = """
import unittest

from taropy import Taro
from program import app

class TestProgram(unittest.TestCase):
    def test_a_handler(self):
        app.launch()

    def test_that_fails_by_itself(self):
        Taro.request(url="nope")
        self.assertEqual(1, 2)

    def test_all_is_well(self):
        self.assertTrue(Taro.login().result().code)
"""


def test_test_cases_of_unittests_fail_by_it_too(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(UNITTEST)
    result = run(pytester, "--taro-strict")
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(["program.py:9: onLoad*", "*AssertionError: 1 != 2", "*- errors that nothing *"])


def test_other_processes_tell_of_it_as_well(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TESTS)
    result = pytester.runpytest_subprocess("-n", "1")
    result.assert_outcomes(passed=9, warnings=9)
    result.stdout.fnmatch_lines(
        ["*onLoad of pages/a/a threw: KeyError: 'boom'", "*unhandled rejection: TaroError: req*"]
    )


def test_what_modules_leave_when_they_are_imported_is_told_before_any_test(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        from taropy import Taro

        Taro.request(url="nope")

        def test_it():
            pass
        """
    )
    result = run(pytester)
    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines(["*:3: UnhandledRejectionWarning: unhandled rejection: TaroError: request:fail *"])
    result = run(pytester, "-Werror::taropy.UnhandledErrorWarning")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: unhandled rejection: TaroError: request:fail *"])
