"""The saved files in Alipay's own form, which calls every path `apFilePath`: github.com/AlipayDocs/open-docs."""

from __future__ import annotations

from ..core.alipay import WRONG_OPTIONS, failing, needing, succeeded
from ..core.answers import Options, Result
from ..core.variant import Surface, Variant, also_called

# The page of `my.saveFile`; its numbers are not those of the file manager's function of that name.
_NOT_SAVED = failing({"parameter error": WRONG_OPTIONS, "not exist": 12, "maximum size": 19}, default=13)


def _file(options: Options) -> Options:
    return {**options, "filePath": options["apFilePath"]} if "apFilePath" in options else options


def _kept(options: Options) -> Options:
    return {**needing("apFilePath")(options), "tempFilePath": options.get("apFilePath"), "filePath": None}


def _saved_files(result: Result) -> Result:
    files = map(also_called(filePath="apFilePath"), result.get("fileList", ()))
    return succeeded({**result, "fileList": list(files)})


SURFACE = Surface(
    "my",
    {
        "saveFile": Variant("saveFile", _kept, also_called(savedFilePath="apFilePath"), failure=_NOT_SAVED),
        "saveFileToDisk": Variant("saveFileToDisk", _file, succeeded),
        "getFileInfo": Variant("getFileInfo", _file),
        "getSavedFileInfo": Variant("getSavedFileInfo", _file),
        "getSavedFileList": Variant("getSavedFileList", result=_saved_files),
        "removeSavedFile": Variant("removeSavedFile", _file),
    },
)
