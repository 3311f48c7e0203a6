"""What results and options are."""

from collections.abc import Iterator, KeysView
from typing import Any, ClassVar

from attrs import Attribute
from typing_extensions import dataclass_transform

@dataclass_transform(kw_only_default=True, eq_default=False)
class Model:
    """Base of the option, result and data types.

    Fields read by attribute and by key: `res.code`, `res["code"]`, `res.get("code")`, `"code" in res`. A declared field
    that was not given reads as None, and is not `in` the object. Fields beside the declared ones are kept.
    """

    __attrs_attrs__: ClassVar[tuple[Attribute[Any], ...]]

    def __setitem__(self, name: str, value: Any) -> None: ...
    def __contains__(self, name: object) -> bool: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...
    def get(self, name: str, default: Any = None) -> Any:
        """The field `name`, or `default` when it was not given."""
    def keys(self) -> KeysView[str]:
        """The names of the fields that were given, so that `{**res}` and `dict(res)` work."""

def make_model(name: str, taro_name: str, required: list[str], optional: list[str]) -> type[Model]:
    """An attrs class with these fields, all given by keyword. Optional ones that are not given stay out of it."""
