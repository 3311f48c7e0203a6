"""`python -m tools.site`: build the site from README, docs and the others, into `build/site` or `--out DIR`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]

FRONT = '<!doctype html>\n<meta http-equiv="refresh" content="0; url=README.html">\n<title>taropy</title>\n'


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 1 if Sphinx warns: of a link that leads nowhere, or of a page that no other one names."""
    options = _parser().parse_args(arguments)
    try_it = options.try_it and _provided(options.out)
    failed = _build(options.out, try_it=try_it)
    if not failed:
        (options.out / "index.html").write_text(FRONT, "utf-8")
        print(f"open {options.out / 'index.html'}")
    return failed


def _provided(out: Path) -> bool:
    """Whether the site has got what examples need to be tried on it; why not is printed."""
    from tools.site import trying

    lacking = trying.provide(out)
    if lacking:
        print(f"this site's examples can't be tried on it: {lacking}", file=sys.stderr)
    return not lacking


def _build(out: Path, *, try_it: bool) -> int:
    try:
        from sphinx.cmd.build import main as sphinx
    except ModuleNotFoundError:
        print("the site needs Sphinx: pip install 'taropy[docs]'", file=sys.stderr)
        return 1
    conf = Path(__file__).parent
    flags = ["--quiet", "--fail-on-warning", "--keep-going", "--jobs", "auto", "-D", f"try_it={int(try_it)}"]
    return int(sphinx([*flags, "-c", str(conf), "-d", str(out / ".doctrees"), str(ROOT), str(out)]))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.site", description="Build the docs as a site.")
    parser.add_argument(
        "--out",
        type=Path,
        default=ROOT / "build" / "site",
        metavar="DIR",
        help="where to put it (default: %(default)s)",
    )
    parser.add_argument(
        "--no-try-it",
        dest="try_it",
        action="store_false",
        help="a site without Python in the browser, which takes npm and 17 MB",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
