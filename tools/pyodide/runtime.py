"""Pyodide itself, as npm has it: it loads without a network, in Node.js and in a browser."""

from __future__ import annotations

from pathlib import Path

from tools.spec import upstream

#: Its version, which begins with Python's.
VERSION = "314.0.7"
#: What of the package a page needs.
FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")


def package() -> Path:
    """The package's folder, installed if need be, in a cache folder. `UpstreamError` if it can't be had."""
    folder = upstream.installed(upstream.cache_folder() / "pyodide", {"pyodide": VERSION})
    return folder / "node_modules" / "pyodide"
