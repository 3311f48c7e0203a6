"""How good a port is, measured: what can be imported, how it reads, what was refused, and whether it does the same."""
