"""The two forms that a function on files has, made of the work that it does.

The one takes options and answers by callbacks; what may take long is done in a thread. The other, whose name ends in
`Sync`, takes its arguments one by one, or options too, and returns or raises.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import attrs

from ..core.answers import NO_OPTIONS, Fail, NativeFunction, Options, Result
from ..core.app import App
from ..core.functions import asked, plain
from ..core.options import UNDEFINED, js_type, required
from ..core.vendors import of_vendor
from .failures import Naming, as_told, fail, failed, opening
from .space import Space

Work = Callable[..., Any]
Heavy = Callable[..., bool]

# Work on up to this many bytes takes less time than to hand it to a thread and wait.
SMALL = 256 << 10
_LARGEST = 2**53

TEXT = ("String",)
# What the arguments are, where they are no texts; where there is nothing the work looks for itself.
KINDS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("position", "length", "offset"), ("Number",)),
    "recursive": ("Boolean",),
    "arrayBuffer": ("ArrayBuffer",),
    "data": ("String", "ArrayBuffer"),
    "entries": (),
}
# The Python types that need no closer look.
EXACT: Mapping[tuple[str, ...], frozenset[type]] = {
    TEXT: frozenset({str}),
    KINDS["recursive"]: frozenset({bool}),
    KINDS["data"]: frozenset({str, bytes, bytearray}),
}


# Whose functions that return a value return the fields that the others answer with: github.com/AlipayDocs/open-docs,
# the pages `FileSystemManager.…Sync`.
RETURNS_FIELDS: Mapping[str, bool] = {"my": True}


def _alipays(gives: str | None, value: Any) -> Result:
    """What Alipay adds: of a content whether it is text, of a function that gives nothing that it is done."""
    if gives == "data":
        return {"dataType": "string" if isinstance(value, str) else "ArrayBuffer"}
    return {"success": True} if gives is None else {}


# What a vendor tells beside the fields of the result.
ADDED: Mapping[str, Callable[[str | None, Any], Result]] = {"my": _alipays}


@attrs.frozen
class Argument:
    """One argument of a function: its name, the JavaScript types that it may be of, and whether it may be missing."""

    name: str
    kinds: tuple[str, ...]
    optional: bool
    exact: frozenset[type] = attrs.field(
        init=False, default=attrs.Factory(lambda argument: EXACT.get(argument.kinds, frozenset()), takes_self=True)
    )

    def of(self, value: Any) -> Any:
        """`value` as the work takes it; `Fail` if it is of another type."""
        if type(value) in self.exact:
            return value
        if value is None or value is UNDEFINED:
            return None if self.optional else self._refuse(value)
        if self.kinds and js_type(value) not in self.kinds:
            self._refuse(value)
        if self.kinds == ("Number",):
            return _whole(value)
        return bytes(value) if self.name == "data" and isinstance(value, memoryview) else value

    def _refuse(self, value: Any) -> None:
        required({} if value is UNDEFINED else {self.name: value}, self.name, " or ".join(self.kinds) or "Array")


def arguments(names: str) -> tuple[Argument, ...]:
    """The arguments that `names` names, in order; a name with a question mark may be missing."""
    return tuple(
        Argument(name.rstrip("?"), KINDS.get(name.rstrip("?"), TEXT), name.endswith("?")) for name in names.split()
    )


def _whole(number: float) -> int:
    """The number as a whole one; infinite and enormous ones are no place in a file."""
    if not -_LARGEST <= number <= _LARGEST:
        raise fail(1300022, "Invalid argument")
    return int(number)


@attrs.frozen
class Form:
    """A function: its work, its arguments, the field of the result, how failures name paths, and what takes long.

    Without a `gives` the work returns nothing; with `*` it returns the fields.
    """

    work: Work
    takes: tuple[Argument, ...]
    gives: str | None
    naming: Naming
    heavy: Heavy | None

    def run(self, app: App, space: Space, values: list[Any]) -> Any:
        """What the work returns."""
        try:
            return self.work(space, *values)
        except (OSError, Fail) as error:
            raise self.failed(app, error, values) from error

    def failed(self, app: App, error: OSError | Fail, values: list[Any]) -> Fail:
        """What the system or the work objects to, as the phone words it."""
        failure = error if isinstance(error, Fail) else failed(error, self.naming(*values))
        return as_told(failure, app, self.work.__name__)

    def result(self, value: Any) -> Result:
        """The fields of the result."""
        if self.gives is None:
            return {}
        return dict(value) if self.gives == "*" else {self.gives: value}

    def told(self, app: App, value: Any) -> Result:
        """The fields of the result, with those that the app's vendor adds."""
        fields = self.result(value)
        added = of_vendor(ADDED, app, None)
        return fields if added is None else {**fields, **added(self.gives, value)}

    async def run_in_thread(self, app: App, space: Space, values: list[Any]) -> Result:
        """As `run`, while the program goes on."""
        return self.told(app, await asyncio.to_thread(self.run, app, space, values))

    def values(self, options: Options) -> list[Any]:
        """The arguments, out of options."""
        return [argument.of(options.get(argument.name, UNDEFINED)) for argument in self.takes]


def form(
    work: Work, names: str = "", gives: str | None = None, naming: Naming = opening, heavy: Heavy | None = None
) -> Form:
    """The form of a function that takes `names`."""
    return Form(work, arguments(names), gives, naming, heavy)


def answering(form: Form) -> NativeFunction:
    """The function that takes options and answers by callbacks."""

    @asked
    def native(room: Any, app: App, options: Options) -> Result | Awaitable[Result]:
        values = form.values(options)
        space = room.phone.files.space(app)
        if form.heavy is not None and form.heavy(space, *values):
            return form.run_in_thread(app, space, values)
        return form.told(app, form.run(app, space, values))

    return _described(native, form)


def returning(form: Form) -> NativeFunction:
    """The function that takes its arguments one by one, and returns or raises.

    What it returns is the value; a manager that `returns_fields` gives what the function with callbacks gives, and
    takes options as well.
    """
    checks = [argument.of for argument in form.takes]
    least = sum(not argument.optional for argument in form.takes)
    work = form.work

    @plain
    def native(manager: Any, app: App, *given: Any) -> Any:
        if manager.returns_fields:
            return _fields(form, app, manager.phone.files.space(app), given)
        if len(given) < least:
            given += (UNDEFINED,) * (least - len(given))
        values = [check(value) for check, value in zip(checks, given, strict=False)]
        # As `form.run`, without the call: small files are read in a few microseconds.
        try:
            return work(manager.phone.files.space(app), *values)
        except (OSError, Fail) as error:
            raise form.failed(app, error, values) from error

    return _described(native, form)


def _fields(form: Form, app: App, space: Space, given: tuple[Any, ...]) -> Result:
    """What the function with callbacks would answer with, for these arguments or options."""
    if given and isinstance(given[0], Mapping):
        values = form.values(given[0])
    else:
        values = form.values({argument.name: value for argument, value in zip(form.takes, given, strict=False)})
    return form.told(app, form.run(app, space, values))


def returning_for_options(form: Form) -> NativeFunction:
    """The function that takes options, and returns or raises."""

    @plain
    def native(room: Any, app: App, options: Any = None, *_: Any) -> Any:
        if options is not None and not isinstance(options, Mapping):
            raise Fail("parameter error: parameter should be Object")
        return form.run(app, room.phone.files.space(app), form.values(NO_OPTIONS if options is None else options))

    return _described(native, form)


def _described(native: NativeFunction, form: Form) -> NativeFunction:
    native.__doc__ = form.work.__doc__
    return native
