"""What Alipay says of ways that there are not: github.com/AlipayDocs/open-docs, each function's page."""

from __future__ import annotations

from ..core.alipay import failing
from ..core.variant import Surface, Variant

_NO_WAY = failing({"is not found": 1, "is not tab": 1})

# The number is a text here.
_FIRST_PAGE = "already top of navigation"

SURFACE = Surface(
    "my",
    {
        **{name: Variant(name, failure=_NO_WAY) for name in ("navigateTo", "redirectTo", "reLaunch", "switchTab")},
        "navigateBack": Variant("navigateBack", failure=failing({_FIRST_PAGE: _FIRST_PAGE})),
    },
)
