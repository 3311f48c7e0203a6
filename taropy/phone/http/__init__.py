"""How the phone speaks HTTP: requests are written, replies are read, connections and caches are kept, faults
are named."""
