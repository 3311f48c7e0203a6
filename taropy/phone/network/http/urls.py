"""A page's urls as browsers read them: the URL standard (url.spec.whatwg.org), as far as urls of the web go."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

#: What is left away around a url, and in it.
BLANKS = "".join(map(chr, range(0x21)))
TAKEN_OUT = re.compile(r"[\t\n\r]")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
WEB = frozenset({"http:", "https:"})
# Where a page without an origin would be.
NO_PAGE = "http://localhost"

_BEFORE_QUERY = re.compile(r"[^?#]*")


def absolute(text: str, origin: str | None) -> str | None:
    """The url that a text means on a page of this origin, which every page takes for its folder.

    None is a relative one on a page without origin; `ValueError` if the text is none. What is no url of the web stays.
    """
    found = SCHEME.match(text)
    scheme = found[0].lower() if found else ""
    if scheme and scheme not in WEB:
        return text
    page = origin or NO_PAGE
    rest = _BEFORE_QUERY.sub(lambda path: path[0].replace("\\", "/"), text[len(scheme) :], count=1)
    if rest.startswith("//") or (scheme and scheme != f"{urlsplit(page).scheme}:"):
        return _checked(f"{scheme or urlsplit(page).scheme + ':'}//{rest.lstrip('/')}")
    return None if origin is None else _checked(urljoin(f"{page}/", rest))


def _checked(url: str) -> str:
    parts = urlsplit(url)
    if not parts.hostname or (parts.port or 0) < 0:  # reading the port checks that it is one
        raise ValueError(f"{url} names no host")
    before, mark, query = url.partition("?")
    return f"{before}{mark}{escaped(query)}"


def escaped(query: str) -> str:
    """A query without the one letter that `encodeURIComponent` leaves as it is, and queries of the web have not."""
    return query.replace("'", "%27")
