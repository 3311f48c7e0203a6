"""Makes docs/reference from the spec: `python -m tools.reference` writes, `--check` verifies.

`homes` decides where each type is described, `entries` writes one function or method, `types` the named types of a
group, `pages` puts them together, `support` makes the page of which platform has what, and `build` gives all files.
The sentences are those of taropy/spec/docs, the examples those of docs/examples (`examples` reads them).
"""
