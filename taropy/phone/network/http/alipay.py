"""Alipay's client: `my.request` of github.com/AlipayDocs/open-docs."""

from __future__ import annotations

from typing import Any

from ...core.answers import Fail
from .client import Client
from .outgoing import Outgoing
from .reply import Reply

#: The page "my.request报错：JSON parse data error".
NOT_JSON = 14


class AlipayClient(Client):
    """As WeChat's, but what is no JSON is text for those only who ask for text (`dataType`)."""

    names_by_content = True

    def data(self, reply: Reply, outgoing: Outgoing) -> Any:
        """The body; fails if it was to be JSON and is none."""
        if outgoing.form != "json":
            return super().data(reply, outgoing)
        try:
            return reply.json()
        except ValueError as error:
            told: dict[str, Any] = {
                "error": NOT_JSON,
                "data": reply.text(),
                "status": reply.status,
                "headers": reply.header(),
            }
            raise Fail("JSON parse data error", **told) from error


CLIENT = AlipayClient
