"""Files in Baidu's own form: github.com/swan-team/swan-docs, api/file."""

from __future__ import annotations

from ..core.swan import ANY, FAILED, OPTIONS, WRONG, missing, numbered
from ..core.variant import Surface

_MISSING, _TOO_LARGE, _UNSHOWN = 2001, 2002, 2005
_IOS = {OPTIONS: WRONG, **missing(_MISSING)}
_ANDROID = {**_IOS, ANY: FAILED}
_FULL = {"exceed": _TOO_LARGE, "maximum size": _TOO_LARGE, "limit": _TOO_LARGE}

SURFACE = Surface(
    "swan",
    {
        "saveFile": numbered("saveFile", {**_IOS, **_FULL}, {**missing(_MISSING), **_FULL, ANY: FAILED}),
        "getFileInfo": numbered("getFileInfo", _IOS, _ANDROID),
        "getSavedFileInfo": numbered("getSavedFileInfo", _IOS, _ANDROID),
        "removeSavedFile": numbered("removeSavedFile", _IOS, _ANDROID),
        "openDocument": numbered("openDocument", {**_IOS, "not supported": _UNSHOWN}, {OPTIONS: WRONG, ANY: FAILED}),
    },
)
