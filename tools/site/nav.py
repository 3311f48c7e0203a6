"""What the site has beside the pages' own text: the tree of contents, the support table's filter, tables for phones.

And examples that can be run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.reference.pages import families
from tools.site import trying
from tools.site.parts import INDEX, PARTS, REFERENCE, SUPPORT, VENDORS
from tools.site.tables import mended

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ROOT = Path(__file__).parents[2]


@cache
def trees() -> Mapping[str, str]:
    """The hidden tables of contents by page; a family's page has its groups below it."""
    found = {
        "/README": "".join(_tree(pages, caption=part) for part, pages in PARTS.items()),
        VENDORS: _tree(page for page in _pages("docs/vendors/*.md") if page != VENDORS),
        INDEX: _tree([*(f"{REFERENCE}/{name}" for name in families()), f"{REFERENCE}/types"]),
    }
    for name, groups in families().items():
        below = [f"{REFERENCE}/{group}" for group in groups if group != name]
        if below:
            found[f"{REFERENCE}/{name}"] = _tree(below)
    return found


def _pages(pattern: str) -> list[str]:
    return [f"/{path.relative_to(ROOT).with_suffix('').as_posix()}" for path in sorted(ROOT.glob(pattern))]


def _tree(pages: Iterable[str], caption: str = "") -> str:
    head = [":hidden:", *([f":caption: {caption}"] if caption else [])]
    return "\n".join(["", "```{toctree}", *head, "", *pages, "```", ""])


def _add_tree(app: Sphinx, page: str, source: list[str]) -> None:
    source[0] += trees().get(f"/{page}", "")


def _add_filter(app: Sphinx, page: str, template: str, context: dict[str, Any], _: object) -> None:
    """The support table's script, and room for it: it has no use for headings beside it."""
    if f"/{page}" == SUPPORT:
        app.add_js_file("support.js")
        context["furo_hide_toc"] = True


def _mend_tables(app: Sphinx, page: str, source: str, context: dict[str, Any], _: object) -> None:
    if "body" in context:
        context["body"] = mended(context["body"])


def _let_try(app: Sphinx, page: str, template: str, context: dict[str, Any], _: object) -> None:
    """Examples that the reader's browser can run, on a site that has what it needs."""
    if app.config.try_it and "body" in context:
        context["body"] = trying.marked(context["body"])
        app.add_js_file("try.js")


def setup(app: Sphinx) -> None:
    """Sphinx calls it, as it does for every extension."""
    app.add_config_value("try_it", False, "html")
    app.connect("html-page-context", _let_try)
    app.connect("source-read", _add_tree)
    app.connect("html-page-context", _add_filter)
    app.connect("html-page-context", _mend_tables)
