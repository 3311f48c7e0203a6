"""The mark of tests that draw on canvases: skia-python needs two libraries that pip does not bring."""

from __future__ import annotations

import importlib

import pytest


def _lack() -> str:
    try:
        importlib.import_module("skia")
    except ImportError as error:
        return f"skia-python can't be used ({error}); on Debian and Ubuntu: apt install libegl1 libgl1"
    return ""


LACK = _lack()
needs_skia = pytest.mark.skipif(bool(LACK), reason=LACK)
