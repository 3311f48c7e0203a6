"""Events and who listens."""


class Emitter:
    def __init__(self):
        self.listeners = {}

    def on(self, name, listener):
        self.listeners.setdefault(name, []).append(listener)
        return lambda: self.listeners[name].remove(listener)

    def emit(self, name, value):
        listeners = list(self.listeners.get(name, ()))
        for listener in listeners:
            listener(value)
        return len(listeners)


def run():
    emitter = Emitter()
    total = 0

    def add(value):
        nonlocal total
        total += value

    def add_twice(value):
        nonlocal total
        total += value * 2

    off = emitter.on("add", add)
    emitter.on("add", add_twice)
    told = 0
    for i in range(30):
        told += emitter.emit("add", i) + emitter.emit("none", i)
        if i == 20:
            off()
    return [total, told]
