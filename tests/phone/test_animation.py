"""Animations: the steps that a program describes, as they are exported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import taropy
from taropy import spec
from taropy.phone import Phone
from taropy.phone.animation import LENGTHS, TRANSFORMS

WEB = {"h5", "harmony-hybrid"}


@pytest.fixture
def t() -> Iterator[Any]:
    with taropy.create("weapp") as runtime:
        yield runtime


def animates(animation: Any) -> list[Any]:
    return [(step["type"], step["args"]) for step in animation.step().export()["actions"][-1]["animates"]]


@pytest.mark.parametrize("platform", sorted(set(spec.supported_on("createAnimation")) - WEB))
def test_steps_are_exported_as_actions(platform: str) -> None:
    with taropy.create(platform) as t:
        animation = t.createAnimation(duration=1000, timingFunction="ease", delay=50, transformOrigin="0 0 0")
        animation.opacity(0.5).translate(30, 20).step()
        transition = {"duration": 1000, "timingFunction": "ease", "delay": 50}
        assert animation.export() == {
            "actions": [
                {
                    "animates": [{"type": "style", "args": ["opacity", 0.5]}, {"type": "translate", "args": [30, 20]}],
                    "option": {"transformOrigin": "0 0 0", "transition": transition},
                }
            ]
        }


def test_the_defaults_are_a_line_of_400_ms(t: Any) -> None:
    option = t.createAnimation({}).rotate(1).step().export()["actions"][0]["option"]
    transition = {"duration": 400, "timingFunction": "linear", "delay": 0}
    assert option == {"transformOrigin": "50% 50% 0", "transition": transition}


def test_a_step_may_have_options_of_its_own(t: Any) -> None:
    animation = t.createAnimation(duration=100)
    animation.scale(2).step({"duration": 0, "transformOrigin": "left"}).rotate(90).step()
    first, second = (action["option"] for action in animation.export()["actions"])
    assert (first["transition"]["duration"], first["transformOrigin"]) == (0, "left")
    assert (second["transition"]["duration"], second["transformOrigin"]) == (100, "50% 50% 0")


def test_a_step_keeps_what_it_does_not_change(t: Any) -> None:
    animation = t.createAnimation({}).width(10).rotate(10).step().rotate(20).step()
    first, second = animation.export()["actions"]
    assert first["animates"][1]["args"] == [10]
    assert second["animates"] == [{"type": "style", "args": ["width", "10px"]}, {"type": "rotate", "args": [20]}]
    assert animation.export() == {"actions": []}
    assert animates(animation.height("50%")) == [
        ("style", ["width", "10px"]),
        ("rotate", [20]),
        ("style", ["height", "50%"]),
    ]


def test_what_no_step_has_ended_is_not_exported_yet(t: Any) -> None:
    animation = t.createAnimation({}).rotate(1)
    assert animation.export() == {"actions": []}
    assert animates(animation) == [("rotate", [1])]


@pytest.mark.parametrize("name", sorted(TRANSFORMS))
def test_every_transformation_takes_its_arguments_and_has_defaults(name: str) -> None:
    def native() -> Any:
        return Phone().native("weapp").createAnimation()

    defaults = list(TRANSFORMS[name]) * (2 if name == "scale" else 1)
    assert animates(getattr(native(), name)()) == [(name, defaults)]
    given = list(range(7, 7 + len(defaults)))
    assert animates(getattr(native(), name)(*given)) == [(name, given)]


@pytest.mark.parametrize(("given", "scaled"), [((3,), [3, 3]), ((3, 4), [3, 4]), ((3, 0), [3, 0])])
def test_scale_takes_one_number_for_both_directions(t: Any, given: tuple[int, ...], scaled: list[int]) -> None:
    assert animates(t.createAnimation({}).scale(*given)) == [("scale", scaled)]


@pytest.mark.parametrize("name", sorted(LENGTHS))
def test_lengths_are_px_unless_they_say_otherwise(t: Any, name: str) -> None:
    assert animates(getattr(t.createAnimation({}), name)(12)) == [("style", [name, "12px"])]
    assert animates(getattr(t.createAnimation({}), name)("2rem")) == [("style", [name, "2rem"])]


def test_a_color_goes_through_as_it_is(t: Any) -> None:
    assert animates(t.createAnimation({}).backgroundColor("#fff")) == [("style", ["backgroundColor", "#fff"])]


def test_wrong_arguments_are_refused(t: Any) -> None:
    with pytest.raises(taropy.ParameterError, match=r"parameter\.angle should be Number instead of String"):
        t.createAnimation({}).rotate("45deg")
    with pytest.raises(taropy.ParameterError, match=r"parameter\.duration should be Number"):
        t.createAnimation(duration="1s")
    with pytest.raises(AttributeError):
        Phone().native("weapp").createAnimation().fly()


@pytest.mark.parametrize("platform", sorted(WEB))
def test_on_the_web_steps_become_style_rules(platform: str) -> None:
    with taropy.create(platform) as t:
        animation = t.createAnimation(duration=300, unit="rem")
        animation.opacity(0.5).backgroundColor("red").width(2).step()
        animation.rotate3d(1, 0, 0, 45).translate(1, 2).skew(3, 4).matrix(1, 0, 0, 1, 5, 6).step(delay=9)
        name = animation.export()
        assert name == "taro-h5-poly-fill/1/create-animation__0"
        first, second = (t.phone.animations.rules[_selector(step)] for step in (name, f"{name}--1"))
        assert first == (
            "opacity: 0.5!important;background-color: red!important;width: 2rem!important;"
            "transform-origin: 50% 50% 0;transition: all 300ms linear 0ms"
        )
        assert second == (
            "opacity: 0.5!important;background-color: red!important;width: 2rem!important;"
            "transform:rotate3d(1, 0, 0, 45deg) translate(1rem, 2rem) skew(3deg, 4deg) matrix(1, 0, 0, 1, 5, 6)"
            "!important;transform-origin: 50% 50% 0;transition: all 300ms linear 9ms"
        )
        assert animation.export().endswith("__1")
        assert t.createAnimation({}).export() == "taro-h5-poly-fill/2/create-animation__0"


def _selector(step: str) -> str:
    return f'[animation="{step}"], [data-animation="{step}"]'
