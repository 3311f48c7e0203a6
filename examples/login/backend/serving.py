"""Serves an ASGI app from a thread, for as long as a `with` block lasts."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette


@contextmanager
def serving(app: Starlette, host: str = "127.0.0.1", **settings: Any) -> Iterator[str]:
    """Gives the base of the app's addresses, on a free port; `settings` are uvicorn's."""
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, ws="none", **settings))
    # The socket takes connections from here on, so that nobody has to wait for the thread.
    with socket.create_server((host, 0)) as listening:
        # asyncio does this for sockets that it makes itself; without it every answer waits 40 ms for the client's ACK.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
        thread = threading.Thread(target=server.run, args=([listening],), name="backend")
        thread.start()
        try:
            yield f"http://{host}:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
