"""`taropy open-platform`: the vendors' servers, for a backend that is to log a simulated phone in."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .values import checked, folder

if TYPE_CHECKING:
    from ..phone.open_platform import OpenPlatform
    from ..phone.open_platform.server import Server

EXAMPLES = """\b
Examples:
  taropy open-platform --phone ./my-phone --port 8100
  taropy run --phone ./my-phone app.py     in another terminal: its codes are
                                           good here
\b
Exit codes:
  0  stopped by Ctrl-C
  2  the port cannot be had, or the server's packages are not installed
"""

EXPOSED = (
    "warning: at {host} other computers can reach it, and nothing protects it: "
    "the secrets of the apps that come with a phone are known to everybody"
)

# The vendors whose interfaces are played; JD's is not public.
PLAYED = ("weapp", "qq", "alipay", "swan", "tt")


@click.command("open-platform", epilog=EXAMPLES)
@click.option(
    "--phone", metavar="DIR", type=click.Path(file_okay=False, path_type=Path),
    callback=checked(folder),
    help="Serve the phone that keeps its data in this folder, also while a program runs on it.",
)  # fmt: skip
@click.option("--key", metavar="TEXT", help="Exchange the codes of all phones whose open platform has this key.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port to listen at; a free one by default.")
@click.option(
    "--allow-host", "hosts", metavar="NAME", multiple=True,
    help="A name by which it may be asked for, beside this computer's own and --host; may be given several times.",
)  # fmt: skip
def open_platform(phone: Path | None, key: str | None, host: str, port: int, hosts: tuple[str, ...]) -> None:
    """Serve the open platform of a phone over HTTP, until Ctrl-C.

    It plays the vendors' side of a login: a backend exchanges the code that Taro.login() gives for openid and session
    key, as it would at the vendor, under the same paths.
    """
    from ..phone import PhoneFolderError
    from ..phone.core.loopback import is_loopback
    from ..phone.open_platform import OpenPlatform

    try:
        platform = OpenPlatform(phone, key=key)
    except PhoneFolderError as error:
        raise click.UsageError(str(error)) from error
    with served(platform, host, port, hosts) as server:
        if not is_loopback(host):
            click.echo(EXPOSED.format(host=host), err=True)
        try:
            _describe(platform, server, kept=phone is not None or key is not None)
            server.wait()
        except PhoneFolderError as error:
            raise click.UsageError(str(error)) from error
        except KeyboardInterrupt:
            click.echo("stopped", err=True)


def served(platform: OpenPlatform, host: str = "127.0.0.1", port: int = 0, hosts: Collection[str] = ()) -> Server:
    """The platform's server; a usage error if the port cannot be had or the packages are missing."""
    from ..extras import MissingExtra

    try:
        return platform.serve(host, port, hosts=hosts)
    except OSError as error:
        reason, _, _ = str(error.strerror or error).partition(" (")  # the address follows, which is said already
        raise click.UsageError(f"cannot listen at {host}:{port}: {reason}") from error
    except MissingExtra as error:
        raise click.UsageError(str(error)) from error


def _describe(platform: OpenPlatform, server: Server, *, kept: bool) -> None:
    """Where it is, which apps it knows, and a request to try."""
    from ..phone.core.apps import DEFAULT_APPIDS
    from .output import console, table

    apps = [platform.app_of_phone(name, DEFAULT_APPIDS[name]) for name in PLAYED]
    click.echo(f"open platform: {server.url}\n")
    console().print(table(("platform", "appid", "secret"), [(app.platform, app.appid, app.secret) for app in apps]))
    click.echo("\nTry it, with a code that is good once and for five minutes:\n")
    click.echo(f"  {_example(platform, server)}\n")
    if not kept:
        click.echo("The codes of a phone are good here if both have the same --phone DIR; this one has none.")
    click.echo("Ctrl-C ends it.")


def _example(platform: OpenPlatform, server: Server) -> str:
    from ..phone.core.apps import DEFAULT_APPIDS

    app = platform.app_of_phone("weapp", DEFAULT_APPIDS["weapp"])
    code = platform.log_in("weapp", app.appid, "example")
    query = f"appid={app.appid}&secret={app.secret}&js_code={code}&grant_type=authorization_code"
    return f"curl '{server.url}/sns/jscode2session?{query}'"
