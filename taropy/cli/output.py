"""How the commands print: consoles that take text as it is, and tables in one style.

In a pipe or a file a line is as long as it has to be, unless `COLUMNS` says otherwise: what reads it wants a row in a
line, and names whole. On a terminal that is too narrow for a table each row is a paragraph.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator, Sequence
from typing import IO

import attrs
from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

#: A row's cells: plain texts, or rich's `Text` with its colours. Rich's own types would be unknown to a type checker
#: where the command line's extra is not installed.
Row = Sequence[object]

#: As wide as nothing is.
ENDLESS = 1_000_000
#: What a column that may be narrower has to have, in letters; what is below is no table any more.
NARROWEST = 12


def console() -> Console:
    """The standard output; without colours where it is no terminal, or where NO_COLOR is set."""
    return console_of(sys.stdout)


def error_console() -> Console:
    """The same for the error output."""
    return console_of(sys.stderr)


def console_of(file: IO[str], *, width: int | None = None) -> Console:
    """A console that writes to `file`: as wide as its terminal or as COLUMNS says, else endless; or as wide as told."""
    if width is None and "COLUMNS" not in os.environ and not file.isatty():
        width = ENDLESS
    return Console(file=file, width=width, markup=False, highlight=False, emoji=False)


@attrs.frozen
class Listing:
    """Rows under heads: a table where there is room for one, else a paragraph for each row.

    No cell is ever cut off. Where the terminal is narrow, the columns in `wrap` give way; those in `right` and `center`
    are set so. `totals` stand below a line.
    """

    heads: Sequence[str]
    rows: Sequence[Row]
    wrap: Collection[str] = ()
    right: Collection[str] = ()
    center: Collection[str] = ()
    gap: int = 2
    totals: Sequence[Row] = ()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        all_rows = [*self.rows, *self.totals]
        used = [index for index in range(len(self.heads)) if any(str(row[index]) for row in all_rows)]
        if options.max_width >= ENDLESS:
            yield self._table(used, in_a_line=True)
        elif self._least(used, all_rows) <= options.max_width:
            yield self._table(used)
        else:
            yield from self._paragraphs(used, options.max_width)

    def _least(self, used: Sequence[int], rows: Sequence[Row]) -> int:
        """How wide the table is at the least."""
        widths = []
        for index in used:
            head = self.heads[index]
            natural = max(_width(head), *(_width(str(row[index])) for row in rows), 0)
            widths.append(min(natural, NARROWEST) if head in self.wrap else natural)
        return sum(widths) + self.gap * (len(used) - 1)

    def _table(self, used: Sequence[int], *, in_a_line: bool = False) -> Table:
        shown = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, self.gap - 1, 0, 0), pad_edge=False)
        for head in (self.heads[index] for index in used):
            justify = "right" if head in self.right else "center" if head in self.center else "left"
            written = head.replace("-\n", "-") if in_a_line else head
            shown.add_column(written, justify=justify, no_wrap=head not in self.wrap, overflow="fold")  # type: ignore[arg-type]
        for row in self.rows:
            shown.add_row(*(_cell(row[index], in_a_line) for index in used))
        if self.totals:
            shown.add_section()
        for row in self.totals:
            shown.add_row(*(_cell(row[index], in_a_line) for index in used))
        return shown

    def _paragraphs(self, used: Sequence[int], width: int) -> Iterator[RenderableType]:
        """Each row as its first cell, and below it the others with their heads, as many in a line as there is room."""
        first, *others = used
        for row in [*self.rows, *self.totals]:
            yield _as_text(row[first])
            pairs = [(self.heads[index].replace("-\n", "-"), row[index]) for index in others if str(row[index])]
            for line in _lines([Text.assemble((f"{head} ", "dim"), _as_text(cell)) for head, cell in pairs], width - 2):
                yield Padding(line, (0, 0, 0, 2), expand=False)


def table(
    heads: Sequence[str],
    rows: Sequence[Row],
    *,
    wrap: Collection[str] = (),
    right: Collection[str] = (),
    center: Collection[str] = (),
    gap: int = 2,
    totals: Sequence[Row] = (),
) -> Listing:
    """A table of these rows, without the columns in which no row has anything; see `Listing`."""
    return Listing(heads, rows, wrap, right, center, gap, totals)


def _lines(parts: Sequence[Text], width: int) -> Iterator[Text]:
    """The parts one beside the other, in lines of this width; one that is too long has lines of its own."""
    line = Text()
    for part in parts:
        if line and line.cell_len + 2 + part.cell_len > width:
            yield line
            line = Text()
        line = Text.assemble(line, "  ", part) if line else part
    if line:
        yield line


def _cell(cell: object, in_a_line: bool) -> str | Text:
    if isinstance(cell, Text):
        return cell
    return str(cell).replace("\n", " ") if in_a_line else str(cell)


def _as_text(cell: object) -> Text:
    return cell.copy() if isinstance(cell, Text) else Text(str(cell))


def _width(text: str) -> int:
    return max(map(cell_len, text.splitlines()), default=0)
