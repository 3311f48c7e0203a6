"""The run of the suite over the functions that a platform declares: which cells were tried, and what is wrong."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from inspect import iscoroutinefunction
from typing import Any, TypeVar

import attrs

from .. import spec
from ..runtime.errors import NotSupported, TaroError
from ..runtime.jobs import running_loop
from ..runtime.own import OWN
from ..runtime.platforms import Adaptation, KnownPlatform
from ..runtime.plugins import registry
from ..runtime.taro import Taro, create
from ..spec import Member
from .aspects import ASPECTS, Aspect, use
from .case import Case
from .recorder import Recorder, native_answer

T = TypeVar("T")


@attrs.frozen
class Fault:
    """What is wrong in one cell: a function, looked at in one aspect."""

    api: str
    aspect: Aspect
    text: str

    def __str__(self) -> str:
        return f"{self.api} {self.aspect.should}: {self.text}"


@attrs.frozen
class Examination:
    """What was found: the cells that were tried, as (function, aspect's name), and the faults.

    `of_form` are the functions that plugins have replaced, each with its plugin: tried for their form alone.
    """

    cells: tuple[tuple[str, str], ...]
    faults: tuple[Fault, ...]
    of_form: Mapping[str, str] = attrs.field(factory=dict)

    def worst_first(self) -> list[Fault]:
        """The faults, those of the functions with the most of them first."""
        counts = Counter(fault.api for fault in self.faults)
        return sorted(self.faults, key=lambda fault: (-counts[fault.api], fault.api))


class Bench:
    """A platform over a recorder, ready for its functions to be tried.

    `answers` are native results by function, for functions of the plugin's that need more than the table tells.
    """

    def __init__(self, platform: str, answers: Mapping[str, Any] | None = None) -> None:
        self.native: Recorder = Recorder()
        self.known: KnownPlatform = registry().platform(platform)
        self.taro: Taro = create(platform, native=self.native)
        self.bare: Taro = create(platform, native=object())
        self._answers = answers or {}

    def declared(self) -> list[Member]:
        """The members that the platform has, but for Taro's own, in which it has no part."""
        return [spec.member(name) for name in spec.members() if name not in OWN and self.known.supports(name)]

    def lacked(self) -> list[Member]:
        """The members that the platform does not have."""
        return [spec.member(name) for name in spec.members() if not self.known.supports(name)]

    def is_replaced(self, member: Member) -> bool:
        """Whether a plugin has put its own function in the place of the platform's."""
        return self.known.replacement(member.name) is not None

    def case(self, member: Member) -> Case:
        """What is needed to try this member."""
        name = member.name
        replaced = self.is_replaced(member)
        adaptation = (None if replaced else self.known.adaptation(name)) or Adaptation()
        answer = self._answers.get(name) or native_answer(member, adaptation)
        return Case(self.taro, self.bare, self.native, member, adaptation, replaced, answer)


def examine(
    platform: str,
    aspects: Iterable[Aspect] = ASPECTS,
    apis: Iterable[str] | None = None,
    answers: Mapping[str, Any] | None = None,
    skips: Collection[str] = (),
) -> Examination:
    """Looks at these functions of a platform, by default at all that it declares, in these aspects.

    `skips` are left out. One that a plugin has replaced (`taropy_register_apis`) is looked at in its form alone.

    May be called in a running event loop too, which stands still meanwhile.
    """
    bench = Bench(platform, answers)
    wanted = None if apis is None else set(apis)
    declared = [member for member in bench.declared() if member.name not in skips]
    members = [member for member in declared if wanted is None or member.name in wanted]
    replaced = {
        member.name: bench.known.replaced_by(member.name) or "" for member in members if bench.is_replaced(member)
    }
    pairs = [
        (member, aspect)
        for aspect in aspects
        for member in members
        if aspect.concerns(member, replaced=member.name in replaced)
    ]
    faults = _outside_any_loop(partial(_all_faults, bench, pairs))
    return Examination(tuple((member.name, aspect.name) for member, aspect in pairs), tuple(faults), replaced)


def _outside_any_loop(work: Callable[[], T]) -> T:
    """Runs `work` where no loop runs: here, or in a thread of its own."""
    if running_loop() is None:
        return work()
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


def _all_faults(bench: Bench, pairs: Iterable[tuple[Member, Aspect]]) -> list[Fault]:
    """The faults, in the order of the pairs; what is looked at in a loop is so in one loop."""
    cells = [(bench.case(member), aspect) for member, aspect in pairs]
    asyncio.run(_check_in_loop(each for each in cells if iscoroutinefunction(each[1].check)))
    for case, aspect in cells:
        if not iscoroutinefunction(aspect.check):
            with _noting(case):
                aspect.check(case)
    return [Fault(case.member.name, aspect, text) for case, aspect in cells for text in case.faults]


async def _check_in_loop(cells: Iterable[tuple[Case, Aspect]]) -> None:
    for case, aspect in cells:
        with _noting(case):
            checked = aspect.check(case)
            assert checked is not None
            await checked


@contextmanager
def _noting(case: Case) -> Iterator[None]:
    """Notes what a check raises: whatever a plugin's function does, the other cells are looked at."""
    try:
        yield
    except TimeoutError:
        case.faults.append("never settles")
    except Exception as error:
        case.faults.append(f"{type(error).__name__}: {error}")


def refused(platform: str) -> Iterator[tuple[str, str]]:
    """The members that the platform lacks, each with what is wrong about how it says so; right ones are left out."""
    bench = Bench(platform)
    for member in bench.lacked():
        fault = _fault_of_refusal(bench.taro, member)
        if fault is not None:
            yield member.name, fault


def _fault_of_refusal(taro: Taro, member: Member) -> str | None:
    try:
        use(taro, member)
    except NotSupported as error:
        return None if error.reason == "platform" else f"blames the {error.reason}"
    except TaroError as error:
        return f"raises {error!r}"
    return "can be used, although the platform does not declare it"
