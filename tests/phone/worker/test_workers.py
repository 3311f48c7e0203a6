"""Workers: Python files in a thread of their own, what goes to and fro, one at a time, and how they end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from launching import launched
from supporting import supporting

import taropy
from taropy.phone import LostCallWarning, Phone
from taropy.testing import expect_unhandled

Write = Callable[..., None]

ECHO = """
def answer(message):
    worker.postMessage({"back": message})

worker.onMessage(answer)
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes files of the app's package."""

    def write(t: Any, **files: str) -> None:
        folder = tmp_path / "workers"
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            (folder / f"{name}.py").write_text(text, "utf-8")
        t.phone.files.set_package(tmp_path)

    return write


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    """Whatever a test does: with its phone its workers end."""
    yield
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("taropy worker")] == []


def heard_of(worker: Any) -> list[Any]:
    heard: list[Any] = []
    worker.onMessage(heard.append)
    return heard


@supporting("createWorker")
def test_a_worker_answers_what_it_is_sent(t: Any, write: Write) -> None:
    write(t, index=ECHO)
    worker = t.createWorker("workers/index.js")
    heard = heard_of(worker)
    worker.postMessage({"n": 1, "list": [1, {"a": None}], "bytes": b"tea"})
    t.phone.workers.settle()
    assert heard == [{"back": {"n": 1, "list": [1, {"a": None}], "bytes": b"tea"}}]
    worker.terminate()


@supporting("createWorker")
def test_in_a_program_messages_come_while_it_waits(t: Any, write: Write) -> None:
    write(t, index=ECHO)

    async def main() -> Any:
        worker = t.createWorker("workers/index.js")
        answered = asyncio.get_running_loop().create_future()
        worker.onMessage(answered.set_result)
        worker.postMessage({"n": 1})
        try:
            return await answered
        finally:
            worker.terminate()

    assert taropy.run(main) == {"back": {"n": 1}}


def test_a_journey_of_the_clock_waits_for_workers(weapp: Any, write: Write) -> None:
    write(weapp, index=ECHO)

    async def main() -> list[Any]:
        worker = weapp.createWorker("workers/index.js")
        heard = heard_of(worker)
        worker.postMessage({"n": 1})
        await weapp.phone.clock.advance(1)
        return heard

    assert taropy.run(main) == [{"back": {"n": 1}}]


def test_a_program_that_ends_hears_what_a_worker_has_still_to_say(weapp: Any, write: Write) -> None:
    write(weapp, index=ECHO)
    heard: list[Any] = []

    async def main() -> None:
        worker = weapp.createWorker("workers/index.js")
        worker.onMessage(heard.append)
        worker.postMessage({"n": 1})

    taropy.run(main)
    assert heard == [{"back": {"n": 1}}]


def test_a_worker_really_runs_beside_the_program(weapp: Any, write: Write) -> None:
    write(weapp, index="import threading\nworker.postMessage(threading.get_ident())")
    heard = heard_of(weapp.createWorker("workers/index.py"))
    weapp.phone.workers.settle()
    assert heard != [threading.get_ident()]
    assert isinstance(heard[0], int)


def test_messages_are_copied_and_nothing_is_shared(weapp: Any, write: Write) -> None:
    write(
        weapp, index=ECHO.replace("def answer(message):", "def answer(message):\n    message['list'].append('there')")
    )
    worker = weapp.createWorker("workers/index.js")
    heard, twice = heard_of(worker), heard_of(worker)
    sent = {"list": ["here"]}
    worker.postMessage(sent)
    sent["list"].append("later")
    weapp.phone.workers.settle()
    assert heard == [{"back": {"list": ["here", "there"]}}]
    assert heard[0] is not twice[0]


def test_a_message_may_refer_to_itself(weapp: Any, write: Write) -> None:
    write(weapp, index=ECHO)
    worker = weapp.phone.native("weapp").createWorker("workers/index.js")
    heard = heard_of(worker)
    round_: dict[str, Any] = {}
    round_["me"] = round_
    worker.postMessage(round_)
    weapp.phone.workers.settle()
    assert heard[0]["back"]["me"] is heard[0]["back"]


@pytest.mark.parametrize("message", [{"f": print}, [{"o": object()}]], ids=["a function", "an object"])
def test_what_has_no_copy_can_not_be_sent(weapp: Any, write: Write, message: Any) -> None:
    write(weapp, index=ECHO)
    worker = weapp.createWorker("workers/index.js")
    with pytest.raises(taropy.TaroError, match=r"postMessage:fail .*a message can not have a"):
        worker.postMessage(message)


