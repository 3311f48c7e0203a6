"""What `Math` and `JSON` are: objects that hold functions, and neither make anything nor are called."""

from __future__ import annotations

from typing import Any, NoReturn

from .errors import TypeError


class Namespace(type):
    """The class of a class whose members are all that there is of it."""

    def __call__(cls, *_: Any, **__: Any) -> NoReturn:
        raise TypeError(f"{cls.__name__} is not a constructor")
