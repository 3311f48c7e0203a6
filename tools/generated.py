"""What the tools that generate files have in common: their options, and how a folder is made or verified."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path


def parser(command: str, description: str) -> argparse.ArgumentParser:
    """The options of a tool, with `--check` among them."""
    made = argparse.ArgumentParser(prog=command, description=description)
    made.add_argument(
        "--check", action="store_true", help="change nothing; exit 1 and name every file that is not up to date"
    )
    return made


def add_folder(parser: argparse.ArgumentParser, option: str, default: Path, what: str) -> None:
    """An option that names another folder than the default."""
    parser.add_argument(option, type=Path, default=default, metavar="DIR", help=f"{what} (default: %(default)s)")


def finish(expected: Mapping[str, str], folder: Path, *, check: bool) -> int:
    """Makes `folder` hold exactly these files, or prints what keeps it from that; the tool's exit code."""
    if not check:
        write(expected, folder)
        return 0
    return told(stale(expected, folder), len(expected))


def finish_page(text: str, page: Path, *, check: bool) -> int:
    """As `finish`, of one file in a folder that has others."""
    if not check:
        page.write_text(text, "utf-8")
        return 0
    current = page.exists() and page.read_text("utf-8") == text
    return told([] if current else [f"stale: {page.name}"], 1)


def told(found: Sequence[str], count: int) -> int:
    """Prints what was found, or that so many files are up to date; the tool's exit code."""
    print("\n".join(found) or f"{count} file{' is' if count == 1 else 's are'} up to date")
    return 1 if found else 0


def stale(expected: Mapping[str, str], folder: Path) -> list[str]:
    """What is not as it should be in `folder`: one line for each missing, stale or surplus file."""
    present = {path.relative_to(folder).as_posix(): path for path in _files(folder)}
    missing = [f"missing: {name}" for name in expected if name not in present]
    surplus = [f"surplus: {name}" for name in present if name not in expected]
    changed = [
        f"stale: {name}"
        for name, text in expected.items()
        if name in present and present[name].read_text("utf-8") != text
    ]
    return sorted(missing + surplus + changed)


def write(expected: Mapping[str, str], folder: Path) -> None:
    """Makes `folder` hold exactly `expected`; files that are already right are left untouched."""
    for path in _files(folder):
        if path.relative_to(folder).as_posix() not in expected:
            path.unlink()
    for name, text in expected.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")


def _files(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
