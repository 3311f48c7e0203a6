"""Records what JavaScript answers to the expressions of tests/js/answers."""
