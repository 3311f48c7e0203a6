"""The errors of a test that nothing in its program has handled."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING
from warnings import catch_warnings, simplefilter

import pytest

from ..unheard import Collector, UnhandledErrorWarning, tell_lost

if TYPE_CHECKING:
    from ..program import Place


class TestErrors(Collector):
    """Collects them for one test; those that are to fail it are in `refused`."""

    __test__ = False  # as pytest collects classes by their names, wherever they are imported

    def __init__(self, item: pytest.Item) -> None:
        super().__init__()
        self._item = item
        self._raised: BaseException | None = None

    def place(self) -> Place:
        """The test itself."""
        path, line, _ = self._item.reportinfo()
        return str(path), (line or 0) + 1

    def check(self) -> None:
        """Fails the test if there are some, at the end of a part of it."""
        tell_lost()
        if self.refused:
            try:
                pytest.fail(self.told(), pytrace=False)
            except BaseException as failure:
                self._raised = failure
                raise

    def unsaid(self, failure: BaseException) -> str:
        """What the report of this failure has to say of them; nothing if the failure is theirs."""
        tell_lost()
        told = self.told() if self.refused and failure is not self._raised else ""
        self.refused.clear()
        return told

    def told(self) -> str:
        """All of them, each with its place and the program's part of its trace."""
        from ..cli.traces import user_trace

        base = str(self._item.config.invocation_params.dir)
        lines = [_count(self.refused)]
        for each in self.refused:
            lines += ["", f"{_shown(each.place or self.place(), base)}: {each}"]
            if isinstance(each, UnhandledErrorWarning) and each.error.__traceback__ is not None:
                lines.append(user_trace(each.error))
        return "\n".join(lines)


def _count(errors: Sequence[object]) -> str:
    if not all(isinstance(error, UnhandledErrorWarning) for error in errors):
        return "the program has what its filters for warnings make errors:"
    if len(errors) == 1:
        return "the program has an error that nothing has handled:"
    return f"the program has {len(errors)} errors that nothing has handled:"


def _shown(place: Place, base: str) -> str:
    file, line = place
    return f"{os.path.relpath(file, base) if file.startswith(base + os.sep) else file}:{line}"


@contextmanager
def errors_of(item: pytest.Item, *, strict: bool) -> Iterator[TestErrors]:
    """Collects them while the test runs; all of them fail it if it is `strict`."""
    with TestErrors(item) as errors:
        if not strict:
            yield errors
            return
        with catch_warnings():
            simplefilter("error", UnhandledErrorWarning)
            yield errors
