"""What the library tells its readers while the app is open. A connection that breaks is made anew, ever more slowly."""

from __future__ import annotations

import json
from typing import Any

from taropy import Taro
from taropy.js import setTimeout
from taropy.models import SocketTask

URL = "wss://notices.library.example"
FIRST_WAIT, LONGEST_WAIT = 1_000, 30_000
SIGNED_OUT = 4001  # what the server closes with when it does not know the token any more
MINE = 2  # the tab


class Notices:
    """One connection is enough, and Alipay has no more."""

    def __init__(self) -> None:
        self.task: SocketTask | None = None
        self.wait = FIRST_WAIT

    async def listen(self) -> None:
        """Connects, unless it is connected; the token says who listens."""
        if self.task is None:
            task = self.task = await Taro.connectSocket(url=f"{URL}?token={Taro.getStorageSync('token')}")
            task.onOpen(lambda _: self.opened())
            task.onMessage(lambda res: self.told(task, res.data))
            task.onClose(lambda res: self.closed(task, res.code))

    def opened(self) -> None:
        """The next wait is short again."""
        self.wait = FIRST_WAIT

    def told(self, task: SocketTask, text: str) -> None:
        """Shows what the library says. On Alipay earlier tasks hear of later connections, too."""
        if task is self.task:
            show(json.loads(text))

    def closed(self, task: SocketTask, code: float) -> None:
        """Connects again in a while, unless the user is signed out."""
        if task is not self.task:
            return
        self.task = None
        if code != SIGNED_OUT:
            setTimeout(self.listen, self.wait)
            self.wait = min(2 * self.wait, LONGEST_WAIT)


def show(notice: Any) -> None:
    """Tells the user, and whoever else is there."""
    if notice["kind"] == "ready":
        Taro.setTabBarBadge(index=MINE, text=str(notice["count"]))
        Taro.showToast(title=f"{notice['title']} waits for you", icon="none")
        Taro.eventCenter.trigger("ready")
