"""What was used last is kept."""


class Lru:
    def __init__(self, most):
        self.most = most
        self.values = {}
        self.hits = 0

    def get(self, key):
        if key not in self.values:
            return None
        self.hits += 1
        self.values[key] = self.values.pop(key)
        return self.values[key]

    def set(self, key, value):
        self.values.pop(key, None)
        if len(self.values) >= self.most:
            del self.values[next(iter(self.values))]
        self.values[key] = value


def run():
    store = Lru(8)
    total = 0
    for i in range(60):
        key = f"k{i * 7 % 11}"
        found = store.get(key)
        if found is None:
            store.set(key, i)
        else:
            total += found
    return [store.hits, total]
