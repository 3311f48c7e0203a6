"""The optional packages that some functions of the phone need."""

from __future__ import annotations

import importlib
from types import ModuleType


class MissingExtra(ImportError):
    """A function needs a package that is installed with one of taropy's extras."""

    def __init__(self, extra: str, package: str) -> None:
        super().__init__(f"this needs the package {package}: pip install 'taropy[{extra}]'", name=package)
        self.extra = extra

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.extra, self.name)


def need(module: str, *, extra: str) -> ModuleType:
    """The module, or `MissingExtra` that names the extra which brings it."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise MissingExtra(extra, module.partition(".")[0]) from error
