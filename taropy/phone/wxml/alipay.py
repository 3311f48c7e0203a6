"""Observers in Alipay's own form: opendocs.alipay.com/mini/api, `my.createIntersectionObserver`."""

from __future__ import annotations

from ..core.answers import Options
from ..core.variant import Surface, Variant, mapping


def _observer(component: object = None, options: object = None, *_: object) -> tuple[object, Options]:
    """Alipay takes the options alone, and calls `observeAll` `selectAll`; Taro's programs give a component first."""
    given = mapping(component if options is None else options)
    return None, {"observeAll": given.get("selectAll"), **given}


SURFACE = Surface("my", {"createIntersectionObserver": Variant("createIntersectionObserver", arguments=_observer)})
