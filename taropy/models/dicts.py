"""The dicts that programs may give for a model: `LoginOptionDict` for `LoginOption`. Type checkers look into them."""

from __future__ import annotations

from typing import Any, Required, TypedDict

from .. import spec
from ..spec import Ref

SUFFIX = "Dict"


def dict_of(name: str) -> Any:
    """The TypedDict of this name. KeyError if there is no model that it could be for."""
    fields = spec.fields_of(Ref(spec.model_names()[name.removesuffix(SUFFIX)]))
    kinds = {field.name: Any if field.optional else Required[Any] for field in fields.values()}
    return TypedDict(name, kinds, total=False)  # type: ignore[operator]  # its keys are known only now
