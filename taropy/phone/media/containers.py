"""How files of sound and video are opened for reading, by PyAV of any version."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def for_reading(av: Any, file: Any, formats: Iterable[str]) -> Any:
    """The container of a path or a file object, if it is one of `formats`; whatever encoding its tags are in."""
    return av.open(file, options={"format_whitelist": ",".join(sorted(formats))}, **_with_any_tags(av))


def _with_any_tags(av: Any) -> dict[str, str]:
    """Before version 19, PyAV refuses a file whose tags are no UTF-8, unless told not to; since then it never does."""
    return {"metadata_errors": "replace"} if int(av.__version__.partition(".")[0]) < 19 else {}
