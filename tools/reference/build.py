"""From the spec and the examples to the files of docs/reference."""

from __future__ import annotations

from pathlib import Path

from taropy import spec
from taropy.matrix import matrix
from tools.reference import examples, pages, support
from tools.reference.homes import TYPES_PAGE, page_of


def build(examples_folder: Path) -> dict[str, str]:
    """Every page of docs/reference by its relative path."""
    found = examples.read(examples_folder)
    cells = matrix(sorted(spec.members(), key=str.lower), spec.PLATFORMS)
    names = [name for name in pages.families() if name not in spec.groups()]
    return {
        **{page_of(group): pages.group_page(group, cells, found) for group in spec.groups()},
        **{f"{name}.md": pages.family_page(name) for name in names},
        support.PAGE: support.support_page(cells),
        TYPES_PAGE: pages.types_page(),
        pages.INDEX: pages.index_page(found),
    }
