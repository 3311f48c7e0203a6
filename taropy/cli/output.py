"""How the commands print: consoles that take text as it is, and tables in one style."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rich import box
from rich.console import Console
from rich.table import Table

#: A row's cells: plain texts, or rich's `Text` with its colours. Rich's own types would be unknown to a type checker
#: where the command line's extra is not installed.
Row = Sequence[object]


def console() -> Console:
    """The standard output; without colours where it is no terminal, or where NO_COLOR is set."""
    return Console(markup=False, highlight=False, emoji=False)


def error_console() -> Console:
    """The same for the error output."""
    return Console(stderr=True, markup=False, highlight=False, emoji=False)


def table(
    heads: Sequence[str],
    rows: Sequence[Row],
    *,
    wrap: Collection[str] = (),
    right: Collection[str] = (),
    center: Collection[str] = (),
    gap: int = 2,
) -> Table:
    """A table of these rows, without the columns in which no row has anything.

    Where the terminal is too narrow, the columns named in `wrap` give way.
    """
    shown = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, gap - 1, 0, 0), pad_edge=False)
    used = [index for index in range(len(heads)) if any(str(row[index]) for row in rows)]
    for head in (heads[index] for index in used):
        justify = "right" if head in right else "center" if head in center else "left"
        shown.add_column(head, justify=justify, no_wrap=head not in wrap, overflow="fold")  # type: ignore[arg-type]
    for row in rows:
        shown.add_row(*(row[index] for index in used))  # type: ignore[arg-type]
    return shown
