"""What is to be seen on the phone beside the pages: toasts, loading, dialogs. Kept as state that a test can read.

Who answers a dialog: a script (`answer_modal` before the dialog opens), the person's way to ask, or the stated
default: a modal is confirmed, of an action sheet the first item is tapped. While a dialog waits, `answer_modal`
answers it.

Facts: options, limits and errMsg as developers.weixin.qq.com/miniprogram/dev/api/ui/interaction and the client's base
library word them; Alipay's from opendocs.alipay.com/mini/api.
"""

from __future__ import annotations

import asyncio
import inspect
import math
from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.checked import number
from ..core.functions import answered, asked
from ..core.options import optional, required, strings
from ..core.person import Answer, Question
from ..core.remembered import Remembered
from ..core.telling import count, quoted
from ..core.vendors import of_vendor
from .on_screen import OnScreen
from .text import text_width

if TYPE_CHECKING:
    from ..core.faces import Phone


@attrs.frozen
class Toast:
    """A toast; `until` is when it goes away, in seconds since the epoch by the phone's clock."""

    title: str
    icon: str
    image: str
    mask: bool
    until: float


@attrs.frozen
class Loading:
    """A loading sign, which stays until it is hidden.

    `since` is when it comes if that is later, in seconds since the epoch by the phone's clock.
    """

    title: str
    mask: bool
    since: float = 0.0


@attrs.frozen
class Modal:
    """A modal dialog, with the texts of its buttons and, if it is editable, of its input.

    `imageSrc` is the program's path of its picture, of which Douyin's dialogs may have one.
    """

    title: str
    content: str
    showCancel: bool
    cancelText: str
    confirmText: str
    cancelColor: str
    confirmColor: str
    editable: bool
    placeholderText: str
    imageSrc: str = ""


@attrs.frozen
class ActionSheet:
    """A sheet of things to choose from."""

    itemList: list[str]
    itemColor: str
    alertText: str


Dialog = Modal | ActionSheet
Shown = Toast | Loading | Modal | ActionSheet
Dialogs = TypeVar("Dialogs", Modal, ActionSheet)


@attrs.frozen
class Rules:
    """What a vendor accepts and calls a failure.

    - `untitled`: whether a toast and a sign of loading may come without a title.
    - `any_icon`: whether whatever is no icon is the usual one, also what is no text.
    - `button_width`: letters on a button; a Chinese one counts two.
    - `items`: how many items an action sheet has at the most. `no_items`: whether it may have none.
    - `input`: whether a modal may have an input. `picture`: whether it may have one.
    - `blank`: whether a modal may have neither a title nor a content.
    - `apart`: a toast and a loading sign are seen side by side, and the sign may come after a `delay`. Elsewhere they
      share one place: each takes it from the other, and hiding the one hides the other.
    """

    untitled: bool = False
    any_icon: bool = False
    button_width: int | None = 8
    items: int | None = 6
    no_items: bool = False
    input: bool = True
    picture: bool = False
    blank: bool = True
    cancel_fails: bool = True
    hide_nothing_fails: bool = False
    apart: bool = False


WECHAT = Rules(hide_nothing_fails=True)
# `showModal` and `showActionSheet` of taro-rn 4.2.0 and of plugin-platform-harmony-ets 4.2.0. The menu of HarmonyOS has
# six items, as promptAction.showActionMenu is documented. That a title is empty unless it is given stands there, too,
# and in taro-h5 4.2.1, which harmony-hybrid hands on.
REACT_NATIVE = Rules(untitled=True, button_width=None, items=None, no_items=True, input=False)
HARMONY = Rules(untitled=True, button_width=None, input=False)
WEB = Rules(untitled=True, any_icon=True, input=False)
RULES: Mapping[str, Rules] = {
    "my": Rules(button_width=None, items=None, cancel_fails=False, apart=True),
    "qq": WECHAT,
    "rn": REACT_NATIVE,
    "harmony": HARMONY,
    **dict.fromkeys(("h5", "harmony-hybrid"), WEB),
    # Its page of `tt.showModal`, developer.open-douyin.com.
    "tt": Rules(picture=True, blank=False),
    **dict.fromkeys(("swan", "jd"), Rules()),
}

# Taro's own implementation for the web takes toast, loading and modal away with the page that showed them; it has one
# dialog of a kind, so that a second one takes the place of the first; nobody answers what is gone. A toast that is to
# be seen for less than no time stays.
GOES_WITH_ITS_PAGE: Mapping[str, bool] = {"h5": True, "harmony-hybrid": True}

