"""What React prints for the components of tests/port/renderings."""
