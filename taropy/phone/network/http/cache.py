"""The HTTP cache of an app: what `enableCache` (WeChat, Douyin) and the web's `cache` option use.

A private cache by RFC 9111, for GET: it keeps what may be kept, knows how long a response is fresh, and asks
again with the validators that the server gave. It lives in memory, as long as the phone, and is bounded by the
size of the bodies.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

import attrs

from .outgoing import Headers, Outgoing
from .reply import Pairs, Reply

CAPACITY = 10 * 1024 * 1024

# Statuses whose responses may be kept without a rule that says so (RFC 9110, 15.1), but for partial content.
_KEPT = frozenset({200, 203, 300, 301, 308, 404, 405, 410, 414, 501})
_DIRECTIVE = re.compile(r'([\w-]+)(?:\s*=\s*"?([^",\s]*)"?)?')


@attrs.frozen
class Stored:
    """A response that is kept, until when it is fresh (seconds since the epoch), and for which headers."""

    reply: Reply
    fresh_until: float
    varies: Mapping[str, bytes | None]

    def answers(self, headers: Headers) -> bool:
        """Whether the request has the same values in the headers that the response varies by."""
        return all(_value(headers, name) == value for name, value in self.varies.items())

    def validators(self) -> dict[str, str]:
        """The headers that ask the server whether this response is still good."""
        asked = {"If-None-Match": self.reply.first(b"etag"), "If-Modified-Since": self.reply.first(b"last-modified")}
        return {name: value for name, value in asked.items() if value}


class Cache:
    """The kept responses of one app, by URL; the least recently used ones go first."""

    def __init__(self) -> None:
        self._stored: OrderedDict[str, Stored] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def find(self, outgoing: Outgoing) -> Stored | None:
        """The response that is kept for this request, fresh or not."""
        with self._lock:
            stored = self._stored.get(str(outgoing.url))
            if stored is None or not stored.answers(outgoing.headers):
                return None
            self._stored.move_to_end(str(outgoing.url))
            return stored

    def keep(self, outgoing: Outgoing, reply: Reply, now: float) -> None:
        """Keeps the reply, if it may be kept."""
        rules = _directives(reply)
        varies = {name.strip().lower() for value in reply.all(b"vary") for name in value.split(",")}
        if reply.status not in _KEPT or "no-store" in rules or "*" in varies or len(reply.body) > CAPACITY:
            return
        headers = {name: _value(outgoing.headers, name) for name in varies}
        self._put(str(outgoing.url), Stored(reply, now + _lifetime(reply, rules, now), headers))

    def refresh(self, outgoing: Outgoing, stored: Stored, reply: Reply, now: float) -> Reply:
        """The stored reply with the headers of the server's "not modified", kept in place of the old one."""
        renewed = attrs.evolve(stored.reply, pairs=_updated(stored.reply.pairs, reply.pairs))
        self.keep(outgoing, renewed, now)
        return renewed

    def _put(self, url: str, stored: Stored) -> None:
        with self._lock:
            old = self._stored.pop(url, None)
            self._size += len(stored.reply.body) - (len(old.reply.body) if old else 0)
            self._stored[url] = stored
            while self._size > CAPACITY:
                _, oldest = self._stored.popitem(last=False)
                self._size -= len(oldest.reply.body)


def _directives(reply: Reply) -> dict[str, str]:
    return {name.lower(): value for name, value in _DIRECTIVE.findall(",".join(reply.all(b"cache-control")))}


def _lifetime(reply: Reply, rules: Mapping[str, str], now: float) -> float:
    """For how many seconds from now the reply is fresh: by max-age, else by Expires, else for none."""
    if "no-cache" in rules:
        return 0.0
    age = _seconds(reply.first(b"age"))
    if rules.get("max-age", "").isdecimal():
        return _seconds(rules["max-age"]) - age
    expires, date = _moment(reply.first(b"expires")), _moment(reply.first(b"date"))
    return 0.0 if expires is None else expires - (now if date is None else date) - age


def _seconds(text: str) -> float:
    return min(float(text), 2.0**31) if text.isascii() and text.isdecimal() else 0.0


def _moment(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp()
    except (ValueError, OverflowError):
        return None


def _updated(old: Pairs, new: Pairs) -> Pairs:
    """The old headers with those replaced that came anew; the ones that describe the body stay."""
    fresh = {name.lower() for name, _ in new} - {b"content-length", b"content-encoding", b"transfer-encoding"}
    return [pair for pair in old if pair[0].lower() not in fresh] + [pair for pair in new if pair[0].lower() in fresh]


def _value(headers: Headers, name: str) -> bytes | None:
    pair = headers.get(name)
    return pair[1] if pair else None