ICONS = frozenset({"success", "error", "loading", "none"})


@attrs.define(eq=False)
class _Open:
    """A dialog that waits for its answer, `on` a page of an app; one that is gone counts as `answered`."""

    shown: Dialog
    answer: asyncio.Future[Answer]
    on: tuple[str, int]
    answered: bool = False

    def give(self, answer: Answer) -> None:
        """Answers from whatever thread."""
        self.answered = True
        self.answer.get_loop().call_soon_threadsafe(self._settle, answer)

    def _settle(self, answer: Answer) -> None:
        if not self.answer.done():
            self.answer.set_result(answer)


class Screen(OnScreen, name="screen"):
    """The phone's screen; `OnScreen` has what of it belongs to other rooms, the bars of the pages among them.

    `history` holds what was shown, oldest first: the last thousand `Toast`s, `Loading`s, `Modal`s and `ActionSheet`s.
    """

    STATE = ("_toast", "_loading", "_shown_on", "history")

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._toast: Toast | None = None
        self._loading: Loading | None = None
        self._shown_on: tuple[str, int] | None = None
        self._open: list[_Open] = []
        self.history: Remembered[Shown] = Remembered()

    # --- what is to be seen -------------------------------------------------------------------------------------

    @property
    def toast(self) -> Toast | None:
        """The toast that is to be seen now."""
        toast = self._toast
        return toast if toast is not None and self.phone.clock.now() < toast.until else None

    @property
    def loading(self) -> Loading | None:
        """The loading sign that is to be seen now."""
        loading = self._loading
        return loading if loading is not None and loading.since <= self.phone.clock.now() else None

    @property
    def modal(self) -> Modal | None:
        """The modal that waits for an answer; of several, the one on top."""
        waiting = self._waiting(Modal)
        return waiting.shown if waiting and isinstance(waiting.shown, Modal) else None

    @property
    def action_sheet(self) -> ActionSheet | None:
        """The action sheet that waits for an answer; of several, the one on top."""
        waiting = self._waiting(ActionSheet)
        return waiting.shown if waiting and isinstance(waiting.shown, ActionSheet) else None

    def in_words(self) -> Iterator[str]:
        """What is to be seen, from the top: dialogs, loading, toast."""
        if self.modal is not None:
            yield f"modal {quoted(self.modal.title or self.modal.content)}"
        if self.action_sheet is not None:
            yield f"action sheet of {count(len(self.action_sheet.itemList), 'items')}"
        if self.loading is not None:
            yield f"loading {quoted(self.loading.title)}"
        if self.toast is not None:
            yield f"toast {quoted(self.toast.title)}"

    def _repr_html_(self) -> str:
        from ...trace.markup import phone_html

        phone: Any = self.phone  # the whole of it
        return phone_html(phone)

    # --- what the person does -----------------------------------------------------------------------------------

    def answer_modal(self, confirm: bool = True, content: str | None = None) -> None:
        """Taps confirm or cancel, after typing `content`: on the modal that is open, else on the next one."""
        typed = {} if content is None else {"content": content}
        self._answer(Modal, "modal", {"confirm": confirm, **typed})

    def dismiss_modal(self) -> None:
        """Taps beside the modal, where a platform lets that close it: neither confirmed nor cancelled."""
        self._answer(Modal, "modal", {"confirm": False, "cancel": False})

    def answer_action_sheet(self, tapIndex: int) -> None:
        """Taps the item `tapIndex`, counted from 0, of the open action sheet, else of the next one."""
        number(0, whole=True).check("the item that is tapped", tapIndex)
        self._answer(ActionSheet, "action sheet", {"tapIndex": tapIndex})

    def cancel_action_sheet(self) -> None:
        """Closes the open action sheet, else the next one, without a choice."""
        self._answer(ActionSheet, "action sheet", {"cancel": True})

    # --- toast and loading --------------------------------------------------------------------------------------

    @answered
    def showToast(self, app: App, options: Options) -> None:
        """Shows a toast for `duration` milliseconds, 1,500 by default, in place of a loading sign too."""
        title = _title(app, options)
        free = of_vendor(RULES, app, WECHAT).any_icon
        icon = options.get("icon") if free else optional(options, "icon", "String", "success")
        duration = optional(options, "duration", "Number", 1500)
        self._toast = Toast(
            title=title,
            icon=icon if icon in ICONS else "success",
            image=optional(options, "image", "String", ""),
            mask=bool(options.get("mask")),
            until=math.inf if duration < 0 and free else self.phone.clock.now() + duration / 1000,
        )
        self._note(app, self._toast)
        if not of_vendor(RULES, app, WECHAT).apart:
            self._loading = None

    @answered
    def hideToast(self, app: App, options: Options) -> None:
        """Hides the toast and, unless `noConflict`, a loading sign too."""
        self._hide(app, toast=True, loading=self._hides_both(app, options))

    @answered
    def showLoading(self, app: App, options: Options) -> None:
        """Shows a loading sign until it is hidden, in place of a toast too."""
        title, apart = _title(app, options), of_vendor(RULES, app, WECHAT).apart
        delay = optional(options, "delay", "Number", 0) if apart else 0
        since = self.phone.clock.now() + delay / 1000 if delay else 0.0
        self._loading = Loading(title, bool(options.get("mask")), since)
        self._note(app, self._loading)
        if not apart:
            self._toast = None

    @answered
    def hideLoading(self, app: App, options: Options) -> None:
        """Hides the loading sign and, unless `noConflict`, a toast too."""
        self._hide(app, toast=self._hides_both(app, options), loading=True)

    def _note(self, app: App, notice: Toast | Loading) -> None:
        self.history.append(notice)
        self._shown_on = None
        if of_vendor(GOES_WITH_ITS_PAGE, app, False):
            self._shown_on = self._place(app)
            self.phone.pages.changes.on("route", self._routed)

    def _place(self, app: App) -> tuple[str, int]:
        """The page on the screen."""
        return app.key, self.phone.pages.top(app).id

    def _routed(self, app: App) -> None:
        """Takes away what was shown on the page that the app has left."""
        shown = self._place(app)
        for waiting in self._open:
            if isinstance(waiting.shown, Modal) and waiting.on[0] == app.key and waiting.on != shown:
                waiting.answered = True
        if self._shown_on is not None and self._shown_on[0] == app.key and self._shown_on != shown:
            self._toast = self._loading = self._shown_on = None

    def _hides_both(self, app: App, options: Options) -> bool:
        return not (options.get("noConflict") or of_vendor(RULES, app, WECHAT).apart)

    def _hide(self, app: App, *, toast: bool, loading: bool) -> None:
        hidden = [self.toast if toast else None, self.loading if loading else None]
        self._toast = None if toast else self._toast
        self._loading = None if loading else self._loading
        if hidden == [None, None] and of_vendor(RULES, app, WECHAT).hide_nothing_fails:
            raise Fail(":toast can't be found")

    # --- dialogs ------------------------------------------------------------------------------------------------

    @asked
    def showModal(self, app: App, options: Options) -> Result | Awaitable[Result]:
        """Asks for a tap on confirm or cancel, and for a text if `editable`. By default it is confirmed as it is."""
        rules = of_vendor(RULES, app, WECHAT)
        modal = _modal(options, rules)
        if not (rules.blank or modal.title or modal.content):
            raise Fail("parameter error: parameter.title or parameter.content should not be empty")
        _check_buttons(modal, rules.button_width)
        default = {"confirm": True, "content": modal.content} if modal.editable else {"confirm": True}
        return self._ask(app, Question("modal", attrs.asdict(modal), default), modal, _modal_result)

    @asked
    def showActionSheet(self, app: App, options: Options) -> Result | Awaitable[Result]:
        """Asks for one of `itemList`. By default the first is tapped; closing the sheet fails with `cancel`."""
        rules = of_vendor(RULES, app, WECHAT)
        sheet = _action_sheet(options, rules)
        result = partial(_action_sheet_result, cancel_fails=rules.cancel_fails)
        return self._ask(app, Question("action sheet", attrs.asdict(sheet), {"tapIndex": 0}), sheet, result)

    async def choose(self, app: App, items: list[str], usual: int) -> int:
        """Which of the items the person taps, on an action sheet that the phone's own code shows; `usual` by default.

        Closing it fails with `cancel`.
        """
        sheet = ActionSheet(itemList=items, itemColor="#000000", alertText="")
        result = partial(_action_sheet_result, cancel_fails=True)
        answer = self._ask(app, Question("action sheet", attrs.asdict(sheet), {"tapIndex": usual}), sheet, result)
        tapped: int = (await answer if inspect.isawaitable(answer) else answer)["tapIndex"]
        return tapped

    def _ask(
        self, app: App, question: Question, dialog: Dialogs, result: Callable[[Dialogs, Answer], Result]
    ) -> Result | Awaitable[Result]:
        self.history.append(dialog)
        answer = self.phone.person.answer_at_once(question)
        if not inspect.isawaitable(answer):
            return result(dialog, answer)
        waiting = _Open(dialog, asyncio.get_running_loop().create_future(), self._place(app))
        if of_vendor(GOES_WITH_ITS_PAGE, app, False):
            self.phone.pages.changes.on("route", self._routed)
            self._take_away(app, type(dialog))
        self._open.append(waiting)
        return self._wait(question, dialog, result, waiting, answer)

    async def _wait(
        self,
        question: Question,
        dialog: Dialogs,
        result: Callable[[Dialogs, Answer], Result],
        waiting: _Open,
        person: Awaitable[Answer | None],
    ) -> Result:
        """The result, once the person has answered, or a test for them."""
        asking = asyncio.ensure_future(person)
        try:
            await asyncio.wait((asking, waiting.answer), return_when=asyncio.FIRST_COMPLETED)
            answer = waiting.answer.result() if waiting.answer.done() else asking.result()
        finally:
            self._open.remove(waiting)
            asking.cancel()
        return result(dialog, {**question.default, **(answer or {})})

    def _waiting(self, kind: type[Dialog]) -> _Open | None:
        for waiting in reversed(self._open):
            if isinstance(waiting.shown, kind) and not waiting.answered:
                return waiting
        return None

    def _take_away(self, app: App, kind: type[Dialog]) -> None:
        """Makes room for another dialog of the kind: nobody can answer those of the app that are open."""
        for waiting in self._open:
            if isinstance(waiting.shown, kind) and waiting.on[0] == app.key:
                waiting.answered = True

    def _answer(self, kind: type[Dialog], question: str, answer: Answer) -> None:
        waiting = self._waiting(kind)
        if waiting is None:
            self.phone.person.script(question, **answer)
        else:
            waiting.give(answer)


