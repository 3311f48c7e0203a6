"""uuid 9: identifiers by chance, by time, and by name."""

from __future__ import annotations

import re
import uuid as _uuid
from typing import Any, Final

from ..errors import TypeError
from ..typed_arrays import Uint8Array

_VALID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.IGNORECASE)

#: The identifier of nothing.
NIL: Final = "00000000-0000-0000-0000-000000000000"


def v1() -> str:
    """One by time."""
    return str(_uuid.uuid1())


def v3(value: str, namespace: str) -> str:
    """One by name in a namespace, with MD5. `TypeError` if the namespace is no identifier."""
    return str(_uuid.uuid3(_namespace(namespace), value))


def v4() -> str:
    """One by chance."""
    return str(_uuid.uuid4())


def v5(value: str, namespace: str) -> str:
    """One by name in a namespace, with SHA-1. `TypeError` if the namespace is no identifier."""
    return str(_uuid.uuid5(_namespace(namespace), value))


def _namespace(given: str) -> _uuid.UUID:
    if not validate(given):
        raise TypeError("Invalid UUID")
    return _uuid.UUID(given)


def validate(uuid: Any = None) -> bool:
    """Whether it is an identifier."""
    return isinstance(uuid, str) and (uuid == NIL or _VALID.fullmatch(uuid) is not None)


def version(uuid: Any = None) -> int:
    """Which version it is; `TypeError` for what is no identifier."""
    if not validate(uuid):
        raise TypeError("Invalid UUID")
    return int(uuid[14], 16)


def parse(uuid: Any = None) -> Uint8Array:
    """Its 16 bytes; `TypeError` for what is no identifier."""
    if not validate(uuid):
        raise TypeError("Invalid UUID")
    return Uint8Array(list(_uuid.UUID(uuid).bytes))


def stringify(arr: Any, offset: int = 0) -> str:
    """The identifier of 16 bytes; `TypeError` if there is none."""
    try:
        made = str(_uuid.UUID(bytes=bytes(list(arr)[offset : offset + 16])))
    except ValueError:
        made = ""
    if not validate(made):
        raise TypeError("Stringified UUID is invalid")
    return made
