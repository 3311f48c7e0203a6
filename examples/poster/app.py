"""A poster, drawn and saved.

    taropy run examples/poster/app.py
    taropy run examples/poster/app.py -- poster.jpg     # and copied to a file of the computer

Prints what is in the album then. Needs the extras `canvas` and `media`.
"""

from __future__ import annotations

import shutil
import sys

from poster import app

import taropy
from taropy import Taro


async def main() -> None:
    """The person picks a photo, and the program makes a poster of it."""
    phone = Taro.phone
    await app.launch()
    picked = await Taro.chooseImage(count=1)
    page = phone.pages.current.program
    await page.save("Oolong 乌龙茶", "Half green, half black, and best on a rainy afternoon.", picked.tempFilePaths[0])
    newest = phone.media.album[0]
    info = await Taro.getImageInfo(src=phone.files.import_file(phone.pages.front, newest))
    print(f"{phone.screen.toast.title}: a {info.type} of {info.width} x {info.height}")
    if len(sys.argv) > 1:
        shutil.copyfile(newest, sys.argv[1])


if __name__ == "__main__":
    taropy.run(main)
