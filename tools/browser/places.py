"""Recordings hold no ports, blob ids, times or drawn pictures of one run; here is what stands for them."""

from __future__ import annotations

import re
from collections.abc import Mapping

#: What is another in every run, and what stands for it.
PASSING = (
    (re.compile(r"blob:(\$\w+)/[0-9a-f-]{36}"), r"blob:\1/$id"),
    (re.compile(r"(\"\$taroTimestamp\": ?)\d+"), r'\1"$time"'),
    (re.compile(r"(\"time\": ?)\d{13}"), r'\1"$time"'),
    (re.compile(r"\$taroTimestamp=\d+"), "$taroTimestamp=$time"),
    (re.compile(r"file-\d{13}"), "file-$time"),
    # How a picture is encoded that the page has drawn is the browser's affair, and another in its next version.
    (re.compile(r"(data:image/\w+;base64,)[\w+/=]{16,}"), r"\1$picture"),
)


_NAME = re.compile(r"\$(\w+)")


def addressed(text: str, addresses: Mapping[str, str]) -> str:
    """The text with the servers' addresses where it names them: `$api/users`."""
    return _NAME.sub(lambda name: addresses.get(name[1], name[0]), text)


def placeless(text: str, addresses: Mapping[str, str]) -> str:
    """A recording's JSON without what passes: `$api` for the server's address, `$api:host` without its scheme."""
    for name, address in addresses.items():
        text = text.replace(address, f"${name}").replace(address.partition("://")[2], f"${name}:host")
    for passing, standing in PASSING:
        text = passing.sub(standing, text)
    return text
