"""`python -m tools.phone`: write the lists of the phone's rooms, or verify with `--check` that they are up to date."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from tools import generated
from tools.phone.build import COMMAND, rooms_text, surface_text

PHONE = Path(__file__).parents[2] / "taropy" / "phone"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if one of the modules is not up to date."""
    options = generated.parser(COMMAND, "Make the phone's lists of its rooms.").parse_args(arguments)
    pages = {PHONE / "rooms.py": rooms_text(), PHONE / "core" / "surface.py": surface_text()}
    return max(generated.finish_page(text, page, check=options.check) for page, text in pages.items())


if __name__ == "__main__":
    sys.exit(main())
