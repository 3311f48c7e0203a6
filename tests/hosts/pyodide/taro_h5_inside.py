"""A page with the real taro-h5 in which there is Pyodide with taropy, in Chromium; its person is outside."""

from __future__ import annotations

import asyncio
import json
import textwrap
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Self

import attrs
from hands import Hands

import taropy

BEGIN = "async files => { globalThis.inside = await import('/pyodide/inside.mjs'); await inside.begin(files) }"
RUN = "async python => await inside.run(python)"
#: Where programs are inside, from which they import.
PROGRAMS = "/home/pyodide/programs"


@attrs.define
class Beside:
    """Runs programs in the page of a folder, one after the other: they share their names, after those of `first`.

    They can import `modules`, and ask for what `hands.py` has by `js.hands(what, arguments as JSON)`, with a `folder`
    for what that makes. If Pyodide ends, the page is opened anew, and the program has another try.

    The person at the page is the one of the host "page". That it is connected there as well, those inside don't notice.
    """

    site: Path
    modules: Sequence[ModuleType]
    first: str
    folder: Path
    _person: taropy.Taro | None = None

    def __enter__(self) -> Self:
        self._open()
        return self

    def __exit__(self, *error: object) -> None:
        self._close()

    def run(self, python: str) -> str:
        """What the program prints."""
        told = self._evaluate(RUN, textwrap.dedent(python))
        if "ended" in told:
            self._close()
            self._open()
            told = self._evaluate(RUN, textwrap.dedent(python))
        assert "ended" not in told, f"Pyodide has ended, twice: {told['ended']}"
        assert not told["error"], told["error"]
        assert not told["rejections"], told["rejections"]
        return str(told["printed"])

    @property
    def phone(self) -> Any:
        """What the person does at the page."""
        assert self._person is not None
        return self._person.phone

    def _open(self) -> None:
        self._person = taropy.create("h5", host="page", url=str(self.site), launch=True)
        hands = Hands(self.phone, self.folder)

        async def do(what: str, arguments: str) -> str:
            return json.dumps(await asyncio.to_thread(hands.do, what, *json.loads(arguments)))

        browser = self.phone.browser
        browser.run(browser.page.expose_function("hands", do))
        texts = {f"{each.__name__}.py": Path(str(each.__file__)).read_text("utf-8") for each in self.modules}
        self._evaluate(BEGIN, {f"{PROGRAMS}/{name}": text for name, text in texts.items()})
        self.run(f"import sys; sys.path.insert(0, {PROGRAMS!r})\n{self.first}")

    def _close(self) -> None:
        if self._person is not None:
            person, self._person = self._person, None
            person.close()

    def _evaluate(self, script: str, given: Any) -> Any:
        browser = self.phone.browser
        return browser.run(browser.page.evaluate(script, given))
