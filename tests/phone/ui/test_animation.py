"""Animations: the steps that a program describes, as they are exported."""

from __future__ import annotations

from typing import Any

import pytest
from supporting import supporting

import taropy
from taropy import spec
from taropy.phone import Phone
from taropy.phone.ui.animation import LENGTHS, TRANSFORMS

WEB = {"h5", "harmony-hybrid"}
LIKE_WECHAT = {"weapp", "swan", "tt", "qq", "jd"}


def animates(animation: Any) -> list[Any]:
    return [(step["type"], step["args"]) for step in animation.step().export()["actions"][-1]["animates"]]


def steps(t: Any, exported: Any) -> int:
    """How many steps there are in what an animation has exported, whatever its form."""
    if isinstance(exported, str):
        return sum(f'"{exported}' in selector for selector in t.phone.animations.rules)
    return len(exported if isinstance(exported, list) else exported["actions"])


@pytest.mark.parametrize("t", sorted(LIKE_WECHAT), indirect=True)
def test_steps_are_exported_as_actions(t: Any) -> None:
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


@supporting("createAnimation")
def test_what_is_exported_is_forgotten(t: Any) -> None:
    animation = t.createAnimation({}).rotate(1).step().opacity(0).step()
    assert [steps(t, animation.export()) for _ in range(2)] == [2, 0]


def test_no_platform_is_left_out() -> None:
    assert {*LIKE_WECHAT, *WEB, "alipay", "harmony"} == set(spec.supported_on("createAnimation"))


def test_the_defaults_are_a_line_of_400_ms(weapp: Any) -> None:
    option = weapp.createAnimation({}).rotate(1).step().export()["actions"][0]["option"]
    transition = {"duration": 400, "timingFunction": "linear", "delay": 0}
    assert option == {"transformOrigin": "50% 50% 0", "transition": transition}


def test_a_step_may_have_options_of_its_own(weapp: Any) -> None:
    animation = weapp.createAnimation(duration=100)
    animation.scale(2).step({"duration": 0, "transformOrigin": "left"}).rotate(90).step()
    first, second = (action["option"] for action in animation.export()["actions"])
    assert (first["transition"]["duration"], first["transformOrigin"]) == (0, "left")
    assert (second["transition"]["duration"], second["transformOrigin"]) == (100, "50% 50% 0")


def test_a_step_keeps_what_it_does_not_change(weapp: Any) -> None:
    animation = weapp.createAnimation({}).width(10).rotate(10).step().rotate(20).step()
    first, second = animation.export()["actions"]
    assert first["animates"][1]["args"] == [10]
    assert second["animates"] == [{"type": "style", "args": ["width", "10px"]}, {"type": "rotate", "args": [20]}]
    assert animation.export() == {"actions": []}
    assert animates(animation.height("50%")) == [
        ("style", ["width", "10px"]),
        ("rotate", [20]),
        ("style", ["height", "50%"]),
    ]


def test_what_no_step_has_ended_is_not_exported_yet(weapp: Any) -> None:
    animation = weapp.createAnimation({}).rotate(1)
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
def test_scale_takes_one_number_for_both_directions(weapp: Any, given: tuple[int, ...], scaled: list[int]) -> None:
    assert animates(weapp.createAnimation({}).scale(*given)) == [("scale", scaled)]


@pytest.mark.parametrize("name", sorted(LENGTHS))
def test_lengths_are_px_unless_they_say_otherwise(weapp: Any, name: str) -> None:
    assert animates(getattr(weapp.createAnimation({}), name)(12)) == [("style", [name, "12px"])]
    assert animates(getattr(weapp.createAnimation({}), name)("2rem")) == [("style", [name, "2rem"])]


def test_a_color_goes_through_as_it_is(weapp: Any) -> None:
    assert animates(weapp.createAnimation({}).backgroundColor("#fff")) == [("style", ["backgroundColor", "#fff"])]


def test_wrong_arguments_are_refused(weapp: Any) -> None:
    with pytest.raises(taropy.ParameterError, match=r"parameter\.angle should be Number instead of String"):
        weapp.createAnimation({}).rotate("45deg")
    with pytest.raises(taropy.ParameterError, match=r"parameter\.duration should be Number"):
        weapp.createAnimation(duration="1s")
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


