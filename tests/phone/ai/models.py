"""Small ONNX models, written byte by byte, as protobuf has them."""

from __future__ import annotations

FLOAT, INT64 = 1, 7
AXES = ("N", "M")
LEANT_ON = 32


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _message(field: int, value: bytes | str) -> bytes:
    data = value.encode() if isinstance(value, str) else value
    return _varint(field << 3 | 2) + _varint(len(data)) + data


def _value(name: str, kind: int) -> bytes:
    """A ValueInfoProto of a matrix whose sizes the model leaves open."""
    shape = b"".join(_message(1, _message(2, axis)) for axis in AXES)
    return _message(1, name) + _message(2, _message(1, _number(1, kind) + _message(2, shape)))


def leaning_on(location: str) -> bytes:
    """A model that takes `x`, or what is greater of 32 numbers that are said to lie in another file."""
    node = _message(1, "x") + _message(1, "w") + _message(2, "y") + _message(4, "Max")
    tensor = _number(1, LEANT_ON) + _number(2, FLOAT) + _message(8, "w") + _number(14, 1)
    tensor += _message(13, _message(1, "location") + _message(2, location))
    tensor += _message(13, _message(1, "length") + _message(2, str(4 * LEANT_ON)))
    graph = _message(1, node) + _message(2, "graph") + _message(5, tensor)
    graph += _message(11, _value("x", FLOAT)) + _message(12, _value("y", FLOAT))
    return _number(1, 8) + _message(7, graph) + _message(8, _message(1, "") + _number(2, 13))


def model(operator: str, inputs: list[str], output: str = "y", kind: int = FLOAT) -> bytes:
    """A model of one operator."""
    node = b"".join(_message(1, each) for each in inputs) + _message(2, output) + _message(4, operator)
    graph = _message(1, node) + _message(2, "graph")
    graph += b"".join(_message(11, _value(each, FLOAT)) for each in inputs) + _message(12, _value(output, kind))
    return _number(1, 8) + _message(7, graph) + _message(8, _message(1, "") + _number(2, 13))
