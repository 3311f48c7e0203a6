"""Login codes that an open platform knows though another one gave them: both have the same key.

In a load test phones run in many processes, on many machines, and their backend exchanges codes at one server. A code
says whose it is, and its signature that who made it has the key.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import math
import secrets

import attrs

from .records import Code

SIGNATURE = 16  # bytes
KEY = 16


class Signer:
    """Writes codes and reads those that were written with the same key."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def write(self, code: Code) -> str:
        """The code as a text that is another each time. Its session key is never replaced: see `session_key`."""
        said = json.dumps([*attrs.astuple(attrs.evolve(code, key_period=math.inf)), secrets.token_hex(8)])
        return base64.urlsafe_b64encode(self._signature(said) + said.encode()).decode().rstrip("=")

    def read(self, text: str) -> Code | None:
        """The code; None for what was not written with this key."""
        try:
            whole = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
            signature, said = whole[:SIGNATURE], whole[SIGNATURE:].decode()
        except ValueError:
            return None
        if not hmac.compare_digest(signature, self._signature(said)):
            return None
        *fields, _ = json.loads(said)
        return Code(*fields)

    def session_key(self, app_key: str, user_id: str) -> bytes:
        """The key of the user's session in the app: who gave the code and who exchanges it make the same one."""
        return self._digest(f"session\n{app_key}\n{user_id}")[:KEY]

    def _signature(self, said: str) -> bytes:
        return self._digest(f"code\n{said}")[:SIGNATURE]

    def _digest(self, text: str) -> bytes:
        return hmac.digest(self._key, text.encode(), hashlib.sha256)
