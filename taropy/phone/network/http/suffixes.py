"""Sites: the names that somebody has registered, below the suffixes that are open to everybody.

Mozilla's list says which suffixes are, as browsers have it: the registries' own (`com`, `com.cn`), and those of hosters
as `github.io`.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

REMEMBERED = 512


@lru_cache(REMEMBERED)
def is_public_suffix(domain: str) -> bool:
    """Whether everybody may have names below this one."""
    return bool(_list().is_public(domain))


@lru_cache(REMEMBERED)
def registered(host: str) -> str:
    """The part of a host's name that its owner registered: `shop.com.cn` of `www.shop.com.cn`; else the whole name."""
    return _list().privatesuffix(host) or host


@cache
def _list() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()
