"""The saved files in Alipay's own form, which calls every path `apFilePath`: opendocs.alipay.com/mini/api."""

from __future__ import annotations

from ..core.answers import Options, Result
from ..core.variant import Surface, Variant, also_called


def _file(options: Options) -> Options:
    return {**options, "filePath": options["apFilePath"]} if "apFilePath" in options else options


def _kept(options: Options) -> Options:
    return {**options, "tempFilePath": options["apFilePath"]} if "apFilePath" in options else options


def _saved_files(result: Result) -> Result:
    return {**result, "fileList": list(map(also_called(filePath="apFilePath"), result.get("fileList", ())))}


SURFACE = Surface(
    "my",
    {
        "saveFile": Variant("saveFile", _kept, also_called(savedFilePath="apFilePath")),
        "getFileInfo": Variant("getFileInfo", _file),
        "getSavedFileInfo": Variant("getSavedFileInfo", _file),
        "getSavedFileList": Variant("getSavedFileList", result=_saved_files),
        "removeSavedFile": Variant("removeSavedFile", _file),
    },
)
