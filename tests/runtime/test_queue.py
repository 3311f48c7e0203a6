"""The job queue never hangs, starves or loses a callback, whatever a program's callbacks do.

What could hang runs in a process of its own, so that a fault fails one test and does not stop all of them.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import textwrap
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from promises import raising

import taropy
from taropy import Promise


def quiet(test: Callable[..., object]) -> Callable[..., object]:
    """For tests that leave rejections, and are not about who is told of them."""
    ignored = pytest.mark.filterwarnings("ignore::taropy.UnhandledRejectionWarning")
    return pytest.mark.usefixtures("_rejections_may_be_left")(ignored(test))


# Far more than a script takes, and far less than for ever.
LIMIT = 30

BEGIN = """
import asyncio, gc, threading, warnings
import taropy
from taropy import Promise

taro = taropy.create("weapp")


async def turns(count=50):
    for _ in range(count):
        await asyncio.sleep(0)
"""


def printed(script: str) -> list[str]:
    """What a script prints, which has `taro` over a phone, and `turns()` of the loop to wait for."""
    command = [sys.executable, "-c", BEGIN + textwrap.dedent(script)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=False)
    except subprocess.TimeoutExpired:
        pytest.fail("the script hangs")
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


# --- whoever listens to unhandled rejections -----------------------------------------------------------------------

LISTENERS = {
    "raises": """
        def listener(res):
            print("heard", res.reason)
            raise ValueError("in the listener")
    """,
    "is async and raises": """
        async def listener(res):
            print("heard", res.reason)
            raise ValueError("in the listener")
    """,
    "is async and raises later": """
        async def listener(res):
            print("heard", res.reason)
            await Promise.resolve()
            raise ValueError("in the listener")
    """,
    "leaves a rejected promise": """
        def listener(res):
            print("heard", res.reason)
            Promise.reject(ValueError("in the listener"))
    """,
}

REPORTED = """
taro.onUnhandledRejection(listener)
taro.onUnhandledRejection(lambda res: print("second", res.reason))
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    {run}
    gc.collect()
print(*sorted(str(each.message) for each in caught), sep="\\n")
"""

FAULT = 'taro.login(success=lambda _: int("in a callback"))'
IN_A_LOOP = f"""
async def main():
    {FAULT}
    await turns()
