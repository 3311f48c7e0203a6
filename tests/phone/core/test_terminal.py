"""The phone's questions on the terminal, where a person answers them."""

from __future__ import annotations

import asyncio
import io
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from typing import Any

import pytest

import taropy
from taropy.phone import Question
from taropy.phone.core import terminal


class Terminal(io.StringIO):
    """What a person types."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda text: monkeypatch.setattr(sys, "stdin", Terminal(text))


def on_terminal(call: Callable[[Any], Any]) -> Any:
    async def main() -> Any:
        async with taropy.create("weapp", ask=terminal.ask) as t:
            return await call(t)

    return asyncio.run(main())


@pytest.mark.parametrize(
    ("typed", "confirm"), [("\n", True), ("1\n", True), ("2\n", False), ("x\n0\n3\n2\n", False), ("", True)]
)
def test_a_modal_is_answered_on_the_terminal(
    types: Callable[[str], None], capsys: pytest.CaptureFixture[str], typed: str, confirm: bool
) -> None:
    types(typed)
    res = on_terminal(lambda t: t.showModal(title="Delete?", confirmText="Yes", cancelText="No"))
    assert res.confirm is confirm
    shown = capsys.readouterr().out
    assert "Delete?" in shown
    assert "1 Yes" in shown
    assert "2 No" in shown


def test_a_text_is_typed_on_the_terminal(types: Callable[[str], None]) -> None:
    types("my name\n1\n")
    assert on_terminal(lambda t: t.showModal({"title": "Who?", "editable": True}))["content"] == "my name"


def test_a_modal_without_cancel_needs_only_enter(types: Callable[[str], None]) -> None:
    types("\n")
    assert on_terminal(lambda t: t.showModal(title="Look", showCancel=False)).confirm


def test_an_item_is_chosen_on_the_terminal(types: Callable[[str], None]) -> None:
    types("2\n")
    assert on_terminal(lambda t: t.showActionSheet(itemList=["a", "b"])).tapIndex == 1


def test_a_sheet_is_closed_on_the_terminal(types: Callable[[str], None]) -> None:
    types("0\n")
    with pytest.raises(taropy.TaroError, match="showActionSheet:fail cancel"):
        on_terminal(lambda t: t.showActionSheet(itemList=["a", "b"]))


@pytest.mark.parametrize(("typed", "allow"), [("y\n", True), ("n\n", False), ("\n", True)])
def test_other_questions_are_asked_field_by_field(
    types: Callable[[str], None], capsys: pytest.CaptureFixture[str], typed: str, allow: bool
) -> None:
    async def main() -> Any:
        types(typed)
        answer = terminal.ask(Question("authorize", {"scope": "scope.camera"}, {"allow": True, "times": 3}))
        assert answer is not None
        return await answer

    assert asyncio.run(main()) == {"allow": allow, "times": 3}
    assert capsys.readouterr().out == "authorize:\n  scope: scope.camera\nallow, y or n [y]: "


@pytest.mark.parametrize(("typed", "outcome"), [("\n", "pay"), ("2\n", "cancel"), ("3\n", "no money")])
def test_how_a_payment_ends_is_chosen(
    types: Callable[[str], None], capsys: pytest.CaptureFixture[str], typed: str, outcome: str
) -> None:
    async def main() -> Any:
        types(typed)
        answer = terminal.ask(Question("payment", {"price": "¥9.90"}, {"outcome": "pay"}))
        assert answer is not None
        return await answer

    assert asyncio.run(main()) == {"outcome": outcome}
    assert "price: ¥9.90" in capsys.readouterr().out


WRONG = {
    "a modal": (lambda t: t.showModal(title="Sure?"), "n\n2\n", "'n' is none of them: type a number from 1 to 2, or "),
    "a sheet": (
        lambda t: t.showActionSheet(itemList=["a"]),
        "2\n1\n",
        "'2' is none of them: type a number from 0 to 1",
    ),
    "yes or no": (lambda t: t.getUserProfile(desc="to greet"), "maybe\ny\n", "'maybe' is neither y nor n"),
}


@pytest.mark.parametrize(("call", "typed", "told"), WRONG.values(), ids=WRONG)
def test_a_wrong_key_is_told_what_is_allowed_and_asked_again(
    types: Callable[[str], None],
    capsys: pytest.CaptureFixture[str],
    call: Callable[[Any], Any],
    typed: str,
    told: str,
) -> None:
    types(typed)
    assert on_terminal(call).errMsg.endswith(":ok")
    assert told in capsys.readouterr().out


def test_without_a_terminal_lines_are_the_answers_and_shown_beside_the_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("2\r\n\n2\n"))

    async def calls(t: Any) -> list[Any]:
        confirmed = [(await t.showModal(title="Sure?")).confirm for _ in range(2)]
        return [*confirmed, (await t.showActionSheet(itemList=["a", "b"])).tapIndex]

    assert on_terminal(calls) == [False, True, 1]
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Sure?\n  1 确定\n  2 取消\n[1]: 2\n")


class Closed(io.StringIO):
    """What can't be read, as under a daemon."""

    def readline(self, size: int | None = -1, /) -> str:
        raise OSError("reading is not possible")


@pytest.mark.parametrize(
    ("stdin", "why"),
    [
        (io.StringIO(""), "the standard input has ended"),
        (Closed(), "there is no standard input (reading is not possible)"),
        (None, "there is no standard input (it is closed)"),
    ],
    ids=["ended", "closed", "none"],
)
def test_a_program_that_asks_where_nobody_answers_ends_and_says_why(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], stdin: Any, why: str
) -> None:
    monkeypatch.setattr(sys, "stdin", stdin)
    with pytest.raises(SystemExit) as ended:
        on_terminal(lambda t: t.showModal(title="Sure?"))
    assert ended.value.code == 2
    assert f"the phone asks modal 'Sure?', and {why}; phone.person.script " in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="the system has no pseudo-terminals")
def test_a_real_terminal_asks_while_the_program_goes_on() -> None:
    program = textwrap.dedent("""
        import asyncio, taropy
        from taropy.phone.core import terminal
        async def main():
            async with taropy.create("weapp", ask=terminal.ask) as t:
                promise = t.showModal(title="Sure?")
                print("meanwhile", flush=True)
                print("confirmed", (await promise).confirm)
        asyncio.run(main())
    """)
    ours, theirs = os.openpty()
    with subprocess.Popen([sys.executable, "-c", program], stdin=theirs, stdout=subprocess.PIPE, text=True) as process:
        os.close(theirs)
        assert process.stdout is not None
        first = process.stdout.readline()
        os.write(ours, b"2\n")
        rest = process.stdout.read()
    os.close(ours)
    assert "meanwhile" in first + rest
    assert rest.endswith("confirmed False\n")
