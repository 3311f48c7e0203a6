"""Sphinx's settings. The pages are the repository's own Markdown where it stands, so that links work there and here."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tools.site import nav  # noqa: E402

project = "taropy"
html_title = "taropy"
root_doc = "README"
extensions = ["myst_parser", "sphinx_copybutton"]
include_patterns = ["*.md", "docs/*.md", "docs/**/*.md", "examples/*/*.md"]
exclude_patterns = [".*", "build", "dist", "**/node_modules", "**/__pycache__"]

myst_heading_anchors = 4

# A command is copied without its prompt, and without what it prints.
copybutton_prompt_text = r"\$ "
copybutton_prompt_is_regexp = True
copybutton_line_continuation_character = "\\"

html_theme = "furo"
html_static_path = [str(ROOT / "docs" / "assets")]
html_css_files = ["site.css"]
html_search_scorer = str(ROOT / "docs" / "assets" / "search_scorer.js")
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
pygments_style = "default"  # each of its colours stands out on its ground; those of "friendly" are pale
pygments_dark_style = "github-dark"

setup = nav.setup
