"""Pictures and videos as `@tarojs/taro-rn` 4.2.0 tells of them, over Expo and React Native: `media.ts` and others."""

from __future__ import annotations

from mimetypes import guess_type

from ..core.answers import Result
from ..core.rn import refusing
from ..core.variant import Surface, Variant


def _asset(file: Result, kind: str) -> Result:
    """A file as Expo tells of it, and as Taro's code does beside; the length of a video is in milliseconds."""
    path = file.get("path") or file.get("tempFilePath")
    size = {"size": file["size"], "fileSize": file["size"]} if "size" in file else {}
    measures: Result = {name: file[name] for name in ("width", "height") if name in file}
    length = {"duration": round(file["duration"] * 1000)} if "duration" in file else {}
    media_type = (path and guess_type(path)[0]) or ("video/mp4" if kind == "video" else "image/jpeg")
    return {"uri": path, "mimeType": media_type, **size, **measures, **length}


def _file(file: Result, kind: str) -> Result:
    asset = _asset(file, kind)
    return {**asset, "path": asset["uri"], "type": asset["mimeType"], "fileType": kind}


def _chosen(result: Result) -> Result:
    if "tempFiles" not in result:
        return result
    files = [_file(file, file.get("fileType", "image")) for file in result["tempFiles"]]
    return {"tempFilePaths": [file["path"] for file in files], "tempFiles": files}


def _video(result: Result) -> Result:
    return {**_asset(result, "video"), **{name: result[name] for name in ("tempFilePath", "size") if name in result}}


def _failed(failure: Result) -> Result:
    """As of all; where the sheet is closed that asks for the source, there is not even a colon."""
    reason = failure["errMsg"]
    return {"errMsg": reason.replace(":", " ")} if reason.endswith(":fail") else refusing(failure)


def _looked_at(result: Result) -> Result:
    """React Native tells the size alone; the rest is yet to do in Taro's code."""
    return {**result, "orientation": "up", "type": ""}


SURFACE = Surface(
    "rn",
    {
        "chooseImage": Variant("chooseImage", result=_chosen, failure=_failed),
        "chooseMedia": Variant("chooseMedia", result=_chosen, failure=_failed),
        "chooseVideo": Variant("chooseVideo", result=_video, failure=_failed),
        "getImageInfo": Variant("getImageInfo", result=_looked_at),
        "saveImageToPhotosAlbum": Variant("saveImageToPhotosAlbum", failure=_failed),
        "saveVideoToPhotosAlbum": Variant("saveVideoToPhotosAlbum", failure=_failed),
    },
)
