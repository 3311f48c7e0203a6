"""Cloud functions: Python functions that stand in the vendor's cloud, and what becomes of their calls.

Facts: developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/functions and reference-sdk-api/functions.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import attrs

from ...models.json import json_of, parse
from ...signatures import accepted
from ..core.answers import Fail
from .errors import FUNCTION_FAILED, FUNCTION_OVERDUE, NOT_FOUND, refused

if TYPE_CHECKING:
    from ..core.clock import Clock

Handler = Callable[..., Any]

#: How long the vendor lets a function run that has no limit of its own, in seconds.
USUAL_TIMEOUT = 3.0
#: The file of a function's folder that has its `main`.
MODULE = "index.py"
NO_FUNCTION = "FunctionName parameter could not be found."


@attrs.frozen
class Context:
    """What a cloud function is told beside its event.

    - `openid`, `appid`, `unionid`: who calls, and from which app; `env`: the id of the environment.
    - `function`: the name it was called by; `request_id`: the call's own id.
    - `cloud`: what the vendor's server SDK gives: `database()`, `callFunction`, `downloadFile`, …, with all rights.
    """

    openid: str
    appid: str
    unionid: str
    env: str
    function: str
    request_id: str
    cloud: Any = attrs.field(repr=False)

    def database(self) -> Any:
        """The database, with all rights; as `cloud.database()`."""
        return self.cloud.database()


@attrs.define
class FunctionCall:
    """A call of a cloud function: what it got, what it has returned, or what it has raised."""

    name: str
    event: Any
    openid: str
    result: Any = None
    error: BaseException | None = None


@attrs.frozen
class Deployed:
    """A function in the cloud; `timeout` is how long it may run, in seconds of the phone's clock."""

    name: str
    handler: Handler
    timeout: float

    async def call(self, event: Any, context: Context, clock: Clock) -> Any:
        """What it returns, as it comes over the wire. Raises `Fail` in the vendor's words."""
        try:
            async with clock.timeout(self.timeout):
                returned = await _called(self.handler, event, context)
        except TimeoutError as error:
            words = f"Invoking task timed out after {self.timeout:g} seconds"
            raise refused(FUNCTION_OVERDUE, words) from error
        except Exception as error:
            raise refused(FUNCTION_FAILED, f"{type(error).__name__}: {error}") from error
        return sent(returned)


async def _called(handler: Handler, event: Any, context: Context) -> Any:
    try:
        returned = handler(*accepted(handler, (event, context)))
        return await returned if isinstance(returned, Awaitable) else returned
    except TimeoutError as error:  # the function's own, which is not that of its time
        raise RuntimeError(f"TimeoutError: {error}") from error


def sent(returned: Any) -> Any:
    """A copy of what a function returned, as JSON carries it. Raises `Fail` for what JSON can't."""
    try:
        return parse(json_of(returned))
    except (TypeError, ValueError, RecursionError) as error:
        raise refused(FUNCTION_FAILED, f"the function's result can not be sent: {error}") from error


def event_of(data: Any) -> dict[str, Any]:
    """A copy of a call's `data`, as JSON carries it. Raises `Fail` for what JSON can't."""
    try:
        event: dict[str, Any] = parse(json_of(data))
    except (TypeError, ValueError, RecursionError) as error:
        raise Fail(f"parameter error: parameter.data can not be sent: {error}") from error
    return event


def found(functions: Mapping[str, Deployed], name: str) -> Deployed:
    """The function of this name; the vendor's failure if there is none."""
    if name not in functions:
        raise refused(NOT_FOUND, NO_FUNCTION)
    return functions[name]


def in_folder(folder: Path) -> dict[str, Handler]:
    """The functions of a folder, by the names of its folders: `main` of each one's `index.py`.

    FileNotFoundError for a folder without any, AttributeError for one that has no `main`.
    """
    modules = sorted(folder.glob(f"*/{MODULE}"))
    if not modules:
        raise FileNotFoundError(f"no folder in {folder} has an {MODULE} with a function main(event, context)")
    return {path.parent.name: _main(path) for path in modules}


def _main(path: Path) -> Handler:
    module = _module(path)
    main = getattr(module, "main", None)
    if not callable(main):
        raise AttributeError(f"{path} has no function main(event, context)")
    handler: Handler = main
    return handler


def _module(path: Path) -> ModuleType:
    """The function's module, which is its own: two folders' functions of one name are two."""
    name = f"cloud_function_{abs(hash(path.resolve()))}_{path.parent.name}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
