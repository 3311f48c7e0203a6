"""What programs have the person post and wear on QQ.

Facts: @tarojs/taro 4.2.1, types/api/qq; q.qq.com/wiki, "port_openQzonePublish", "personalize". Only merchants that QQ
has invited may dress people; every app counts as one here. The words of the failures are judgement.
"""

from __future__ import annotations

from collections.abc import Awaitable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.checked import a, checked
from ..core.functions import asked, only
from ..core.javascript import is_object
from ..core.options import optional, required, wrong_type
from ..core.room import Room
from ..core.telling import count
from .asking import Do, with_leave

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


@checked(avatar=a(Avatar, "an Avatar", or_none=True))
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

    @asked
    @only("qq")
    def openQzonePublish(self, app: App, options: Options) -> Result | Awaitable[Result]:
        """Shows the person a post, who sends it, or does not: `fail cancel`."""
        text = optional(options, "text", "String", "")
        media = [self._medium(app, each) for each in optional(options, "media", "Array", [])]
        path, footnote = optional(options, "path", "String", ""), optional(options, "footnote", "String", "")
        post = Post(app.key, text, media, path, footnote)
        return self._ask(app, "openQzonePublish", {"text": text, "footnote": footnote}, partial(self._send, post))

    @asked
    @only("qq")
    def setCustomDress(self, app: App, options: Options) -> Result | Awaitable[Result]:
        """Has the person wear a picture of the program's, `uploadAvatar`."""
        _check_action(options, "uploadAvatar")
        path: str = required(options, "path", "String")
        self.phone.files.local(app, path)
        return self._ask(app, "setCustomDress", {"path": path}, partial(self._wear, Avatar(path=path)))

    @asked
    @only("qq")
    def setOfficialDress(self, app: App, options: Options) -> Result | Awaitable[Result]:
        """Has the person wear an item of QQ's, `setAvatar`; another person, `uin`, is not dressed."""
        _check_action(options, "setAvatar")
        item: str = required(options, "item_id", "String")
        if required(options, "uin", "String") != "self":
            raise Fail("invalid uin")
        return self._ask(app, "setOfficialDress", {"item_id": item}, partial(self._wear, Avatar(item=item)))

    # --- its own -----------------------------------------------------------------------------------------------

    def _medium(self, app: App, given: Any) -> tuple[str, str]:
        if not is_object(given):
            raise wrong_type("parameter.media", "Array of Objects", given)
        kind, path = required(given, "type", "String"), required(given, "path", "String")
        if kind not in MEDIA:
            raise Fail("parameter error: parameter.media.type should be photo or video")
        self.phone.files.local(app, path)
        return kind, path

    def _send(self, post: Post) -> Result:
        self.posts.append(post)
        return {}

    def _wear(self, avatar: Avatar) -> Result:
        self.avatar = avatar
        return {}

    def _ask(self, app: App, function: str, shown: dict[str, str], do: Do) -> Result | Awaitable[Result]:
        return with_leave(self.phone, function, {"appid": app.appid, **shown}, do)


def _check_action(options: Options, action: str) -> None:
    if required(options, "action", "String") != action:
        raise Fail(f"parameter error: parameter.action should be {action}")
