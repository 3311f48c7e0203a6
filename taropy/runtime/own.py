"""Taro's own members: those that no native object is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from .channels import listening
from .events import Events
from .hooks import HOOKS, make_hook, make_use_router
from .interceptors import Interceptors, interceptorify
from .jobs import current_loop, jobs_of, running_loop
from .listeners import identity
from .options import WrongOptions, looking, take_object
from .promise import Promise, invoke
from .px import px_transform
from .rejections import of_listeners

if TYPE_CHECKING:
    from .faces import Runtime
    from .interceptors import Link

Make = Callable[["Runtime"], Any]

TARO_VERSION = "4.2.1"

# What builds write for `process.env.TARO_PLATFORM`, by what `getEnv` gives; all others are mini programs.
PLATFORM_KINDS: Mapping[str, str] = {
    "ASCF": "ascf", "HARMONY": "harmony", "HARMONYHYBRID": "web", "QUICKAPP": "quickapp", "RN": "rn", "WEB": "web",
}  # fmt: skip

ENV_TYPES = (
    "ASCF", "WEAPP", "SWAN", "ALIPAY", "TT", "QQ", "JD", "WEB", "RN", "HARMONY", "QUICKAPP", "HARMONYHYBRID",
)  # fmt: skip


def _record(fields: Mapping[str, Any]) -> Any:
    from ..models.record import Record

    return Record(fields)


def _platform_kind(runtime: Runtime) -> str:
    return PLATFORM_KINDS.get(runtime.platform.env_type, "mini")


def _get_env(runtime: Runtime) -> Callable[[], str]:
    env_type = runtime.platform.env_type

    def getEnv() -> str:
        return env_type

    return getEnv


def _px_transform(runtime: Runtime) -> Callable[[float], str]:
    on_web = _platform_kind(runtime) == "web"

    def pxTransform(size: float = 0) -> str:
        if isinstance(size, bool) or not isinstance(size, int | float) or size != size or abs(size) == float("inf"):
            raise runtime.parameter_error("pxTransform", "parameter.size should be Number")
        return px_transform(runtime.px, size, on_web=on_web)

    return pxTransform


def _init_px_transform(runtime: Runtime) -> Callable[..., None]:
    names = {field.name for field in attrs.fields(type(runtime.px))}

    def initPxTransform(config: Mapping[str, Any] | None = None, /, **named: Any) -> None:
        given = runtime.checked("initPxTransform", config, named)
        ratio = given.get("deviceRatio", {})
        if not isinstance(ratio, Mapping):
            fault = f"parameter.deviceRatio should be Object instead of {type(ratio).__name__}"
            raise runtime.parameter_error("initPxTransform", fault)
        runtime.init_px({name: given[name] for name in names & given.keys()})

    return initPxTransform


def _get_app_info(runtime: Runtime) -> Callable[[], Any]:
    def getAppInfo() -> Any:
        told = {"platform": _platform_kind(runtime), "taroVersion": TARO_VERSION, "designWidth": runtime.px.designWidth}
        return runtime.load_result("getAppInfo")(told)

    return getAppInfo


def _get_tab_bar(runtime: Runtime) -> Callable[[Any], Any]:
    def getTabBar(page: Any) -> Any:
        """What the program put on the page's own tab bar as `$taroInstances`; None without one."""
        try:
            return _tab_bar_of(page)
        except WrongOptions as wrong:
            raise runtime.parameter_error("getTabBar", wrong.fault) from None

    return getTabBar


@looking
def _tab_bar_of(page: Any) -> Any:
    find = getattr(page, "getTabBar", None)
    return getattr(find(), "$taroInstances", None) if callable(find) else None


def _preload(runtime: Runtime) -> Callable[..., None]:
    def preload(key: Any, value: Any = None) -> None:
        """`preload(key, value)` or `preload({...})`: data for the next page, in `Taro.Current.preloadData`."""
        runtime.current.preloadData = {key: value} if isinstance(key, str) else runtime.taken("preload", key, {})

    return preload


def _next_tick(runtime: Runtime) -> Callable[..., None]:
    def nextTick(callback: Callable[..., Any], *arguments: Any) -> None:
        if not callable(callback):
            raise runtime.parameter_error("nextTick", "parameter.callback should be Function")
        if running_loop() is None:
            invoke(callback, runtime.home, *arguments)
        else:
            jobs_of(current_loop()).add(lambda: invoke(callback, runtime.home, *arguments))

    return nextTick


def _can_i_use(runtime: Runtime) -> Callable[[str], bool]:
    from .can_i_use import can_i_use

    def canIUse(schema: str = "") -> bool:
        if not isinstance(schema, str):
            raise runtime.parameter_error("canIUse", "parameter.schema should be String")
        return can_i_use(runtime, schema)

    return canIUse


def _can_i_use_webp(runtime: Runtime) -> Callable[[], bool]:
    """As Taro has it: in mini programs WebP pictures show on Android and in the developer tools.

    Elsewhere the native object is asked if it has the function: a browser knows what it draws. Who cannot tell does not
    show them.
    """
    native = None if _platform_kind(runtime) == "mini" else getattr(runtime.host.native, "canIUseWebp", None)

    def canIUseWebp() -> bool:
        try:
            return bool(native()) if callable(native) else _shows_webp(runtime.taro.getSystemInfoSync())
        except Exception:  # the question is whether, and a host that fails to answer it has not said yes
            return False

    return canIUseWebp


def _shows_webp(info: Any) -> bool:
    platform = None if info is None else info.get("platform")
    return isinstance(platform, str) and platform.lower() in ("android", "devtools")


