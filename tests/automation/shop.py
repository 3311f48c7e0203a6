"""The app that the clients drive: a shop with a component of each kind, drawn anew whenever it is looked at."""

from __future__ import annotations

from typing import Any

import taropy
from taropy.phone.wxml.tree import Node

app = taropy.App(
    pages=["pages/shop/index", "pages/mine/index", "pages/tea/index", "pages/media/index"],
    window={"navigationBarTitleText": "Tea room"},
    tabBar={
        "list": [
            {"pagePath": "pages/shop/index", "text": "Teas"},
            {"pagePath": "pages/mine/index", "text": "Mine"},
        ]
    },
)


@app.entry
class Shop:
    def onLaunch(self, options: Any) -> None:
        self.globalData = {"user": {"name": "Ada"}, "cart": [1, 2]}

    def greet(self, name: str) -> str:
        return f"hello {name}"


@app.page("pages/shop/index")
class Teas:
    Taro: Any

    def __init__(self) -> None:
        self.teas = ["Longjing", "Tieguanyin"]
        self.count = 0
        self.name = ""
        self.happened: list[Any] = []

    def wxml(self) -> str:
        teas = "".join(
            f'<view class="tea" data-id="{number}" bindtap="open"><text>{tea}</text></view>'
            for number, tea in enumerate(self.teas)
        )
        return f"""
            <view id="top" class="head big" style="height: 40px; color: red">Teas: <text>{self.count}</text></view>
            {teas}
            <form id="order" bindsubmit="heard" bindreset="heard">
              <input id="name" name="name" maxlength="20" value="{self.name}" bindinput="typed" bindconfirm="heard"/>
              <textarea id="note" name="note" bindinput="heard"/>
              <switch id="gift" name="gift" bindchange="heard"/>
              <slider id="many" name="many" min="1" max="9" bindchange="heard"/>
              <picker id="size" name="size" mode="selector" bindchange="heard"><view>size</view></picker>
              <checkbox-group name="with" bindchange="heard">
                <checkbox value="milk"/><checkbox value="sugar" checked/>
              </checkbox-group>
              <radio-group name="cup" bindchange="heard"><radio value="s" checked/><radio value="l"/></radio-group>
              <button id="send" form-type="submit">Order</button>
              <button id="clear" form-type="reset">Clear</button>
            </form>
            <button id="buy" bindtap="buy">Buy</button>
            <button id="off" disabled bindtap="heard">Off</button>
            <view id="outer" bindtap="heard" mark:side="left">
              <view id="inner" bindtap="heard" bindlongpress="heard" bindtouchstart="heard">in</view>
              <view id="caught" catchtap="heard">caught</view>
            </view>
            <scroll-view id="list" scroll-y style="height: 100px" bindscroll="heard">
              <view style="height: 500px"/>
            </scroll-view>
            <swiper id="swiper" bindchange="heard"><swiper-item/><swiper-item/><swiper-item/></swiper>
            <movable-area><movable-view id="ball" x="1" y="2" bindchange="heard"/></movable-area>
            <view style="height: 2000px"/>
            <navigator id="link" url="/pages/tea/index?id=9">more</navigator>
        """

    def open(self, event: Any) -> None:
        self.Taro.navigateTo(url=f"/pages/tea/index?id={event.currentTarget.dataset['id']}")

    def typed(self, event: Any) -> None:
        self.name = event.detail["value"]

    def heard(self, event: Any) -> None:
        self.happened.append([event.type, event.currentTarget.id, event.detail])

    async def buy(self, event: Any) -> None:
        self.count += 1
        answer = await self.Taro.request(url="https://shop.example/buy", method="POST", data={"count": self.count})
        self.answer = answer.data

    async def add(self, one: int, other: int = 1) -> dict[str, int]:
        return {"sum": one + other}

    def fail(self, event: Any = None) -> None:
        raise ValueError("out of tea")


class Rating:
    """The object behind a custom component."""

    def rate(self, stars: int) -> str:
        return "★" * stars


@app.page("pages/mine/index")
class Mine:
    def __init__(self) -> None:
        inner = Node("view", class_="star", text="3 stars")
        self.nodes = [
            Node("view", id="mine", text="Mine"),
            Node("rating", id="rating", properties={"stars": 3}, node=Rating(), shadow=[inner]),
        ]


@app.page("pages/tea/index")
def tea() -> str:
    return '<view id="tea">A tea</view>'


@app.page("pages/media/index")
class Media:
    wxml = """
        <video id="film" src="https://shop.example/film.mp4"/>
        <audio id="song" src="https://shop.example/song.mp3"/>
        <live-player id="live" src="https://shop.example/live"/>
        <live-pusher id="push" url="rtmp://shop.example/push"/>
    """
