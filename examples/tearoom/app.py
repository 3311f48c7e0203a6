"""One visit to the tea room, on weapp.

    taropy run examples/tearoom/app.py

Prints what happens. Without a backend's address in `TARO_APP_API` it starts one. Needs the extras `media` and `server`.
"""

from __future__ import annotations

import os
from contextlib import nullcontext

from tearoom import app
from tearoom.world import world

import taropy
from taropy import Taro


async def main() -> None:
    """A person opens the app, looks around, tastes a tea, and looks at what they have written."""
    phone = Taro.phone
    with nullcontext() if "TARO_APP_API" in os.environ else world(phone):
        await app.launch(scene=1011)
        await taropy.settled()
        teas = phone.pages.current.program
        print(f"{phone.pages.current.window['navigationBarTitleText']}: {', '.join(tea.name for tea in teas.teas)}")

        phone.pages.scroll_to_bottom()
        await taropy.settled()
        print(f"and at the end of the list: {', '.join(tea.name for tea in teas.teas[teas.PAGE :])}")

        phone.pages.pull_down()
        await taropy.settled()
        print(f"pulled down: {len(teas.teas)} teas again")

        await teas.taste(teas.teas[0])
        note = phone.pages.current.program
        print(f"{phone.pages.current.window['navigationBarTitleText']}: the person writes, and takes a picture")
        await note.send("Like a wet meadow.")
        print(f"{phone.screen.toast.title if phone.screen.toast else 'no toast'}; back on {phone.pages.routes[-1]}")

        phone.pages.tap_tab(1)
        await taropy.settled()
        for written in phone.pages.current.program.notes:
            print(f"Mine: {written.tea}: {written.text} ({written.size:,} bytes of picture)")


if __name__ == "__main__":
    taropy.run(main)
