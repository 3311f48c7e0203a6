"""What `help(Taro.login)` shows: the description of a member, read when somebody asks for it."""

from __future__ import annotations

from functools import cache
from typing import SupportsIndex

from .. import spec


class Description(str):
    """A docstring whose text comes when it is shown; to read the descriptions takes longer than a call.

    `help` and `inspect.getdoc`, and what is made of them, expand the tabs of a docstring before they do anything else.
    """

    __slots__ = ("_api",)
    _api: str

    def __new__(cls, api: str) -> Description:
        made = super().__new__(cls, f"`taropy api {api}` describes it, and so does help().")
        made._api = api
        return made

    def expandtabs(self, tabsize: SupportsIndex = 8) -> str:
        """The text: what the function does, gives and fails with, and where it works."""
        from ..stubgen.texts import member_docstring

        having = tuple(name for name in spec.PLATFORMS if name in spec.supported_on(self._api))
        text = member_docstring(spec.member(self._api), having)
        return f"{text}\n\nIts options and its result: `taropy api {self._api}`."


@cache
def description(api: str) -> Description:
    """The description of a member; all runtimes have the same."""
    return Description(api)
