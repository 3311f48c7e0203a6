"""Builds the site of the docs: `python -m tools.site`. Offline, with search; it opens from the disk."""
