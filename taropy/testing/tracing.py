"""Traces of tests: `--taro-trace=retain-on-failure` writes what a test that failed has called on its phone.

For each such test there is a page, to be opened in a browser, and JSON beside it: see `taropy.trace`.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from ..trace.document import About
    from ..trace.recording import Recording

MODES = ("off", "on", "retain-on-failure")
FOLDER = "taro-traces"
#: The report's property that has the place of a test's trace, also in JUnit's XML.
PROPERTY = "taro_trace"
#: The one that says why there is none.
PROBLEM = "taro_trace_problem"
#: How long a file's name may be, in bytes, before its ending; file systems take 255.
LONGEST_NAME = 150

RECORDING: pytest.StashKey[Recording] = pytest.StashKey()
WRITTEN: pytest.StashKey[bool] = pytest.StashKey()


def add_options(parser: pytest.Parser) -> None:
    """The options, and the settings of the same meaning."""
    group = parser.getgroup("taropy")
    group.addoption(
        "--taro-trace", choices=MODES, help="write a trace of each test that uses the phone, or of those that fail"
    )
    group.addoption("--taro-trace-dir", metavar="DIR", help=f"where traces are written, {FOLDER} by default")
    parser.addini("taropy_trace", f"which tests traces are written of: {', '.join(MODES)}", default="off")
    parser.addini("taropy_trace_dir", "where traces are written, from the root of the tests", default=FOLDER)


def configure(config: pytest.Config) -> None:
    """Has traces made, if any are wanted."""
    mode = config.getoption("--taro-trace") or config.getini("taropy_trace")
    if mode not in MODES:
        raise pytest.UsageError(f"taropy_trace is one of {', '.join(MODES)}, not {mode!r}")
    if mode != "off":
        config.pluginmanager.register(Tracing(mode, _folder(config)), "taropy-traces")


def _folder(config: pytest.Config) -> Path:
    given = config.getoption("--taro-trace-dir")
    if given:
        return config.invocation_params.dir / str(given)
    return config.rootpath / str(config.getini("taropy_trace_dir"))


class Tracing:
    """Records each test's phone, and writes what is wanted of it."""

    def __init__(self, mode: str, folder: Path) -> None:
        self._mode = mode
        self._folder = folder
        self._written: list[str] = []
        self._problems: list[str] = []

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
    ) -> Generator[None, object, object]:
        """Begins with the test's phone, whoever's fixture makes it; one that keeps no log has no trace."""
        made = yield
        if fixturedef.argname == "phone" and isinstance(request.node, pytest.Item):
            from ..phone import Phone

            if isinstance(made, Phone) and made.logs:
                from ..trace.recording import Recording

                request.node.stash[RECORDING] = Recording(made)
        return made

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Writes the trace as soon as it is known that there is to be one; what was written before gives way to it."""
        report = yield
        recording = item.stash.get(RECORDING, None)
        if recording is None:
            return report
        if report.when == "call" or report.failed:
            recording.end()  # the phone is still there
        file = self._folder / f"{file_name(item.nodeid)}.html"
        if report.failed or (self._mode == "on" and report.when == "call"):
            self._write(recording, item, report, file)
        elif report.when == "teardown" and WRITTEN not in item.stash:
            with suppress(OSError):  # of a run in which it failed; mostly there is none
                file.unlink()
                file.with_suffix(".json").unlink()
        if report.when == "teardown":
            del item.stash[RECORDING]  # the test itself lives as long as the run
        return report

    def _write(self, recording: Recording, item: pytest.Item, report: pytest.TestReport, file: Path) -> None:
        from ..trace.document import write

        try:
            write(recording, _about(item.nodeid, report), file)
        except OSError as error:
            report.user_properties.append((PROBLEM, str(error)))  # a warning may be an error, which pytest ends with
            return
        item.stash[WRITTEN] = True
        report.user_properties.append((PROPERTY, str(file)))
        if report.failed:
            report.sections.append(("Taro trace", str(file)))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Hears of what was written, also by the workers of pytest-xdist."""
        self._written += [str(value) for name, value in report.user_properties if name == PROPERTY]
        self._problems += [str(value) for name, value in report.user_properties if name == PROBLEM]

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Says where the traces are."""
        count = len(set(self._written))
        if count:
            terminalreporter.write_line(f"taropy: {count} trace{'' if count == 1 else 's'} in {self._folder}")
        if self._problems:
            terminalreporter.write_line(
                f"taropy: {len(self._problems)} of the traces could not be written: {self._problems[-1]}", red=True
            )


def _about(name: str, report: pytest.TestReport) -> About:
    from ..trace.document import About

    output = [(title, text) for title, text in report.sections if title.startswith("Captured")]
    return About(name, report.outcome, _error(report), report.longreprtext if report.failed else "", output)


def _error(report: pytest.TestReport) -> str:
    """Where and how the test has failed, in a line: `tests/test_shop.py:12: AssertionError: …`."""
    crash = getattr(report.longrepr, "reprcrash", None)
    if crash is None:
        return report.longreprtext.strip().partition("\n")[0] if report.failed else ""
    path = Path(crash.path)
    shown = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    return f"{shown}:{crash.lineno}: {crash.message}"


def file_name(test: str) -> str:
    """A name for the file of a test's trace: readable, as short as file systems need it, and no other test's."""
    words = re.sub(r"[^\w.]+", "-", test).strip("-.").encode()[:LONGEST_NAME].decode(errors="ignore")
    return f"{words}-{sha256(test.encode('utf-8', 'backslashreplace')).hexdigest()[:8]}"
