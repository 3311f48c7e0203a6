"""The tree of a page: WXML text, and where its nodes are."""

from __future__ import annotations

import pytest

from taropy.phone import Node, Phone, WxmlError
from taropy.phone.wxml import parse


def test_wxml_names_become_those_of_programs() -> None:
    (node,) = parse('<scroll-view data-itemId="1" data-item-id="2" scroll-left="5" bind:tap="f" catchtap="g" hidden/>')
    assert node.dataset == {"itemid": "1", "itemId": "2"}
    assert node.properties == {"scrollLeft": "5", "hidden": True}
    assert node.scroll == (5, 0)


def test_wxml_has_no_tags_of_html() -> None:
    (style, textarea) = parse("<style><view/></style><textarea><text/></textarea>")
    assert [node.children[0].tag for node in (style, textarea)] == ["view", "text"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<view>", "line 1: <view> is not closed"),
        ("<view>\n</text>", "line 2: </text> closes no <text>"),
        ("</view>", "line 1: </view> closes no <view>"),
        ("<view", "a tag is not complete: <view"),
        ('<view class="a', "a tag is not complete"),
        ("<view>{{name}}</view>", "line 1: {{name}} needs data"),
        ('<view id="{{id}}"/>', "line 1: {{id}} needs data"),
        ('<view wx:if="x"/>', "line 1: wx:if needs data"),
        ("<view>1 < 2</view>", "line 1: a < begins no tag"),
        ("<!DOCTYPE html>", "line 1: <! begins a comment"),
        ("<![if x]>", "line 1: <! begins a comment"),
        ("\n<?xml?>", "line 2: <?xml? is no WXML"),
    ],
)
def test_wxml_that_is_wrong_is_told_with_its_line(text: str, fault: str) -> None:
    with pytest.raises(WxmlError) as caught:
        parse(text)
    assert str(caught.value).startswith(fault)


def test_blocks_are_stacked_at_full_width() -> None:
    phone = Phone()
    phone.native("weapp")
    phone.screen.draw(
        '<view id="a" style="width:100px"><view id="b" style="height:30px"/><view id="c" style="height:375rpx"/></view>'
        '<view id="d" style="height: 1em; width: 50%"/>'
    )
    places = {place.node.id: place.rect for place in phone.nodes.tree(phone.pages.current, phone.pages.front).places}
    told = {name: (rect.left, rect.top, rect.width, rect.height) for name, rect in places.items()}
    assert told == {
        "a": (0, 0, 100, 226.5),
        "b": (0, 0, 100, 30),
        "c": (0, 30, 100, 196.5),
        "d": (0, 226.5, 393, 0),
    }


def test_a_node_with_a_rect_is_there_and_moves_no_other() -> None:
    phone = Phone()
    phone.native("weapp")
    inner = Node(id="inner", style={"height": "10px"})
    phone.screen.draw([
        Node(id="a", style={"height": "10px"}),
        Node(id="fixed", rect=(50, 60, 70, 80), children=[inner]),
        Node(id="b", style={"height": "10px"}),
    ])  # fmt: skip
    tree = phone.nodes.tree(phone.pages.current, phone.pages.front)
    tops = {place.node.id: (place.rect.left, place.rect.top, place.rect.width) for place in tree.places}
    assert tops == {"a": (0, 0, 393), "fixed": (50, 60, 70), "inner": (50, 60, 70), "b": (0, 10, 393)}
    assert tree.height == 140