"""


@pytest.mark.parametrize("where", ["in a loop", "outside a loop"])
@pytest.mark.parametrize("listener", LISTENERS)
def test_a_listener_that_fails_is_reported_once_and_not_to_itself(listener, where):
    run = "asyncio.run(main())" if where == "in a loop" else FAULT
    script = textwrap.dedent(LISTENERS[listener]) + IN_A_LOOP + REPORTED.format(run=run)
    first = "invalid literal for int() with base 10: 'in a callback'"
    lines = printed(script)
    assert [line for line in lines if "in a callback" in line] == [
        f"heard {first}",
        f"second {first}",
        f"unhandled rejection: ValueError: {first}",
    ]
    assert lines.count("unhandled rejection: ValueError: in the listener") == 1
    assert "heard in the listener" not in lines


def test_two_listeners_that_fail_do_not_tell_each_other_for_ever():
    script = """
        def failing(name):
            def listener(res):
                print(name, res.reason)
                raise ValueError(f"in {name}")
            return listener

        taro.onUnhandledRejection(failing("one"))
        taro.onUnhandledRejection(failing("two"))
        async def main():
            Promise.reject("lost")
            taro.login(success=lambda _: int("x"))
            await turns()
            print("ended")
        asyncio.run(main())
    """
    lines = printed(script)
    assert len(lines) <= 5
    assert lines[-1] == "ended"


# --- what ends a program, or a task, in a callback -----------------------------------------------------------------

ENDS = (KeyboardInterrupt, SystemExit)


def async_raising(error: BaseException) -> Callable[..., object]:
    """As `raising`, by an async function that begins, waits, and raises."""

    async def handler(*_: object) -> None:
        await Promise.resolve()
        raise error

    return handler


def thenable(then: Callable[..., object]) -> SimpleNamespace:
    """An object with a `then`."""
    return SimpleNamespace(then=then)


PLACES: dict[str, Callable[[taropy.Taro, BaseException], Promise]] = {
    "success": lambda taro, error: taro.login(success=raising(error)),
    "fail": lambda taro, error: taro.getStorage(key="missing", fail=raising(error)),
    "complete": lambda taro, error: taro.login(success=lambda _: None, complete=raising(error)),
    "success with complete": lambda taro, error: taro.login(success=raising(error), complete=lambda _: None),
    "then": lambda taro, error: Promise.resolve(1).then(raising(error)),
    "then of a call": lambda taro, error: taro.login().then(raising(error)),
    "catch": lambda taro, error: Promise.reject("refused").catch(raising(error)),
    "finally": lambda taro, error: Promise.resolve(1).finally_(raising(error)),
    "then of a thenable": lambda taro, error: Promise.resolve(thenable(raising(error))),
    "async success": lambda taro, error: taro.login(success=async_raising(error)),
    "async then": lambda taro, error: Promise.resolve(1).then(async_raising(error)),
    "async function": lambda taro, error: Promise.resolve(async_raising(error)()),
    "all": lambda taro, error: Promise.all([Promise.resolve(1).then(raising(error)), 2]),
    "a promise that follows": lambda taro, error: Promise.resolve().then(
        lambda _: Promise.resolve().then(raising(error))
    ),
}


def is_settled(promise: Promise) -> bool:
    """Asked within a loop, where nothing is waited for."""
    try:
        promise.result()
    except asyncio.InvalidStateError:
        return False
    except BaseException:
        return True
    return True


def run_to_the_end(main: Callable[[], object]) -> list[type[BaseException]]:
    """Runs an async function in a loop that is run again when something ends it; what has ended it."""
    ended = []
    loop = asyncio.new_event_loop()
    task = loop.create_task(main())
    while not task.done():
        try:
            loop.run_until_complete(task)
        except ENDS as error:
            ended.append(type(error))
    loop.close()
    task.result()
    return ended


@quiet
@pytest.mark.parametrize("error", [asyncio.CancelledError, *ENDS], ids=lambda error: error.__name__)
@pytest.mark.parametrize("place", PLACES)
def test_the_rest_of_the_queue_runs_and_every_promise_settles(on_phone, place, error):
    ran = []
    promises = []

    async def main():
        promises.append(Promise.resolve().then(lambda _: ran.append("job before")))
        promises.append(on_phone.login(success=lambda _: ran.append("answer before")))
        promises.append(PLACES[place](on_phone, error()))
        promises.append(Promise.resolve().then(lambda _: ran.append("job after")))
        promises.append(on_phone.login(success=lambda _: ran.append("answer after")))
        for _ in range(50):
            await asyncio.sleep(0)
        assert [is_settled(promise) for promise in promises] == [True] * len(promises)

    ended = run_to_the_end(main)
    assert sorted(ran) == ["answer after", "answer before", "job after", "job before"]
    assert ended == ([error] if error in ENDS else [])


@pytest.mark.parametrize("place", ["then", "catch", "finally", "async then", "async function", "all"])
@pytest.mark.anyio
async def test_a_cancelled_error_in_a_handler_rejects_and_does_not_cancel_who_awaits(on_phone, place):
    with pytest.raises(taropy.TaroError):
        await PLACES[place](on_phone, asyncio.CancelledError())


@pytest.mark.anyio
async def test_a_cancelled_error_in_an_executor_rejects():
    promise = Promise(raising(asyncio.CancelledError()))
    with pytest.raises(taropy.TaroError):
        await promise


@pytest.mark.anyio
async def test_a_native_function_that_raises_a_cancelled_error_fails_the_call(native, taro):
    native.login = raising(asyncio.CancelledError())
    promise = taro.login()
    with pytest.raises(taropy.TaroError):
        await promise


@quiet
@pytest.mark.parametrize("error", ENDS, ids=lambda error: error.__name__)
def test_outside_a_loop_it_reaches_the_caller_and_the_next_calls_work(on_phone, error):
    heard = []
    with pytest.raises(error):
        on_phone.login(success=raising(error()), complete=lambda _: heard.append("complete"))
    on_phone.login(success=lambda _: heard.append("next"))
    assert heard[-1] == "next"
    assert on_phone.getNetworkType().then(lambda _: "then").result(timeout=LIMIT) == "then"


@quiet
@pytest.mark.parametrize("error", ENDS, ids=lambda error: error.__name__)
def test_it_ends_a_program(on_phone, error):
    async def main():
        on_phone.login(success=raising(error()))
        await asyncio.sleep(3600)

    with pytest.raises(error):
        asyncio.run(main())
    with pytest.raises(error):
        taropy.run(main)


# --- chains without end --------------------------------------------------------------------------------------------

POLLS = {
    "success": """
        def poll(_=None):
            taro.login(success=poll)
    """,
    "fail": """
        def poll(_=None):
            taro.getStorage(key="missing", success=print, fail=poll)
    """,
    "complete": """
        def poll(_=None):
            taro.getNetworkType(complete=poll)
    """,
    "then of a call": """
        def poll(_=None):
            return taro.getNetworkType().then(poll)
    """,
    "then": """
        def poll(_=None):
            return Promise.resolve().then(poll)
    """,
    "catch": """
        def poll(_=None):
            return Promise.reject("not yet").catch(poll)
    """,
    "finally": """
        def poll(_=None):
            Promise.resolve().finally_(poll)
    """,
    "thenables": """
        class Again:
            def then(self, resolve, reject):
                resolve(Again())
        def poll(_=None):
            Promise.resolve(Again())
    """,
    "awaits": """
        async def awaiting():
            while True:
                await Promise.resolve()
        def poll(_=None):
            Promise.resolve(awaiting())
    """,
    "awaits of calls": """
        async def awaiting():
            while True:
                await taro.login()
        def poll(_=None):
            Promise.resolve(awaiting())
    """,
    "async callbacks": """
        async def poll(_=None):
            await Promise.resolve()
            taro.login(success=poll)
    """,
    "an async function that calls itself": """
        async def again():
            await Promise.resolve()
            Promise.resolve(again())
        def poll(_=None):
            Promise.resolve(again())
    """,
}

OTHERS = """
import os, sys

