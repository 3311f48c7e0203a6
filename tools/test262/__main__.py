"""`python -m tools.test262`: play test262 on ports of its tests and keep the outcomes, or verify them with `--check`.

The tests, and what they include of the harness, are ported by `taropy port` and run over taropy.js. What is no
JavaScript has to be refused by the port. test262 is fetched by git; nothing of its code is kept.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools import generated
from tools.programs import ProgramError
from tools.test262.cases import Case, cases
from tools.test262.checkout import at_hand
from tools.test262.kept import COMMAND, document, idle_rules, sorted_out, table
from tools.test262.playing import PASSED, Outcome, play
from tools.test262.translating import Ported, ported

KEPT = Path(__file__).parents[2] / "tests" / "js" / "test262.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if what is kept is stale, a rule excludes nothing, or test262 can't be fetched."""
    parser = generated.parser(COMMAND, "Play test262 on ports of its tests, and keep the outcomes.")
    parser.add_argument("--source", type=Path, metavar="DIR", help="a checkout of test262, instead of fetching one")
    parser.add_argument("--kept", type=Path, default=KEPT, metavar="FILE", help="(default: %(default)s)")
    options = parser.parse_args(arguments)
    try:
        with at_hand(options.source) as checkout:
            tests = cases(checkout)
            outcomes = outcomes_of(tests, checkout)
    except ProgramError as error:
        print(error, file=sys.stderr)
        return 1
    folders = sorted_out(tests, outcomes)
    print(table(folders))
    idle = idle_rules(folders)
    for rule in idle:
        print(f"the rule `{rule}` excludes nothing")
    return max(generated.finish_page(document(folders), options.kept, check=options.check), int(bool(idle)))


def outcomes_of(tests: Sequence[Case], checkout: Path) -> dict[str, Outcome]:
    """What comes of each test, by name; excluded ones are played, too."""
    made = ported(tests, checkout)
    to_play = {test.name: made[test.name].text for test in tests if _is_played(test, made[test.name])}
    played = play(to_play)
    return {test.name: _outcome(test, made[test.name], played) for test in tests}


def _is_played(test: Case, made: Ported) -> bool:
    return made.refused is None and not test.is_rejected


def _outcome(test: Case, made: Ported, played: Mapping[str, Outcome]) -> Outcome:
    if test.is_rejected:
        told = made.refused == "the text was not understood"
        return PASSED if told else Outcome("fails", "is no JavaScript, and is ported")
    return played[test.name] if made.refused is None else Outcome("refused", made.refused)


if __name__ == "__main__":
    sys.exit(main())
