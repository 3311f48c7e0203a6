"""Records in which order JavaScript runs the small programs of tests/runtime/orders."""