def _on_unhandled(runtime: Runtime) -> Callable[..., None]:
    def onUnhandledRejection(callback: Callable[[Any], Any]) -> None:
        if not callable(callback):
            raise runtime.parameter_error("onUnhandledRejection", "parameter.callback should be Function")

        listener = rejection_listener(callback)
        if identity(callback) not in runtime.rejection_listeners:
            runtime.rejection_listeners[identity(callback)] = listener
            runtime.home.listeners[listener] = None

    return onUnhandledRejection


def rejection_listener(callback: Callable[[Any], Any]) -> Callable[[Any], None]:
    """What `Rejections` are to call, so that `callback` hears of them as Taro's programs do."""

    def listener(reason: Any) -> None:
        promise = Promise.reject(reason)
        promise._mark_handled()
        invoke(callback, of_listeners, _record({"reason": reason, "promise": promise}))

    return listener


def _off_unhandled(runtime: Runtime) -> Callable[..., None]:
    def offUnhandledRejection(callback: Callable[[Any], Any] | None = None) -> None:
        if callback is not None and not callable(callback):
            raise runtime.parameter_error("offUnhandledRejection", "parameter.callback should be Function")
        known = runtime.rejection_listeners
        for each in list(known) if callback is None else [identity(callback)]:
            runtime.home.listeners.pop(known.pop(each, None), None)  # type: ignore[arg-type]

    return offUnhandledRejection


def _env(runtime: Runtime) -> Any:
    """The native object's `env`, and beside it what a build of Taro writes for `process.env`.

    `FRAMEWORK` is React, whose hooks a program's pages have here.
    """
    build = {
        "FRAMEWORK": "react",
        "TARO_ENV": runtime.platform.name,
        "TARO_PLATFORM": _platform_kind(runtime),
        "TARO_VERSION": TARO_VERSION,
    }
    native = getattr(runtime.host.native, "env", None)
    return _record({**build, **(native if isinstance(native, Mapping) else {})})


def _request(runtime: Runtime) -> Callable[..., Promise[Any]]:
    """`Taro.request`: the native call, with the interceptors around it when there are any."""
    send = runtime.bind_native("request")
    made = vars(runtime)

    def request(option: Any = None, /, *rest: Any, **named: Any) -> Promise[Any]:
        if isinstance(option, str) and rest and isinstance(rest[0], Mapping):  # as taro-h5 takes them
            option, rest = {**rest[0], "url": option}, rest[1:]
        link: Link | None = made.get("link")  # which is made when the first interceptor is added
        try:
            options = take_object("request", option, named) if link is not None and link._interceptors else None
        except WrongOptions:
            options = None  # the call itself refuses them
        promise: Promise[Any] = (
            send(option, *rest, **named) if options is None or link is None else link.request(options)
        )
        return promise

    return request


def _navigate_to(runtime: Runtime) -> Callable[..., Promise[Any]]:
    """`Taro.navigateTo`: the native call, whose `events` are listeners of the program."""

    def take_events(options: dict[str, Any]) -> None:
        if "events" in options:
            options["events"] = listening(options["events"], runtime.home)

    navigate: Callable[..., Promise[Any]] = runtime.bind_native("navigateTo", take_events)
    return navigate


def _set_global_data_plugin(_: Runtime) -> Any:
    from .global_data import SetGlobalDataPlugin

    return SetGlobalDataPlugin()


def _events(_: Runtime) -> type[Events]:
    return Events


OWN: Mapping[str, Make] = {
    "Current": lambda runtime: runtime.current,
    "ENV_TYPE": lambda _: _record({name: name for name in ENV_TYPES}),
    "Events": _events,
    "addInterceptor": lambda runtime: runtime.link.addInterceptor,
    "canIUse": _can_i_use,
    "canIUseWebp": _can_i_use_webp,
    "cleanInterceptors": lambda runtime: runtime.link.cleanInterceptors,
    "env": _env,
    "eventCenter": lambda runtime: runtime.events,
    "getAppInfo": _get_app_info,
    "getCurrentInstance": lambda runtime: lambda: runtime.current,
    "getEnv": _get_env,
    "getRenderer": lambda _: lambda: "webview",
    "getTabBar": _get_tab_bar,
    "initPxTransform": _init_px_transform,
    "interceptorify": lambda _: interceptorify,
    "interceptors": lambda _: Interceptors(),
    "nextTick": _next_tick,
    "offUnhandledRejection": _off_unhandled,
    "onUnhandledRejection": _on_unhandled,
    "options": lambda runtime: runtime.options,
    "preload": _preload,
    "preloadData": lambda runtime: runtime.current.preloadData,
    "pxTransform": _px_transform,
    "setGlobalDataPlugin": _set_global_data_plugin,
    "useRouter": make_use_router,
    **{name: make_hook(name) for name in HOOKS},
}


#: The methods that do their work only in the next tick, as Taro has it, by the objects that they are of.
DEFERRED: Mapping[str, str] = {"IntersectionObserver": "observe", "SelectorQuery": "exec"}


def deferred(runtime: Runtime, work: Callable[..., Any]) -> Callable[..., None]:
    """`work`, to be done in the next tick. The native object that it is a method of stays as it is."""
    next_tick = _next_tick(runtime)
    return lambda *given: next_tick(work, *given)


def gives_itself(runtime: Runtime, kind: str, method: str) -> bool:
    """Whether the method gives the object that it is of, so that calls can be chained: `exec` of taro-h5's queries."""
    return (kind, method) == ("SelectorQuery", "exec") and _platform_kind(runtime) == "web"


#: Taro's own, around a native function that the host must have.
AROUND_NATIVE: Mapping[str, Make] = {
    "navigateTo": _navigate_to,
    "request": _request,
}


__all__ = ["AROUND_NATIVE", "DEFERRED", "OWN", "deferred", "gives_itself", "rejection_listener"]
