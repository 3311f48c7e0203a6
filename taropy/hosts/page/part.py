"""A part of the page, as a person sees and touches it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .browser import Browser

if TYPE_CHECKING:
    from playwright.async_api import Locator

#: What is on the screen, by its class; None for what is not shown.
LOOK = """([selector, parts]) => {
  const shown = each => each !== null && each.style.display !== 'none' && each.style.opacity !== '0'
  const element = document.querySelector(selector)
  if (!shown(element)) return null
  return parts.map(part => [...element.querySelectorAll(part)].filter(shown).map(each => each.textContent))
}"""


class Part:
    """What a person does with one part of the page, as the program has left it."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def _see(self, selector: str, *parts: str) -> Any:
        return self._evaluate(LOOK, [selector, list(parts)])

    def _evaluate(self, script: str, argument: Any = None) -> Any:
        self._browser.catch_up()
        return self._browser.run(self._browser.page.evaluate(script, argument))


async def tap(locator: Locator, **options: Any) -> None:
    """Taps what is found there."""
    # It may lead to a download, which Playwright takes for a navigation.
    await locator.click(no_wait_after=True, **options)
