"""`python -m tools.messages`: write taropy/port/data/messages.json, or verify it with `--check`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from taropy.port.marks import FOLDER
from tools import generated
from tools.messages.build import COMMAND, build


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if the file is stale or missing."""
    options = generated.parser(COMMAND, "Make taropy/port/data/messages.json.").parse_args(arguments)
    return generated.finish_page(build(), FOLDER / "messages.json", check=options.check)


if __name__ == "__main__":
    sys.exit(main())
