"""Queries of addresses."""

from urllib.parse import quote, unquote

SAFE = "!'()*~"


def text_of(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def stringify(query):
    return "&".join(
        f"{quote(key, safe=SAFE)}={quote(text_of(value), safe=SAFE)}"
        for key, value in query.items()
        if value is not None
    )


def parse(text):
    found = {}
    for part in text.split("&"):
        key, _, value = part.partition("=")
        if key:
            found[unquote(key)] = unquote(value)
    return found


def run():
    query = {"page": 2, "size": 20, "q": "green tea", "sort": "price,name", "none": None, "on": True}
    found = []
    for i in range(5):
        text = stringify({**query, "i": i})
        found += [text, parse(text)["q"]]
    return found
