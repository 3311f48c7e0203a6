"""The examples that a reader can run on the page: which ones, and what the browser needs for it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

from tools.programs import ProgramError
from tools.pyodide import runtime, wheels
from tools.wheel import Uninstallable

#: Where the site has Pyodide and taropy's wheels.
PLACE = Path("_static", "pyodide")

#: What needs more than a browser has: servers, threads, other processes, and packages that are compiled.
_ELSEWHERE = re.compile(
    r"^\s*(?:from|import)\s+(?:http\.server|threading|socket|subprocess|av|cryptography|fontTools|httpx2|numpy|PIL|"
    r"pymongo|skia|starlette|uvicorn|websockets|zxingcpp|taropy\.(?:hosts|port|testing|cli))\b"
    r"|\b(?:start_server|createTCPSocket|createUDPSocket|createWorker|startLocalServiceDiscovery)\b"
    r"|\b(?:chooseImage|chooseMedia|chooseVideo|compressImage|compressVideo|getImageInfo|saveImageToPhotosAlbum)\b"
    r"|\b(?:createInnerAudioContext|createWebAudioContext|createCanvasContext|createOffscreenCanvas|getContext)\b"
    r"|\b(?:createVKSession|getShareInfo|startSoterAuthentication)\b|\\p\{",
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
    blocks = [(found[1], unescape(_TAG.sub("", found[3]))) for found in _BLOCK.finditer(body)]
    can_run = iter(runnable(blocks))

    def mark(found: re.Match[str]) -> str:
        return found[0].replace(' notranslate"', ' notranslate try-it"', 1) if next(can_run) else found[0]

    return _BLOCK.sub(mark, body)


def runnable(blocks: Iterable[tuple[str, str]]) -> Iterator[bool]:
    """Whether a browser can run each of a page's blocks of Python, of which the language and the code are given."""
    so_far = True
    for language, code in blocks:
        runs = _ELSEWHERE.search(code) is None
        if language == "python":
            so_far = so_far and runs
            yield so_far
        else:
            yield runs and code.startswith(_OF_REFERENCE)
