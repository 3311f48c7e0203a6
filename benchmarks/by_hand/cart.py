"""Totals of a cart."""


def totals(lines):
    chosen = [line for line in lines if line["on"]]
    dearest = max(chosen, key=lambda line: line["price"])
    return {
        "sum": sum(line["price"] * line["count"] for line in chosen),
        "count": sum(line["count"] for line in chosen),
        "dearest": dearest["id"],
    }


def make(count):
    return [{"id": f"p{i}", "price": (i * 37) % 100, "count": i % 3 + 1, "on": i % 4 != 0} for i in range(count)]


def run():
    return totals(make(40))
