"""`python -m tools.spec`: write taropy/spec/upstream, or verify with `--check` that it is what upstream says."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tools import generated
from tools.programs import ProgramError
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
    except (ProgramError, OverrideError, NameClash, SchemaError) as error:
        print(error, file=sys.stderr)
        return 1
    return generated.finish(expected, options.spec / "upstream", check=options.check)


def _expected(folder: Path | None, spec: Path) -> dict[str, str]:
    expected = build(upstream.extract(upstream.ready(folder)), spec / "overrides", upstream.pinned())
    schema.check(spec / "schema.json", expected, spec / "overrides")
    return expected


def _parser() -> argparse.ArgumentParser:
    parser = generated.parser(files.COMMAND, "Make taropy/spec/upstream from Taro's packages.")
    upstream.add_option(parser)
    generated.add_folder(parser, "--spec", SPEC, "the spec's folder")
    return parser


if __name__ == "__main__":
    sys.exit(main())
