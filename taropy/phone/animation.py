"""`createAnimation`: what a program describes, as the steps that `export` gives the page.

Mini programs get a list of actions, each with all transformations and styles so far: what a step does not name
stays as the steps before it left it, over exports too. Defaults, the odd ones of `matrix` among them, are the base
library's. On the web Taro exports the name of style rules instead; they are in `Animations.rules`.

Facts: developers.weixin.qq.com/miniprogram/dev/api/ui/animation/Animation.html, and for the web `@tarojs/taro-h5`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from .native import NO_OPTIONS, App, Options, Room, plain
from .vendors import of_vendor

if TYPE_CHECKING:
    from .phone import Phone

Step = dict[str, Any]

TRANSFORMS: Mapping[str, tuple[float, ...]] = {
    "matrix": (1, 0, 0, 1, 1, 1),
    "matrix3d": (1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1),
    "rotate": (0,), "rotateX": (0,), "rotateY": (0,), "rotateZ": (0,), "rotate3d": (0, 0, 0, 0),
    "scale": (1,), "scaleX": (1,), "scaleY": (1,), "scaleZ": (1,), "scale3d": (1, 1, 1),
    "skew": (0, 0), "skewX": (0,), "skewY": (0,),
    "translate": (0, 0), "translateX": (0,), "translateY": (0,), "translateZ": (0,), "translate3d": (0, 0, 0),
}  # fmt: skip
"""The transformations, and their arguments where a program gives none."""

PLAIN_STYLES: Mapping[str, str] = {"opacity": "opacity", "backgroundColor": "background-color"}
"""Styles that are no lengths, and what CSS calls them."""

LENGTHS = frozenset({"width", "height", "left", "right", "top", "bottom"})

TRANSITION: Mapping[str, Any] = {"duration": 400, "timingFunction": "linear", "delay": 0}
ORIGIN = "50% 50% 0"

WEB: Mapping[str, bool] = {"h5": True, "harmony-hybrid": True}


class Animations(Room):
    """The animations that programs make, and `rules`: on the web, the style rules that they have exported."""

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.rules: dict[str, str] = {}
        self._made = 0

    @plain
    def createAnimation(self, app: App, options: Any = None) -> Animation:
        """An animation; `duration` and `delay` in ms, `timingFunction`, `transformOrigin`, on the web `unit` too."""
        given = options if isinstance(options, Mapping) else NO_OPTIONS
        if not of_vendor(WEB, app, False):
            return Animation(given)
        self._made += 1
        return StyleAnimation(given, f"taro-h5-poly-fill/{self._made}/create-animation", self.rules)


class Animation:
    """An animation as mini programs have it. Each method gives the animation itself, but for `export`."""

    def __init__(self, options: Options) -> None:
        self._transition = {name: _given(options, name, default) for name, default in TRANSITION.items()}
        self._origin = _given(options, "transformOrigin", ORIGIN)
        self._unit = _given(options, "unit", "px")
        self._steps: list[Any] = []
        self._current: list[tuple[str, list[Any]]] = []
        #: The latest of each kind, in the order in which the kinds first came.
        self._latest: dict[tuple[str, ...], tuple[str, list[Any]]] = {}

    def __getattr__(self, name: str) -> Callable[..., Self]:
        if name in TRANSFORMS:
            return partial(self._transform, name)
        if name in PLAIN_STYLES or name in LENGTHS:
            return partial(self._style, name)
        raise AttributeError(f"an animation has no {name!r}")

    def step(self, options: Any = None) -> Self:
        """Ends a step, which all that was described since the last one begins together."""
        given = options if isinstance(options, Mapping) else NO_OPTIONS
        for kind, arguments in self._current:
            self._latest[(kind, arguments[0]) if kind == "style" else (kind,)] = kind, arguments
        self._current = []
        transition = {name: _given(given, name, default) for name, default in self._transition.items()}
        self._steps.append(self._made(transition, _given(given, "transformOrigin", self._origin)))
        return self

    def export(self) -> Any:
        """The steps so far, which are then forgotten: `{"actions": [{"animates": […], "option": {…}}]}`."""
        steps, self._steps = self._steps, []
        return {"actions": steps}

    def _made(self, transition: Options, origin: Any) -> Any:
        animates = [{"type": kind, "args": list(arguments)} for kind, arguments in self._latest.values()]
        return {"animates": animates, "option": {"transformOrigin": origin, "transition": transition}}

    def _transform(self, name: str, *given: Any) -> Self:
        arguments = [default if value is None else value for value, default in _paired(given, TRANSFORMS[name])]
        if name == "scale":
            arguments = [arguments[0], given[1] if len(given) > 1 and given[1] is not None else arguments[0]]
        self._current.append((name, arguments))
        return self

    def _style(self, name: str, value: Any = None) -> Self:
        if name in LENGTHS:
            value = self._length(value)
        self._current.append(("style", [name, value]))
        return self

    def _length(self, value: Any) -> Any:
        return f"{_written(value)}{self._unit}" if _is_number(value) else value


_DEGREES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("rotate", "rotateX", "rotateY", "rotateZ", "skewX", "skewY"), ("deg",)),
    "rotate3d": ("", "", "", "deg"),
    "skew": ("deg", "deg"),
}


class StyleAnimation(Animation):
    """An animation as Taro has it on the web: each step is a style rule, and `export` gives what selects the first."""

    def __init__(self, options: Options, name: str, rules: dict[str, str]) -> None:
        super().__init__(options)
        self._name = name
        self._rules = rules
        self._exported = 0

    def export(self) -> str:
        """The value of the `animation` attribute of who plays it."""
        name = f"{self._name}__{self._exported}"
        self._exported += 1
        for index, rule in enumerate(self._steps):
            step = name if index == 0 else f"{name}--{index}"
            self._rules[f'[animation="{step}"], [data-animation="{step}"]'] = rule
        self._steps = []
        return name

    def _made(self, transition: Options, origin: Any) -> str:
        styles = [_declaration(*arguments) for kind, arguments in self._latest.values() if kind == "style"]
        transforms = [self._css(kind, arguments) for kind, arguments in self._latest.values() if kind != "style"]
        parts = [
            *styles,
            *([f"transform:{' '.join(transforms)}!important"] if transforms else ()),
            f"transform-origin: {origin}",
            f"transition: all {transition['duration']}ms {transition['timingFunction']} {transition['delay']}ms",
        ]
        return ";".join(parts)

    def _css(self, kind: str, arguments: list[Any]) -> str:
        if kind.startswith("translate"):
            return f"{kind}({', '.join(str(self._length(value)) for value in arguments)})"
        units = _DEGREES.get(kind, ("",) * len(arguments))
        written = (f"{_written(value)}{unit}" for value, unit in zip(arguments, units, strict=True))
        return f"{kind}({', '.join(written)})"


def _declaration(style: str, value: Any) -> str:
    return f"{PLAIN_STYLES.get(style, style)}: {_written(value)}!important"


def _given(options: Options, name: str, default: Any) -> Any:
    value = options.get(name)
    return default if value is None else value


def _paired(given: tuple[Any, ...], defaults: tuple[float, ...]) -> list[tuple[Any, float]]:
    """Each argument with its default; what is missing is None, what is too many is left out."""
    missing = (None,) * (len(defaults) - len(given))
    return list(zip((*given, *missing), defaults, strict=False))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _written(value: Any) -> str:
    """A number as JavaScript writes it."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