def test_messages_keep_their_order_and_those_that_come_early_wait(weapp: Any, write: Write) -> None:
    write(weapp, index=ECHO)
    worker = weapp.createWorker("workers/index.js")
    for number in range(200):
        worker.postMessage({"n": number})
    heard = heard_of(worker)
    weapp.phone.workers.settle()
    assert [each["back"]["n"] for each in heard] == list(range(200))


def test_handlers_may_be_async_and_wait_for_the_phones_clock(phone: Phone, write: Write) -> None:
    t: Any = taropy.create("weapp", phone=phone)
    write(
        t,
        index="""
        async def answer(message):
            worker.postMessage("began")
            await worker.sleep(message)
            worker.postMessage("done")

        worker.onMessage(answer)
        """.replace("\n        ", "\n"),
    )

    async def main() -> tuple[list[Any], list[Any]]:
        worker = t.createWorker("workers/index.js")
        heard = heard_of(worker)
        worker.postMessage(60)
        await phone.workers.settle()
        before = list(heard)
        await phone.clock.advance(60)
        await phone.workers.settle()
        return before, heard

    assert taropy.run(main) == (["began"], ["began", "done"])


def test_a_script_imports_what_lies_beside_it_and_each_worker_has_its_own(weapp: Any, write: Write) -> None:
    write(weapp, tables="count = 0", index="from . import tables\ntables.count += 1\nworker.postMessage(tables.count)")
    counts: list[Any] = []
    for _ in range(2):
        worker = weapp.createWorker("workers/index.js")
        worker.onMessage(counts.append)
        weapp.phone.workers.settle()
        worker.terminate()
    assert counts == [1, 1]


def test_a_script_knows_where_the_users_files_are(weapp: Any, write: Write) -> None:
    write(weapp, index="worker.postMessage(worker.env['USER_DATA_PATH'])")
    heard = heard_of(weapp.createWorker("workers/index.js"))
    weapp.phone.workers.settle()
    assert heard == [weapp.env.USER_DATA_PATH]


@supporting("createWorker")
def test_there_is_one_worker_at_a_time(t: Any, write: Write) -> None:
    write(t, index=ECHO)
    first = t.createWorker("workers/index.js")
    for _ in range(99):
        with pytest.raises(taropy.TaroError, match="createWorker:fail there can be 1 worker at a time; call terminate"):
            t.createWorker("workers/index.js")
    first.terminate()
    t.createWorker("workers/index.js").terminate()


@pytest.mark.parametrize(
    ("script", "words"), [("workers/none.js", "there is no script"), ("../../etc/passwd", "there is no script")]
)
def test_a_script_has_to_be_there(weapp: Any, write: Write, script: str, words: str) -> None:
    write(weapp, index=ECHO)
    with pytest.raises(taropy.TaroError, match=words):
        weapp.createWorker(script)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "workers is not set in app.json"),
        ({"workers": "other"}, "is not below other"),
        ({"workers": "workers"}, ""),
    ],
)
def test_an_app_says_where_its_workers_are(weapp: Any, write: Write, settings: Any, words: str) -> None:
    write(weapp, index=ECHO)
    launched(weapp, **settings)
    if not words:
        weapp.createWorker("workers/index.js").terminate()
        return
    with pytest.raises(taropy.TaroError, match=words):
        weapp.createWorker("workers/index.js")


def test_a_worker_of_an_app_that_was_launched_anew_is_gone(weapp: Any, write: Write) -> None:
    write(weapp, index=ECHO)
    for _ in range(2):
        launched(weapp, workers="workers").createWorker("workers/index.js")


def test_a_worker_that_was_terminated_says_nothing_more(weapp: Any, write: Write) -> None:
    write(weapp, index=ECHO)
    worker = weapp.createWorker("workers/index.js")
    heard = heard_of(worker)
    worker.terminate()
    with pytest.warns(LostCallWarning, match="Worker.postMessage sends nothing: the worker has ended"):
        worker.postMessage({"n": 1})
    worker.terminate()
    weapp.phone.workers.settle()
    assert heard == []


ON_AND_ON = {
    "without a word": "worker.onMessage(lambda message: None)\nwhile True:\n    pass\n",
    "telling of it": "while True:\n    worker.postMessage('on')\n    __import__('time').sleep(0.001)\n",
}


@pytest.mark.parametrize("inside", [False, True], ids=["outside a loop", "in a loop"])
@pytest.mark.parametrize("script", list(ON_AND_ON))
def test_a_worker_that_computes_on_and_on_does_not_keep_a_test_waiting(
    weapp: Any, write: Write, script: str, inside: bool
) -> None:
    write(weapp, index=ON_AND_ON[script])

    async def settle() -> None:
        await weapp.phone.workers.settle(timeout=0.05)

    def begin_and_settle() -> None:
        weapp.createWorker("workers/index.js")
        asyncio.run(settle()) if inside else weapp.phone.workers.settle(timeout=0.05)

    words = r"^the worker workers/index.js is at work after 0.05 seconds still: terminate\(\) ends it"
    with pytest.raises(TimeoutError, match=words):
        begin_and_settle()


