"""Whether a platform's table fits the spec: what it adapts is there, and the options and results that it names are.

`Platform` itself refuses names that Taro does not have. What is checked here needs the declarations of the functions.
They are read for the plugins of others only: the tables that come with taropy are checked by its tests.
"""

from __future__ import annotations

from collections.abc import Iterable

from .. import spec
from ..spec import Member, Type
from .own import OWN
from .platforms import Adaptation, KnownPlatform, PlatformError, close_to

# What all options and results may have, whether their declarations say so or not.
EVERYWHERE = frozenset({"success", "fail", "complete", "errMsg", "errCode"})


def check_table(known: KnownPlatform) -> None:
    """Raises `PlatformError`, with the line to mend, if the platform's table does not fit the spec.

    The platform must be joined with the one that it extends.
    """
    for api, adaptation in known.platform.apis.items():
        line = f'{known.platform.name}: apis["{api}"]'
        _check_there(line, known, api)
        _check_options(line, spec.member(api), adaptation)
        _check_results(line, spec.member(api), adaptation)


def _check_there(line: str, known: KnownPlatform, api: str) -> None:
    if api in OWN:
        raise PlatformError(f"{line} adapts what is Taro's own, and asks no native function")
    if not known.supports(api):
        raise PlatformError(
            f"{line} adapts what the platform does not have; add {api} to supports, or take it from lacks"
        )


def _check_options(line: str, member: Member, adaptation: Adaptation) -> None:
    """`rename` begins with Taro's names; what `options` sets has native ones, which only the vendor knows."""
    if member.option is not None:
        _check_names(f"{line}.rename", adaptation.rename, member.option, f"{member.name} does not take")
    elif adaptation.rename or adaptation.options:
        raise PlatformError(f"{line} adapts options, but {member.name} takes none")


def _check_results(line: str, member: Member, adaptation: Adaptation) -> None:
    if member.result is not None:
        _check_names(f"{line}.results", adaptation.results, member.result, f"the result of {member.name} does not have")


def _check_names(line: str, names: Iterable[str], type_: Type, lacks: str) -> None:
    """Raises if a name is no field of the type. Types without declared fields take any."""
    declared = spec.fields_of(type_)
    fields = {*declared, *EVERYWHERE}
    for name in names if declared else ():
        if name not in fields:
            raise PlatformError(f"{line} names {name!r}, which {lacks}{close_to(name, fields)}")
