"""The person's chats: what is shared there, and what opens an app from there.

Facts: developers.weixin.qq.com/miniprogram/dev, "framework/open-ability/share" (share tickets),
"framework/open-ability/share/private-message" and "reference/scene-list".
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import attrs

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.checked import TEXT, a
from ..core.events import off, on
from ..core.functions import answered, only
from ..core.options import optional, required, strings
from ..core.page import A_FRIEND
from ..core.person import Question, check_words
from ..core.room import Room
from ..core.saved import Saved
from ..core.telling import count
from .account import Account
from .favorites import Favorites, named_file, video
from .opening import enter

if TYPE_CHECKING:
    from ..core.faces import Phone
    from ..core.page import Page

FRIENDS, TIMELINE = MENUS = ("shareAppMessage", "shareTimeline")

#: The scenes of an app that a card opens: from a friend's chat, from a group's, and from a group's with a ticket.
FROM_A_FRIEND, FROM_A_GROUP, WITH_A_TICKET = 1007, 1008, 1044

#: What of a page's card its program sets beside the menu.
SETTINGS: Mapping[str, str] = {
    "withShareTicket": "Boolean",
    "isUpdatableMessage": "Boolean",
    "isPrivateMessage": "Boolean",
    "activityId": "String",
    "toDoActivityId": "String",
    "templateInfo": "Object",
}


@attrs.frozen
class Menu:
    """What a page has hidden of its menu, and how its cards are shared."""

    hidden: frozenset[str] = frozenset()
    settings: Mapping[str, Any] = attrs.field(factory=dict)


@attrs.frozen
class ChatMessage:
    """What stands in a chat.

    - `kind`: "card" for a page of an app, or "picture", "video" or "file"; `by`: who has sent it, the person themself
      if that is empty.
    - `title`: a card's, or the name of a file; `path`, `image` and `app_key`: of a card; `file`: where a file is.
    - `ticketed`, `private`, `updatable`, `activity`: how the card was shared, by `updateShareMenu`.
    - `addressed`: whether a private card was sent to this person, and not handed on by somebody.
    """

    kind: str
    chat: str
    title: str
    at: float
    by: str = ""
    app_key: str = ""
    path: str = ""
    image: str = ""
    file: str = ""
    ticketed: bool = False
    private: bool = False
    updatable: bool = False
    activity: str = ""
    addressed: bool = True


@attrs.frozen
class Kept:
    """What the phone keeps of chats."""

    groups: list[str] = attrs.field(factory=list)
    messages: list[ChatMessage] = attrs.field(factory=list)


@attrs.frozen
class Link:
    """The link to a page, as the person has copied it: its text, and where it leads."""

    text: str
    path: str


_MESSAGE = a(ChatMessage, "a ChatMessage")


class Chats(Room, name="chats"):
    """The person's chats with friends and groups: `pages.share(to=…)` puts cards there, `open` opens one.

    A program that shares a file asks with whom: the question `send` (`person.script("send", to="bob")`, `cancel=True`),
    and of a picture what to do with it: `share picture`, `what` is "send", "save" or "favorite". Unless told otherwise
    it goes to a friend.

    - `messages`: what stands in the chats, oldest first, see `ChatMessage`.
    """

    FILE = "chats.json"

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._saved = Saved(phone, self.FILE, Kept)
        kept = self._saved.load(Kept())
        self._groups: list[str] = kept.groups
        self._messages: list[ChatMessage] = kept.messages
        self._menus: WeakKeyDictionary[Page, Menu] = WeakKeyDictionary()
        self._tickets: dict[str, ChatMessage] = {}

    def in_words(self) -> Iterator[str]:
        """How many messages there are."""
        yield from [count(len(self._messages), "messages")] if self._messages else []

    def snapshot(self) -> Any:
        """The chats, what was opened from them, and what pages have set of their menus."""
        return [*self._groups], [*self._messages], dict(self._tickets), list(self._menus.items())

    def restore(self, state: Any) -> None:
        """Puts them back, and keeps them."""
        groups, messages, tickets, menus = state
        self._groups, self._messages, self._tickets = [*groups], [*messages], dict(tickets)
        self._menus = WeakKeyDictionary(menus)
        self._keep()

    # --- what the person does ----------------------------------------------------------------------------------

    @property
    def messages(self) -> list[ChatMessage]:
        """What stands in the chats, oldest first."""
        return [*self._messages]

    def group(self, name: str) -> None:
        """The chat of this name is a group's."""
        TEXT.check("a group's name", name)
        if name not in self._groups:
            self._groups.append(name)
            self._keep()

    def receive(
        self,
        title: str,
        path: str,
        *,
        chat: str = A_FRIEND,
        by: str = A_FRIEND,
        app: App | None = None,
        image: str = "",
        ticketed: bool = False,
        private: bool = False,
        addressed: bool = True,
        activity: str = "",
    ) -> ChatMessage:
        """Somebody else's card of a page comes in; see `ChatMessage`."""
        for what, given in (("title", title), ("path", path), ("chat", chat), ("image", image), ("activity", activity)):
            TEXT.check(f"a card's {what}", given)
        TEXT.check("who sends a card", by)
        app = app or self.phone.pages.front
        now = self.phone.clock.now()
        card = ChatMessage(
            "card",
            chat,
            title,
            now,
            by,
            app.key,
            path,
            image,
            ticketed=ticketed,
            private=private,
            activity=activity,
            addressed=addressed,
        )
        return self._put(card)

    def open(self, message: ChatMessage, *, anew: bool = False) -> None:
        """Taps a card: its app opens at its page, with the scene, and with a `shareTicket` if it was shared with one.

        An app that runs is shown again, or with `anew` launched once more. LookupError if it is no card, or its app was
        never launched on this phone.
        """
        _MESSAGE.check("what is opened", message)
        app = self.phone.app_of(message.app_key) if message.kind == "card" else None
        if app is None:
            raise LookupError(f"{message.title!r} opens no app of this phone")
        from_group = message.chat in self._groups
        told: Result = {}
        if message.ticketed and (from_group or message.private):
            ticket = told["shareTicket"] = secrets.token_urlsafe(24)
            self._tickets[ticket] = message
        Account.on(self.phone).group = message.chat if from_group else None
        scene = (WITH_A_TICKET if told else FROM_A_GROUP) if from_group else FROM_A_FRIEND
        enter(self.phone, app, message.path, scene, anew=anew, **told)

    def forward(self, message: ChatMessage, to: str) -> ChatMessage:
        """Hands a message on to another chat; LookupError for a private card, which nobody can hand on."""
        _MESSAGE.check("what is forwarded", message)
        TEXT.check("the chat", to)
        if message.private:
            raise LookupError(f"{message.title!r} is private, and is not handed on")
        return self._put(attrs.evolve(message, chat=to, by="", at=self.phone.clock.now()))

    def copy_url(self, app: App | None = None) -> Link:
        """Copies the link of the page on the screen, from its menu; its listeners to `onCopyUrl` say its query."""
        app = app or self.phone.pages.front
        page = self.phone.pages.top(app)
        said = [answer for answer in self.audience(app).answers("CopyUrl") if isinstance(answer, Mapping)]
        path = f"{page.route}?{said[-1]['query']}" if said and said[-1].get("query") else page.path.lstrip("/")
        link = Link(f"#小程序://{app.appid}/{secrets.token_urlsafe(9)}", path)
        self.phone.clipboard.text = link.text
        return link

    # --- for the other rooms -----------------------------------------------------------------------------------

    def offers(self, page: Page, how: str) -> bool:
        """Whether the page's menu has the button, `shareAppMessage` or `shareTimeline`, as far as it was not hidden."""
        menu = self._menus.get(page)
        return menu is None or how not in menu.hidden

    def shared(self, app: App, page: Page, card: Mapping[str, Any], to: str) -> None:
        """Puts the card that a page has given into the chat with `to`."""
        settings = self._menu(page).settings
        self._put(
            ChatMessage(
                "card",
                to,
                str(card["title"]),
                self.phone.clock.now(),
                app_key=app.key,
                path=str(card["path"]),
                image=str(card.get("imageUrl", "")),
                ticketed=bool(settings.get("withShareTicket")),
                private=bool(settings.get("isPrivateMessage")),
                updatable=bool(settings.get("isUpdatableMessage")),
                activity=str(settings.get("activityId", "")),
            )
        )

    # --- native functions: the menu ----------------------------------------------------------------------------

    @answered
    @only("wx", "my", "tt", "qq")
    def showShareMenu(self, app: App, options: Options) -> None:
        """Shows the buttons of the page's menu, all or those of `menus`, and sets how the page is shared."""
        page = self.phone.pages.top(app)
        shown = _menus(options)
        self._set(page, options, hidden=self._menu(page).hidden - shown)

    @answered
    @only("wx", "my", "tt", "qq")
    def hideShareMenu(self, app: App, options: Options) -> None:
        """Hides them: a page whose button for friends is hidden has none for the timeline either."""
        page = self.phone.pages.top(app)
        hidden = _menus(options)
        also = {TIMELINE} if FRIENDS in hidden else set()
        self._set(page, {}, hidden=self._menu(page).hidden | hidden | also)

    @answered
    @only("wx")
    def updateShareMenu(self, app: App, options: Options) -> None:
        """Sets how the page is shared: with a ticket, as a private message, as one that can be changed later."""
        page = self.phone.pages.top(app)
        self._set(page, options, hidden=self._menu(page).hidden)

    onCopyUrl = only("wx")(on("CopyUrl", "Is asked for the `query` of the page's link when the person copies that."))
    offCopyUrl = only("wx")(off("CopyUrl"))

    # --- native functions: what is opened from a chat ----------------------------------------------------------

    @answered
    @only("wx")
    def getShareInfo(self, app: App, options: Options) -> Result:
        """The group, as `openGId`, that the card with this `shareTicket` was in, encrypted with the session's key.

        Fails for a ticket that the app was not entered with, and without a session; the words of the first are
        judgement.
        """
        message = self._entered_with(app, options)
        if message.chat not in self._groups:
            raise Fail("not enter from group")
        account = Account.on(self.phone)
        return account.sealed(app, {"openGId": account.group_id(app, message.chat)})

    @answered
    @only("wx")
    def authPrivateMessage(self, app: App, options: Options) -> Result:
        """Whether the private card with this `shareTicket` was sent to the person, `valid`; its activity, encrypted.

        It fails as `getShareInfo` does, and for a card that is not private.
        """
        message = self._entered_with(app, options)
        if not message.private:
            raise Fail("not private message")  # the words are judgement
        sealed = Account.on(self.phone).sealed(app, {"activityId": message.activity})
        return {"valid": message.addressed, **sealed}

    # --- native functions: files -------------------------------------------------------------------------------

    @answered
    @only("wx")
    async def shareFileMessage(self, app: App, options: Options) -> None:
        """Sends a file to a chat, under `fileName` or its own; `fail cancel` if the person sends nothing."""
        await self._send(app, "shareFileMessage", "file", *named_file(self.phone, app, options))

    @answered
    @only("wx")
    async def shareVideoMessage(self, app: App, options: Options) -> None:
        """Sends a video to a chat, likewise."""
        await self._send(app, "shareVideoMessage", "video", *video(self.phone, app, options))

    @answered
    @only("wx")
    async def showShareImageMenu(self, app: App, options: Options) -> None:
        """Sends a picture to a chat, saves it in the album, or puts it in the favorites, as the person wants."""
        path = required(options, "path", "String")
        file = self.phone.files.local(app, path)
        shown = {"appid": app.appid, "path": path}
        answer = await self.phone.person.answer(
            Question("share picture", shown, {"what": "send", "to": A_FRIEND, "cancel": False})
        )
        check_words("share picture", answer)
        if answer["cancel"]:
            raise Fail("cancel")
        if answer["what"] == "send":
            self._take("picture", file, file.name, answer["to"])
        elif answer["what"] == "save":
            self.phone.media.add(file)
        else:
            Favorites.on(self.phone).take(app, "picture", file, file.name)

    # --- its own -----------------------------------------------------------------------------------------------

    def _menu(self, page: Page) -> Menu:
        return self._menus.get(page) or Menu()

    def _set(self, page: Page, options: Options, *, hidden: frozenset[str] | set[str]) -> None:
        given = {
            name: required(options, name, kind) for name, kind in SETTINGS.items() if options.get(name) is not None
        }
        self._menus[page] = Menu(frozenset(hidden), {**self._menu(page).settings, **given})

    def _entered_with(self, app: App, options: Options) -> ChatMessage:
        """The card that has opened the app with the ticket that the program names."""
        ticket = required(options, "shareTicket", "String")
        running = self.phone.pages.of(app)
        message = self._tickets.get(ticket)
        if message is None or ticket not in (running.launch.get("shareTicket"), running.enter.get("shareTicket")):
            raise Fail("invalid shareTicket")
        return message

    async def _send(self, app: App, function: str, kind: str, file: Path, name: str) -> None:
        shown = {"appid": app.appid, "function": function, "name": name}
        answer = await self.phone.person.answer(Question("send", shown, {"to": A_FRIEND, "cancel": False}))
        if answer["cancel"]:
            raise Fail("cancel")
        self._take(kind, file, name, answer["to"])

    def _take(self, kind: str, file: Path, name: str, chat: str) -> None:
        copy = self.phone.media.take_message_file(file, name)
        self._put(ChatMessage(kind, chat, name, self.phone.clock.now(), file=str(copy)))

    def _put(self, message: ChatMessage) -> ChatMessage:
        self._messages.append(message)
        self._keep()
        return message

    def _keep(self) -> None:
        self._saved.keep_if_writable(Kept(self._groups, self._messages))


def _menus(options: Options) -> frozenset[str]:
    """Which buttons the program means: all if it names none."""
    given = optional(options, "menus", "Array", MENUS)
    return frozenset(strings(given, "parameter.menus"))
