"""`python -m tools.test262.checkout FOLDER`: fetch test262, at the commit whose outcomes are kept."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools.programs import ProgramError, run

HOME = "https://github.com/tc39/test262.git"
COMMIT = "be13516fb6441b950ba8a3df97eb34062c186972"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if it can't be fetched."""
    parser = argparse.ArgumentParser(prog="python -m tools.test262.checkout", description=__doc__)
    parser.add_argument("folder", type=Path, help="where it is put; the folder is made")
    try:
        fetch(parser.parse_args(arguments).folder)
    except ProgramError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def fetch(folder: Path) -> None:
    """Puts test262 into a folder. `ProgramError` if there is no git, or it can't be fetched."""
    git = ("git", "-C", str(folder), "-c", "http.lowSpeedLimit=1000", "-c", "http.lowSpeedTime=60")
    run("git", "init", "--quiet", str(folder))
    run(*git, "fetch", "--quiet", "--depth", "1", HOME, COMMIT, variables={"GIT_TERMINAL_PROMPT": "0"})
    run(*git, "checkout", "--quiet", "FETCH_HEAD")


@contextmanager
def at_hand(folder: Path | None) -> Iterator[Path]:
    """The checkout in `folder`, or one that is fetched for as long as it is needed."""
    if folder is not None:
        if not (folder / "test").is_dir() or not (folder / "harness").is_dir():
            raise ProgramError(f"{folder} is no checkout of test262")
        yield folder
        return
    with tempfile.TemporaryDirectory() as made:
        fetch(Path(made))
        yield Path(made)


if __name__ == "__main__":
    sys.exit(main())
