"""A user's way through the shop, and what happens on the way."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import api
import attrs
import auth
import ui

from taropy import NotSupported, Promise, Taro
from taropy.phone import Modal, Toast

# Longer than the backend's tokens last, shorter than a vendor's session does.
THREE_HOURS = 3 * 3600.0


@attrs.frozen
class Step:
    """What happened, in a sentence; and `brief`, in a word or two, for the table of all platforms."""

    title: str
    text: str
    brief: str = ""


async def story() -> AsyncIterator[Step]:
    """The user's steps, on the phone and the platform that `Taro` is on."""
    auth.install()
    try:
        yield await first_visit()
    except (NotSupported, api.ApiError) as error:
        yield await turned_away(error)
        yield await as_guest()
        return
    for step in (second_visit, an_order, expired_token, ten_requests, ended_session, profile):
        yield await step()


async def first_visit() -> Step:
    """The program starts, and signs the user in."""
    kept = await auth.stored_token()
    if await auth.sign_in() == kept:
        text = "A token was in storage from before, and the session goes on: no login."
    else:
        text = f"Nobody was signed in, so the program logged in: {vendor()} gave a code, the backend a token for it."
    return Step("first visit", text, "signed in")


async def turned_away(error: Exception) -> Step:
    """The program could not sign the user in, and tells why."""
    await ui.alert("You cannot sign in", str(error))
    return Step("first visit", f"The program could not sign in: {error}. {shown()}", "guest")


async def as_guest() -> Step:
    """What needs no user works on every platform: requests and storage."""
    teas = await api.teas()
    await Taro.setStorage(key="basket", data=teas[0])
    basket = (await Taro.getStorage(key="basket")).data
    text = f"The shop shows {', '.join(teas)}, and the basket in storage holds {basket}."
    return Step("as a guest", text)


async def second_visit() -> Step:
    """The program starts again, soon after."""
    times = await logins_during(auth.sign_in)
    why = "The session goes on, says checkSession" if can_check() else "There is no checkSession; the token was trusted"
    return Step("second visit", f"{why}: {times}.", times)


async def an_order() -> Step:
    """A request that needs the token."""
    order = await api.place_order("Longjing")
    ui.toast(f"{order.tea} is on its way")
    return Step("an order", f"{order.tea} was ordered with the token from storage. {shown()}")


async def expired_token() -> Step:
    """The token expires while the program is open, and the next request meets that."""

    async def three_hours_later() -> None:
        Taro.phone.clock.advance(THREE_HOURS)
        await api.orders()

    times = await logins_during(three_hours_later)
    text = f"Three hours later the backend refused the token (401): {times}, and the request was repeated."
    return Step("expired token", text, times)


async def ten_requests() -> Step:
    """The same with many requests under way."""
    before = len(await api.orders())

    async def three_hours_later() -> None:
        Taro.phone.clock.advance(THREE_HOURS)
        await Promise.all([api.place_order("Pu'er") for _ in range(10)])

    times = await logins_during(three_hours_later)
    placed = len(await api.orders()) - before
    text = f"After three more hours ten requests at once met the expired token: {times}, {placed} orders placed."
    return Step("ten requests", text, times)


async def ended_session() -> Step:
    """The vendor ends the session, and the program starts again."""
    Taro.phone.account.expire_session()
    times = await logins_during(auth.sign_in)
    if can_check():
        text = f"{vendor()} ended the session, and at the next start checkSession failed: {times}."
    else:
        text = f"{vendor()} ended the session. Without checkSession that shows when the token expires: {times}."
    return Step("ended session", text, times)


async def profile() -> Step:
    """The user shows name and picture; the backend decrypts them with the session's key."""
    if not Taro.canIUse("getUserProfile"):
        return Step("profile", "There is no getUserProfile here, so the shop does not know the user's name.", "none")
    res = await Taro.getUserProfile(desc="to greet you by name")
    saved = await api.save_profile(res.encryptedData, res.iv)
    text = f"The user agreed to show it, and the backend decrypted it: the user's name is {saved.nickname}."
    return Step("profile", text, saved.nickname)


async def logins_during(action: Callable[[], Awaitable[object]]) -> str:
    """How often the user logged in while `action` went on, by the backend's count."""
    before = (await api.me()).logins
    await action()
    times = (await api.me()).logins - before
    return {0: "no login", 1: "1 login"}.get(times, f"{times} logins")


def can_check() -> bool:
    """Whether the platform tells if its session goes on."""
    return bool(Taro.canIUse("checkSession"))


def vendor() -> str:
    """Who the platform belongs to."""
    return Taro.platform.title


def shown() -> str:
    """What the user has got to see of the last message."""
    history = Taro.phone.screen.history
    last = history.pop() if history else None
    if isinstance(last, Modal):
        return f'A dialog says so, under "{last.title}".'
    if isinstance(last, Toast):
        return f'A toast says "{last.title}".'
    return f"Taro has no toast on {Taro.platform.name}, so the user sees no message."
