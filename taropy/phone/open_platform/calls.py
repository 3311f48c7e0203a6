"""A backend's HTTP call as the vendors' interfaces see it, free of any web framework."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import attrs

from ...masking import shown
from ..core.javascript import json_of, parse
from .refusals import Reason, Refused

if TYPE_CHECKING:
    from .platform import Registry

Answer = Mapping[str, Any]


@attrs.define(slots=False)
class Call:
    """One call: its method, the parameters of its URL, its body.

    `names` are the values in its path, `headers` those of HTTP by lower-case names, `target` is path and query as sent.
    """

    method: str
    query: Mapping[str, str] = attrs.field(repr=shown)
    body: bytes = attrs.field(default=b"", repr=shown)
    names: Mapping[str, str] = attrs.field(factory=dict, repr=shown)
    headers: Mapping[str, str] = attrs.field(factory=dict, repr=shown)
    target: str = attrs.field(default="", repr=shown)

    @cached_property
    def form(self) -> Mapping[str, str]:
        """The parameters of the URL and of a form in the body."""
        try:
            return {**self.query, **dict(parse_qsl(self.body.decode(), keep_blank_values=True))}
        except UnicodeDecodeError:
            raise Refused(Reason.WRONG_BODY) from None

    @cached_property
    def json(self) -> Mapping[str, Any]:
        """The JSON object in the body. Raises `Refused` if there is something else in it."""
        try:
            value = parse(self.body.decode())
        except ValueError:
            raise Refused(Reason.WRONG_BODY) from None
        if not isinstance(value, dict):
            raise Refused(Reason.WRONG_BODY)
        return value

    def json_text(self, name: str) -> str:
        """A text in the JSON object; empty if it is not there, or no text."""
        value = self.json.get(name)
        return value if isinstance(value, str) else ""

    def needs(self, method: str) -> None:
        """Raises `Refused` for another method than `GET` or `POST`, whichever is wanted."""
        if self.method != method:
            raise Refused(Reason.NEEDS_GET if method == "GET" else Reason.NEEDS_POST)


@attrs.frozen
class Reply:
    """An answer of which the interface says more than JSON: its status and its headers, too."""

    status: int
    body: str
    headers: Mapping[str, str] = attrs.field(factory=dict)


Endpoint = Callable[["Registry", Call], "Answer | Reply"]


def as_json(value: Answer) -> str:
    """The text that is sent for `value`; a signature over a part of an answer is over just this text of it."""
    return json_of(value)
