"""Records what JavaScript answers to the expressions of tests/js/dates, in several time zones."""
