"""The optional packages that parts of this library need."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType


class MissingExtra(ImportError):
    """Something needs a package that is installed with one of taropy's extras; the text names it."""

    def __init__(self, extra: str, package: str, what: str) -> None:
        super().__init__(f"{what} needs the package {package}: pip install 'taropy[{extra}]'", name=package)
        self.extra = extra


def need(module: str, *, extra: str, what: str) -> ModuleType:
    """The module; `MissingExtra` if it is not installed."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise MissingExtra(extra, module.replace("_", "-"), what) from error