@pytest.mark.parametrize(("length", "css"), [(12, "12vw"), ("12", "12vw"), ("1.5e1", "1.5e1vw"), ("2rem", "2rem")])
def test_on_the_web_numbers_in_texts_are_lengths_too(length: Any, css: str) -> None:
    with taropy.create("h5") as t:
        name = t.createAnimation(unit="vw").width(length).step().export()
        assert t.phone.animations.rules[_selector(name)].startswith(f"width: {css}!important")


def test_the_unit_is_for_the_web_alone() -> None:
    wx = Phone().native("weapp")
    assert animates(wx.createAnimation({"unit": "rem"}).width(2)) == [("style", ["width", "2px"])]


def test_alipay_exports_each_step_with_its_own_alone() -> None:
    my = Phone().native("alipay", "my")
    animation = my.createAnimation({"duration": 3000, "timeFunction": "ease"})
    animation.opacity(0.5).scale(2).step().translate(1, 2).step({"duration": 0, "delay": 5})
    config = {"duration": 3000, "timeFunction": "ease", "transformOrigin": "50% 50% 0"}
    assert animation.export() == [
        {"config": config, "animation": [["opacity", [0.5]], ["scale", [2]]]},
        {"config": {**config, "duration": 0, "delay": 5}, "animation": [["translate", [1, 2]]]},
    ]
    assert my.createAnimation().step().export() == [
        {"config": {"duration": 400, "timeFunction": "linear", "transformOrigin": "50% 50% 0"}, "animation": []}
    ]


def transform(**called: Any) -> Any:
    return {"transform": called}


@pytest.mark.parametrize(
    ("describe", "rule"),
    [
        (lambda a: a.opacity(0.5).width(10).skew(1, 2).right(3), {"opacity": 0.5, "width": 10}),
        (lambda a: a.rotate(9), transform(Rotate={"x": 0, "y": 0, "z": 1, "angle": 9})),
        (lambda a: a.rotateX(9).rotateY(8), transform(Rotate={"x": 0, "y": 1, "z": 0, "angle": 8})),
        (lambda a: a.rotate3d(1, 2, 3, 4), transform(Rotate={"x": 1, "y": 2, "z": 3, "angle": 4})),
        (lambda a: a.scale(2).translate(5), transform(Scale={"x": 2, "y": 2}, Translate={"x": 5})),
        (lambda a: a.translateZ(5).scale3d(1, 2, 3), transform(Translate={"z": 5}, Scale={"x": 1, "y": 2, "z": 3})),
        (lambda a: a.rotate(9).matrix(1, 2, 3, 4, 5, 6), transform(matrix=[1, 2, 3, 4, 5, 6])),
    ],
)
def test_harmony_exports_all_so_far_as_one_rule(describe: Any, rule: Any) -> None:
    animation = Phone().native("harmony", "harmony").createAnimation({"duration": 5})
    transition = {"duration": 5, "timingFunction": "linear", "delay": 0, "transformOrigin": "50% 50% 0"}
    assert describe(animation).step().export() == {"actions": [{**transition, "rule": rule}]}


def test_harmony_forgets_at_an_export() -> None:
    animation = Phone().native("harmony", "harmony").createAnimation()
    both = animation.opacity(1).step().top(5).step().left(1).export()
    assert [action["rule"] for action in both["actions"]] == [{"opacity": 1}, {"opacity": 1, "top": 5}]
    assert animation.step().export()["actions"][0]["rule"] == {}


def _selector(step: str) -> str:
    return f'[animation="{step}"], [data-animation="{step}"]'


def test_an_animation_of_the_web_goes_on_after_the_phone_was_put_back() -> None:
    phone = Phone()
    h5 = phone.native("h5", "h5")
    snapshot = phone.snapshot()
    animation = h5.createAnimation({})
    phone.restore(snapshot)
    names = {each.opacity(0.5).step().export() for each in (animation, h5.createAnimation({}))}
    assert set(phone.animations.rules) == {_selector(name) for name in names}
    assert len(names) == 2