async def leave_open(question: Question) -> Answer | None:
    """A way to ask, `Phone(ask=leave_open)`: dialogs stay open until a test answers them; the rest goes by default."""
    if question.kind in ("modal", "action sheet"):
        await asyncio.get_running_loop().create_future()
    return None


def _modal(options: Options, rules: Rules) -> Modal:
    return Modal(
        title=optional(options, "title", "String", ""),
        content=optional(options, "content", "String", ""),
        showCancel=bool(optional(options, "showCancel", "Boolean", True)),
        cancelText=optional(options, "cancelText", "String", "取消"),
        confirmText=optional(options, "confirmText", "String", "确定"),
        cancelColor=optional(options, "cancelColor", "String", "#000000"),
        confirmColor=optional(options, "confirmColor", "String", "#576B95"),
        editable=rules.input and optional(options, "editable", "Boolean", False),
        placeholderText=optional(options, "placeholderText", "String", ""),
        imageSrc=optional(options, "imageSrc", "String", "") if rules.picture else "",
    )


def _check_buttons(modal: Modal, width: int | None) -> None:
    for name in ("cancelText", "confirmText"):
        if width is not None and text_width(getattr(modal, name)) > width:
            raise Fail(f"{name} length should not larger than {width // 2} Chinese characters")


def _title(app: App, options: Options) -> str:
    untitled = of_vendor(RULES, app, WECHAT).untitled and "title" not in options
    title: str = "" if untitled else required(options, "title", "String")
    return title


