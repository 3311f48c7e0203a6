"""The cattrs converter that knows the models."""

from __future__ import annotations

from typing import Any

from cattrs import Converter

from ..spec import Ref
from .loading import model_loader
from .model import Model
from .record import Record, record


def make_converter() -> Converter:
    """A converter for models and Records, beside what cattrs knows by itself."""
    converter = Converter()
    converter.register_structure_hook_factory(_is_model, _structure)
    converter.register_unstructure_hook_factory(_is_model, lambda _: _unstructure(converter))
    converter.register_structure_hook(Record, lambda value, _: record(value))
    return converter


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Model)


def _structure(kind: type[Model]) -> Any:
    load = model_loader(Ref(kind.__taro_name__, ()))

    def structure(value: Any, _: type[Model]) -> Any:
        made = load(value)
        if not isinstance(made, kind):
            raise TypeError(f"{kind.__name__} is made of a mapping, not of {type(value).__name__}")
        return made

    return structure


def _unstructure(converter: Converter) -> Any:
    def unstructure(model: Model) -> dict[str, Any]:
        return {name: converter.unstructure(value) for name, value in model.__dict__.items()}

    return unstructure
