"""How functions and methods are called, as a stub writes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from .. import spec
from ..spec import Signature, Type
from .notation import comma, joined, or_none
from .sheet import Sheet, camel, is_name
from .texts import docstring

#: The last word on an overloaded function. To list the members of an object, pyright evaluates every method whose last
#: word has a decorator: without this one, an editor would wait for all options of Taro after `Taro.`. The typing
#: specification leaves it to stubs to have one; mypy wants none, and says so where it checks the stubs themselves.
IMPLEMENTATION = "  # type: ignore[misc, unused-ignore]"


@attrs.frozen
class Way:
    """One way to call a function: its parameters after `self`, and what it returns."""

    params: Sequence[str]
    returns: str

    def header(self, name: str) -> str:
        """`def name(self, …) -> …:`"""
        return f"def {name}({comma(['self', *self.params])}) -> {self.returns}:"


def function_text(sheet: Sheet, name: str, ways: Sequence[Way], doc: str) -> str:
    """A function that is called in these ways; what it does stands once."""
    if len(ways) == 1:
        return _documented(ways[0].header(name), doc)
    mark = sheet.use("typing", "overload")
    listed = "".join(f"    @{mark}\n    {way.header(name)} ...\n" for way in ways)
    anything = sheet.name("object")
    last = Way([f"*arguments: {anything}", f"**options: {anything}"], joined(way.returns for way in ways))
    return listed + _documented(last.header(name), doc, IMPLEMENTATION)


def _documented(header: str, doc: str, mark: str = "") -> str:
    return f"    {header}{mark}\n{docstring(doc, 2)}" if doc else f"    {header} ...{mark}\n"


def signature_way(sheet: Sheet, signature: Signature, positional: bool) -> Way:
    """As the declaration says, by position; with `positional` not by the names of the parameters either."""
    params: list[str] = []
    optional = False
    for param in signature.params:
        with sheet.at(sheet.place, sheet.hint + camel(param.name)):
            item = param.type.item if param.rest and isinstance(param.type, spec.Array) else param.type
            written = sheet.write(item, True)
        argument = param.name if is_name(param.name) else f"{param.name}_"
        if param.rest:
            params += ["/"] if positional and params else []
            params.append(f"*{argument}: {written}")
            break
        optional = optional or param.optional
        params.append(f"{argument}: {or_none(written)} = ..." if optional else f"{argument}: {written}")
    else:
        params += ["/"] if positional and params else []
    return Way(params, sheet.returns(signature.returns))


def option_ways(sheet: Sheet, signature: Signature, option: Type) -> Iterator[Way]:
    """With options: their class or their dict, or keyword arguments; one way if no option is required."""
    returns = sheet.returns(signature.returns)
    rest = list(_rest(sheet, signature))
    given = sheet.write(option, True)
    named = f"**options: {sheet.use('typing', 'Unpack')}[{_dict_of(given)}]"
    if all(field.optional for field in spec.fields_of(option).values()):
        yield Way([f"option: {or_none(given)} = ...", *(["/", named] if not rest else [*rest, "/", named])], returns)
        return
    yield Way([f"option: {given}", *rest, "/"], returns)
    yield Way([named], returns)


def _rest(sheet: Sheet, signature: Signature) -> Iterator[str]:
    """The parameters that follow on the options."""
    for param in signature.params[1:]:
        written = sheet.write(param.type, True)
        yield f"{param.name}: {or_none(written)} = ..." if param.optional else f"{param.name}: {written}"


def _dict_of(given: str) -> str:
    """Of the written alternatives, the dict."""
    return next(each for each in given.split(" | ") if each.endswith("Dict"))
