"""Ten minutes of everything, in which memory, tasks and open files must not grow: `python -m tools.soak`."""
