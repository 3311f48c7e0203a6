"""The reference of the hooks, made from `taropy/hookspecs.py`."""
