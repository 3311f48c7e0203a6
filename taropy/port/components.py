"""Which platform has which component of Taro's, and which of its attributes, as their declarations are tagged."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Literal

import attrs

from .. import spec
from .marks import FOLDER
from .uses import Component

LackKind = Literal["component", "attribute", "open-type"]


@attrs.frozen
class Lack:
    """What a platform does not have of an element: the component, an attribute, or what a button opens."""

    kind: LackKind
    subject: str
    index: int | None
    platforms: tuple[str, ...]


@cache
def _data() -> Mapping[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / "components.json").read_text("utf-8"))
    return found


def attributes_of(name: str) -> tuple[str, ...]:
    """The attributes that are declared for a component; none of one that is not declared."""
    known: Mapping[str, Any] = _data()["components"].get(name, {})
    return tuple(known.get("attributes", ()))


def telling(element: Component) -> Component | None:
    """The element with those of its attributes that some platform lacks; None for one that all platforms have whole."""
    known = _data()["components"].get(element.name)
    if known is None or known["platforms"] is None:
        return None
    kept = tuple(each for each in element.attributes if each.name in known["attributes"])
    if not kept and len(known["platforms"]) == len(spec.PLATFORMS):
        return None
    return attrs.evolve(element, attributes=kept)


def lacks(element: Component, platform: str) -> Iterator[Lack]:
    """What the platform lacks of an element; nothing where the declarations say nothing of one or the other."""
    known = _data()["components"].get(element.name)
    if known is None or known["platforms"] is None or platform not in spec.PLATFORMS:
        return
    if platform not in known["platforms"]:
        yield Lack("component", element.name, None, tuple(known["platforms"]))
        return
    for index, attribute in enumerate(element.attributes):
        having = known["attributes"].get(attribute.name)
        if having is not None and platform not in having:
            yield Lack("attribute", f"{element.name}.{attribute.name}", index, tuple(having))
        elif attribute.name == "openType" and attribute.value is not None:
            yield from _open_type(attribute.value, index, platform)


def _open_type(value: str, index: int, platform: str) -> Iterator[Lack]:
    """What a button opens. Of platforms without a table nothing is known."""
    tables = _data()["openTypes"]
    if platform in tables and value not in tables[platform]:
        having = tuple(name for name, values in tables.items() if value in values)
        if having:
            yield Lack("open-type", f"Button.openType {value}", index, having)
