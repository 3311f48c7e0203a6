"""Whether a platform's table fits the spec: what it adapts is there, and so are the options and results that it names.

`Platform` itself refuses names that Taro does not have. What is checked here needs the declarations of the functions.
They are read for the plugins of others only: the tables that come with taropy are checked by its tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Any

from .. import spec
from ..hints import close_to
from ..spec import CALLBACKS, Member, Type
from .own import OWN
from .platforms import Adaptation, KnownPlatform, PlatformError

# What all options and results may have, whether their declarations say so or not.
EVERYWHERE = frozenset({*CALLBACKS, "errMsg", "errCode"})


def check_table(known: KnownPlatform) -> None:
    """Raises `PlatformError`, with the line to mend, if the platform's table does not fit the spec.

    The platform must be joined with the one that it extends.
    """
    for api, adaptation in known.platform.apis.items():
        line = f'{known.platform.name}: apis["{api}"]'
        _check_there(line, known, api)
        _check_kinds(line, adaptation)
        _check_options(line, spec.member(api), adaptation)
        _check_results(line, spec.member(api), adaptation)


def _check_there(line: str, known: KnownPlatform, api: str) -> None:
    if api in OWN:
        raise PlatformError(f"{line} adapts what is Taro's own, and asks no native function")
    if not known.supports(api):
        raise PlatformError(
            f"{line} adapts what the platform does not have; add {api} to supports, or take it from lacks"
        )


def _are_names(value: Any) -> bool:
    """A text is not taken for the names that its letters would be."""
    return isinstance(value, Sequence | Set) and not isinstance(value, str) and all(isinstance(n, str) for n in value)


def _leads_to(fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Whether a value leads from names to what fits."""
    return lambda value: isinstance(value, Mapping) and all(map(fits, value.values()))


# What each part of an adaptation should be, in words.
KINDS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "alias": (lambda value: value is None or isinstance(value, str), "a name"),
    "rename": (_leads_to(lambda value: isinstance(value, str)), "a dict of names to native names"),
    "optional": (_are_names, "a tuple of names"),
    "unchecked": (_are_names, "a tuple of names"),
    "options": (_leads_to(lambda value: True), "a dict of native names to values"),
    "results": (_leads_to(lambda value: isinstance(value, str) or callable(value)), "a dict of names to native names"),
    "remove": (_are_names, "a tuple of names"),
    "function": (lambda value: value is None or callable(value), "a function"),
    "needs": (_are_names, "a tuple of names"),
}


def _check_kinds(line: str, adaptation: object) -> None:
    if not isinstance(adaptation, Adaptation):
        raise PlatformError(f"{line} should be a taropy.Adaptation, not {adaptation!r}")
    for name, (fits, what) in KINDS.items():
        value = getattr(adaptation, name)
        if not fits(value):
            raise PlatformError(f"{line}.{name} should be {what}, not {value!r}")


def _check_options(line: str, member: Member, adaptation: Adaptation) -> None:
    """`rename` begins with Taro's names, and `optional` and `unchecked` are such.

    What `options` sets has native ones, which only the vendor knows.
    """
    if member.option is not None:
        for name in ("rename", "optional", "unchecked"):
            _check_names(f"{line}.{name}", getattr(adaptation, name), member.option, f"{member.name} does not take")
        return
    if adaptation.rename or adaptation.options or adaptation.unchecked:
        raise PlatformError(f"{line} adapts options, but {member.name} takes none")
    arguments = {param.name for signature in member.signatures for param in signature.params}
    for name in adaptation.optional:
        if name not in arguments:
            raise PlatformError(f"{line}.optional names {name!r}, which {member.name} does not take")


def _check_results(line: str, member: Member, adaptation: Adaptation) -> None:
    given = member.result if member.callback is None else member.callback
    if given is not None:
        what = "result" if member.callback is None else "event"
        _check_names(f"{line}.results", adaptation.results, given, f"the {what} of {member.name} does not have")


def _check_names(line: str, names: Iterable[str], type_: Type, lacks: str) -> None:
    """Raises if a name is no field of the type. Types without declared fields take any."""
    declared = spec.fields_of(type_)
    fields = {*declared, *EVERYWHERE}
    for name in names if declared else ():
        if name not in fields:
            raise PlatformError(f"{line} names {name!r}, which {lacks}{close_to(name, fields)}")