def _modal_result(modal: Modal, answer: Answer) -> Result:
    confirm = bool(answer["confirm"])
    result = {"confirm": confirm, "cancel": bool(answer.get("cancel", not confirm))}
    if modal.editable:
        result["content"] = answer["content"]
    return result


def _action_sheet(options: Options, rules: Rules) -> ActionSheet:
    items = required(options, "itemList", "Array")
    if not (items or rules.no_items):
        raise Fail("parameter error: parameter.itemList should have at least 1 item")
    if rules.items is not None and len(items) > rules.items:
        raise Fail(f"parameter error: itemList should not be large than {rules.items}")
    return ActionSheet(
        itemList=strings(items, "parameter.itemList"),
        itemColor=optional(options, "itemColor", "String", "#000000"),
        alertText=optional(options, "alertText", "String", ""),
    )


def _action_sheet_result(sheet: ActionSheet, answer: Answer, *, cancel_fails: bool) -> Result:
    if answer.get("cancel"):
        if cancel_fails:
            raise Fail("cancel")
        return {"tapIndex": -1}
    index = answer["tapIndex"]
    if index not in range(len(sheet.itemList)):
        raise Fail(f"internal error: there is no item {index!r} to tap, of {len(sheet.itemList)}")
    return {"tapIndex": index}
