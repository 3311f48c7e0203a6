"""Errors in a program that nothing has handled: a handler or a callback raised, or a promise was rejected in vain.

Whoever finds one says so here, with `collected`. Somebody may collect them meanwhile: pytest's plugin for a test,
`taropy run` for a program, `expect_unhandled` for those that a test expects. Where nobody does, it goes its usual way.
"""

from __future__ import annotations

import gc
import warnings
from typing import TYPE_CHECKING, Protocol, Self
from weakref import ref

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from types import TracebackType

    from .program import Place


class ProgramWarning(Warning):
    """A warning about a line of the program that is not the one that runs just now.

    `place`: its file, and the line; None if that is not known.
    """

    place: Place | None = None


class UnhandledErrorWarning(ProgramWarning, RuntimeWarning):
    """An error in the program that nothing has handled.

    - `error`: what it is; `said`: where it came from, as `onLoad of pages/cart threw`.
    - `place`: the file and the line of the program that it belongs to; None if it is not known.
    - `heard`: whether the program listens to such errors itself, by `onError` or `onUnhandledRejection`.
    """

    error: BaseException

    def __init__(self, error: BaseException, said: str = "unhandled error", *, heard: bool = False) -> None:
        from .hints import tell_misread  # not before there is an error
        from .program import place_of

        tell_misread(error, anywhere=True)  # a warning shows the text alone, without what Python says beside it
        # `args` are as given, so that a warning can travel to another process, and be made there again.
        self.error = error
        self.said = said
        self.heard = heard
        self.place: Place | None = place_of(error)

    def __str__(self) -> str:
        return f"{self.said}: {type(self.error).__name__}: {text_of(self.error)}"


def text_of(error: BaseException) -> str:
    """What the error says, without secrets; a program's own may fail to say anything."""
    from .masking import masked_text

    try:
        return masked_text(str(error))
    except Exception as failure:
        return f"(its text can't be had: {type(failure).__name__})"


class Held(Protocol):
    """An error that somebody may still handle: the reason of a rejected promise that is still there."""

    armed: bool

    @property
    def error(self) -> BaseException:
        """What it would be told as."""
        ...

    def tell(self) -> None:
        """Tells of the error now, and never again."""
        ...


class Collector:
    """Takes the errors that nothing has handled while it is entered: each becomes a warning.

    A warning that the filters make an error has no caller to be raised to. It is kept in `refused`.
    """

    def __init__(self) -> None:
        self.refused: list[ProgramWarning] = []

    def __enter__(self) -> Self:
        collectors.append(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        collectors.remove(self)

    def take(self, warning: UnhandledErrorWarning) -> bool:
        """Takes the error, unless it is one for others."""
        try:
            warn(warning, self.place())
        except UnhandledErrorWarning as refused:
            self.refused.append(refused)
        return True

    def refuse(self, warning: ProgramWarning) -> bool:
        """Takes another warning that the filters make an error, unless it is one for others."""
        self.refused.append(warning)
        return True

    def place(self) -> Place | None:
        """Where errors are told that have no place of their own."""
        return None


#: Those who collect now, the last of whom is asked first.
collectors: list[Collector] = []

#: What may still be handled of what has come up while somebody collected, by identity, in the order of its coming.
held: dict[int, ref[Held]] = {}


def collected(warning: UnhandledErrorWarning) -> bool:
    """Hands an error to whoever collects; False if nobody does."""
    return any(collector.take(warning) for collector in reversed(collectors))


def warn(warning: ProgramWarning, otherwise: Place | None = None) -> None:
    """Warns at the warning's place in the program, or at another one if it has none."""
    place = warning.place or otherwise
    if place is None:
        warnings.warn(warning, stacklevel=2)
    else:
        warnings.warn_explicit(warning, None, *place)


def report(message: str, error: BaseException) -> None:
    """Reports an error of the program that has no one to go to; outside an event loop it is raised.

    The loop is told, as asyncio does, unless somebody collects such errors. A program's own handler hears of it anyway.
    """
    try:
        loop = _running_loop()
    except RuntimeError:
        raise error from None
    if not collected(UnhandledErrorWarning(error, message)) or _has_a_programs_handler(loop):
        tell_loop(message, error)


def tell_loop(message: str, error: BaseException) -> None:
    """Tells the running loop of an error, as asyncio does."""
    _running_loop().call_exception_handler({"message": message, "exception": error})


def _running_loop() -> AbstractEventLoop:
    from asyncio import get_running_loop  # which is dear, and there where an event loop runs

    return get_running_loop()


def _has_a_programs_handler(loop: AbstractEventLoop) -> bool:
    """A handler of anyio's is not: its test runner fails the test with what it is told, whoever has expected that."""
    handler = loop.get_exception_handler()
    return handler is not None and not getattr(handler, "__module__", "").startswith("anyio.")


def tell(warning: ProgramWarning) -> None:
    """Warns of what is no error, from where no program has called; as often as it happens.

    What the filters make an error then, whoever collects has it; it is raised where nobody does.
    """
    places = (collector.place() for collector in reversed(collectors))
    try:
        warn(warning, next((place for place in places if place is not None), None))
    except ProgramWarning as refused:
        if not any(collector.refuse(refused) for collector in reversed(collectors)):
            raise


def hold(error: Held) -> None:
    """Keeps an error in mind that somebody may still handle, if somebody collects."""
    if collectors:
        held[id(error)] = ref(error)


def still_held() -> list[Held]:
    """The errors that nobody has handled, and of which nothing was told because something has them still."""
    return [error for each in list(held.values()) if (error := each()) is not None and error.armed]


def tell_lost() -> None:
    """Tells of the errors that nobody can handle any more, though circles of references keep them."""
    if still_held():
        gc.collect()


def tell_held() -> None:
    """Tells of all that nobody has handled so far."""
    for error in still_held():
        error.tell()
    held.clear()
