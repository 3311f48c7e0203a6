"""`promise.result()` in a running event loop, as in a notebook: it never waits, whatever the promise stands for."""

from __future__ import annotations

import ast
import asyncio

import pytest
from natives import PLATFORMS, Everything

import taropy
from taropy import Promise, spec
from taropy.runtime.examples import example


def call_of(name):
    """A call of the function with options that are right."""
    nodes = ast.walk(ast.parse(example(spec.member(name))))
    return ast.unparse(
        next(each for each in nodes if isinstance(each, ast.Call) and ast.unparse(each.func)[5:] == name)
    )


def ignore(*given): ...


@pytest.mark.filterwarnings("ignore::taropy.phone.LostCallWarning")  # of canvases that are on no page
@pytest.mark.parametrize("over", ["the phone", "a native object that answers at once"])
@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_call_of_every_function_that_gives_a_promise_is_to_be_awaited(platform, over):
    async def notebook():
        t = taropy.create(platform, **({} if over == "the phone" else {"native": Everything()}))
        tried = 0
        for name in spec.members():
            member = spec.member(name)
            if not member.is_function or not member.is_promise or not t.canIUse(name):
                continue
            promise = eval(call_of(name), {"Taro": t, "listener": ignore, "print": ignore, "page": None})
            promise.catch(ignore)
            with pytest.raises(asyncio.InvalidStateError):
                promise.result()
            tried += 1
        assert tried > 30
        t.close()

    asyncio.run(notebook())


@pytest.mark.parametrize(
    ("call", "written"),
    [
        (lambda t: t.login(), "`await Taro.login(…)`"),
        (lambda t: t.request(url="http://127.0.0.1:1/"), "`await Taro.request(…)`"),
        (lambda t: t.setStorage(key="a", data=1), "`await Taro.setStorage(…)`"),
        (lambda t: t.login(timeout="soon"), "`await Taro.login(…)`"),
        (lambda t: t.getFileSystemManager().access(path="no"), "`await promise`"),
        (lambda t: t.login().then(ignore), "`await promise`"),
        (lambda t: Promise(ignore), "`await promise`"),
    ],
)
def test_it_is_said_what_to_write(call, written):
    async def notebook():
        with taropy.create("weapp") as t:
            promise = call(t)
            promise.catch(ignore)
            with pytest.raises(asyncio.InvalidStateError) as caught:
                promise.result()
            assert str(caught.value).endswith(f"write {written}")

    asyncio.run(notebook())


def test_what_is_settled_gives_its_value_and_need_not_wait():
    async def notebook():
        with taropy.create("weapp") as t:
            promise = t.login()
            await promise
            assert promise.result() is await promise
            refused = t.login(timeout="soon")
            with pytest.raises(taropy.ParameterError):
                await refused
            with pytest.raises(taropy.ParameterError):
                refused.result()
        assert Promise.resolve(1).result() == 1

    asyncio.run(notebook())


def test_outside_a_loop_it_waits_for_all_of_them():
    with taropy.create("weapp") as t:
        assert t.login().result().code
        assert t.request(url="http://127.0.0.1:1/").catch(lambda error: "refused").result() == "refused"
