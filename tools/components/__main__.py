"""`python -m tools.components`: write taropy/port/data/components.json, or verify it with `--check`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from taropy.port.marks import FOLDER
from tools import generated
from tools.components.build import COMMAND, PACKAGE, VERSION, build
from tools.programs import ProgramError
from tools.spec import upstream


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if the file is stale or missing, or if the package is not to be had."""
    parser = generated.parser(COMMAND, "Make taropy/port/data/components.json from Taro's declarations.")
    parser.add_argument("--upstream", type=Path, metavar="DIR", help=f"a folder with node_modules that has {PACKAGE}")
    options = parser.parse_args(arguments)
    try:
        types = _types(options.upstream)
    except ProgramError as error:
        print(error, file=sys.stderr)
        return 1
    return generated.finish_page(build(types), FOLDER / "components.json", check=options.check)


def _types(chosen: Path | None) -> Path:
    """The package's declarations; it is installed if need be, unless a folder was named."""
    folder = chosen or upstream.cache_folder() / f"components-{VERSION}"
    types = folder / "node_modules" / PACKAGE / "types"
    if chosen is None and not types.exists():
        upstream.install(folder, {PACKAGE: VERSION})
    if not types.exists():
        raise ProgramError(f"{PACKAGE} is not installed in {folder}")
    return types


if __name__ == "__main__":
    sys.exit(main())
