"""Makes stubs/taropy-stubs from the spec: `python -m tools.stubs` writes, `--check` verifies."""
