"""The packages that Baidu's programs fetch: github.com/swan-team/swan-docs, api/open/swan-loadSubPackage.md.

The pages of the other two functions are gone; that their numbers are the same is judgement.
"""

from __future__ import annotations

from ..core.swan import ANY, FAILED, numbered, wrong
from ..core.variant import Surface

_NUMBERS = {**wrong(), ANY: FAILED}

SURFACE = Surface(
    "swan",
    {name: numbered(name, _NUMBERS, _NUMBERS) for name in ("downloadPackage", "downloadPackages", "loadSubPackage")},
)
