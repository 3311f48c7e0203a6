"""Pictures and videos as `@tarojs/plugin-platform-harmony-ets` 4.2.0 tells of them: `media/`."""

from __future__ import annotations

from ..core.answers import Options, Result
from ..core.variant import Surface, Variant, only_told


def _one_kind(options: Options) -> Options:
    """HarmonyOS lets one kind be chosen, by default pictures."""
    kinds = options.get("mediaType")
    return {**options, "mediaType": kinds[:1] if isinstance(kinds, list) and kinds else ["image"]}


def _video(result: Result) -> Result:
    return {"tempFilePaths": [result["tempFilePath"]]} if "tempFilePath" in result else result


def _looked_at(result: Result) -> Result:
    size = {name: result[name] for name in ("width", "height") if name in result}
    return {**only_told()(result), **({"size": size} if size else {})}


SURFACE = Surface(
    "harmony",
    {
        "chooseMedia": Variant("chooseMedia", _one_kind),
        "chooseVideo": Variant("chooseVideo", result=_video),
        "getImageInfo": Variant("getImageInfo", result=_looked_at),
    },
)
