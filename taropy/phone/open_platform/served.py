"""`OpenPlatform`: the vendors, with a server for the backends that talk to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .platform import Registry

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.applications import Starlette

    from .server import Server


class OpenPlatform(Registry):
    """The vendors' servers: one object plays all of them, and several phones may share it.

    - `folder`: where it keeps its records, `open-platform.sqlite`. Other processes may use the same folder at the same
      time: a phone in one, its server in another. Without one the records live as long as the object.
    - `clock`: what codes, sessions and tokens expire by; the phone's own for a phone that was not given a platform.
      Each process has its clock: advancing one does not advance another's.
    - `key`: what it has in common with others, on whatever machine: each exchanges the login codes that another has
      given, and a user's session key is the same at all of them, and stays. Without one its codes are good here alone.

    `payments` knows merchants, what they are to be paid, and what their backends were told.

    Safe to use from several threads.
    """

    def asgi(self) -> Starlette:
        """The vendors' HTTP interfaces as an ASGI app. Needs the extra `server`."""
        from .server import asgi

        return asgi(self)

    def serve(self, host: str = "127.0.0.1", port: int = 0, *, hosts: Collection[str] = ()) -> Server:
        """Serves the vendors' HTTP interfaces from a thread: `with platform.serve() as server: server.url`.

        Port 0 takes a free one. It serves from the moment of the call until `close()`, or the end of the `with`. Raises
        `OSError` if the port is taken. Needs the extra `server`.

        Requests are answered that ask for this computer (`localhost`, `127.0.0.1`), for `host`, or for the address that
        they have come to; `hosts` are other names by which it may be asked for, as a container has.
        """
        from .server import Server

        return Server(self, host, port, hosts)
