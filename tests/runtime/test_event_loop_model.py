"""The job queue against a model of the HTML event loop: whatever a program does, in whatever order.

The model is tried first: it logs what Node.js logged, for every program of `orders`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from event_loop import PENDING, Loop
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from natives import SmallPhone
from orders import MODULES, PROGRAMS, Program, common
from small_programs import (
    Await,
    Call,
    CancelledWait,
    Code,
    Finally,
    Gate,
    Gather,
    Promised,
    Raised,
    Run,
    SettleGate,
    Start,
    Step,
    Then,
    Thenable,
    Ticks,
    Timer,
    Value,
    run_all,
    told,
)

import taropy

# The programs leave many rejections, and who is told of them is not what is tried here.
pytestmark = [
    pytest.mark.filterwarnings("ignore::taropy.UnhandledRejectionWarning"),
    pytest.mark.usefixtures("_rejections_may_be_left"),
]

# --- the model -----------------------------------------------------------------------------------------------------


def promisified(loop: Loop, native: Callable[[dict[str, Any]], None]) -> Callable[..., Any]:
    """A function of `Taro`, whose results read by attribute."""

    def answering(options: dict[str, Any]) -> None:
        told = {
            name: lambda value, tell=options[name]: tell(taropy.Record(value))
            for name in ("success", "fail", "complete")
        }
        native({**options, **told})

    return lambda **options: loop.promisified(answering, options)


def model_of_taro(loop: Loop) -> SimpleNamespace:
    """What the programs call, over the model."""
    phone = SmallPhone(loop.answers.append)
    calls = (phone.login, phone.getNetworkType, phone.setStorage, phone.getStorage)
    return SimpleNamespace(
        **{native.__name__: promisified(loop, native) for native in calls},
        setStorageSync=phone.setStorageSync,
        getStorageSync=phone.getStorageSync,
        eventCenter=taropy.Events(),
    )


@pytest.mark.parametrize("program", PROGRAMS, ids=str)
def test_the_model_logs_what_javascript_logs(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    loop = Loop()
    for module in (common, *(import_module(f"orders.{name}") for name in MODULES)):
        monkeypatch.setattr(module, "Promise", loop.Promise)
        monkeypatch.setattr(module, "setTimeout", loop.setTimeout, raising=False)
    trace: list[str] = []
    arguments = [lambda line: trace.append(str(line)), model_of_taro(loop)]
    loop.run(lambda: program.code(*arguments[: 2 if program.calls_taro else 1]))
    assert trace == program.recorded


# --- the runtime against it ----------------------------------------------------------------------------------------


class ModelWorld:
    """A program's world in the model."""

    def __init__(self) -> None:
        self.loop = Loop()
        self.Promise = self.loop.Promise
        self.setTimeout = self.loop.setTimeout
        self.taro = model_of_taro(self.loop)

    def run(self, run: Run, steps: list[Step], seen: list[str]) -> None:
        """Runs the steps and what comes of them; of an answer and a timer, the one goes first that was `seen` first."""

        def answer_was_next() -> bool:
            return not seen[len(run.trace) :][:1] or not seen[len(run.trace)].startswith("timer")

        self.loop.run(lambda: run_all(steps, run), answer_was_next)

    def wait_and_be_cancelled(self, promise: Any) -> None:
        """JavaScript has no such thing; a promise does not feel it."""

    def state(self, promise: Any) -> str:
        """How a promise stands."""
        return PENDING if promise.state == PENDING else f"{promise.state}: {told(promise.value)}"


class RealWorld:
    """A program's world in taropy, on an event loop of asyncio."""

    Promise = taropy.Promise

    # So many turns in a row in which nothing is logged are the end of it, if nothing is waited for; if something is, it
    # is lost after so many.
    QUIET, LOST = 20, 300

    def __init__(self, answer: Callable[[asyncio.AbstractEventLoop, Callable[[], None]], None]) -> None:
        self.loop = asyncio.new_event_loop()
        self.taro = taropy.create("weapp", native=SmallPhone(lambda work: answer(self.loop, work)))
        self.tasks: list[asyncio.Task[Any]] = []

    def setTimeout(self, work: Callable[[], object], ms: float) -> object:
        """JavaScript's."""
        return self.loop.call_later(ms / 1000, work)

    def run(self, run: Run, steps: list[Step]) -> None:
        """Runs the steps and all that comes of them."""
        self.loop.call_soon(run_all, steps, run)
        self.loop.run_until_complete(self._quiet(run))

    async def _quiet(self, run: Run) -> None:
        length, turns = -1, 0
        while turns < (self.LOST if run.waiting else self.QUIET):
            await asyncio.sleep(0)
            length, turns = len(run.trace), turns + 1 if len(run.trace) == length else 0

    def wait_and_be_cancelled(self, promise: Any) -> None:
        """Has a task wait for a promise, and cancels it once it does."""

        async def wait() -> None:
            try:
                await promise
            except Exception:
                return

        self.tasks.append(self.loop.create_task(wait()))
        self.loop.call_soon(self.tasks[-1].cancel)

    def states(self, promises: list[Any]) -> list[str]:
        """How promises stand."""

        async def ask() -> list[str]:
            return [self._state(promise) for promise in promises]

        return self.loop.run_until_complete(ask())

    def _state(self, promise: Any) -> str:
        try:
            return f"fulfilled: {told(promise.result())}"
        except asyncio.InvalidStateError:
            return PENDING
        except (Exception, asyncio.CancelledError) as error:
            return f"rejected: {told(error)}"

    def close(self) -> None:
        """Ends what has no end: code that waits for itself, and goes on from each of its awaits."""
        for _ in range(50):
            for task in asyncio.all_tasks(self.loop):
                task.cancel()
            self.loop.run_until_complete(asyncio.sleep(0))
        assert not asyncio.all_tasks(self.loop)
        self.taro.close()
        self.loop.close()


