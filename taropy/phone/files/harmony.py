"""Saved files as `@tarojs/plugin-platform-harmony-ets` 4.2.0 tells of them, which does not know when they were made."""

from __future__ import annotations

from ..core.answers import Result
from ..core.variant import Surface, Variant


def _untimed(file: Result) -> Result:
    return {name: value for name, value in file.items() if name != "createTime"}


def _listed(result: Result) -> Result:
    return {**result, "fileList": [_untimed(file) for file in result.get("fileList", ())]}


SURFACE = Surface(
    "harmony",
    {
        "getSavedFileInfo": Variant("getSavedFileInfo", result=_untimed),
        "getSavedFileList": Variant("getSavedFileList", result=_listed),
    },
)
