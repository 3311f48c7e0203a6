"""For tests of programs: pytest finds this plugin by itself, wherever taropy is installed.

- The fixture `phone`: a new phone for each test, which keeps a log.
- The fixture `Taro`: the process's `Taro` over that phone, so that modules which say `from taropy import Taro` meet it.
- `@pytest.mark.platform("alipay", "weapp")`: the test runs once per platform. Without the mark, on those that
  `--taro-platform` names, else on those of the setting `taropy_platforms`, else on weapp.

A test that fails shows what was called on its phone, and a trace without what lies between the test and the program.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from ..phone import Phone
    from ..runtime.taro import Taro as TaroObject

PHONE = pytest.StashKey["Phone"]()
DEFAULT = ["weapp"]
# What runs a program that a test has run.
MACHINERY = ("taropy", "asyncio")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The choice of platforms."""
    group = parser.getgroup("taropy")
    group.addoption(
        "--taro-platform",
        action="append",
        metavar="NAME",
        help="run tests that use Taro on this platform; may be repeated",
    )
    parser.addini("taropy_platforms", "the platforms that tests which use Taro run on", type="args", default=DEFAULT)


def pytest_configure(config: pytest.Config) -> None:
    """The mark."""
    config.addinivalue_line("markers", "platform(*names): the platforms that a test which uses Taro runs on")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that uses `Taro` runs once per platform."""
    if "taro_platform" not in metafunc.fixturenames:
        return
    mark = metafunc.definition.get_closest_marker("platform")
    names = _names(metafunc.config) if mark is None else list(mark.args)
    _check(names)
    metafunc.parametrize("taro_platform", names, indirect=True)


def _names(config: pytest.Config) -> list[str]:
    names: list[str] = config.getoption("--taro-platform") or config.getini("taropy_platforms")
    return names


def _check(names: list[str]) -> None:
    """Refuses what is no platform while tests are collected, which tells it in a line."""
    from ..runtime.platforms import PlatformError
    from ..runtime.plugins import registry

    try:
        for name in names:
            registry().platform(str(name))
    except PlatformError as error:
        raise pytest.Collector.CollectError(str(error)) from None


@pytest.fixture
def taro_platform(request: pytest.FixtureRequest) -> str:
    """The platform of this run."""
    name: str = request.param
    return name


@pytest.fixture
def phone_options() -> Mapping[str, Any]:
    """What the test's phone is made with, as `taropy.Phone` takes it; a conftest may have a fixture of its own."""
    return {}


@pytest.fixture
def phone(request: pytest.FixtureRequest, phone_options: Mapping[str, Any]) -> Iterator[Phone]:
    """A new phone, which keeps a log of the calls; it is closed after the test."""
    from ..phone import Phone

    with Phone(**{"log": True, **phone_options}) as phone:
        request.node.stash[PHONE] = phone
        yield phone


@pytest.fixture
def Taro(phone: Phone, taro_platform: str) -> Iterator[TaroObject]:
    """The process's `Taro`, on the platform of this run and over the test's phone."""
    from ..runtime.taro import process_taro, use

    yield use(taro_platform, phone=phone)
    process_taro._leave()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Shows the calls of a test that has failed, and of its trace the user's part."""
    phone = item.stash.get(PHONE, None)
    if phone is not None and call.excinfo is not None and not item.config.option.fulltrace:
        call.excinfo = pytest.ExceptionInfo.from_exception(_shortened(call.excinfo.value))
    report = yield
    if report.when == "call" and report.failed and phone is not None and phone.logs and len(phone.log):
        report.sections.append(("Taro calls", str(phone.log)))
    return report


def _shortened(error: BaseException) -> BaseException:
    """The error without the steps of taropy and asyncio in its trace, unless the fault may be theirs: it ends in one.

    A `TaroError` is raised there too, and is about the program's call.
    """
    from ..runtime.errors import TaroError

    whole = list(_steps(error.__traceback__))
    users = [step for step in whole if not _is_machinery(step)]
    if not isinstance(error, TaroError) and users[-1:] != whole[-1:]:
        return error
    trace = None
    for step in reversed(users):
        trace = TracebackType(trace, step.tb_frame, step.tb_lasti, step.tb_lineno)
    return error.with_traceback(trace)


def _steps(trace: TracebackType | None) -> Iterator[TracebackType]:
    while trace is not None:
        yield trace
        trace = trace.tb_next


def _is_machinery(step: TracebackType) -> bool:
    module: str = step.tb_frame.f_globals.get("__name__", "")
    return module.partition(".")[0] in MACHINERY
