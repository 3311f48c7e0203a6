"""Signing in by phone number, where the platform has no login of its own."""

from __future__ import annotations

from taropy import Taro
from taropy.js import clearInterval, setInterval

from .. import session, ui
from ..config import app

RESEND = 60  # seconds


@app.page("pages/sign-in/index", navigationBarTitleText="Sign in")
class SignIn:
    """A code can be asked for once a minute."""

    left = 0
    ticking: int | None = None

    @property
    def label(self) -> str:
        return f"Again in {self.left} s" if self.left else "Send the code"

    async def send_code(self, phone_number: str) -> None:
        """What a tap on the button with the label does."""
        if self.left:
            return
        with ui.telling():
            await session.send_code(phone_number)
            self.left = RESEND
            self.ticking = setInterval(self.tick, 1000)

    def tick(self) -> None:
        """A second is over."""
        self.left -= 1
        if not self.left:
            clearInterval(self.ticking)

    def onUnload(self) -> None:
        clearInterval(self.ticking)

    async def sign_in(self, phone_number: str, code: str) -> None:
        """What a tap on "Sign in" does."""
        with ui.telling():
            await session.sign_in_with(phone_number, code)
            await Taro.navigateBack()
