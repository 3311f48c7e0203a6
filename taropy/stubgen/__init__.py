"""From the spec to Python's types: how `taropy api` shows a type, and what the type stubs are made of."""
