"""`Encoder`: a `JSONEncoder` for many small values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from json import JSONEncoder
from json import encoder as json_encoder
from typing import Any


class Encoder(JSONEncoder):
    """Writes the same texts as `JSONEncoder` with the same arguments, none of which may be `indent`.

    `JSONEncoder.encode` makes an encoder in C at each call, which costs as much as writing a small value does; this one
    keeps it. The C encoder does not look for cycles then: a value that contains itself is too deep, and is given to
    `JSONEncoder` to say which of the two it is.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        make = getattr(json_encoder, "c_make_encoder", None)
        self._chunks: Callable[[Any, int], Iterable[str]] | None = make and make(
            None,
            self.default,
            json_encoder.encode_basestring_ascii if self.ensure_ascii else json_encoder.encode_basestring,
            None,
            self.key_separator,
            self.item_separator,
            self.sort_keys,
            self.skipkeys,
            self.allow_nan,
        )

    def encode(self, o: Any) -> str:
        """`o` as JSON text."""
        if self._chunks is None:  # a Python without the module in C
            return super().encode(o)
        try:
            return "".join(self._chunks(o, 0))
        except RecursionError:
            return super().encode(o)
