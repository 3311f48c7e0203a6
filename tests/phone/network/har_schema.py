"""What HAR 1.2 says of a file, as a JSON schema: for what the phone writes.

Facts: w3c.github.io/web-performance/specs/HAR/Overview.html. Fields of an application's own begin with an underscore;
no others are allowed here, so that a misspelled one is found.
"""

from __future__ import annotations

from typing import Any

TEXT: dict[str, Any] = {"type": "string"}
SIZE: dict[str, Any] = {"type": "integer", "minimum": -1}
MILLISECONDS: dict[str, Any] = {"type": "number", "minimum": 0}
# -1 stands for what does not apply.
PHASE: dict[str, Any] = {"type": "number", "minimum": -1}


def of(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    """An object with these fields, and those that begin with an underscore."""
    return {
        "type": "object",
        "required": sorted(required),
        "properties": {"comment": TEXT, **required, **(optional or {})},
        "patternProperties": {"^_": {}},
        "additionalProperties": False,
    }


def many(item: dict[str, Any]) -> dict[str, Any]:
    """A list of these."""
    return {"type": "array", "items": item}


NAMED = of({"name": TEXT, "value": TEXT})
DATE = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}
COOKIE = of(
    {"name": TEXT, "value": TEXT},
    {"path": TEXT, "domain": TEXT, "expires": DATE, "httpOnly": {"type": "boolean"}, "secure": {"type": "boolean"}},
)
PARAM = of({"name": TEXT}, {"value": TEXT, "fileName": TEXT, "contentType": TEXT})
# The text of a body, or its fields.
POSTED = {
    **of({"mimeType": TEXT}, {"text": TEXT, "params": many(PARAM)}),
    "oneOf": [{"required": ["text"]}, {"required": ["params"]}],
}
MESSAGE = {
    "httpVersion": TEXT,
    "cookies": many(COOKIE),
    "headers": many(NAMED),
    "headersSize": SIZE,
    "bodySize": SIZE,
}
REQUEST = of({**MESSAGE, "method": TEXT, "url": {"type": "string", "format": "uri"}, "queryString": many(NAMED)},
             {"postData": POSTED})  # fmt: skip
CONTENT = of({"size": {"type": "integer", "minimum": 0}, "mimeType": {"type": "string", "minLength": 1}},
             {"compression": {"type": "integer"}, "text": TEXT, "encoding": TEXT})  # fmt: skip
RESPONSE = of({
    **MESSAGE, "status": {"type": "integer"}, "statusText": TEXT, "content": CONTENT, "redirectURL": TEXT,
})  # fmt: skip
TIMINGS = of(
    {"send": MILLISECONDS, "wait": MILLISECONDS, "receive": MILLISECONDS},
    {"blocked": PHASE, "dns": PHASE, "connect": PHASE, "ssl": PHASE},
)
ENTRY = of(
    {
        "startedDateTime": DATE, "time": MILLISECONDS, "request": REQUEST, "response": RESPONSE,
        "cache": of({}, {"beforeRequest": {}, "afterRequest": {}}), "timings": TIMINGS,
    },
    {"pageref": TEXT, "serverIPAddress": TEXT, "connection": TEXT},
)  # fmt: skip
CREATOR = of({"name": TEXT, "version": TEXT})
HAR = of({"log": of({"version": {"const": "1.2"}, "creator": CREATOR, "entries": many(ENTRY)},
                    {"browser": CREATOR, "pages": many({"type": "object"})})})  # fmt: skip
