"""`python -m tools.spec`: write taropy/spec/upstream, or verify with `--check` that it is what upstream says."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.spec import files, schema, upstream
from tools.spec.build import build
from tools.spec.names import NameClash
from tools.spec.overrides import OverrideError
from tools.spec.schema import SchemaError

SPEC = Path(__file__).parents[2] / "taropy" / "spec"


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        expected = _expected(options.upstream, options.spec)
    except (upstream.UpstreamError, OverrideError, NameClash, SchemaError) as error:
        print(error, file=sys.stderr)
        return 1
    folder = options.spec / "upstream"
    if not options.check:
        files.write(expected, folder)
        return 0
    found = files.stale(expected, folder)
    print("\n".join(found) or f"{len(expected)} files are up to date")
    return 1 if found else 0


def _expected(folder: Path | None, spec: Path) -> dict[str, str]:
    if folder is None:
        folder = upstream.default_folder()
        if upstream.problems(folder):
            upstream.install(folder, upstream.pinned())
    if found := upstream.problems(folder):
        raise upstream.UpstreamError("\n".join(found))
    expected = build(upstream.extract(folder), spec / "overrides", upstream.pinned())
    schema.check(spec / "schema.json", expected, spec / "overrides")
    return expected


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=files.COMMAND, description="Make taropy/spec/upstream from Taro's packages.")
    parser.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 and name every file that is not up to date"
    )
    parser.add_argument(
        "--upstream",
        type=Path,
        metavar="DIR",
        help="a folder with upstream's node_modules (default: TAROPY_UPSTREAM, else a cache folder)",
    )
    parser.add_argument(
        "--spec", type=Path, default=SPEC, metavar="DIR", help="the spec's folder (default: %(default)s)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
