"""The optional packages that parts of taropy need."""

from __future__ import annotations

import importlib
from types import ModuleType


class MissingExtra(ImportError):
    """Something needs a package that is installed with one of taropy's extras; the text names both."""

    def __init__(self, extra: str, package: str, what: str = "this") -> None:
        super().__init__(f"{what} needs the package {package}: pip install 'taropy[{extra}]'", name=package)
        self.extra = extra
        self.what = what

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.extra, self.name, self.what)


def need(module: str, *, extra: str, what: str = "this") -> ModuleType:
    """The module, or `MissingExtra` that names the extra which brings it, and what it is needed for."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise MissingExtra(extra, module.partition(".")[0].replace("_", "-"), what) from error
