"""`taropy-devtools`: what clients call in the place of DevTools' own command line, to have a project opened.

    automator.launch({ cliPath: '/…/bin/taropy-devtools', projectPath: 'app' })
    minium.Minium({"dev_tool_path": "/…/bin/taropy-devtools", "project_path": "app"})

Clients read what it prints on the standard output as an error.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click

from ..automation import PORT

#: A service that it has begun ends when no client has been connected for so long, in seconds.
IDLE = 600
#: How long an app may take to be launched.
PATIENCE = 60.0

_ANY = {"ignore_unknown_options": True, "allow_extra_args": True}


@click.group()
def main() -> None:
    """Open a taropy app at the automation port, as the command line of WeChat's DevTools does a project."""


@main.command(context_settings=_ANY)
@click.option("--project", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--auto-port", "port", type=click.IntRange(0, 65535), default=PORT, show_default=True)
def auto(project: Path, port: int) -> None:
    """Serve the app of a project at a port, from a process of its own.

    The project is a file that declares an app, or a folder: then it is the file that `taropy` names in its
    project.config.json, else app.py. The service ends when a client closes it, and after ten minutes without one.
    """
    command = [
        sys.executable,
        "-m",
        "taropy",
        "devtools",
        "--port",
        str(port),
        "--idle",
        str(IDLE),
        str(_file(project)),
    ]
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=told, start_new_session=True
        )
        fault = _fault(process, told.fileno())
    if fault is not None:
        click.echo(fault)
        sys.exit(process.returncode or 1)


@main.command("open", context_settings=_ANY)
def open_() -> None:
    """Do nothing: there is no window to open."""


@main.command(context_settings=_ANY)
def close() -> None:
    """Do nothing: a service ends when its client closes it."""


@main.command(context_settings=_ANY)
def login() -> None:
    """Do nothing: nobody has to log in."""


def _file(project: Path) -> Path:
    """The file with the app."""
    if project.is_file():
        return project
    settings = project / "project.config.json"
    name = "app.py"
    if settings.is_file():
        try:
            name = json.loads(settings.read_text("utf-8-sig")).get("taropy", name)
        except (ValueError, AttributeError):
            raise click.UsageError(f"{settings} is no JSON of a project") from None
    file = project / name
    if not file.is_file():
        raise click.UsageError(f'{project} has no {name}; name its file in project.config.json: {{"taropy": "…"}}')
    return file


def _fault(process: subprocess.Popen[bytes], told: int) -> str | None:
    """Waits until the service listens, and gives nothing; or what it has said as it ended."""
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE:
        text = os.pread(told, 65536, 0).decode("utf-8", "replace") if hasattr(os, "pread") else "automation port:"
        if "automation port:" in text:
            return None
        if process.poll() is not None:
            return text.strip() or f"the service ended with code {process.returncode}"
        time.sleep(0.05)
    process.kill()
    process.wait()
    return f"the app was not launched within {PATIENCE:g} seconds"


if __name__ == "__main__":
    main()
