"""The examples that a reader can run on the page: which ones, and what the browser needs for it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from tools.programs import ProgramError
from tools.pyodide import runtime, wheels
from tools.wheel import Uninstallable

#: Where the site has Pyodide and taropy's wheels.
PLACE = Path("_static", "pyodide")

#: What is imported where a browser is not enough: servers, threads, other processes, and compiled packages.
_ELSEWHERE = re.compile(
    r"^\s*(?:from|import)\s+(?:http\.server|threading|socket|subprocess|asyncio\.subprocess|av|cryptography|fontTools|"
    r"httpx2|numpy|onnxruntime|PIL|pluggy\.|pymongo|quickjs|skia|starlette|uvicorn|websockets|zxingcpp|"
    r"taropy\.(?:port|testing|cli))\b",
    re.MULTILINE,
)
#: A program of the reference: it stands for itself. Guides' pages are programs from their beginning on.
_OF_REFERENCE = "# Runs on:"

_BLOCK = re.compile(
    r'<div class="highlight-(python|py) notranslate">(<div class="highlight">)?<pre>(.*?)</pre>', re.DOTALL
)
_TAG = re.compile(r"<[^>]+>")


def provide(out: Path) -> str:
    """Puts what a browser needs into the site; gives why that can't be had, or ""."""
    folder = out / PLACE
    try:
        package = runtime.package()
        wheels.build(folder)
    except (ProgramError, Uninstallable) as error:
        shutil.rmtree(folder, ignore_errors=True)
        return str(error)
    for name in runtime.FILES:
        shutil.copyfile(package / name, folder / name)
    return ""


def marked(body: str) -> str:
    """A page's HTML, in which the examples that can be run have a class of their own."""
    can_run = iter([is_example for _, is_example in examples(body)])

    def mark(found: re.Match[str]) -> str:
        return found[0].replace(' notranslate"', ' notranslate try-it"', 1) if next(can_run) else found[0]

    return _BLOCK.sub(mark, body)


def examples(body: str) -> Iterator[tuple[str, bool]]:
    """The blocks of Python on a page, and whether a browser can run them."""
    so_far = True
    for language, _, html in _BLOCK.findall(body):
        code = unescape(_TAG.sub("", html))
        runs = _ELSEWHERE.search(code) is None
        if language == "python":
            so_far = so_far and runs
            yield code, so_far
        else:
            yield code, runs and code.startswith(_OF_REFERENCE)
