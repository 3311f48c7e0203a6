"""Promises that settle later, and handlers that raise."""

from __future__ import annotations

import asyncio

from taropy import Promise


def raising(error):
    """A handler that raises `error`."""

    def handler(*_):
        raise error

    return handler


def later(value=None, *, fail=None, turns=3):
    """A promise that settles after some turns of the loop."""

    async def executor(resolve, reject):
        for _ in range(turns):
            await asyncio.sleep(0)
        resolve(value) if fail is None else reject(fail)

    return Promise(lambda resolve, reject: executor(resolve, reject))
