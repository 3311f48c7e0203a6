"""Tensors as programs have them, `shape`, `data` and `type`, and as numpy has them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...models.record import Record
from ..core.answers import Fail
from ..core.options import Buffers, required, whole, wrong_type

if TYPE_CHECKING:
    from types import ModuleType

#: The types that there are, and how many bytes a value has.
TYPES: Mapping[str, int] = {"uint8": 1, "int8": 1, "uint32": 4, "int32": 4, "float32": 4}


def array_of(numpy: ModuleType, tensor: Any, name: str) -> Any:
    """A program's tensor as an array. Raises `Fail` if its type, its shape and its bytes don't fit each other."""
    where = f"parameter.{name}"
    if not isinstance(tensor, Mapping):
        raise wrong_type(where, "Object", tensor)
    kind: Any = tensor.get("type")
    if kind not in TYPES:
        raise Fail(f"parameter error: {where}.type should be one of {', '.join(TYPES)} instead of {kind!r}")
    shape = [whole(each, f"{where}.shape[{index}]") for index, each in enumerate(required(tensor, "shape", "Array"))]
    if any(each < 0 for each in shape):
        raise Fail(f"parameter error: {where}.shape has a negative length")
    data = tensor.get("data")
    if not isinstance(data, Buffers):
        raise wrong_type(f"{where}.data", "ArrayBuffer", data)
    length, needed = memoryview(data).nbytes, math.prod(shape) * TYPES[kind]
    if length != needed:
        raise Fail(f"parameter error: {where}.data has {length} bytes, and {kind} of {shape} has {needed}")
    return numpy.frombuffer(data, kind).reshape(shape)


def told(array: Any, name: str) -> dict[str, Any]:
    """An array as programs are told of it. Raises `Fail` for a type that they don't have."""
    kind = str(array.dtype)
    if kind not in TYPES:
        raise Fail(f"the output {name} is {kind}, and programs have {', '.join(TYPES)}")
    return Record({"type": kind, "shape": [int(each) for each in array.shape], "data": array.tobytes()})
