"""Worklets: shared values, what moves them by the phone's clock, curves, and functions of the other thread."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from typing import Any

import pytest

import taropy
from taropy.phone import Phone


@pytest.fixture
def t(phone: Phone) -> Any:
    """A program on a phone whose clock stands."""
    return taropy.create("weapp", phone=phone)


def seen(t: Any, make: Callable[[Any, Callable[[bool], None]], Any], *steps: float, start: Any = 0) -> Any:
    """What a value is after each of the steps, in seconds, and what the end of its animation was told as."""
    told: list[bool] = []

    async def main() -> list[Any]:
        value = t.worklet.shared(start)
        value.value = make(t.worklet, told.append)
        now = []
        for step in steps:
            await t.phone.clock.advance(step)
            now.append(round(value.value, 3))
        return now

    return taropy.run(main), told


def test_a_shared_value_is_what_it_was_set_to(t: Any) -> None:
    value = t.worklet.shared({"a": 1})
    assert value.value == {"a": 1}
    value.value = "tea"
    assert value.value == "tea"


def test_a_derived_value_follows_the_others(t: Any) -> None:
    width = t.worklet.shared(2)
    area = t.worklet.derived(lambda: width.value * width.value)
    assert area.value == 4
    width.value = 5
    assert area.value == 25


def test_a_value_moves_in_time_and_its_end_is_told(t: Any) -> None:
    def moving(w: Any, told: Any) -> Any:
        return w.timing(100, {"duration": 1000, "easing": w.Easing.linear}, told)

    assert seen(t, moving, 0.25, 0.25, 0.499) == ([25, 50, 99.9], [])
    assert seen(t, moving, 1) == ([100], [True])


def test_unless_it_is_said_otherwise_it_takes_300_ms_slow_at_both_ends(t: Any) -> None:
    assert seen(t, lambda w, _: w.timing(100), 0.075, 0.075, 0.075, 0.075)[0] == [12.5, 50, 87.5, 100]


def test_derived_values_move_too(t: Any) -> None:
    async def main() -> Any:
        value = t.worklet.shared(0)
        double = t.worklet.derived(lambda: value.value * 2)
        value.value = t.worklet.timing(100, {"duration": 1000, "easing": t.worklet.Easing.linear})
        await t.phone.clock.advance(0.5)
        return double.value

    assert taropy.run(main) == pytest.approx(100, abs=1e-3)


def test_a_spring_swings_over_and_rests_where_it_was_to_go(t: Any) -> None:
    now, told = seen(t, lambda w, told: w.spring(100, {"damping": 4}, told), *[0.05] * 100)
    assert max(now) > 120
    assert (now[-1], told) == (100, [True])


def test_a_spring_that_may_not_swing_over_does_not(t: Any) -> None:
    now, told = seen(t, lambda w, told: w.spring(100, {"damping": 4, "overshootClamping": True}, told), *[0.016] * 60)
    assert max(now) == 100
    assert told == [True]


@pytest.mark.parametrize("damping", [20, 60], ids=["critical", "stiff"])
def test_a_damped_spring_comes_slowly(t: Any, damping: float) -> None:
    now, _ = seen(t, lambda w, _: w.spring(100, {"damping": damping}), *[0.05] * 120)
    assert now == sorted(now)
    assert now[-1] == 100


def test_what_is_thrown_slows_down(t: Any) -> None:
    now, told = seen(t, lambda w, told: w.decay({"velocity": 1000}, told), 0.5, 0.5, 9)
    total = (1 - 1000) / (1000 * math.log(0.998))
    assert now[0] == pytest.approx(1000 * (math.exp(500 * math.log(0.998)) - 1) / (1000 * math.log(0.998)), abs=1e-3)
    assert now[0] > now[1] - now[0] > 0
    assert (now[2], told) == (pytest.approx(total, abs=1e-3), [True])


@pytest.mark.parametrize(("velocity", "end"), [(1000, 50), (-1000, -20)])
def test_a_clamp_stops_it(t: Any, velocity: float, end: float) -> None:
    now, told = seen(t, lambda w, told: w.decay({"velocity": velocity, "clamp": [-20, 50]}, told), 0.01, 5)
    assert abs(now[0]) < 10
    assert (now[1], told) == (end, [True])


def straight(w: Any, to: float, told: Any = None) -> Any:
    return w.timing(to, {"duration": 1000, "easing": w.Easing.linear}, told)


def test_one_after_the_other_and_later(t: Any) -> None:
    ends: list[bool] = []

    def moving(w: Any, told: Any) -> Any:
        return w.sequence(straight(w, 100, ends.append), w.delay(500, straight(w, 0, told)))

    assert seen(t, moving, 0.5, 0.75, 0.75, 0.5) == ([50, 100, 50, 0], [True])
    assert ends == [True]


def test_there_and_back_again(t: Any) -> None:
    def moving(w: Any, told: Any) -> Any:
        return w.repeat(straight(w, 100), 3, True, told)

    assert seen(t, moving, 0.5, 1, 0.75, 0.75) == ([50, 50, 25, 100], [True])


def test_the_same_again_from_the_start(t: Any) -> None:
    assert seen(t, lambda w, told: w.repeat(straight(w, 100), 2, False, told), 0.5, 1, 0.5) == ([50, 50, 100], [True])


def test_for_ever_until_it_is_cancelled(t: Any) -> None:
    told: list[bool] = []

    async def main() -> list[Any]:
        value = t.worklet.shared(0)
        value.value = t.worklet.repeat(straight(t.worklet, 100), -1, True, told.append)
        await t.phone.clock.advance(1000.25)
        now = [round(value.value, 3)]
        t.worklet.cancelAnimation(value)
        await t.phone.clock.advance(10)
        return [*now, round(value.value, 3), t.phone.clock.next]

    assert taropy.run(main) == [25, 25, None]
    assert told == [False]


def test_another_animation_begins_where_the_value_is_and_the_first_has_not_ended(t: Any) -> None:
    told: list[tuple[str, bool]] = []

    async def main() -> list[float]:
        value = t.worklet.shared(0)
        value.value = straight(t.worklet, 100, lambda ended: told.append(("first", ended)))
        await t.phone.clock.advance(0.5)
        value.value = straight(t.worklet, 0, lambda ended: told.append(("second", ended)))
        await t.phone.clock.advance(0.5)
        half = value.value
        await t.phone.clock.advance(0.5)
        return [half, value.value]

    assert taropy.run(main) == pytest.approx([25, 0], abs=1e-3)
    assert told == [("first", False), ("second", True)]


def test_outside_an_event_loop_the_end_is_told_when_the_value_is_looked_at(t: Any) -> None:
    told: list[bool] = []
    value = t.worklet.shared(0)
    value.value = straight(t.worklet, 100, told.append)
    t.phone.clock.advance(2)
    assert told == []
    assert value.value == 100
    assert told == [True]


CURVES = ["linear", "ease", "quad", "cubic", "sin", "circle", "exp", "bounce"]


@pytest.mark.parametrize("name", CURVES)
def test_a_curve_goes_from_0_to_1(t: Any, name: str) -> None:
    curve = getattr(t.worklet.Easing, name)
    assert (round(curve(0), 2), round(curve(1), 9)) == (0, 1)
    assert 0 <= curve(0.5) <= 1


def test_curves_are_made_of_curves(t: Any) -> None:
    easing = t.worklet.Easing
    assert easing.in_(easing.quad)(0.5) == 0.25
    assert easing.out(easing.quad)(0.5) == 0.75
    assert [easing.inOut(easing.cubic)(part) for part in (0.25, 0.5, 0.75)] == [0.0625, 0.5, 0.9375]
    assert easing.poly(4)(0.5) == 0.0625
    assert easing.elastic(1)(1) == pytest.approx(1)
    assert easing.bezier(0.25, 0.1, 0.25, 1)(0.5) == pytest.approx(0.8024, abs=1e-4)  # CSS's ease
    assert [easing.bezier(0.42, 0, 1, 1)(part) for part in (0, 1)] == [0, 1]


def test_a_curve_may_be_the_programs_own(t: Any) -> None:
    assert seen(t, lambda w, _: w.timing(100, {"duration": 1000, "easing": lambda part: part**3}), 0.5)[0] == [12.5]


@pytest.mark.parametrize("name", ["runOnUI", "runOnJS"])
def test_a_function_of_the_other_thread_runs_when_this_code_has_returned(t: Any, name: str) -> None:
    async def main() -> tuple[list[Any], list[Any]]:
        heard: list[Any] = []
        returned = getattr(t.worklet, name)(lambda *given: heard.append(given))(1, "two")
        assert returned is None
        at_once = list(heard)
        await asyncio.sleep(0)
        return at_once, heard

    assert taropy.run(main) == ([], [(1, "two")])


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda w: w.timing("far"), "toValue should be a number"),
        (lambda w: w.sequence(3), "is no animation"),
        (lambda w: w.cancelAnimation({}), "is no value of worklet.shared"),
        (lambda w: w.spring(1, {"mass": 0}), "mass and stiffness should be positive"),
        (lambda w: w.decay({"deceleration": 1}), "deceleration should be between 0 and 1"),
        (lambda w: w.decay({"clamp": [1]}), "clamp should have two numbers"),
        (lambda w: w.Easing.bezier(2, 0, 0, 0), "x1 and x2 should be from 0 to 1"),
    ],
)
def test_what_moves_nothing_is_refused(t: Any, wrong: Callable[[Any], Any], words: str) -> None:
    with pytest.raises(taropy.TaroError, match=words):
        wrong(t.worklet)


def test_an_animation_moves_numbers_only(t: Any) -> None:
    value = t.worklet.shared("red")
    with pytest.raises(TypeError, match="'red'"):
        value.value = t.worklet.timing(1)


def test_other_platforms_have_no_worklets() -> None:
    with taropy.create("alipay") as t:
        assert not t.canIUse("worklet")
