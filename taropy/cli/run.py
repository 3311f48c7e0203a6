"""`taropy run`: a program on a platform, over a simulated phone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from ..extras import MissingExtra
from ..hosts.errors import HostError
from ..hosts.replay.errors import TraceError
from ..masking import masked_text
from ..phone.core.folder import RECOVERING, PhoneFolderError
from ..port.parse import SUFFIXES
from ..runtime.errors import TaroError
from ..runtime.platforms import PlatformError
from ..runtime.rejections import report_held
from ..runtime.taro import process_taro, use
from .behind import (
    PAGE,
    REPLAY,
    Departures,
    check_options_of_host,
    device_option,
    host_option,
    phone_option,
    platform_option,
    wait_for_page,
    with_option,
)
from .call_log import CallLog
from .program import environment, run_file
from .traced import traced
from .traces import user_line, user_trace
from .warned import Told

if TYPE_CHECKING:
    from ..runtime.taro import Taro

URL_VARIABLE = "TAROPY_OPEN_PLATFORM"
INTERRUPTED = 130

EXAMPLES = """\b
Examples:
  taropy run app.py
  taropy run --platform alipay --log app.py  show every call
  taropy run --phone ./my-phone app.py       keep the phone's data
  taropy run --ask app.py                    answer its dialogs here
  printf '1\\n2\\n' | taropy run --ask app.py  or by lines
  taropy run app.py shop -- --verbose        arguments for the program
  taropy run src/services/login.ts           TypeScript as it is, without Node
  taropy run --host replay --trace shop.jsonl app.py  as taropy record kept it
  taropy run -p h5 --host page --url site --launch app.py  in a browser

\b
Exit codes: those of the program's own sys.exit; else
  0    all is well
  1    the program failed, or had an error that nothing handled
  2    the command was used wrongly
  130  stopped by Ctrl-C
