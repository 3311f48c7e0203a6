"""A page with the real taro-h5 in which there is Pyodide with taropy, in Chromium; its person is outside."""

from __future__ import annotations

import asyncio
import json
import textwrap
from pathlib import Path
from typing import Any

import attrs
from hands import Hands

import taropy

BEGIN = "async files => { globalThis.inside = await import('/pyodide/inside.mjs'); await inside.begin(files) }"
RUN = "async python => await inside.run(python)"
#: Where programs are inside, from which they import.
PROGRAMS = "/home/pyodide/programs"


@attrs.define
class Beside:
    """Runs programs in the page, one after the other; they share their names, after those of `first`.

    If Pyodide ends, the page is opened anew, and the program has another try. The person at the page is the one of the
    host "page": that it is connected there as well, the programs inside don't notice.
    """

    folder: Path
    files: dict[str, str]
    first: str
    made: Path
    _person: taropy.Taro | None = None

    def run(self, python: str) -> str:
        """What the program prints."""
        told = self._told(python)
        assert not told["error"], told["error"]
        assert not told["rejections"], told["rejections"]
        return str(told["printed"])

    def _told(self, python: str) -> dict[str, Any]:
        for _ in range(2):
            told = self._evaluate(RUN, textwrap.dedent(python))
            if "ended" not in told:
                return told
            self.close()
        raise AssertionError(f"Pyodide has ended, twice: {told['ended']}")

    @property
    def phone(self) -> Any:
        """What the person does at the page."""
        if self._person is None:
            self._person = taropy.create("h5", host="page", url=str(self.folder), launch=True)
            self._begin()
        return self._person.phone

    def close(self) -> None:
        """Ends the browser."""
        if self._person is not None:
            person, self._person = self._person, None
            person.close()

    def _begin(self) -> None:
        hands = Hands(self.phone, self.made)

        async def do(what: str, arguments: str) -> str:
            return json.dumps(await asyncio.to_thread(hands.do, what, *json.loads(arguments)))

        browser = self.phone.browser
        browser.run(browser.page.expose_function("hands", do))
        self._evaluate(BEGIN, {f"{PROGRAMS}/{name}": text for name, text in self.files.items()})
        told = self._evaluate(RUN, f"import sys; sys.path.insert(0, {PROGRAMS!r})\n{self.first}")
        assert not told["error"], told["error"]

    def _evaluate(self, script: str, given: Any) -> Any:
        browser = self.phone.browser
        return browser.run(browser.page.evaluate(script, given))
