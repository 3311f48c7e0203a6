"""Records what packages of JavaScript answer to the expressions of tests/js/packages."""
