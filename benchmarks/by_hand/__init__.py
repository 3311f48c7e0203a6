"""Ten modules in TypeScript, and beside each the same in Python, written by hand."""