"""


@click.command(epilog=EXAMPLES)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("arguments", metavar="[ARGS]...", nargs=-1)
@platform_option
@host_option
@with_option
@click.option("--url", metavar="URL", help="Where the host is; of a page also the folder that it is in.")
@click.option("--launch", is_flag=True, help="With --host page: start a browser for it; otherwise you open it.")
@click.option("--show", is_flag=True, help="With --launch: show the browser's window.")
@phone_option
@click.option("--recover", is_flag=True, help="Put aside what of the phone's data is damaged, and go on with the rest.")
@device_option
@click.option(
    "--ask",
    is_flag=True,
    help="Ask you what the phone asks its person, or read lines of the standard input; otherwise defaults answer.",
)
@click.option("--log", is_flag=True, help="Show every call of Taro, how it ended and how long it took.")
@click.option(
    "--trace", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="Write what was called and seen into this file, a page to be opened in a browser, and as JSON beside it. "
    "With --host replay: the file to answer from.",
)  # fmt: skip
@click.option(
    "--show-secrets", is_flag=True, help="With --log and --trace: show tokens, passwords and the like, not a mask."
)
@click.option(
    "--open-platform", "serve", is_flag=True,
    help=f"Serve the phone's open platform while the program runs; its URL is in {URL_VARIABLE}.",
)  # fmt: skip
@click.pass_context
def run(
    ctx: click.Context,
    file: Path,
    arguments: tuple[str, ...],
    platform: str,
    host: str,
    given: dict[str, Any],
    url: str | None,
    launch: bool,
    show: bool,
    phone: Path | None,
    recover: bool,
    device: str | None,
    ask: bool,
    log: bool,
    trace: Path | None,
    show_secrets: bool,
    serve: bool,
) -> None:
    """Run a program on a simulated phone, or another host: in Python, JavaScript or TypeScript.

    In the program `from taropy import Taro` is on the platform, and TARO_ENV says which. FILE runs as it would under
    python. If it defines a function main, async or not, and does not start it itself, main is run after it; else, if it
    declares an app, a taropy.App of that name, and does not launch it itself, the app is launched. The program ends
    when no call is open any more.

    A module in JavaScript or TypeScript runs as it is, in an engine in the process, which the extra taropy[port]
    brings. Its imports are found as Taro's build finds them; a function main that it exports is run after it.

    Options of the program go after --.
    """
    if recover and phone is None:
        raise click.UsageError("--recover is about the folder that --phone names")
    check_options_of_host(ctx, host)
    options: dict[str, Any]
    if host == "phone":
        options = {"folder": phone, "device": device, "ask": _terminal() if ask else None, "recover": recover or None}
        if log or trace:  # the program has its phone.log then, too
            options.update(log=True, show_secrets=show_secrets)
    else:
        options = {"host": host, "url": url}
    if host == PAGE:
        options |= {"launch": launch, "headless": False if show else None}
        if ctx.get_parameter_source("platform") is ParameterSource.DEFAULT:
            platform = "h5"
    elif host == REPLAY:
        options["trace"], trace = trace, None
    options.update(given)
    with ExitStack() as stack:
        if log:
            options["observe"] = stack.enter_context(CallLog(show_secrets=show_secrets))
        stack.enter_context(environment(TARO_ENV=platform))
        taro = stack.enter_context(process_on(platform, options, _on_command_line))
        departures = stack.enter_context(Departures(taro.native)) if host == REPLAY else None
        if host == PAGE:
            wait_for_page(taro)
        if serve:
            stack.enter_context(_open_platform(taro))
        ended = stack.enter_context(traced(taro.phone, file, trace)) if trace else None
        code = outcome(taro, file, arguments, _on_command_line if phone else str)
        if departures is not None:
            code = departures.tell(code)
        if ended is not None:
            ended.code = code
    ctx.exit(code)


def _terminal() -> Any:
    from ..phone.core.terminal import ask

    return ask


@contextmanager
def process_on(platform: str, options: dict[str, Any], worded: Callable[[str], str] = str) -> Iterator[Taro]:
    """The process's `Taro` on the platform, given up at the end; a fault of a phone's folder is told `worded`."""
    try:
        try:
            taro = use(platform, **{name: value for name, value in options.items() if value is not None})
        except PhoneFolderError as error:
            raise click.UsageError(worded(str(error))) from error
        except (MissingExtra, HostError, TraceError, TaroError, TypeError, PlatformError, OSError) as error:
            if "host" not in options:  # what was not given here
                raise
            raise click.UsageError(str(error)) from error
        yield taro
    finally:
        process_taro._leave()


@contextmanager
def _open_platform(taro: Taro) -> Iterator[None]:
    """Serves the open platform of the program's phone, and tells program and user where."""
    from .open_platform import served

    with served(taro.phone.open_platform) as server, environment(**{URL_VARIABLE: server.url}):
        click.echo(f"open platform: {server.url}", err=True)
        yield


def outcome(taro: Taro, file: Path, arguments: tuple[str, ...], worded: Callable[[str], str] = str) -> int:
    """Runs the program; says how it failed, if it did, and what nothing has handled; returns the exit code."""
    with Told() as errors:
        code = _outcome(taro, file, arguments, worded)
        report_held()
    return code or int(errors.failed)


def _outcome(taro: Taro, file: Path, arguments: tuple[str, ...], worded: Callable[[str], str]) -> int:
    try:
        if file.suffix in SUFFIXES:
            return _script(taro, file, arguments)
        run_file(file, arguments)
    except click.UsageError:
        raise
    except SystemExit as ending:
        return _exit_code(ending)
    except KeyboardInterrupt:
        click.echo("stopped", err=True)
        return INTERRUPTED
    except Exception as error:
        click.echo(worded(_failure(error)), err=True)
        return 1
    return 0


def _script(taro: Taro, file: Path, arguments: tuple[str, ...]) -> int:
    from ..port.engine.running import run_script

    try:
        return run_script(taro, file, arguments)
    except MissingExtra as error:
        raise click.UsageError(str(error)) from error


def _on_command_line(told: str) -> str:
    """The text with the option in the place of what does the same in Python."""
    return told.replace(RECOVERING, "--recover")


def _exit_code(ending: SystemExit) -> int:
    """As Python has it: a number is the code, nothing is 0, anything else is a last word, and 1."""
    if ending.code is None or isinstance(ending.code, int):
        return ending.code or 0
    print(ending.code, file=sys.stderr)
    return 1


def _failure(error: Exception) -> str:
    """A call that failed is told in one line; anything else with its traceback."""
    if not isinstance(error, TaroError):
        return masked_text(user_trace(error))
    return ": ".join(part for part in (user_line(error), masked_text(str(error))) if part)
