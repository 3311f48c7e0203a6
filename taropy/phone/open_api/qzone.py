"""What programs have the person post and wear on QQ.

Facts: @tarojs/taro 4.2.1, types/api/qq; q.qq.com/wiki, "port_openQzonePublish", "personalize". Only merchants that QQ
has invited may dress people; every app counts as one here. The words of the failures are judgement.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import attrs

from ..core.answers import Fail, Options
from ..core.app import App
from ..core.functions import answered, only
from ..core.options import optional, required
from ..core.person import Question
from ..core.room import Room
from ..core.telling import count

if TYPE_CHECKING:
    from ..core.faces import Phone

MEDIA = ("photo", "video")


@attrs.frozen
class Post:
    """What was posted: its text, the kinds and paths of its pictures and videos, and the page that it leads to."""

    app_key: str
    text: str
    media: list[tuple[str, str]]
    path: str
    footnote: str


@attrs.frozen
class Avatar:
    """What the person wears: a picture of a program's own, or an item of QQ's."""

    path: str = ""
    item: str = ""


class Qzone(Room, name="qzone"):
    """What the person has posted, and wears. Each time they are asked, by a question of the function's name.

    - `posts`: what was posted, oldest first; `avatar`: what the person wears, None as long as nothing was put on.
    """

    STATE = ("posts", "avatar")

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.posts: list[Post] = []
        self.avatar: Avatar | None = None

    def in_words(self) -> Iterator[str]:
        """How many posts there are."""
        yield from [count(len(self.posts), "posts")] if self.posts else []

    @answered
    @only("qq")
    async def openQzonePublish(self, app: App, options: Options) -> None:
        """Shows the person a post, who sends it, or does not: `fail cancel`."""
        text = optional(options, "text", "String", "")
        media = [self._medium(app, each) for each in optional(options, "media", "Array", [])]
        path, footnote = optional(options, "path", "String", ""), optional(options, "footnote", "String", "")
        await self._ask(app, "openQzonePublish", {"text": text, "footnote": footnote})
        self.posts.append(Post(app.key, text, media, path, footnote))

    @answered
    @only("qq")
    async def setCustomDress(self, app: App, options: Options) -> None:
        """Has the person wear a picture of the program's, `uploadAvatar`."""
        _check_action(options, "uploadAvatar")
        path: str = required(options, "path", "String")
        self.phone.files.local(app, path)
        await self._ask(app, "setCustomDress", {"path": path})
        self.avatar = Avatar(path=path)

    @answered
    @only("qq")
    async def setOfficialDress(self, app: App, options: Options) -> None:
        """Has the person wear an item of QQ's, `setAvatar`; another person, `uin`, is not dressed."""
        _check_action(options, "setAvatar")
        item: str = required(options, "item_id", "String")
        if required(options, "uin", "String") != "self":
            raise Fail("invalid uin")
        await self._ask(app, "setOfficialDress", {"item_id": item})
        self.avatar = Avatar(item=item)

    # --- its own -----------------------------------------------------------------------------------------------

    def _medium(self, app: App, given: Any) -> tuple[str, str]:
        kind, path = required(given, "type", "String"), required(given, "path", "String")
        if kind not in MEDIA:
            raise Fail("parameter error: parameter.media.type should be photo or video")
        self.phone.files.local(app, path)
        return kind, path

    async def _ask(self, app: App, function: str, shown: dict[str, str]) -> None:
        question = Question(function, {"appid": app.appid, **shown}, {"allow": True})
        if not (await self.phone.person.answer(question))["allow"]:
            raise Fail("cancel")


def _check_action(options: Options, action: str) -> None:
    if required(options, "action", "String") != action:
        raise Fail(f"parameter error: parameter.action should be {action}")
