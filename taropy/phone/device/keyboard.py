"""The keyboard, which comes up when a person taps into an input.

Facts: developers.weixin.qq.com/miniprogram/dev/api/device/keyboard.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.checked import is_number, number
from ..core.events import off, on
from ..core.functions import answered
from ..core.room import Room
from ..core.vendors import of_vendor

if TYPE_CHECKING:
    from ..core.faces import Phone

# Alipay tells the page too: opendocs.alipay.com/mini/framework/page-detail, "events".
TELLS_THE_PAGE: Mapping[str, bool] = {"my": True}

# WeChat, and QQ after it, fail where there is no input to leave.
NEEDS_INPUT: Mapping[str, bool] = {"wx": True, "qq": True}


class Keyboard(Room, name="keyboard"):
    """The keyboard: its `height` in px, 0 while it is down, and the `selection` in the input, from and to."""

    STATE = ("height", "selection")

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.height: float = 0
        self.selection = (0, 0)

    def in_words(self) -> Iterator[str]:
        """How high it is."""
        yield f"{self.height} px high" if self.height else "down"

    # --- what the person does -----------------------------------------------------------------------------------

    def show(self, height: float, selection: tuple[int, int] = (0, 0)) -> None:
        """Taps into an input: the keyboard comes up, and the letters between the two numbers are selected."""
        number(0).check("the keyboard's height", height)
        if not (len(selection) == 2 and all(is_number(each, 0) for each in selection)):
            raise ValueError(f"a selection is two numbers, from and to, not {selection!r}")
        self.selection = selection
        self._rise(height)

    def hide(self) -> None:
        """Leaves the input: the keyboard goes down."""
        self._rise(0)

    # --- native functions ---------------------------------------------------------------------------------------

    @answered
    def hideKeyboard(self, app: App, options: Options) -> None:
        """Leaves the input. WeChat fails if there is none, in the words of github.com/dcloudio/uni-ui/issues/192."""
        if not self.height and of_vendor(NEEDS_INPUT, app, False):
            raise Fail(":input not exists")
        self.hide()

    @answered
    def getSelectedTextRange(self, app: App, options: Options) -> Result:
        """What is selected in the input: `start` and `end`.

        Fails if the keyboard is down. The words are uni-app's, which has the same function; WeChat's were not found.
        """
        if not self.height:
            raise Fail("no focused")
        start, end = self.selection
        return {"start": start, "end": end}

    onKeyboardHeightChange = on("height", "Tells the keyboard's `height` when it has come up or gone down.")
    offKeyboardHeightChange = off("height")

    def _rise(self, height: float) -> None:
        if height == self.height:
            return
        self.height = height
        self.tell_apps("height", lambda app: {"height": height})
        for app in self.phone.apps:
            if of_vendor(TELLS_THE_PAGE, app, False):
                self.phone.pages.tell_page(app, self.phone.pages.top(app), "onKeyboardHeight", {"height": height})
