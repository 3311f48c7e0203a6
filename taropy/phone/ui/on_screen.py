"""What a test sees on the screen and does to it, of the app in front: `phone.screen.navigation_bar.title`, …"""

from __future__ import annotations

from typing import Any

from ..core.app import App
from ..core.room import Room
from .fonts import Font, Fonts
from .navigation_bar import Background, NavigationBar, NavigationBars
from .tab_bar import TabBar, TabBars

#: The keyboard of an iPhone in px, with the row of suggestions and without the safe area.
KEYBOARD_HEIGHT = 291


class OnScreen(Room):
    """The screen, as far as other rooms know what is on it; each is asked for the app in front."""

    @property
    def _front(self) -> App:
        return self.phone.pages.front

    @property
    def _bars(self) -> NavigationBars:
        return NavigationBars.on(self.phone)

    # --- what is to be seen -------------------------------------------------------------------------------------

    @property
    def navigation_bar(self) -> NavigationBar:
        """The navigation bar of the page on the screen."""
        return self._bars.of(self._front)

    @property
    def background(self) -> Background:
        """What is behind the page on the screen."""
        return self._bars.background(self._front)

    @property
    def tab_bar(self) -> TabBar | None:
        """The tab bar of the app; None if it has none."""
        return TabBars.on(self.phone).of(self._front)

    @property
    def top_bar_text(self) -> str:
        """The text that the app shows on top of the chats."""
        return self._bars.top_bar_text

    @property
    def refreshing(self) -> bool:
        """Whether the page on the screen shows that it refreshes."""
        return self.phone.pages.top(self._front).refreshing

    @property
    def scroll_top(self) -> float:
        """How far the page on the screen is scrolled down, in px."""
        return self.phone.pages.top(self._front).scroll_top

    @property
    def fonts(self) -> dict[str, Font]:
        """The fonts that the app has loaded, by family."""
        return Fonts.on(self.phone).of(self._front)

    @property
    def alert_before_unload(self) -> str | None:
        """What the page on the screen asks before it is left."""
        return self.phone.window.alert_before_unload(self._front)

    @property
    def brightness(self) -> float:
        """How bright the display is, from 0 to 1."""
        return self.phone.display.brightness

    @property
    def kept_on(self) -> bool:
        """Whether the app keeps the display on."""
        return self._front.key in self.phone.display.keep_on

    @property
    def visual_effect(self) -> str:
        """`"hidden"` while pictures of the screen are to show nothing, else `"none"`."""
        return self.phone.display.visual_effect

    @property
    def keyboard_height(self) -> float:
        """How high the keyboard is, in px; 0 while it is down."""
        return self.phone.keyboard.height

    # --- what the person, or the page, does ---------------------------------------------------------------------

    def draw(self, nodes: Any) -> None:
        """Puts nodes on the page on the screen: a `taropy.phone.wxml.Node`, a list of them, or WXML text.

        What is no such thing raises `TypeError` or `WxmlError`, and the page stays as it is.
        """
        self.phone.nodes.draw(self._front, nodes)

    def scroll(self, top: float) -> None:
        """Scrolls the page on the screen, so that `top` px of it are above the screen; a web page only to its end."""
        self.phone.pages.scroll(top, self._front)

    def capture(self) -> None:
        """Takes a picture of the screen; the apps are told."""
        self.phone.display.capture()

    def record(self, recording: bool = True) -> None:
        """Begins to record the screen, or ends it; the apps are told."""
        self.phone.display.record(recording)

    def answer_leaving(self, confirm: bool = True) -> None:
        """Answers the next question whether a page is to be left; otherwise it is."""
        self.phone.person.script("leave page", confirm=confirm)

    def show_keyboard(self, height: float = KEYBOARD_HEIGHT, selection: tuple[int, int] = (0, 0)) -> None:
        """Taps into an input: the keyboard comes up, and the letters between the two numbers are selected."""
        self.phone.keyboard.show(height, selection)

    def hide_keyboard(self) -> None:
        """Leaves the input: the keyboard goes down."""
        self.phone.keyboard.hide()
