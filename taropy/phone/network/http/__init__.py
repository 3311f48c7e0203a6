"""How the phone speaks HTTP: it writes requests, reads replies, keeps connections and caches, names faults."""
