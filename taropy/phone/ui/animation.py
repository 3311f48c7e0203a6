"""`createAnimation`: what a program describes, as the steps that `export` gives the page, in each platform's own form.

Facts: developers.weixin.qq.com/miniprogram/dev/api/ui/animation/Animation.html and WeChat's base library, whose
defaults, the odd ones of `matrix` among them, are here; opendocs.alipay.com/mini/api/ui-animation and Alipay's base
library; for the web `@tarojs/taro-h5`, for harmony `@tarojs/plugin-platform-harmony-ets`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, ClassVar, Self

from ...hints import no_attribute
from ..core.answers import NO_OPTIONS, Options
from ..core.app import App
from ..core.functions import plain
from ..core.javascript import text_of
from ..core.room import Room
from ..core.telling import Showing, count
from ..core.vendors import of_vendor

if TYPE_CHECKING:
    from ..core.faces import Phone

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

TRANSITION = ("duration", "timingFunction", "delay")

Described = Sequence[tuple[str, tuple[Any, ...]]]


class Animation(Showing):
    """What a program describes, step by step. Each method gives the animation itself, but for `export`."""

    DEFAULTS: ClassVar[Options] = {
        "duration": 400, "timingFunction": "linear", "delay": 0, "transformOrigin": "50% 50% 0",
    }  # fmt: skip

    def __init__(self, options: Options, room: Animations) -> None:
        self._options = {**self.DEFAULTS, **_told(options)}
        self._described: list[tuple[str, tuple[Any, ...]]] = []
        self._steps: list[Any] = []

    def in_words(self) -> Iterator[str]:
        """How many steps it has."""
        yield count(len(self._steps), "steps")

    def __getattr__(self, name: str) -> Callable[..., Self]:
        if name in TRANSFORMS or name in PLAIN_STYLES or name in LENGTHS:
            return partial(self._describe, name)
        raise no_attribute(f"an animation has no {name!r}")

    def step(self, options: Any = None) -> Self:
        """Ends a step, which all that was described since the last one begins together."""
        described, self._described = self._described, []
        self._steps.append(self._made(described, {**self._options, **_told(options)}))
        return self

    def export(self) -> Any:
        """The steps so far, which are then forgotten."""
        steps, self._steps = self._steps, []
        return self._exported(steps)

    def _describe(self, name: str, *given: Any) -> Self:
        self._described.append((name, given))
        return self

    def _made(self, described: Described, options: Options) -> Any:
        """A step as it is exported."""
        raise NotImplementedError

    def _exported(self, steps: list[Any]) -> Any:
        return {"actions": steps}


class ActionAnimation(Animation):
    """An animation of WeChat, and of who is like it: `{"actions": [{"animates": […], "option": {…}}]}`.

    Each action has all transformations and styles so far: what a step does not name stays as the steps before it left
    it, over exports too.
    """

    def __init__(self, options: Options, room: Animations) -> None:
        super().__init__(options, room)
        self._unit = "px"
        #: The latest of each kind, in the order in which the kinds first came.
        self._latest: dict[str, list[Any]] = {}

    def _made(self, described: Described, options: Options) -> Any:
        self._latest.update((name, self._arguments(name, given)) for name, given in described)
        animates = [
            {"type": name, "args": [*given]} if name in TRANSFORMS else {"type": "style", "args": [name, *given]}
            for name, given in self._latest.items()
        ]
        transition = {name: options[name] for name in TRANSITION}
        return {
            "animates": animates,
            "option": {"transformOrigin": options["transformOrigin"], "transition": transition},
        }

    def _arguments(self, name: str, given: Sequence[Any]) -> list[Any]:
        if name in TRANSFORMS:
            return _whole(name, given)
        value = given[0] if given else None
        return [self._length(value) if name in LENGTHS else value]

    def _length(self, value: Any) -> Any:
        return f"{text_of(value)}{self._unit}" if _is_number(value) else value


_DEGREES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("rotate", "rotateX", "rotateY", "rotateZ", "skewX", "skewY"), ("deg",)),
    "rotate3d": ("", "", "", "deg"),
    "skew": ("deg", "deg"),
}

_DIGITS = re.compile(r"\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*", re.ASCII | re.IGNORECASE)


class StyleAnimation(ActionAnimation):
    """An animation as Taro has it on the web: each step is a style rule, and `export` gives what selects the first."""

    def __init__(self, options: Options, room: Animations) -> None:
        super().__init__(options, room)
        self._unit = self._options.get("unit", "px")
        room.made += 1
        self._name = f"taro-h5-poly-fill/{room.made}/create-animation"
        self._room = room
        self._exports = 0

    def _exported(self, steps: list[str]) -> str:
        """The value of the `animation` attribute of who plays it."""
        name = f"{self._name}__{self._exports}"
        self._exports += 1
        for index, rule in enumerate(steps):
            step = name if index == 0 else f"{name}--{index}"
            self._room.rules[f'[animation="{step}"], [data-animation="{step}"]'] = rule
        return name

    def _made(self, described: Described, options: Options) -> str:
        self._latest.update((name, self._arguments(name, given)) for name, given in described)
        styles = [_declaration(name, *given) for name, given in self._latest.items() if name not in TRANSFORMS]
        transforms = [self._css(name, given) for name, given in self._latest.items() if name in TRANSFORMS]
        parts = [
            *styles,
            *([f"transform:{' '.join(transforms)}!important"] if transforms else ()),
            f"transform-origin: {options['transformOrigin']}",
            f"transition: all {options['duration']}ms {options['timingFunction']} {options['delay']}ms",
        ]
        return ";".join(parts)

    def _css(self, name: str, arguments: list[Any]) -> str:
        if name.startswith("translate"):
            return f"{name}({', '.join(str(self._length(value)) for value in arguments)})"
        units = _DEGREES.get(name, ("",) * len(arguments))
        written = (f"{text_of(value)}{unit}" for value, unit in zip(arguments, units, strict=True))
        return f"{name}({', '.join(written)})"

    def _length(self, value: Any) -> Any:
        """As in mini programs; but what is a number in a text gets the unit, too."""
        is_digits = isinstance(value, str) and _DIGITS.fullmatch(value)
        return f"{value}{self._unit}" if is_digits else super()._length(value)


class AlipayAnimation(Animation):
    """An animation of Alipay: `[{"config": {…}, "animation": [[name, arguments], …]}]`, each step with its own alone.

    What it takes as `timeFunction` is `timingFunction` elsewhere, which it keeps and does not look at.
    """

    DEFAULTS: ClassVar[Options] = {"duration": 400, "timeFunction": "linear", "transformOrigin": "50% 50% 0"}

    def _made(self, described: Described, options: Options) -> Any:
        return {"config": {**options}, "animation": [[name, [*given]] for name, given in described]}

    def _exported(self, steps: list[Any]) -> list[Any]:
        return steps


#: What HarmonyOS calls a transformation, its fields that never change, and those that the arguments are.
_HARMONY: Mapping[str, tuple[str, Mapping[str, float], tuple[str, ...]]] = {
    "rotate": ("Rotate", {"x": 0, "y": 0, "z": 1}, ("angle",)),
    "rotateX": ("Rotate", {"x": 1, "y": 0, "z": 0}, ("angle",)),
    "rotateY": ("Rotate", {"x": 0, "y": 1, "z": 0}, ("angle",)),
    "rotateZ": ("Rotate", {"x": 0, "y": 0, "z": 1}, ("angle",)),
    "rotate3d": ("Rotate", {}, ("x", "y", "z", "angle")),
    **{
        f"{name}{axes}": (name.capitalize(), {}, fields)
        for name in ("scale", "translate")
        for axes, fields in {"": ("x", "y"), "3d": ("x", "y", "z"), "X": ("x",), "Y": ("y",), "Z": ("z",)}.items()
    },
}

_NOT_ON_HARMONY = frozenset({"skew", "skewX", "skewY", "right", "bottom"})


class HarmonyAnimation(Animation):
    """An animation as Taro has it on HarmonyOS: each action with its transition, and all so far as one `rule`.

    A `matrix` is in `transform.matrix`, in place of HarmonyOS's object of it. What HarmonyOS cannot do changes nothing.
    """

    def __init__(self, options: Options, room: Animations) -> None:
        super().__init__(options, room)
        self._rule: dict[str, Any] = {}

    def _made(self, described: Described, options: Options) -> Any:
        for name, given in described:
            if name not in _NOT_ON_HARMONY:
                self._rule |= self._changed(name, given)
        return {name: options[name] for name in (*TRANSITION, "transformOrigin")} | {"rule": {**self._rule}}

    def _exported(self, steps: list[Any]) -> Any:
        self._described, self._rule = [], {}
        return super()._exported(steps)

    def _changed(self, name: str, given: tuple[Any, ...]) -> dict[str, Any]:
        if name not in TRANSFORMS:
            return {name: given[0] if given else None}
        if name.startswith("matrix"):
            return {"transform": {"matrix": [*given]}}
        called, fixed, fields = _HARMONY[name]
        values = _whole(name, given) if name == "scale" else given
        fields_given = {field: value for field, value in zip(fields, values, strict=False) if value is not None}
        return {"transform": {**self._rule.get("transform", {}), called: {**fixed, **fields_given}}}


KINDS: Mapping[str, type[Animation]] = {
    "my": AlipayAnimation,
    "h5": StyleAnimation,
    "harmony-hybrid": StyleAnimation,
    "harmony": HarmonyAnimation,
}


class Animations(Room, name="animations"):
    """The animations that programs make, and `rules`: on the web, the style rules that they have exported.

    `made` is how many there are on the web.
    """

    # Not `made`: programs go on with the animations that they have, whose names no other may get.
    STATE = ("rules",)

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.rules: dict[str, str] = {}
        self.made = 0

    @plain
    def createAnimation(self, app: App, options: Any = None) -> Animation:
        """An animation; `duration` and `delay` in ms, `timingFunction`, `transformOrigin`, on the web `unit` too."""
        kind: type[Animation] = of_vendor(KINDS, app, ActionAnimation)
        return kind(options if isinstance(options, Mapping) else NO_OPTIONS, self)


def _told(options: Any) -> dict[str, Any]:
    """What a program says; None says nothing."""
    given = options if isinstance(options, Mapping) else NO_OPTIONS
    return {name: value for name, value in given.items() if value is not None}


def _whole(name: str, given: Sequence[Any]) -> list[Any]:
    """The arguments of a transformation, with the defaults where there are none; what is too many is left out."""
    defaults = TRANSFORMS[name]
    whole = [default if value is None else value for value, default in zip_longest(given[: len(defaults)], defaults)]
    if name == "scale":
        whole.append(given[1] if len(given) > 1 and given[1] is not None else whole[0])
    return whole


def _declaration(style: str, value: Any) -> str:
    return f"{PLAIN_STYLES.get(style, style)}: {text_of(value)}!important"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
