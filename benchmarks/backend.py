"""The login example's backend in a process of its own, so that a benchmark measures phones and not their servers."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from taropy import Phone

LOGIN = Path(__file__).parents[1] / "examples" / "login"

PROGRAM = """
import os, sys
import backend.app
from backend import Settings, create_app
from backend.serving import serving
# The vendors' servers are the phones' process, which may have to stop for its garbage collector.
backend.app.VENDOR_TIMEOUT = 60
# A phone's connection stays until the phone asks again, though thousands of others have their turn before.
with serving(create_app(Settings.from_env(os.environ)), timeout_keep_alive=600) as url:
    print(url, flush=True)
    sys.stdin.read()
"""


@contextmanager
def backend(phone: Phone) -> Iterator[str]:
    """The backend's address; it knows the apps of `phone`, and exchanges login codes at the phone's open platform."""
    sys.path.insert(0, str(LOGIN))
    try:
        world = import_module("world")  # the login example's
    finally:
        sys.path.remove(str(LOGIN))
    with tempfile.TemporaryDirectory() as folder, phone.open_platform.serve() as vendors:
        environment = {
            **os.environ,
            **world.apps_at_vendors(phone),
            "OPEN_PLATFORM_URL": vendors.url,
            "DATABASE": f"{folder}/shop.sqlite",
            "PYTHONPATH": os.pathsep.join([str(LOGIN), os.environ.get("PYTHONPATH", "")]),
        }
        command = [sys.executable, "-c", PROGRAM]
        with subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            yield process.stdout.readline().strip()
            process.stdin.close()  # which ends it
