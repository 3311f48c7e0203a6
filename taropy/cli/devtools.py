"""`taropy devtools`: an app behind the automation port of WeChat's DevTools, for suites that drive it there."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..automation import PORT
from ..extras import MissingExtra
from ..masking import masked_text
from ..phone.core.folder import PhoneFolderError
from .behind import device_option, phone_option, platform_option
from .program import environment, loaded
from .run import process_on
from .traces import user_trace

if TYPE_CHECKING:
    from ..app.declaring import App
    from ..automation.server import Automation
    from ..runtime.taro import Taro

EXAMPLES = """\b
Examples:
  taropy devtools app.py                 at port 9420, where clients ask
  taropy devtools --port 0 app.py        at a free port, which is told
  taropy devtools --phone ./my-phone app.py

\b
Exit codes:
  0  a client has closed it (Tool.close), or Ctrl-C
  1  the program failed
  2  the port cannot be had, FILE declares no app, or a package is missing
"""


@click.command(epilog=EXAMPLES)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True,
    help="The port to listen at; 0 is a free one.",
)  # fmt: skip
@platform_option
@phone_option
@device_option
@click.option(
    "--idle", metavar="SECONDS", type=click.FloatRange(min=0, min_open=True),
    help="End when no client has been connected for so long.",
)  # fmt: skip
def devtools(file: Path, port: int, platform: str, phone: Path | None, device: str | None, idle: float | None) -> None:
    """Serve an app at the automation port of WeChat's DevTools.

    FILE declares a taropy.App named app. It is launched on a simulated phone, and suites that are written for DevTools
    drive it: PyPI minium and npm miniprogram-automator, connected to the address that is printed.
    """
    with ExitStack() as stack:
        stack.enter_context(environment(TARO_ENV=platform))
        taro = stack.enter_context(process_on(platform, {"folder": phone, "device": device}))
        app = stack.enter_context(_app_of(file))
        try:
            asyncio.run(_serve(taro, app, port, idle))
        except (OSError, MissingExtra, PhoneFolderError) as error:
            raise click.UsageError(str(error)) from error
        except KeyboardInterrupt:
            click.echo("stopped", err=True)


@contextmanager
def _app_of(file: Path) -> Iterator[App]:
    """The app that a file declares; a failure of the file's own code is told with its traceback."""
    from ..app.declaring import App

    with ExitStack() as stack:
        try:
            module = stack.enter_context(loaded(file))
        except Exception as error:
            click.echo(masked_text(user_trace(error)), err=True)
            raise SystemExit(1) from None
        app = module.__dict__.get("app")
        if not isinstance(app, App):
            raise click.UsageError(f"{file} declares no app: name one, app = taropy.App(…)")
        yield app


async def _serve(taro: Taro, app: App, port: int, idle: float | None) -> None:
    from ..automation.server import Automation

    async with Automation(taro.phone, app, taro=taro, port=port, console=True, interruptible=True) as automation:
        click.echo(f"automation port: {automation.url}", err=True)
        ending = [asyncio.ensure_future(automation.closed())]
        if idle is not None:
            ending.append(asyncio.ensure_future(_is_idle(automation, idle)))
        await asyncio.wait(ending, return_when=asyncio.FIRST_COMPLETED)
        for each in ending:
            each.cancel()
    await taro.aclose()


async def _is_idle(automation: Automation, seconds: float) -> None:
    """Waits until nobody has been connected for so long."""
    loop = asyncio.get_running_loop()
    while automation.idle_since is None or loop.time() - automation.idle_since < seconds:
        since = automation.idle_since
        await asyncio.sleep(seconds if since is None else max(since + seconds - loop.time(), 0.05))
