"""`python -m tools.measured`: write taropy/phone/sources/h5.toml from tests/h5, or verify it with `--check`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from taropy.phone.sources import FOLDER
from tools import generated
from tools.measured.build import COMMAND, build


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if the file is stale or missing."""
    options = generated.parser(COMMAND, "Make taropy/phone/sources/h5.toml from tests/h5.").parse_args(arguments)
    return generated.finish_page(build(), FOLDER / "h5.toml", check=options.check)


if __name__ == "__main__":
    sys.exit(main())
