"""From a module in TypeScript to one in Python: types, a typed tree of expressions, statements, printing."""
