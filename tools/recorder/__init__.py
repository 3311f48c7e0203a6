"""Records what Taro's own adapters do with every function, so that tests can compare taropy with them.

`cases` says what is called and what the native object answers, from the spec; `record.mjs` plays that in Node through
the adapters of Taro's packages; the golden files in tests/golden/data are what came of it.
"""
