"""Programs for tests of several hosts stand beside this: `tea_round`, and `tea_house`, which is around it."""
