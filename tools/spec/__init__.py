"""Makes taropy/spec/upstream from Taro's own packages: `python -m tools.spec` writes, `--check` verifies.

The way of the facts: `extract.mjs` reads the declarations and the adapters' code with TypeScript's parser (`upstream`
installs and runs it), `facts` turns tags into values, `overrides` applies the hand-written corrections, `names` gives
every type its model name and role, `references` looks for names that lead nowhere, `support` decides which platform
has what, `files` lays the result out, and `schema` checks it.
"""
