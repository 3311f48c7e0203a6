"""`App.launch`: a declared app at a runtime's host, a phone or whatever else launches apps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from ..runtime.apps import Launcher, Package, ShownPage
from ..runtime.errors import NotSupported, TaroError
from ..runtime.jobs import entered, own_loop, running_loop
from ..runtime.own import rejection_listener
from ..runtime.promise import Promise, begun
from .instances import AppInstance, PageInstance

if TYPE_CHECKING:
    from ..runtime.bound import Runtime
    from ..runtime.taro import Taro
    from .config import Settings
    from .declaring import App, PageCode


class PageSettings(Mapping[str, "Settings"]):
    """Each page's own settings as they are now: a page may be declared anew after the launch."""

    def __init__(self, pages: Mapping[str, PageCode]) -> None:
        self._pages = pages

    def __getitem__(self, route: str) -> Settings:
        return self._pages[route].settings

    def __iter__(self) -> Iterator[str]:
        return iter(self._pages)

    def __len__(self) -> int:
        return len(self._pages)


def launch(app: App, taro: Taro, entry: Mapping[str, Any]) -> Promise[Any]:
    """Starts the app; outside an event loop, returns when all that it began has ended."""
    runtime = taro._runtime
    start = partial(_start, app, runtime, _launcher(runtime), entry)
    if running_loop() is not None:
        return begun(start(), runtime.home)
    with entered(own_loop()) as jobs:
        promise = begun(start(), runtime.home)
    jobs.drive()
    return promise


async def _start(app: App, runtime: Runtime, launcher: Launcher, entry: Mapping[str, Any]) -> Any:
    """Launches the app at the host, in the place of what the runtime had launched before."""
    if runtime.closed:
        raise _refusal(runtime, "this runtime is closed")

    def start() -> AppInstance:
        if runtime.leave_app is not None:
            runtime.leave_app()
        instance = AppInstance(runtime, app)
        runtime.leave_app = _listen(runtime, instance)
        return instance

    def open_(page: ShownPage) -> PageInstance:
        return PageInstance(runtime, page, app.pages[page.route])

    package = Package(app.config, PageSettings(app.pages), start, open_)
    return (await launcher.launch(runtime.platform, package, entry)).value


def _listen(runtime: Runtime, instance: AppInstance) -> Callable[[], None]:
    """Has the app hear of unhandled rejections; gives what ends that, and the app with it."""
    listener = rejection_listener(partial(instance.handle, "onUnhandledRejection"))
    runtime.home.listeners[listener] = partial(instance.handles, "onUnhandledRejection")

    def leave() -> None:
        runtime.home.listeners.pop(listener, None)
        current = runtime.current
        current.app = current.page = current.router = None

    return leave


def _launcher(runtime: Runtime) -> Launcher:
    if runtime.closed:
        raise _refusal(runtime, "this runtime is closed")
    if runtime.host.launcher is None:
        raise NotSupported(
            "App.launch",
            runtime.platform.name,
            reason="host",
            host=runtime.host.name,
            way_out="; it is launched on a phone, or in a page",
        )
    return runtime.host.launcher


def _refusal(runtime: Runtime, reason: str) -> TaroError:
    return TaroError(f"launch:fail {reason}", api="launch", platform=runtime.platform.name)
