"""A way to ask the phone's person: on the terminal. `Phone(ask=taropy.phone.core.terminal.ask)`.

Where the standard input is no terminal, its lines are the answers. What is asked and answered is shown on the error
output then, so that the program's own output stays as it is. A program that asks for more than there is, ends.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from .person import WORDS, Answer, Question

# Two dialogs at a time are asked about one after the other.
_one_at_a_time = threading.Lock()


class InputEnded(SystemExit):
    """The phone has asked something, and nobody is there to answer: the program ends, with exit code 2."""

    def __init__(self, question: Question, why: str) -> None:
        super().__init__(2)
        self.reason: str = f"the phone asks {_named(question)}, and {why}; phone.person.script answers without asking"


def ask(question: Question) -> Awaitable[Answer | None]:
    """Asks on the terminal, or reads a line of the standard input, while the program goes on."""
    answer: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()
    # Not the event loop's own threads: those would keep the process from ending while nobody answers.
    threading.Thread(target=_ask, args=(question, answer), daemon=True).start()
    return answer


def _ask(question: Question, answer: asyncio.Future[Answer | None]) -> None:
    with _one_at_a_time:
        given: Answer | None = None
        ended: InputEnded | None = None
        try:
            given = _HOW.get(question.kind, _ask_fields)(question)
        except EOFError:
            # On a terminal it is a person who has said no more, and leaves the question to its default.
            ended = None if _is_terminal() else InputEnded(question, "the standard input has ended")
        except (OSError, RuntimeError, ValueError) as error:  # it is closed, or there is none
            ended = InputEnded(question, f"there is no standard input ({error})")
    loop = answer.get_loop()
    if loop.is_closed():
        return
    if ended is None:
        loop.call_soon_threadsafe(_settle, answer, given)
    else:
        loop.call_soon_threadsafe(_end, ended)


def _end(ended: InputEnded) -> None:
    """Ends the program, from within its loop, which hands this on and nothing else."""
    print(ended.reason, file=sys.stderr)
    raise ended


def _settle(answer: asyncio.Future[Answer | None], given: Answer | None) -> None:
    if not answer.done():
        answer.set_result(given)


def _ask_modal(question: Question) -> Answer:
    shown = question.shown
    _print(shown["title"], shown["content"])
    typed = {"content": _ask_text(shown["placeholderText"] or "text", shown["content"])} if shown["editable"] else {}
    if not shown["showCancel"]:
        _read(f"[{shown['confirmText']}] ")
        return {"confirm": True, **typed}
    return {"confirm": _ask_choice([shown["confirmText"], shown["cancelText"]]) == 0, **typed}


def _ask_sheet(question: Question) -> Answer:
    _print(question.shown["alertText"])
    index = _ask_choice(question.shown["itemList"], nothing="cancel")
    return {"cancel": True} if index is None else {"tapIndex": index}


def _ask_fields(question: Question) -> Answer:
    """Asks for each field of the default answer that a word can answer; the rest stays as the default has it."""
    _print(f"{question.kind}:", *(f"  {name}: {value}" for name, value in question.shown.items()))
    return {name: _ask_value(question.kind, name, value) for name, value in question.default.items()}


def _ask_value(kind: str, name: str, default: Any) -> Any:
    words = WORDS.get((kind, name))
    if words is not None and isinstance(default, str):
        return words[_ask_choice(list(words)) or 0]
    if isinstance(default, bool):
        return _ask_yes(name, default)
    return _ask_text(name, default) if isinstance(default, str) else default


def _ask_yes(name: str, default: bool) -> bool:
    while True:
        typed = _ask_text(f"{name}, y or n", "y" if default else "n").strip().lower()
        if typed in ("y", "yes", "n", "no"):
            return typed.startswith("y")
        _print(f"{typed!r} is neither y nor n")


def _ask_text(what: str, default: str) -> str:
    return _read(f"{what} [{default}]: ") or default


def _ask_choice(items: list[str], nothing: str | None = None) -> int | None:
    """The index of one of `items`: the first by default, or None where `nothing` may be chosen, by 0."""
    _print(*(f"  {number} {item}" for number, item in enumerate(items, 1)))
    if nothing is not None:
        _print(f"  0 {nothing}")
    lowest = 1 if nothing is None else 0
    while True:
        typed = _read("[1]: ").strip() or "1"
        if typed.isdecimal() and lowest <= int(typed) <= len(items):
            return int(typed) - 1 if int(typed) else None
        _print(f"{typed!r} is none of them: type a number from {lowest} to {len(items)}, or nothing for 1")


def _named(question: Question) -> str:
    """`modal 'Sure?'`: a question in an error's text."""
    words = (question.shown.get(name) for name in ("title", "content", "alertText", "scope"))
    title = next(filter(None, words), None)
    return question.kind if title is None else f"{question.kind} {title!r}"


# --- the terminal, or what stands in its place -------------------------------------------------------------------


def _is_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _read(prompt: str) -> str:
    """A line; EOFError if there is none any more."""
    if _is_terminal():
        return input(prompt)
    if sys.stdin is None:
        raise RuntimeError("it is closed")
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    line = line.rstrip("\r\n")
    print(f"{prompt}{line}", file=sys.stderr, flush=True)
    return line


def _print(*lines: str) -> None:
    for line in filter(None, lines):
        print(line, file=sys.stdout if _is_terminal() else sys.stderr)


_HOW: Mapping[str, Callable[[Question], Answer]] = {"modal": _ask_modal, "action sheet": _ask_sheet}
