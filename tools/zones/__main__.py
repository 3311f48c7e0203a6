"""`python -m tools.zones`: write `taropy/js/zone_names.json`, or verify it with `--check`.

The names are those of Unicode's CLDR, in English, as Node.js has them.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import available_timezones

from tools import generated
from tools.programs import ProgramError, run

COMMAND = "python -m tools.zones"
ASKED = Path(__file__).with_name("names.mjs")
PAGE = Path(__file__).parents[2] / "taropy" / "js" / "zone_names.json"
#: Copies of the other zones, and what is no place.
LEFT_OUT = ("posix/", "right/", "SystemV/", "localtime", "posixrules", "Factory")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if the file is stale, or if there is no Node.js to make it."""
    options = generated.parser(COMMAND, "Write how time zones are called.").parse_args(arguments)
    zones = sorted(name for name in available_timezones() if not name.startswith(LEFT_OUT))
    try:
        names = json.loads(run("node", str(ASKED), given=json.dumps(zones)))
    except ProgramError as error:
        print(error, file=sys.stderr)
        return 1
    return generated.finish_page(document(names), PAGE, check=options.check)


def document(names: dict[str, Sequence[str]]) -> str:
    """A JSON document with a line for each pair of names: them, and then the zones that are called so."""
    called: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for zone, pair in names.items():
        if not pair[0].startswith("GMT") or pair[0] == "GMT" or pair[1]:
            called[tuple(pair)].append(zone)
    lines = [json.dumps([*pair, *zones]) for pair, zones in sorted(called.items())]
    return f'{{"generated": {json.dumps(COMMAND)}, "names": [\n' + ",\n".join(lines) + "\n]}\n"


if __name__ == "__main__":
    sys.exit(main())