COMPUTES = "    worker.postMessage('computes')\n    while True:\n        pass\n"


@pytest.mark.parametrize(
    "script",
    [
        f"if True:\n{COMPUTES}",
        f"def compute(message):\n{COMPUTES}worker.onMessage(compute)",
        f"async def compute(message):\n{COMPUTES}worker.onMessage(compute)",
        f"import asyncio\nasync def compute(message):\n    await asyncio.sleep(0)\n{COMPUTES}worker.onMessage(compute)",
    ],
    ids=["at once", "in a listener", "in an async listener", "after it has waited"],
)
def test_a_script_that_computes_for_ever_can_be_terminated(weapp: Any, write: Write, script: str) -> None:
    write(weapp, index=script)

    async def main() -> None:
        worker = weapp.createWorker("workers/index.js")
        computes = asyncio.Event()
        worker.onMessage(lambda _: computes.set())
        worker.postMessage({})
        await computes.wait()
        worker.terminate()

    taropy.run(main)


@pytest.mark.parametrize(
    "script",
    [
        "raise ValueError('no tea')",
        "def fail(message):\n    raise ValueError('no tea')\nworker.onMessage(fail)",
        "async def fail(message):\n    raise ValueError('no tea')\nworker.onMessage(fail)",
    ],
    ids=["at its start", "in a handler", "in an async handler"],
)
def test_what_a_script_raises_is_told(phone: Phone, write: Write, script: str) -> None:
    t: Any = taropy.create("weapp", phone=phone)
    write(t, index=script)
    worker = phone.native("weapp").createWorker("workers/index.js")
    errors: list[Any] = []
    worker.onError(errors.append)
    worker.postMessage({})
    phone.workers.settle()
    assert errors[0]["message"] == "ValueError: no tea"
    assert "index.py" in errors[0]["stack"]


def test_an_error_that_nobody_listens_to_is_one_of_the_test(weapp: Any, write: Write) -> None:
    write(weapp, index="raise ValueError('no tea')")

    async def main() -> None:
        async with expect_unhandled(ValueError):
            weapp.createWorker("workers/index.js")
            await weapp.phone.workers.settle()

    taropy.run(main)


@pytest.mark.parametrize("by_script", [True, False])
def test_the_system_takes_experimental_workers_back(weapp: Any, write: Write, by_script: bool) -> None:
    write(weapp, index="worker.onMessage(lambda _: worker.testOnProcessKilled())")
    worker = weapp.createWorker("workers/index.js", {"useExperimentalWorker": True})
    killed: list[str] = []
    worker.onProcessKilled(lambda *_: killed.append("killed"))
    if by_script:
        worker.postMessage({})
    else:
        weapp.phone.workers.kill()
    weapp.phone.workers.settle()
    assert killed == ["killed"]
    weapp.createWorker("workers/index.js")


def test_other_workers_are_not_taken_back(weapp: Any, write: Write) -> None:
    write(weapp, index=ECHO)
    weapp.createWorker("workers/index.js")
    with pytest.raises(LookupError, match="useExperimentalWorker"):
        weapp.phone.workers.kill()


@pytest.mark.parametrize(
    "script",
    [
        "import sys\nsys.exit(3)",
        "import sys\nworker.onMessage(lambda message: sys.exit(3))",
        "import sys\nasync def leave(message):\n    sys.exit(3)\nworker.onMessage(leave)",
        "import asyncio, sys\nasync def leave():\n    sys.exit(3)\nasync def answer(message):\n"
        "    await asyncio.create_task(leave())\nworker.onMessage(answer)",
    ],
    ids=["at once", "in a listener", "in an async listener", "in a task of its own"],
)
def test_a_script_that_exits_ends_its_worker_and_says_so(phone: Phone, write: Write, script: str) -> None:
    write(taropy.create("weapp", phone=phone), index=script)
    worker = phone.native("weapp").createWorker("workers/index.js")
    heard = heard_of(worker)
    errors: list[Any] = []
    worker.onError(errors.append)
    worker.postMessage(1)
    phone.workers.settle()
    assert [each["message"] for each in errors] == ["RuntimeError: the script has called exit, with 3: its worker ends"]
    worker.postMessage(2)
    phone.workers.settle()
    assert heard == []
