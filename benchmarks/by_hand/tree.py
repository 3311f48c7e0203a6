"""A tree of a flat list, and the paths in it."""


def build(items):
    by_id = {item["id"]: {**item, "children": []} for item in items}
    roots = []
    for branch in by_id.values():
        parent = by_id.get(branch["parent"])
        (parent["children"] if parent else roots).append(branch)
    return roots


def paths(branches, above=""):
    found = []
    for branch in branches:
        path = f"{above}/{branch['name']}" if above else branch["name"]
        found.append(path)
        found.extend(paths(branch["children"], path))
    return found


def run():
    return paths(build([{"id": id_, "parent": id_ // 3, "name": f"n{id_}"} for id_ in range(1, 41)]))
