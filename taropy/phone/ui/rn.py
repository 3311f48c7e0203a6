"""The sign of loading as `@tarojs/taro-rn` 4.2.0 shows it: `showModal/toast.tsx`."""

from __future__ import annotations

from ..core.answers import NO_OPTIONS, Options
from ..core.variant import Surface, Variant

LOADING = "加载中"


def _titled(options: Options) -> Options:
    """A call without any options has a title; options without one make it empty."""
    return {"title": LOADING} if options is NO_OPTIONS else options


SURFACE = Surface("rn", {"showLoading": Variant("showLoading", _titled)})