async def others():
    for _ in range(5):
        await asyncio.sleep(0.001)
    print("a task ran")

async def main():
    Promise.resolve(poll())
    other = asyncio.create_task(others())
    asyncio.get_running_loop().call_later(0, print, "a timer came")
    taro.login(success=lambda _: print("a call was answered"))
    Promise.resolve().then(lambda _: print("a job ran"))
    try:
        async with asyncio.timeout(0.2):
            await asyncio.Event().wait()
    except TimeoutError:
        print("time was up")
    await other

asyncio.new_event_loop().run_until_complete(main())
sys.stdout.flush()
os._exit(0)  # what is left has no end
"""


@pytest.mark.parametrize("kind", POLLS)
def test_a_chain_without_end_lets_everything_else_run(kind):
    lines = printed(textwrap.dedent(POLLS[kind]) + OTHERS)
    expected = ["a call was answered", "a job ran", "a task ran", "a timer came", "time was up"]
    assert sorted(lines) == expected


@pytest.mark.anyio
async def test_long_chains_keep_taking_turns_over_many_turns_of_the_loop():
    trace = []
    chains = []
    for name in "ab":
        chain = Promise.resolve()
        for count in range(3000):
            chain = chain.then(lambda _, step=(count, name): trace.append(step))
        chains.append(chain)
    await Promise.all(chains)
    assert trace == [(count, name) for count in range(3000) for name in "ab"]


@pytest.mark.anyio
async def test_many_answers_keep_their_order_over_many_turns_of_the_loop(taro):
    heard = []
    calls = [taro.login(success=lambda _, count=count: heard.append(count)) for count in range(3000)]
    await Promise.all(calls)
    assert heard == list(range(3000))


# --- loops that move -----------------------------------------------------------------------------------------------

MOVED = {
    "a call": """
        async def program():
            heard = []
            await taro.login(success=heard.append)
            return len(heard)
    """,
    "promises": """
        async def program():
            return await Promise.resolve(0).then(lambda value: value + 1)
    """,
    "an executor that answers later": """
        async def program():
            loop = asyncio.get_running_loop()
            return await Promise(lambda resolve, reject: loop.call_soon(resolve, 1))
    """,
    "an async function": """
        async def program():
            async def one():
                await taro.login()
                return 1
            return await Promise.resolve(one())
    """,
    "a promise that another thread resolves": """
        async def program():
            return await Promise(lambda resolve, reject: threading.Timer(0, resolve, [1]).start())
    """,
}

MOVING = """
loop = asyncio.new_event_loop()
def run():
    print(loop.run_until_complete(program()))
def run_in_a_thread():
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
run()
run_in_a_thread()
run_in_a_thread()
run()
"""


@pytest.mark.parametrize("kind", MOVED)
def test_a_loop_may_move_to_another_thread_and_back(kind):
    assert printed(textwrap.dedent(MOVED[kind]) + MOVING) == ["1", "1", "1", "1"]


def test_what_was_begun_in_one_thread_ends_in_another():
    script = """
        loop = asyncio.new_event_loop()
        kept = {}
        async def begin():
            kept["promise"] = Promise(lambda resolve, reject: kept.update(resolve=resolve)).then(lambda v: v + "!")
        async def end():
            taro.login(success=lambda _: kept["resolve"]("moved"))
            print(await kept["promise"])
        loop.run_until_complete(begin())
        thread = threading.Thread(target=lambda: loop.run_until_complete(end()))
        thread.start()
        thread.join()
    """
    assert printed(script) == ["moved!"]