NUMBERS = st.integers(0, 30)
ENDS = st.one_of(
    st.builds(Value, NUMBERS),
    st.builds(Raised, st.sampled_from([ValueError, asyncio.CancelledError])),
    st.builds(Promised, NUMBERS),
)
OUTCOMES = ENDS | st.builds(Thenable, ENDS)


def codes(depth: int, ends: st.SearchStrategy[Any] = OUTCOMES) -> st.SearchStrategy[Code]:
    """Functions whose own functions are as deep as that."""
    inner = steps(depth - 1) if depth else st.builds(Gate) | st.builds(SettleGate, NUMBERS, OUTCOMES)
    taken = st.lists(inner | st.builds(Await, NUMBERS), max_size=3).map(tuple)
    return st.builds(Code, taken, ends, st.booleans())


def callbacks(depth: int) -> st.SearchStrategy[Code]:
    """Callbacks of calls. What they return nobody looks at, and so nobody asks a thenable that they return."""
    return codes(depth, ENDS)


def steps(depth: int) -> st.SearchStrategy[Any]:
    """What functions do."""
    code = codes(depth)
    return st.one_of(
        st.builds(Gate),
        st.builds(SettleGate, NUMBERS, OUTCOMES),
        st.builds(Then, NUMBERS, st.none() | code, st.none() | code),
        st.builds(Finally, NUMBERS, code),
        st.builds(
            Gather, st.sampled_from(["all", "allSettled", "any", "race"]), st.lists(NUMBERS, max_size=3).map(tuple)
        ),
        st.builds(Start, code),
        st.builds(Call, st.booleans(), callbacks(depth), st.none() | callbacks(depth)),
        st.builds(Timer, code),
        st.builds(Ticks, st.just(6)),
    )


CODE, CALLBACK = codes(1), callbacks(1)


class Programs(RuleBasedStateMachine):
    """A program that is made up piece by piece, and runs whenever `run` is drawn."""

    @staticmethod
    def answer(loop: asyncio.AbstractEventLoop, work: Callable[[], None]) -> None:
        """A native function answers within the native call."""
        work()

    def __init__(self) -> None:
        super().__init__()
        self.world, self.model = RealWorld(self.answer), ModelWorld()
        self.real_run, self.model_run = Run(self.world), Run(self.model)
        self.steps: list[Step] = []

    @rule()
    def make_a_promise(self) -> None:
        self.steps.append(Gate())

    @rule(gate=NUMBERS, outcome=OUTCOMES)
    def settle_a_promise(self, gate: int, outcome: Any) -> None:
        self.steps.append(SettleGate(gate, outcome))

    @rule(promise=NUMBERS, fulfilled=st.none() | CODE, rejected=st.none() | CODE)
    def then(self, promise: int, fulfilled: Code | None, rejected: Code | None) -> None:
        self.steps.append(Then(promise, fulfilled, rejected))

    @rule(promise=NUMBERS, code=CODE)
    def finally_(self, promise: int, code: Code) -> None:
        self.steps.append(Finally(promise, code))

    @rule(
        name=st.sampled_from(["all", "allSettled", "any", "race"]),
        promises=st.lists(NUMBERS, max_size=4).map(tuple),
    )
    def gather(self, name: str, promises: tuple[int, ...]) -> None:
        self.steps.append(Gather(name, promises))

    @rule(code=CODE)
    def start_an_async_function(self, code: Code) -> None:
        self.steps.append(Start(code))

    @rule(succeeds=st.booleans(), code=CALLBACK, complete=st.none() | CALLBACK)
    def call(self, succeeds: bool, code: Code, complete: Code | None) -> None:
        self.steps.append(Call(succeeds, code, complete))

    @rule(code=CODE)
    def set_a_timer(self, code: Code) -> None:
        self.steps.append(Timer(code))

    @rule(promise=NUMBERS)
    def wait_and_be_cancelled(self, promise: int) -> None:
        self.steps.append(CancelledWait(promise))

    @rule()
    def run(self) -> None:
        steps, self.steps = [*self.steps, Ticks(12)], []
        self.world.run(self.real_run, steps)
        self.model.run(self.model_run, steps, self.real_run.trace)
        assert self.real_run.trace == self.model_run.trace
        assert self.real_run.waiting == 0, "an answer or a timer is lost"
        assert all(task.done() for task in self.world.tasks)

    def teardown(self) -> None:
        try:
            self.steps += [SettleGate(gate, Value(gate)) for gate in range(len(self.real_run.gates) + len(self.steps))]
            self.run()
            states = [self.model.state(promise) for promise in self.model_run.promises]
            assert self.world.states(self.real_run.promises) == states
        finally:
            self.world.close()


class ProgramsWithLateAnswers(Programs):
    """The same where native functions answer in a turn of the loop."""

    @staticmethod
    def answer(loop: asyncio.AbstractEventLoop, work: Callable[[], None]) -> None:
        loop.call_soon(work)


LIMITS = settings(max_examples=60, stateful_step_count=25, phases=set(Phase) - {Phase.explain})

TestPrograms = Programs.TestCase
TestPrograms.settings = LIMITS
TestProgramsWithLateAnswers = ProgramsWithLateAnswers.TestCase
TestProgramsWithLateAnswers.settings = LIMITS
