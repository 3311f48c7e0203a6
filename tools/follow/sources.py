"""Where a version's declarations come from: npm, a folder that has them already, or the committed spec."""

from __future__ import annotations

import json
from pathlib import Path

from tools.follow.items import Declarations
from tools.spec import facts, overrides, upstream
from tools.spec.__main__ import SPEC
from tools.spec.support import MINI_PROGRAMS

#: The version that means the committed spec.
PIN = "pin"
TARO = "@tarojs/taro"
EXTRACTOR = Path(__file__).with_name("extract.mjs")


def read(version: str, folder: Path | None = None) -> Declarations:
    """The declarations of a version of @tarojs/taro, or of the pin.

    `folder` has a node_modules with them and with TypeScript; without one they are installed into the user's cache.
    ProgramError if npm or Node.js fail; UpstreamError, which is one too, if the folder has another version.
    """
    if version == PIN:
        return committed(SPEC / "upstream")
    folder = folder or _installed(version)
    _check_version(version, folder)
    declarations = upstream.extract(folder, EXTRACTOR)
    return Declarations(version, facts.members(declarations), facts.types(declarations))


def committed(folder: Path) -> Declarations:
    """What the spec's generated files say, with every correction taken back. Their version is called `pin`."""
    groups = [json.loads(path.read_text("utf-8")) for path in sorted((folder / "groups").rglob("*.json"))]
    members, types = (
        {name: {"group": group["group"], **entry} for group in groups for name, entry in group[section].items()}
        for section in ("members", "types")
    )
    return Declarations(PIN, overrides.take_back(members), overrides.take_back(types))


def _installed(version: str) -> Path:
    """The version's folder in the cache, filled by npm the first time."""
    folder = upstream.cache_folder() / "versions" / version
    if upstream.version_in(folder, TARO) is None:
        upstream.install(folder, _packages(version))
    return folder


def _packages(version: str) -> dict[str, str]:
    """The packages that declare something: Taro, the platforms that add to its types, and the parser.

    Not every Taro version has platforms of the same version; the newest that is not newer serves.
    """
    platforms = {f"@tarojs/plugin-platform-{name}": f"<={version}" for name in MINI_PROGRAMS}
    return {"@tarojs/taro": version, "typescript": upstream.pinned()["typescript"], **platforms}


def _check_version(version: str, folder: Path) -> None:
    found = upstream.version_in(folder, TARO)
    if found is None:
        raise upstream.UpstreamError(f"@tarojs/taro is not installed in {folder}")
    if found != version:
        raise upstream.UpstreamError(f"@tarojs/taro is {found} in {folder}, and {version} was asked for")
