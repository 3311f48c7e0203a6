"""Observers in Baidu's own form: github.com/swan-team/swan-docs, api/show/query_swan-createIntersectionObserver.md."""

from __future__ import annotations

from ..core.answers import Options
from ..core.variant import Surface, Variant, mapping


def _observer(component: object = None, options: object = None, *_: object) -> tuple[object, Options]:
    """`observeAll` is called `selectAll`; a program gives the options alone, or a component first."""
    alone = options is None and isinstance(component, dict)
    given = mapping(component if alone else options)
    return None if alone else component, {"observeAll": given.get("selectAll"), **given}


SURFACE = Surface("swan", {"createIntersectionObserver": Variant("createIntersectionObserver", arguments=_observer)})
