"""`App`: an app, declared as Taro's app config declares it, and the code of its pages."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from ..hints import close_to
from ..signatures import needed_arguments
from .config import ConfigError, Settings, app_settings, launch_options, page_settings, routes_of
from .places import Place, place_of_caller

if TYPE_CHECKING:
    from ..runtime.promise import Promise
    from ..runtime.taro import Taro

Code = TypeVar("Code", bound=Callable[..., Any])


@attrs.frozen
class PageCode:
    """A declared page: its class or function, and its settings."""

    code: Callable[..., Any]
    settings: Settings


class App:
    """A mini program.

        app = taropy.App(pages=["pages/index/index"], window={"navigationBarTitleText": "Tea"})

        @app.page("pages/index/index", enablePullDownRefresh=True)
        class Index:
            def onLoad(self, query): ...

        app.launch()

    The settings are Taro's `AppConfig`, as a dict or as keyword arguments; what it does not know or has another type is
    a `ConfigError`. One `App` may be launched on any number of runtimes; each launch has its own objects.
    """

    def __init__(self, config: Any = None, /, **settings: Any) -> None:
        self.config: Mapping[str, Any] = app_settings(config, settings)
        self.pages: dict[str, PageCode] = {}
        self.code: Callable[..., Any] | None = None
        # By route: where the page was declared. Under the empty one: where the app's own code was.
        self._places: dict[str, Place] = {}
        #: Whether it has been launched, on whatever runtime.
        self.launched = False

    @property
    def routes(self) -> list[str]:
        """The routes of all pages, those of the sub-packages last."""
        return routes_of(self.config)

    def page(self, route: str, config: Any = None, /, **settings: Any) -> Callable[[Code], Code]:
        """Declares the page `route`, by a class or by a function; the settings are Taro's `PageConfig`.

        - A class is instantiated once per page that is opened. Its methods are the page's handlers, by the names of
          mini programs (`onLoad`, `onPullDownRefresh`, …) or of Taro's components (`componentDidShow`, …).
        - A function is called once per page that is opened, and calls hooks (`Taro.useLoad(…)`).

        Handlers may be async, and take as many of the arguments as they like. A class's objects have the runtime as
        `Taro`; a function that takes an argument gets it.

        A page is declared once. Code that is run anew, as a notebook's cell or a module that is reloaded, declares it
        anew: pages that are open stay as they are, those that are opened from then on are the new one's.
        """
        if route not in self.routes:
            raise ConfigError(f"page {route!r} is not one of the app's pages{close_to(route, self.routes)}")
        place = place_of_caller()
        if route in self.pages and not place.comes_after(self._places[route]):
            raise ConfigError(f"page {route!r} is declared twice")
        found = page_settings(route, config, settings)

        def declare(code: Code) -> Code:
            self.pages[route] = PageCode(_checked(code, f"page {route!r}"), found)
            self._places[route] = place
            return code

        return declare

    def entry(self, code: Code) -> Code:
        """Declares the app's own code: a class with `onLaunch`, `onShow`, `onError`, …, or a function with hooks.

        `Taro.getApp()` gives the object of the class. As with pages, code that is run anew declares it anew, for the
        next launch.
        """
        place = place_of_caller()
        if self.code is not None and not place.comes_after(self._places[""]):
            raise ConfigError("the app has two entries")
        self.code, self._places[""] = _checked(code, "entry"), place
        return code

    def __repr__(self) -> str:
        shown = [f"{len(self.routes)} page{'s' if len(self.routes) > 1 else ''}"]
        undeclared = len([route for route in self.routes if route not in self.pages])
        shown += [f"{undeclared} not declared"] if undeclared else []
        shown += ["launched"] if self.launched else []
        return f"<App of {', '.join(shown)}>"

    def launch(
        self,
        taro: Taro | None = None,
        *,
        path: str | None = None,
        query: Mapping[str, str] | None = None,
        scene: int | None = None,
        **options: Any,
    ) -> Promise[Any]:
        """Starts the app on the phone, or in the page, of `taro`, by default the process's; gives `Taro.getApp()`.

        The promise is fulfilled when the first page is ready. Outside an event loop the call returns when all that the
        launch began has ended too.

        - `path`, `query`: the page that is opened, by default the first; `scene`: where the launch came from, by
          WeChat's numbers, by default the list on its main page, and 0 on the web. Other `options` (`referrerInfo`, …)
          come with these in `onLaunch` and `onShow`.

        An option that there is not, or that has another type, is a `ConfigError`, as is an app that has a page which no
        code declares; a host that launches no apps is `NotSupported`.
        """
        from ..runtime.taro import process_taro
        from .launching import launch

        missing = [route for route in self.routes if route not in self.pages]
        if missing:
            raise ConfigError(f"no code declares {', '.join(map(repr, missing))}; use @app.page({missing[0]!r})")
        entry = launch_options({"path": path, "query": query, "scene": scene, **options})
        self.launched = True
        return launch(self, process_taro if taro is None else taro, entry)


def _checked(code: Code, what: str) -> Code:
    """`code`, which has to be something that can be called when the page is opened."""
    if inspect.iscoroutinefunction(code):
        raise ConfigError(f"{what}: its function only sets it up, and is not async; a handler may be: useLoad(async …)")
    if not callable(code):
        raise ConfigError(f"{what} is declared by a class or a function, not by {code!r}")
    is_class = inspect.isclass(code)
    most, takes = (0, "needs no arguments") if is_class else (1, "takes the runtime, or nothing")
    if needed_arguments(code) > most:
        raise ConfigError(f"{what}: {code.__name__} {takes}")
    return code
