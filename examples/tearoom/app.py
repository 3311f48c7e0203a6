"""One visit to the tea room, on any platform.

    taropy run examples/tearoom/app.py --platform alipay

Prints what happens. Without a backend's address in `TARO_APP_API` it starts one. Needs the extras `crypto`, `media` and
`server`.
"""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from tearoom import app

import taropy
from taropy import Phone, Taro


async def main() -> None:
    """A person opens the app, looks around, tastes a tea, and looks at what they have written."""
    phone = Taro.phone
    with backend(phone):
        await app.launch(scene=1011)
        await taropy.settled()
        teas = phone.pages.current.program
        print(f"{title(phone)}: {', '.join(tea.name for tea in teas.teas) or message(phone)}")
        if not teas.teas:
            return

        phone.pages.scroll_to_bottom()
        await taropy.settled()
        print(f"and at the end of the list: {', '.join(tea.name for tea in teas.teas[teas.PAGE :])}")

        phone.pages.pull_down()
        await taropy.settled()
        print(f"pulled down: {len(teas.teas)} teas again")

        await teas.taste(teas.teas[0])
        print(f"{title(phone)}: the person writes, and takes a picture")
        await phone.pages.current.program.send("Like a wet meadow.")
        print(f"{message(phone)}; now on {phone.pages.routes[-1]}")
        if phone.pages.current.program is not teas:  # the note was not sent
            phone.pages.press_back()

        phone.pages.tap_tab(1)
        await taropy.settled()
        print(f"{title(phone)}: {', '.join(map(told, phone.pages.current.program.notes)) or message(phone)}")


def backend(phone: Phone) -> AbstractContextManager[object]:
    """The backend that `TARO_APP_API` names is there already; without a name one is started."""
    if "TARO_APP_API" in os.environ:
        return nullcontext()
    from tearoom.world import world  # which needs what servers need

    return world(phone)


def title(phone: Phone) -> str:
    """What the navigation bar says."""
    return str(phone.pages.current.window["navigationBarTitleText"])


def message(phone: Phone) -> str:
    """What the toast says."""
    return phone.screen.toast.title if phone.screen.toast else "no message"


def told(note: Any) -> str:
    """A note in a line."""
    return f"{note.tea}: {note.text} ({note.size:,} bytes of picture)"


if __name__ == "__main__":
    taropy.run(main)
