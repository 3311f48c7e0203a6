"""Selectors: the part of CSS that mini programs have.

That part, and what becomes of the rest, is developers.weixin.qq.com/miniprogram/dev/api/wxml/SelectorQuery.select.html
and WeChat's own open framework glass-easel: ids, classes, ` `, `>`, `>>>` and `,`. A selector that is none of these
selects nothing and is no error. Web pages know tags too, and throw for what is wrong; what else a browser knows, as
`:first-child` and `[name]`, is wrong here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import attrs

from .tree import Place

CHILD, DESCENDANT, ACROSS = ">", " ", ">>>"

_COMPOUND = re.compile(
    r"(?P<tag>[a-zA-Z][-\w]*|\*)?(?P<id>#[_a-zA-Z][-\w:]*)?(?P<classes>(\.-?[_a-zA-Z][-\w]*)*)", re.ASCII
)
_PARTS = re.compile(r"\s*(>>>|>)\s*|\s+")


@attrs.frozen
class Compound:
    """What one node has to be, and how it stands to the one that the selector names before it."""

    relation: str
    tag: str
    id: str
    classes: frozenset[str]

    def accepts(self, place: Place) -> bool:
        """Whether the node is what the compound says."""
        node = place.node
        if self.tag not in ("", "*", node.tag):
            return False
        return self.id in ("", node.id) and self.classes <= node.classes


@attrs.frozen
class Selector:
    """A parsed selector; `wrong` are the alternatives that no selector of this kind can be."""

    alternatives: tuple[tuple[Compound, ...], ...]
    wrong: tuple[str, ...] = ()

    def select(self, places: Iterable[Place], host: Place | None) -> Iterator[Place]:
        """Those of the places that match, from the page's tree or, with a `host`, from the component's own."""
        matchers = [_Matcher(compounds, host) for compounds in self.alternatives]
        for place in places:
            if any(matcher.matches(place) for matcher in matchers):
                yield place


@attrs.frozen
class Listed:
    """A list of ids and classes, as Taro's code for HarmonyOS takes it apart: none of it is wrong.

    An id is all that follows on `#`. Of several classes one will do, which may be a part of the node's own; who has
    more of them is found as often. It looks through the whole page, for one part of the list after the other.
    """

    parts: tuple[str, ...]
    wrong: tuple[str, ...] = ()

    def select(self, places: Iterable[Place], host: Place | None) -> Iterator[Place]:
        """Those of the places that match, whatever component they are in."""
        known = tuple(places)
        for part in self.parts:
            for place in known:
                yield from (place for _ in range(_times(part, place)))


def _times(part: str, place: Place) -> int:
    """How often the place is what one part of a list names."""
    if part.startswith("#"):
        return int(place.node.id == part[1:])
    classes = [name for name in part.split(".") if name] if part.startswith(".") else []
    return sum(any(name in own for own in place.node.classes) for name in classes)


def listed(text: str) -> Listed:
    """The ids and classes that are written so, with commas between them."""
    return Listed(tuple(map(str.strip, text.split(","))))


def parse(text: str, *, tags: bool = False) -> Selector:
    """The selector that is written so, with tags where those are known."""
    parsed = {part: _compounds(part, tags) for part in map(str.strip, text.split(","))}
    return Selector(
        tuple(compounds for compounds in parsed.values() if compounds),
        tuple(part for part, compounds in parsed.items() if not compounds),
    )


def _compounds(text: str, tags: bool) -> tuple[Compound, ...]:
    """The compounds of a selector without commas, none if it is wrong."""
    pieces = _PARTS.split(text)
    compounds: list[Compound] = []
    relations = [DESCENDANT, *(found or DESCENDANT for found in pieces[1::2])]
    for piece, relation in zip(pieces[::2], relations, strict=True):
        compound = None if not piece else _compound(piece, relation, tags)
        if compound is None:
            return ()
        compounds.append(compound)
    return tuple(compounds)


def _compound(text: str, relation: str, tags: bool) -> Compound | None:
    found = _COMPOUND.fullmatch(text)
    if found is None or (found["tag"] and not tags):
        return None
    classes = frozenset(found["classes"].split(".")) - {""}
    return Compound(relation, found["tag"] or "", (found["id"] or "#")[1:], classes)


class _Matcher:
    """Tests the places of one tree, and remembers the answers: those above others are asked for many times."""

    def __init__(self, compounds: tuple[Compound, ...], host: Place | None) -> None:
        self._compounds = compounds
        self._host = host
        self._known: dict[tuple[int, int], bool] = {}

    def matches(self, place: Place, count: int | None = None) -> bool:
        """Whether the place is what the first `count` compounds select, by default all of them."""
        count = len(self._compounds) if count is None else count
        known = self._known.get((id(place), count))
        if known is not None:
            return known
        last, matches = self._compounds[count - 1], False
        if last.accepts(place) and count == 1:
            matches = place.host is self._host
        elif last.accepts(place):
            for around in _related(place, last.relation):  # no `any`, which would call itself a second time
                if self.matches(around, count - 1):
                    matches = True
                    break
        self._known[id(place), count] = matches
        return matches


def _related(place: Place, relation: str) -> Iterator[Place]:
    """The nodes that may be what the compound before this one names."""
    if relation == ACROSS:
        yield from place.outward()
        return
    around = place.parent
    while around is not None:
        yield around
        around = around.parent if relation == DESCENDANT else None
