"""Pictures and videos as `@tarojs/plugin-platform-harmony-ets` 4.2.0 tells of them: `media/`."""

from __future__ import annotations

from typing import Any

from ..core.answers import Options, Result
from ..core.variant import Surface, Variant, only_told


def _from_the_album(options: Options) -> Options:
    """Taro's code has only the album to choose from, whatever `sourceType` says."""
    return {**options, "sourceType": ["album"]}


def _one_kind(options: Options) -> Options:
    """HarmonyOS lets one kind be chosen, by default pictures."""
    kinds = options.get("mediaType")
    return {**_from_the_album(options), "mediaType": kinds[:1] if isinstance(kinds, list) and kinds else ["image"]}


def _bare(result: Result) -> Any:
    """The list of what was chosen, and nothing around it; what a test has ordered stays."""
    files = result.get("tempFiles")
    return result if files is None else [file["tempFilePath"] for file in files]


def _pictures_alone(options: Options) -> Options:
    """Sources that do not say that they are pictures are left out; `current` counts those that are left."""
    sources = options.get("sources")
    if not isinstance(sources, list):
        return options
    return {**options, "sources": [each for each in sources if isinstance(each, dict) and each.get("type") == "image"]}


def _video(result: Result) -> Result:
    return {"tempFilePaths": [result["tempFilePath"]]} if "tempFilePath" in result else result


def _looked_at(result: Result) -> Result:
    size = {name: result[name] for name in ("width", "height") if name in result}
    return {**only_told()(result), **({"size": size} if size else {})}


SURFACE = Surface(
    "harmony",
    {
        "chooseImage": Variant("chooseImage", _from_the_album),
        "chooseMedia": Variant("chooseMedia", _one_kind, _bare),
        "chooseVideo": Variant("chooseVideo", _from_the_album, _video),
        "getImageInfo": Variant("getImageInfo", result=_looked_at),
        "previewMedia": Variant("previewMedia", _pictures_alone),
    },
)
