"""Small programs, written twice: in JavaScript (`promises.mjs`) and in Python (`promises.py`), under the same name.

What each logs in JavaScript is recorded in `recorded.json` by `python -m tools.orders`; test_orders.py has the Python
side log the same. The two sides differ only in what Python does not have: an async function that is called for nobody
to await is given to `Promise.resolve`, which begins it, as JavaScript does by itself. So is what is awaited and is no
promise.
"""
