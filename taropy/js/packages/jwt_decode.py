"""jwt-decode 3 and 4: what a JSON Web Token says. Nobody looks at its signature."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from ..access import get
from ..errors import Error
from ..json import JSON


class InvalidTokenError(Error):
    """A text is no token."""

    name: Any = "InvalidTokenError"


def jwtDecode(token: Any = None, options: Any = None) -> Any:
    """What it claims; with the option `header`, its header. `InvalidTokenError` for what is no token."""
    if not isinstance(token, str):
        raise InvalidTokenError("Invalid token specified: must be a string")
    parts = token.split(".")
    place = 0 if get(options, "header") is True else 1
    if len(parts) <= place:
        raise InvalidTokenError(f"Invalid token specified: missing part #{place + 1}")
    try:
        padded = parts[place] + "=" * (-len(parts[place]) % 4)
        return JSON.parse(base64.b64decode(padded.translate({45: "+", 95: "/"}), validate=True).decode())
    except (binascii.Error, ValueError, Error) as error:
        raise InvalidTokenError(f"Invalid token specified: {error}") from error
