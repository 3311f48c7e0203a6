"""The site's tree of contents has every page. Building the site (`python -m tools.site`) finds what leads nowhere."""

from __future__ import annotations

from pathlib import Path

from tools.site.nav import trees
from tools.site.tables import mended

ROOT = Path(__file__).parents[2]


def listed() -> list[str]:
    """The pages that the trees name, one a line below the options."""
    return [line for tree in trees().values() for line in tree.splitlines() if line.startswith("/")]


def test_every_page_stands_in_the_tree_of_contents_once() -> None:
    pages = [
        *ROOT.glob("docs/*.md"),
        *ROOT.glob("docs/guides/*.md"),
        *ROOT.glob("docs/reference/**/*.md"),
        *ROOT.glob("docs/vendors/*.md"),
    ]
    names = [f"/{page.relative_to(ROOT).with_suffix('').as_posix()}" for page in pages]
    assert sorted(name for name in listed() if name.startswith("/docs/") and name in names) == sorted(names)


def test_the_tree_names_only_pages_that_are_there() -> None:
    assert not [page for page in listed() if not (ROOT / f"{page[1:]}.md").exists()]


def test_the_front_page_leads_to_what_a_newcomer_reads() -> None:
    front = trees()["/README"]
    for page in ("/docs/porting", "/docs/architecture", "/docs/differences", "/docs/reference/index", "/CHANGELOG"):
        assert f"\n{page}\n" in front


def test_cells_that_stand_below_each_other_say_what_they_are() -> None:
    heads = "".join(f"<th><p>{head}</p></th>" for head in ("name", 'what "it" is', "R&amp;D"))
    cells = "".join(f"<td><p>{cell}</p></td>" for cell in ("request", "a call", "words " * 20))
    table = f'<table class="docutils">\n<tr>{heads}</tr>\n<tr>{cells}</tr>\n</table>'
    told = mended(f"<p>before</p>{table}")
    assert told.startswith('<p>before</p><table class="docutils stacked">')
    assert [part.split('"')[0] for part in told.split('data-label="')[1:]] == [
        "name",
        "what &quot;it&quot; is",
        "R&amp;D",
    ]


def test_a_long_name_in_a_table_may_break_at_its_joints() -> None:
    cell = '<td><code class="docutils literal"><span class="pre">FileSystemManager.readFile</span></code></td>'
    told = mended(f'<table class="docutils"><tr>{cell}</tr></table>')
    assert "File<wbr>System<wbr>Manager<wbr>.read<wbr>File" in told
    assert mended(cell) == cell
