"""What is measured: modules, each ported with its whole project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from taropy.port.files import absolute
from taropy.port.porting import Outcome, PortedModule, translated

#: What is measured where nothing is asked for: our own programs.
OWN = (Path(__file__).parents[2] / "tests" / "port" / "programs", Path(__file__).parents[2] / "examples")
_SUFFIXES = (".ts", ".tsx", ".js", ".jsx")


@attrs.frozen
class Measured:
    """A port, and those of its modules that are measured; `package` is the name that it has in Python."""

    outcome: Outcome
    package: str
    modules: tuple[PortedModule, ...]

    def name(self, module: PortedModule) -> str:
        """A module's name in Python."""
        parts = module.target.with_suffix("").parts
        return ".".join([self.package, *(parts[:-1] if parts[-1] == "__init__" else parts)])


def measured(paths: Sequence[Path]) -> Iterator[Measured]:
    """Ports what is to be measured: folders whole, and the modules that a text file lists with their projects."""
    for number, (folder, picked) in enumerate(_asked(paths).items()):
        outcome = translated([folder])
        modules = tuple(each for each in outcome.modules if picked is None or each.source in picked)
        if modules:
            yield Measured(outcome, f"ported_{number}", modules)


def _asked(paths: Sequence[Path]) -> dict[Path, set[Path] | None]:
    found: dict[Path, set[Path] | None] = {}
    for path in paths:
        if path.is_dir():
            found[_source(absolute(path))] = None
        elif path.suffix in _SUFFIXES:
            _pick(found, absolute(path))
        else:
            for line in path.read_text("utf-8").split():
                _pick(found, absolute(path.parent / line))
    return found


def _pick(found: dict[Path, set[Path] | None], file: Path) -> None:
    root = next((each for each in file.parents if (each / "package.json").is_file()), file.parent)
    picked = found.setdefault(_source(root), set())
    if picked is not None:
        picked.add(file)


def _source(folder: Path) -> Path:
    return folder / "src" if (folder / "src").is_dir() else folder
