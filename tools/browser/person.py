"""What a person does at the page and sees there, and what happens to the device that shows it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from tools.browser.asked import Json
from tools.browser.backend import FILES

#: The device that shows the page: the phone that taropy simulates, and the window that its bars leave on h5.
DEVICE: Json = {
    "user_agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.5 Mobile/15E148 Safari/604.1",
    "viewport": {"width": 393, "height": 754},
    "screen": {"width": 393, "height": 852},
    "device_scale_factor": 3,
    "is_mobile": True,
    "has_touch": True,
    "locale": "zh-CN",
    "timezone_id": "Asia/Shanghai",
}
#: A computer's battery, or that of one that has none.
BATTERY = "navigator.getBattery = async () => ({ charging: true, level: 1 })"

TAPS: Mapping[str, str] = {
    "confirms": ".taro-model__confirm",
    "cancels": ".taro-model__cancel",
    "cancels the sheet": ".taro__actionSheet > div:last-child > div:last-child",
    "closes the preview": ".preview-image",
}
FRAME = "() => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)))"
TAB_BAR = "() => [...document.querySelectorAll('taro-tabbar .weui-tabbar__item')].map(item => item.textContent.trim())"


async def frame(phone: Any) -> None:
    """Until the page has been drawn again, and elements have done what they do then."""
    await _run(phone, lambda: phone.browser.page.evaluate(FRAME))


async def equip(phone: Any) -> None:
    """What all pages have."""
    await _run(phone, lambda: phone.browser.context.add_init_script(BATTERY))


async def prepare(phone: Any, told: Json) -> None:
    """Opens the page where the case has it, in a world as the case has it, and as if nothing had been before."""
    world, context = told.get("world", {}), phone.browser.context

    async def set_up() -> None:
        await phone.browser.page.evaluate("localStorage.clear()")
        await context.clear_cookies()
        await context.clear_permissions()
        await context.grant_permissions(world.get("permissions", []))
        await context.set_geolocation(world.get("geolocation"))

    def opened() -> None:
        phone.network.type = "wifi"
        phone.browser.run(set_up())
        phone.open(told.get("at", ""))
        phone.browser.run(phone.browser.page.emulate_media(color_scheme=world.get("colorScheme")))

    await asyncio.to_thread(opened)


class Acts:
    """What a person does and sees."""

    def __init__(self, phone: Any) -> None:
        self._phone = phone
        self._does: Mapping[str, Callable[..., Any]] = {
            "chooses": lambda index: self._tap(".taro-actionsheet__cell", index + 1),  # the first is the sheet's title
            "taps the tab": lambda index: phone.pages.tap_tab(index),
            "presses back": lambda: phone.pages.press_back(),
            "picks": lambda *names: phone.media.pick(*(FILES / name for name in names)),
            "picks nothing": lambda: phone.media.cancel(),
            "turns the window": self._turn,
            "goes offline": lambda: self._connect("none"),
            "goes online": lambda: self._connect("wifi"),
            "goes to": lambda position: phone.location.set(**position),
            "prefers": lambda scheme: self._page(lambda page: page.emulate_media(color_scheme=scheme)),
            "scrolls": lambda top: phone.pages.scroll(top),
            "leaves": lambda: phone.background(),
            "comes back": lambda: phone.foreground(),
        }

    async def act(self, what: str, *given: Any) -> None:
        """What a person does, or what happens to the device."""
        if what in TAPS:
            await asyncio.to_thread(self._tap, TAPS[what])
        else:
            await asyncio.to_thread(self._does[what], *given)

    async def touch(self) -> None:
        """A touch, after which a page may ask for files, vibrate, and the like for some seconds."""
        await asyncio.to_thread(self._page, lambda page: page.evaluate("0"))

    async def seen(self, what: str) -> Any:
        """What is on the screen."""
        return await asyncio.to_thread(self._seen, what)

    def _seen(self, what: str) -> Any:
        screen = self._phone.screen
        match what:
            case "title":
                return screen.navigation_bar.title
            case "toast":
                return None if (toast := screen.toast) is None else toast.title
            case "modal" if (modal := screen.modal) is not None:
                buttons = [modal.cancelText] * modal.showCancel + [modal.confirmText]
                return {"title": modal.title, "content": modal.content, "buttons": buttons}
            case "action sheet" if (sheet := screen.action_sheet) is not None:
                return [*([sheet.alertText] if sheet.alertText else []), *sheet.itemList]
            case "tab bar":
                return self._page(lambda page: page.evaluate(TAB_BAR))
        return None

    def _page(self, work: Callable[[Any], Coroutine[Any, Any, Any]]) -> Any:
        return self._phone.browser.run(work(self._phone.browser.page))

    def _tap(self, selector: str, at: int = 0) -> None:
        self._page(lambda page: page.locator(selector).nth(at).click())

    def _connect(self, kind: str) -> None:
        self._phone.network.type = kind

    def _turn(self, width: int, height: int) -> None:
        """The screen turns with the window, whose bars take as much of it as before."""
        short, long = DEVICE["screen"]["width"], DEVICE["screen"]["height"]
        landscape = width > height
        metrics = {
            "width": width,
            "height": height,
            "screenWidth": long if landscape else short,
            "screenHeight": short if landscape else long,
            "deviceScaleFactor": DEVICE["device_scale_factor"],
            "mobile": True,
            "screenOrientation": {
                "type": f"{'landscape' if landscape else 'portrait'}Primary",
                "angle": 90 * landscape,
            },
        }

        async def turn(page: Any) -> None:
            session = await page.context.new_cdp_session(page)
            await session.send("Emulation.setDeviceMetricsOverride", metrics)

        self._page(turn)


async def _run(phone: Any, work: Callable[[], Coroutine[Any, Any, Any]]) -> None:
    await asyncio.to_thread(lambda: phone.browser.run(work()))
