"""The Taro API in Python.

    from taropy import Taro

    res = await Taro.login()

`Taro` is the process's current runtime, on the platform that the environment's `TARO_ENV` names, else weapp; `use` puts
it on another, `create` makes independent ones. By default everything runs on a phone simulated in the process
(`Phone`).
"""

from __future__ import annotations

import sys
from importlib import import_module

TYPE_CHECKING = False  # as type checkers know it; `typing` itself takes longer to import than all of this
if TYPE_CHECKING:
    from typing import Any

    from .app.config import ConfigError as ConfigError
    from .app.declaring import App as App
    from .hints import UnknownOptionWarning as UnknownOptionWarning
    from .hookspecs import hookimpl as hookimpl
    from .models.record import Record as Record
    from .phone import Phone as Phone
    from .phone.core.folder import PhoneFolderError as PhoneFolderError
    from .phone.network.routes.unrouted import UnroutedRequestWarning as UnroutedRequestWarning
    from .runtime.errors import LongWaitWarning as LongWaitWarning
    from .runtime.errors import NotSupported as NotSupported
    from .runtime.errors import ParameterError as ParameterError
    from .runtime.errors import PluginWarning as PluginWarning
    from .runtime.errors import Rejected as Rejected
    from .runtime.errors import TaroError as TaroError
    from .runtime.errors import UnhandledRejectionWarning as UnhandledRejectionWarning
    from .runtime.events import Events as Events
    from .runtime.hosts import Host as Host
    from .runtime.platforms import Adaptation as Adaptation
    from .runtime.platforms import Platform as Platform
    from .runtime.platforms import PlatformError as PlatformError
    from .runtime.plugins import register_plugin as register_plugin
    from .runtime.plugins import unregister_plugin as unregister_plugin
    from .runtime.promise import AggregateError as AggregateError
    from .runtime.promise import Promise as Promise
    from .runtime.taro import Taro as _Taro
    from .runtime.taro import create as create
    from .runtime.taro import run as run
    from .runtime.taro import settled as settled
    from .runtime.taro import use as use
    from .unheard import UnhandledErrorWarning as UnhandledErrorWarning

    Taro: _Taro

__version__ = "0.1.0"

# Where the public names live: importing taropy costs nothing until one of them is used.
_HOMES = {
    "Adaptation": ".runtime.platforms",
    "AggregateError": ".runtime.promise",
    "App": ".app.declaring",
    "ConfigError": ".app.config",
    "Events": ".runtime.events",
    "Host": ".runtime.hosts",
    "LongWaitWarning": ".runtime.errors",
    "NotSupported": ".runtime.errors",
    "ParameterError": ".runtime.errors",
    "Phone": ".phone",
    "PhoneFolderError": ".phone.core.folder",
    "Platform": ".runtime.platforms",
    "PlatformError": ".runtime.platforms",
    "PluginWarning": ".runtime.errors",
    "Promise": ".runtime.promise",
    "Record": ".models.record",
    "Rejected": ".runtime.errors",
    "TaroError": ".runtime.errors",
    "UnhandledErrorWarning": ".unheard",
    "UnhandledRejectionWarning": ".runtime.errors",
    "UnroutedRequestWarning": ".phone.network.routes.unrouted",
    "UnknownOptionWarning": ".hints",
    "create": ".runtime.taro",
    "hookimpl": ".hookspecs",
    "register_plugin": ".runtime.plugins",
    "run": ".runtime.taro",
    "settled": ".runtime.taro",
    "unregister_plugin": ".runtime.plugins",
    "use": ".runtime.taro",
}

__all__ = ["Taro", "__version__", "models", "platforms", *_HOMES]  # pyright: ignore[reportUnsupportedDunderAll]


def __getattr__(name: str) -> Any:
    if name == "Taro":
        value: Any = import_module(".runtime.taro", __name__).process_taro
    elif name in _HOMES:
        value = getattr(import_module(_HOMES[name], __name__), name)
    elif name in ("models", "platforms"):
        value = import_module(f".{name}", __name__)
    else:
        raise import_module(".hints", __name__).no_attribute(
            f"module 'taropy' has no attribute {name!r}{_advice(name)}"
        )
    globals()[name] = value
    return value


def _advice(name: str) -> str:
    """What to write for a name that is looked for here, as members of Taro are; nothing for one that is like none."""
    from pathlib import Path

    is_module = any(Path(__path__[0], file).exists() for file in (name, f"{name}.py"))  # which Python finds by itself
    if name.startswith("_") or is_module:
        return ""
    spec = import_module(".spec", __name__)
    if spec.has(name):
        return f"; write `from taropy import Taro`, and then Taro.{name}{'()' if spec.member(name).is_function else ''}"
    written: str = import_module(".hints", __name__).of_taropy(name, __all__)
    return written


class _NoModules:
    """Has `from taropy import login` say what to write.

    Python takes such a name for a module if it is nothing else, and then asks those who find modules. This one is asked
    last, and finds none; what it raises is what the program gets to see.
    """

    @staticmethod
    def find_spec(fullname: str, path: object = None, target: object = None) -> None:
        package, _, name = fullname.rpartition(".")
        advice = _advice(name) if package == __name__ else ""
        if advice:
            raise ImportError(f"cannot import name {name!r} from 'taropy'{advice}", name=__name__)


sys.meta_path.append(_NoModules)

if "IPython" in sys.modules:  # a notebook, or an interactive shell, completes what it would have to call to know
    import_module(".interactive", __name__).join()


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
