"""For tests of programs: pytest finds this plugin by itself, wherever taropy is installed.

- The fixture `phone`: a new phone for each test, which keeps a log.
- The fixture `Taro`: the process's `Taro` over that phone, so that modules which say `from taropy import Taro` meet it.
  A test that uses these without the fixture has a `Taro` and a phone for itself as well.
- `@pytest.mark.platform("alipay", "weapp")`: the test runs once per platform. Without the mark, on those that
  `--taro-platform` names, else on those of the setting `taropy_platforms`, else on weapp.

A test that fails shows what was called on its phone, and a trace without what lies between the test and the program;
below lines that `taropy port` has written, those that they were ported from.
With `--taro-trace=retain-on-failure` it is written to a file, too: see `tracing`.
One that passes without having used all that it scripted is told so by an `UnusedScriptWarning`, and what nothing in
its program has handled, by an `UnhandledErrorWarning`: with `--taro-strict`, the setting `taropy_strict`, or the mark
`taro_strict`, it fails by that.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from ..hints import tell_misread
from ..unheard import Collector, held, tell_held, tell_lost
from . import tracing
from .isolation import Isolation
from .marking import WrongMark, platforms_of, wrong_mark
from .unhandled import TestErrors, errors_of

if TYPE_CHECKING:
    from ..phone import Phone
    from ..runtime.taro import Taro as TaroObject

PHONE = pytest.StashKey["Phone"]()
FAILED = pytest.StashKey[bool]()
ERRORS = pytest.StashKey[TestErrors]()
ISOLATION = pytest.StashKey[Isolation]()
#: The test that runs, last. A fixture that asks pytest for it, by `request`, costs as much as one more fixture.
RUNNING: list[pytest.Item] = []
DEFAULT = ["weapp"]
# How many calls of a failed test are shown: the last.
SHOWN = 100
# What runs a program that a test has run.
MACHINERY = ("taropy", "asyncio")


class UnusedScriptWarning(UserWarning):
    """A test has passed, and its phone has answers or faults that nothing has asked for or met."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The choice of platforms."""
    group = parser.getgroup("taropy")
    group.addoption(
        "--taro-platform",
        action="append",
        metavar="NAME",
        help="run tests that use Taro on this platform; may be repeated",
    )
    group.addoption(
        "--taro-strict",
        action="store_true",
        help="fail tests of programs in which a handler or callback raises, or a rejection is not handled",
    )
    parser.addini("taropy_strict", "whether to do as --taro-strict says", type="bool", default=False)
    parser.addini("taropy_platforms", "the platforms that tests which use Taro run on", type="args", default=DEFAULT)
    tracing.add_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    """The marks."""
    config.stash[ISOLATION] = Isolation()
    config.addinivalue_line("markers", "platform(*names): the platforms that a test which uses Taro runs on")
    config.addinivalue_line("markers", "taro_strict(on=True): whether errors that nothing has handled fail the test")
    tracing.configure(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The process's `Taro` is as it was."""
    config.stash[ISOLATION].end()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test with `Taro` or `phone` runs once per platform; one with a wrong mark once, and fails, it alone."""
    if "taro_platform" in metafunc.fixturenames:
        names = platforms_of(metafunc.definition)
        runs = [pytest.param(names, id="wrong-mark")] if isinstance(names, WrongMark) else names
        metafunc.parametrize("taro_platform", runs, indirect=True)


def _refuse(why: object) -> NoReturn:
    pytest.fail(str(why), pytrace=False)


@pytest.fixture
def taro_platform() -> str:
    """The platform of this run."""
    test = RUNNING[-1]
    # What pytest cannot run several times, as a method of a `unittest.TestCase`, has no parameter.
    params: dict[str, Any] = getattr(getattr(test, "callspec", None), "params", {})
    known = params.get("taro_platform")
    names = platforms_of(test) if known is None else known if isinstance(known, WrongMark) else [known]
    if isinstance(names, WrongMark):
        _refuse(names)
    if len(names) > 1:
        _refuse(f"{test.name} can run on one platform only, and not on {', '.join(names)}: mark it with one")
    return names[0]


@pytest.fixture(scope="session")
def phone_options() -> Mapping[str, Any]:
    """What the test's phone is made with, as `taropy.Phone` takes it; a conftest may have a fixture of its own."""
    return MappingProxyType({})  # the session's, so that a test does not pay for it


@pytest.fixture
def phone(phone_options: Mapping[str, Any], taro_platform: str) -> Iterator[Phone]:
    """A new phone, which keeps a log of the calls; it is closed after the test.

    A program that says `from taropy import Taro` runs on it, on the platform of this run.
    """
    from ..phone import Phone

    test = RUNNING[-1]
    with Phone(**{"log": True, **phone_options}) as phone:
        test.stash[PHONE] = phone
        with test.config.stash[ISOLATION].beginning_on(taro_platform, phone):
            yield phone
        _tell_unused(test, phone)


def _tell_unused(test: pytest.Item, phone: Phone) -> None:
    """A test that passes without what it has scripted may pass for the wrong reason."""
    unused = [] if test.stash.get(FAILED, True) else _unused(phone)
    if unused:
        test.warn(UnusedScriptWarning(f"the test did not use what it scripted: {'; '.join(unused)}"))


def _unused(phone: Phone) -> list[str]:
    """What the test has scripted, and nothing has asked for or met."""
    answers = [f"the answer {dict(answer)} to {kind!r}" for kind, answer in phone.person.unused]
    rooms = [vars(phone)[name] for name in ("network", "sockets") if name in vars(phone)]
    routes = [f"the route {unused}" for room in rooms for unused in room.unused]
    return [*answers, *(f"the fault of {name}" for name in phone.faults.unmet), *routes]


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Tells of what modules have left unhandled when they were imported, before any test runs."""
    with Collector() as errors:
        result = yield
        tell_lost()
    held.clear()
    if errors.refused:
        raise pytest.UsageError("\n".join(map(str, errors.refused)))
    return result


def pytest_collection_finish(session: pytest.Session) -> None:
    """Keeps what the program's modules have set up in Taro when they were imported: every test finds that."""
    session.config.stash[ISOLATION].collected()


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """What a fixture of a class, a module or the session does with the process's `Taro` is there for all its tests."""
    if fixturedef.scope == "function":
        return (yield)
    isolation = request.config.stash[ISOLATION]
    with isolation.sharing(fixturedef.addfinalizer):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Collects the errors that nothing in the program handles, from the fixtures' begin to their end."""
    with errors_of(item, strict=_strict(item)) as errors:
        item.stash[ERRORS] = errors
        RUNNING.append(item)
        try:
            return (yield)
        finally:
            RUNNING.pop()


def _strict(item: pytest.Item) -> bool:
    """Whether such errors fail the test."""
    mark = item.get_closest_marker("taro_strict")
    if mark is None:
        return bool(item.config.getoption("--taro-strict") or item.config.getini("taropy_strict"))
    return mark.args != (False,)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    """A fixture's errors are the test's."""
    wrong = wrong_mark(item)
    if wrong is not None:
        _refuse(wrong)
    result = yield
    item.stash[ERRORS].check()
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """The test fails by its errors before the phone closes."""
    result = yield
    item.stash[ERRORS].check()
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """Ends what the test has begun; what it has left unhandled, and still holds, is told now."""
    isolation = item.config.stash[ISOLATION]
    try:
        result = yield
        runtime = isolation.begun()
        phone = None if runtime is None else runtime.host.phone
        if phone is not None and phone is not item.stash.get(PHONE, None):
            _tell_unused(item, phone)
    finally:
        isolation.end_test()
        tell_held()
    item.stash[ERRORS].check()
    return result


@pytest.fixture
def Taro(phone: Phone, taro_platform: str) -> Iterator[TaroObject]:
    """The process's `Taro`, on the platform of this run and over the test's phone."""
    from ..runtime.taro import process_taro, use

    put_back = process_taro._set_aside()
    taro = use(taro_platform, phone=phone)
    RUNNING[-1].config.stash[ISOLATION].prepare(taro._runtime)
    yield taro
    put_back()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Shows the calls of a test that has failed, and of its trace the user's part."""
    if call.excinfo is not None:
        tell_misread(call.excinfo.value)
    phone = item.stash.get(PHONE, None)
    if phone is not None and call.excinfo is not None and not item.config.option.fulltrace:
        call.excinfo = pytest.ExceptionInfo.from_exception(_shortened(call.excinfo.value))
    report = yield
    item.stash[FAILED] = not report.passed
    if call.excinfo is not None and (unsaid := item.stash[ERRORS].unsaid(call.excinfo.value)):
        report.sections.append(("errors that nothing has handled", unsaid))
    if report.failed and phone is not None:
        report.sections += [(title, text) for title, text in _told(phone) if text]
    if report.failed:
        from .originals import tell_originals

        tell_originals(report, item.config.invocation_params.dir)
    return report


def _told(phone: Phone) -> Iterator[tuple[str, str]]:
    """What may explain the failure of a test on this phone, under titles."""
    if phone.logs:
        from ..phone.core.log import lines

        before = len(phone.log) - SHOWN
        yield (
            "Taro calls" + (f", after {before} others" if before > 0 else ""),
            lines(phone.log[-SHOWN:], show_secrets=phone.log.show_secrets),
        )
    if "network" in vars(phone):
        calls = phone.network.calls
        yield "requests", "\n".join(map(str, calls[-SHOWN:]))
    yield "scripted, and not used", "\n".join(_unused(phone))


def _shortened(error: BaseException) -> BaseException:
    """The error without the steps of taropy and asyncio in its trace, unless the fault may be theirs: it ends in one.

    A `TaroError` is raised there too, and is about the program's call; so is what an `await` that nobody ends gets.
    """
    from ..phone.core.standstill import StoppedClock
    from ..runtime.errors import TaroError

    whole = list(_steps(error.__traceback__))
    users = [step for step in whole if not _is_machinery(step)]
    if not isinstance(error, TaroError | StoppedClock) and users[-1:] != whole[-1:]:
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
