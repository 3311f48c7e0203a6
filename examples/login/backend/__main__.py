"""`python -m backend [PORT]`: the backend on its own, set up by its environment (see `Settings.from_env`)."""

import os
import sys

import uvicorn

from . import Settings, create_app

if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8000
    uvicorn.run(create_app(Settings.from_env(os.environ)), port=port)
