"""Orders in groups, and the best of them."""


def by_status(orders):
    groups = {}
    for order in orders:
        groups.setdefault(order["status"], []).append(order)
    return groups


def best(orders, count):
    return [order["id"] for order in sorted(orders, key=lambda order: (-order["total"], order["id"]))[:count]]


def tagged(orders, tag):
    return any(tag in order["tags"] for order in orders) and all(order["tags"] for order in orders)


def run():
    names = ["created", "paid", "done"]
    orders = [
        {"id": id_, "status": names[id_ % 3], "total": id_ * 53 % 97, "tags": [f"t{id_ % 5}", "all"]}
        for id_ in range(30)
    ]
    groups = by_status(orders)
    return [[f"{name}: {len(group)}" for name, group in groups.items()], best(orders, 5), tagged(orders, "t4")]
