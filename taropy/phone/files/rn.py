"""Files as `@tarojs/taro-rn` 4.2.0 tells of them, over Expo's file system: `file.ts`."""

from __future__ import annotations

from ..core.answers import Options, Result
from ..core.variant import Surface, Variant, called

MISSING = "filePath not exists"


def _md5(options: Options) -> Options:
    """The digest is always this one."""
    return {**options, "digestAlgorithm": "md5"}


def _missing(failure: Result) -> Result:
    return (
        {**failure, "errMsg": f"{failure['errMsg'].partition(':')[0]}:fail. {MISSING}"}
        if _is_lost(failure)
        else failure
    )


def _is_lost(failure: Result) -> bool:
    return "not exist" in failure["errMsg"]


SURFACE = Surface(
    "rn",
    {
        "getFileInfo": Variant(
            "getFileInfo", _md5, called(errMsg="errMsg", size="size", digest="md5"), failure=_missing
        ),
        "getSavedFileInfo": Variant("getSavedFileInfo", failure=_missing),
    },
)
