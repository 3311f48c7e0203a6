"""The types that carry the data: Taro's options and results as attrs classes, made from the spec when first used.

`taropy.models.LoginOption` is Taro's `login.Option`, `taropy.models.LoginResult` its `login.SuccessCallbackResult`;
`dir(taropy.models)` lists them all. `converter()` is the cattrs converter that knows them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..hints import close_to, no_attribute
from .record import Record, record

if TYPE_CHECKING:
    from cattrs import Converter

    from .model import Model as Model

__all__ = ["Model", "Record", "converter", "record"]

_converter: Converter | None = None


def converter() -> Converter:
    """A cattrs converter that structures and unstructures every model; the same one each time.

    Models keep fields that their declaration does not know, and leave out those that were not given.
    """
    global _converter
    if _converter is None:
        from .converter import make_converter

        _converter = make_converter()
    return _converter


def __getattr__(name: str) -> Any:
    if name == "Model":
        from .model import Model

        return Model
    if name.startswith("__"):
        raise AttributeError(name)
    from .. import spec
    from .loading import model_of

    taro_name = spec.model_names().get(name)
    if taro_name is None and spec.model_names().get(name.removesuffix("Dict")):
        from .dicts import dict_of

        made = globals()[name] = dict_of(name)
        return made
    if taro_name is None:
        raise no_attribute(f"taropy.models has no {name!r}{close_to(name, spec.model_names())}")
    model = globals()[name] = model_of(taro_name)
    return model


def __dir__() -> list[str]:
    from .. import spec

    return sorted({*__all__, *spec.model_names()})
