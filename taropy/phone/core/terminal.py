"""A way to ask the phone's person: on the terminal. `Phone(ask=taropy.phone.core.terminal.ask)`."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from .person import Answer, Question

# Two dialogs at a time are asked about one after the other.
_one_at_a_time = threading.Lock()


def ask(question: Question) -> Awaitable[Answer | None] | None:
    """Asks on the terminal, while the program goes on. Where there is no terminal, the question goes by its default."""
    if not sys.stdin.isatty():
        return None
    answer: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()
    # Not the event loop's own threads: those would keep the process from ending while nobody answers.
    threading.Thread(target=_ask, args=(question, answer), daemon=True).start()
    return answer


def _ask(question: Question, answer: asyncio.Future[Answer | None]) -> None:
    with _one_at_a_time:
        try:
            given = _HOW.get(question.kind, _ask_fields)(question)
        except EOFError:
            given = None
    loop = answer.get_loop()
    if not loop.is_closed():
        loop.call_soon_threadsafe(_settle, answer, given)


def _settle(answer: asyncio.Future[Answer | None], given: Answer | None) -> None:
    if not answer.done():
        answer.set_result(given)


def _ask_modal(question: Question) -> Answer:
    shown = question.shown
    _print(shown["title"], shown["content"])
    typed = {"content": _ask_text(shown["placeholderText"] or "text", shown["content"])} if shown["editable"] else {}
    if not shown["showCancel"]:
        input(f"[{shown['confirmText']}] ")
        return {"confirm": True, **typed}
    return {"confirm": _ask_choice([shown["confirmText"], shown["cancelText"]]) == 0, **typed}


def _ask_sheet(question: Question) -> Answer:
    _print(question.shown["alertText"])
    index = _ask_choice(question.shown["itemList"], nothing="cancel")
    return {"cancel": True} if index is None else {"tapIndex": index}


def _ask_fields(question: Question) -> Answer:
    """Asks for each field of the default answer that a word can answer; the rest stays as the default has it."""
    _print(f"{question.kind}:", *(f"  {name}: {value}" for name, value in question.shown.items()))
    return {name: _ask_value(name, value) for name, value in question.default.items()}


def _ask_value(name: str, default: Any) -> Any:
    if isinstance(default, bool):
        return _ask_text(f"{name}, y or n", "y" if default else "n").lower().startswith("y")
    return _ask_text(name, default) if isinstance(default, str) else default


def _ask_text(what: str, default: str) -> str:
    return input(f"{what} [{default}]: ") or default


def _ask_choice(items: list[str], nothing: str | None = None) -> int | None:
    """The index of one of `items`: the first by default, or None where `nothing` may be chosen, by 0."""
    _print(*(f"  {number} {item}" for number, item in enumerate(items, 1)))
    if nothing is not None:
        _print(f"  0 {nothing}")
    lowest = 1 if nothing is None else 0
    while True:
        typed = input("[1]: ") or "1"
        if typed.isdecimal() and lowest <= int(typed) <= len(items):
            return int(typed) - 1 if typed != "0" else None


def _print(*lines: str) -> None:
    for line in filter(None, lines):
        print(line)


_HOW: Mapping[str, Callable[[Question], Answer]] = {"modal": _ask_modal, "action sheet": _ask_sheet}
