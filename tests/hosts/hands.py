"""What is done at a page with the real taro-h5 from outside, when a case of `taro_h5.py` asks for it."""

from __future__ import annotations

from base64 import b64encode
from operator import attrgetter
from pathlib import Path
from typing import Any

FILES = Path(__file__).parents[1] / "h5" / "files"

CANVAS = """() => {
  const canvas = document.createElement('canvas')
  canvas.setAttribute('canvas-id', 'c')
  Object.assign(canvas, { id: 'c', width: 2, height: 2 })
  const page = [...document.querySelectorAll('.taro_page')].pop()
  page.append(canvas)
}"""

#: A short video, which Chromium itself makes.
RECORD = """async () => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 8, height: 8 })
  const context = canvas.getContext('2d')
  const recorder = new MediaRecorder(canvas.captureStream(10), { mimeType: 'video/webm' })
  const parts = []
  recorder.ondataavailable = ({ data }) => parts.push(data)
  const ended = new Promise(resolve => (recorder.onstop = resolve))
  recorder.start()
  for (let at = 0; at < 5; at += 1) {
    context.fillRect(at, at, 2, 2)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  recorder.stop()
  await ended
  return [...new Uint8Array(await new Blob(parts).arrayBuffer())]
}"""


class Hands:
    """Does what the page's person does, `screen.answer_modal` for one, and what a test prepares for it.

    `phone` is what `Taro.phone` gives at a page with launch=True; `folder` is for files that are made.
    """

    def __init__(self, phone: Any, folder: Path) -> None:
        self._phone = phone
        self._folder = folder

    def do(self, what: str, *arguments: Any) -> Any:
        """Does it, and gives what comes of it."""
        return attrgetter(what)(self if hasattr(self, what) else self._phone)(*arguments)

    def picks(self, name: str) -> str:
        """Picks one of the files that tests have; gives its content in base64."""
        self._phone.media.pick(FILES / name)
        return b64encode((FILES / name).read_bytes()).decode()

    def films(self) -> None:
        """Picks a video, 8 px wide."""
        film = self._folder / "leaf.webm"
        film.write_bytes(bytes(self._run(RECORD)))
        self._phone.media.pick(film)

    def puts_canvas(self) -> None:
        """Puts a canvas of 2 by 2 px, `c`, onto the page."""
        self._run(CANVAS)

    def _run(self, script: str) -> Any:
        browser = self._phone.browser
        return browser.run(browser.page.evaluate(script))
