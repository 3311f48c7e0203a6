"""`JSON`: JavaScript's own, which reads into this library's values and writes them."""

from __future__ import annotations

from typing import Any

from .conversions import text as text_of
from .namespaces import Namespace


class JSON(metaclass=Namespace):
    """`JSON.parse` and `JSON.stringify`."""

    @staticmethod
    def parse(text: Any, reviver: Any = None) -> Any:
        """The value that a text stands for: `Obj`s, `Array`s, texts, numbers, booleans, None.

        `reviver(key, value)` is called for every field and item, innermost first, and says what it is to be; one for
        which it gives `undefined` is left out. `SyntaxError` for what is no JSON, however deep a text goes.
        """
        from .json_reading import read, revived

        value = read(text_of(text))
        return revived(value, reviver) if callable(reviver) else value

    @staticmethod
    def stringify(value: Any, replacer: Any = None, space: Any = None) -> str:
        """The JSON text of a value.

        - `replacer`: a function `(key, value)` that says what is to be written, or a list of the fields to write.
        - `space`: how many spaces, or which text, each level is indented with.

        Objects with a `toJSON(key)` are written as what that gives. Fields that are `undefined` or functions are left
        out, as items they are null; so are NaN and the infinities. Maps, sets and errors are `{}` with the fields that
        a program gave them. The text of `undefined` and of a function is `undefined`. `TypeError` for what contains
        itself, `RangeError` for what goes too deep.
        """
        from .json_writing import write

        return write(value, replacer, space)
