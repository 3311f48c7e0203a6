"""`Model`: what results and options are: attrs instances that also read by key, made from the spec's types."""

from __future__ import annotations

from collections.abc import Iterator, KeysView
from typing import Any, ClassVar

import attrs

from ..hints import no_attribute
from ..keywords import hinting_class


class Model:
    """Base of the option, result and data types.

    Fields read by attribute and by key: `res.code`, `res["code"]`, `res.get("code")`, `"code" in res`. A declared field
    that was not given reads as None, and is not `in` the object. Fields beside the declared ones are kept.
    """

    __declared__: ClassVar[frozenset[str]] = frozenset()
    __taro_name__: ClassVar[str] = ""

    def __getattr__(self, name: str) -> Any:
        if name in type(self).__declared__:
            return None
        raise no_attribute(f"{type(self).__name__} has no {name!r}; it has {', '.join(self.__dict__) or 'nothing'}")

    def __getitem__(self, name: str) -> Any:
        return self.__dict__[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self.__dict__[name] = value

    def __contains__(self, name: object) -> bool:
        return name in self.__dict__

    def __iter__(self) -> Iterator[str]:
        return iter(self.__dict__)

    def __len__(self) -> int:
        return len(self.__dict__)

    def get(self, name: str, default: Any = None) -> Any:
        """The field `name`, or `default` when it was not given."""
        return self.__dict__.get(name, default)

    def keys(self) -> KeysView[str]:
        """The names of the fields that were given, so that `{**res}` and `dict(res)` work."""
        return self.__dict__.keys()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Model):
            return type(self) is type(other) and self.__dict__ == other.__dict__
        if isinstance(other, dict):
            return self.__dict__ == other
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __setstate__(self, fields: dict[str, Any]) -> None:
        """Takes the fields of a copy, or of what was pickled."""
        self.__dict__.update(fields)
        callable_keys(self.__dict__)

    def __repr__(self) -> str:
        from ..masking import in_short

        return f"{type(self).__name__}({in_short(self.__dict__)})"

    def __whole__(self) -> str:
        """The repr with everything in it, secrets too."""
        from ..masking import whole

        fields = ", ".join(f"{name}={whole(value)}" for name, value in self.__dict__.items())
        return f"{type(self).__name__}({fields})"

    def _repr_html_(self) -> str:
        from ..trace.table import result_table

        return result_table(type(self).__name__, self.__dict__)


class Keys(list[Any]):
    """A field called `keys`, as a storage has. It hides the method of that name, so it can be called like that, too."""

    def __init__(self, items: list[Any], fields: dict[str, Any]) -> None:
        super().__init__(items)
        self._fields = fields

    def __call__(self) -> KeysView[str]:
        return self._fields.keys()

    def __reduce__(self) -> tuple[Any, ...]:
        return list, (list(self),)  # the object that it is a field of makes it again


def callable_keys(fields: dict[str, Any]) -> None:
    """Has a list under `keys` work as the method, so that `{**res}` and `dict(res)` do."""
    items = fields.get("keys")
    if isinstance(items, list):
        fields["keys"] = Keys(items, fields)


def make_model(name: str, taro_name: str, required: list[str], optional: list[str]) -> type[Model]:
    """An attrs class with these fields, all given by keyword. Optional ones that are not given stay out of it."""
    fields: dict[str, Any] = {field: attrs.field() for field in required}
    fields |= {field: attrs.field(default=None) for field in optional}
    made: type[Model] = attrs.make_class(
        name,
        fields,
        bases=(Model,),
        kw_only=True,
        eq=False,
        repr=False,
        slots=False,
        class_body={
            "__doc__": f"Taro's `{taro_name}`.",
            "__declared__": frozenset(fields),
            "__taro_name__": taro_name,
            "__attrs_post_init__": _forget_missing,
        },
    )
    hinting_class(made)
    made.__module__ = "taropy.models"  # where pickle finds it; attrs would have it be this module
    return made


def _forget_missing(self: Model) -> None:
    """What was not given is not there, as in a JavaScript object."""
    fields = self.__dict__
    for name in [name for name, value in fields.items() if value is None]:
        del fields[name]
    callable_keys(fields)
