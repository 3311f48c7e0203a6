"""What differs between two versions' declarations, each difference with its kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum

from attrs import frozen

from tools.follow import notation
from tools.follow.items import Item, Key


class Kind(Enum):
    """The kinds of difference, in the order in which a maintainer wants to read them."""

    REMOVED = "Removed"
    REQUIRED = "Required of the caller by now"
    PROMISE = "A promise by now, or no longer"
    TYPE = "Of another type"
    SUPPORT = "Tagged for other platforms"
    DEFAULT = "With another default"
    OPTIONAL = "Optional or always there by now, or no longer"
    DEPRECATED = "Deprecated by now, or no longer"
    MOVED = "In another group"
    ADDED = "Added"


@frozen
class Difference:
    """One difference: what it is about (the item as it is now, or as it last was), and what happened to it."""

    kind: Kind
    item: Item
    detail: str = ""
    gained: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()


def differences(old: Mapping[Key, Item], new: Mapping[Key, Item]) -> list[Difference]:
    """Everything that differs. Of what came or went as a whole, the parts are not listed again."""
    found = [
        *(Difference(Kind.REMOVED, item, _whole(item)) for item in _only_in(old, new)),
        *(_added(item) for item in _only_in(new, old)),
    ]
    for key in old.keys() & new.keys():
        found += _changes(old[key], new[key])
    return sorted(found, key=lambda each: (list(Kind).index(each.kind), each.item.group, each.item.path))


def _only_in(these: Mapping[Key, Item], those: Mapping[Key, Item]) -> Iterator[Item]:
    for key, item in these.items():
        if key not in those and (item.parent is None or item.parent in those):
            yield item


def _added(item: Item) -> Difference:
    kind = Kind.REQUIRED if item.passed and not item.optional else Kind.ADDED
    return Difference(kind, item, _whole(item), gained=item.supported or frozenset())


def _whole(item: Item) -> str:
    return f"`{item.text}`" if item.text else ""


def _changes(old: Item, new: Item) -> Iterator[Difference]:
    if old.promise != new.promise:
        yield Difference(Kind.PROMISE, new, _arrow(notation.text(old.type), notation.text(new.type)))
    elif old.type != new.type:
        yield Difference(Kind.TYPE, new, _type_change(old, new))
    if old.optional != new.optional:
        kind = Kind.REQUIRED if new.passed and not new.optional else Kind.OPTIONAL
        yield Difference(kind, new, "optional by now" if new.optional else "no longer optional")
    if old.supported != new.supported:
        yield _support_change(old.supported or frozenset(), new)
    if old.default != new.default:
        yield Difference(Kind.DEFAULT, new, _arrow(old.default or "none", new.default or "none"))
    if old.deprecated != new.deprecated:
        yield Difference(Kind.DEPRECATED, new, "deprecated by now" if new.deprecated else "no longer deprecated")
    if old.group != new.group:
        yield Difference(Kind.MOVED, new, _arrow(old.group, new.group))


def _type_change(old: Item, new: Item) -> str:
    """Both types; of two unions that share alternatives, only those that came or went."""
    before, after = notation.parts(old.type), notation.parts(new.type)
    if set(before) & set(after):
        gone = [f"no longer `{part}`" for part in before if part not in after]
        come = [f"also `{part}`" for part in after if part not in before]
        return "; ".join(gone + come) or "its alternatives in another order"
    return _arrow(notation.text(old.type), notation.text(new.type))


def _support_change(before: frozenset[str], item: Item) -> Difference:
    after = item.supported or frozenset()
    lost, gained = before - after, after - before
    words = [f"no longer {', '.join(sorted(lost))}"] if lost else []
    words += [f"also {', '.join(sorted(gained))}"] if gained else []
    return Difference(Kind.SUPPORT, item, "; ".join(words), gained, lost)


def _arrow(before: str, after: str) -> str:
    return f"`{before}` → `{after}`"
