"""`Taro.pxTransform` and `Taro.initPxTransform`; the figures are those that Taro 4.2.1 itself gives."""

from __future__ import annotations

import pytest

import taropy
from taropy import ParameterError, TaroError


@pytest.fixture
def px(taro):
    """What `pxTransform` makes of a size under settings."""

    def transform(size, **settings):
        taro.initPxTransform(settings)
        return taro.pxTransform(size)

    return transform


@pytest.mark.parametrize(
    ("size", "settings", "text"),
    [
        (100, {}, "100rpx"),
        (0, {}, "0rpx"),
        (-7, {}, "-7rpx"),
        (33.9, {}, "33rpx"),
        (100, {"targetUnit": "px"}, "50px"),
        (100, {"targetUnit": "rem"}, "2.5rem"),
        (100, {"targetUnit": "rem", "baseFontSize": 16}, "3.125rem"),
        (100, {"designWidth": 640}, "117rpx"),
        (100, {"designWidth": 828}, "90.5rpx"),
        (100, {"designWidth": 375, "deviceRatio": {375: 2}}, "200rpx"),
        (3, {"designWidth": 640, "unitPrecision": 2}, "3.51rpx"),
        (10, {"designWidth": lambda size: 640 if size > 5 else 750}, "11.7rpx"),
        (4, {"designWidth": lambda size: 640 if size > 5 else 750}, "4rpx"),
        (1_000_000, {"deviceRatio": {750: 1e-12}}, "0rpx"),
        (1, {"deviceRatio": {750: 1 / 3}, "unitPrecision": 101}, "0.3333333333333333rpx"),
        (1, {"deviceRatio": {750: 1 / 64}}, "0.01563rpx"),
        (3, {"deviceRatio": {750: 1 / 64}}, "0.04688rpx"),
        (-1, {"deviceRatio": {750: 1 / 64}}, "-0.01563rpx"),
        (1, {"deviceRatio": {750: 0.25}, "unitPrecision": 1}, "0.3rpx"),
        (1, {"deviceRatio": {750: 1e-7}, "unitPrecision": 101}, "1e-7rpx"),
    ],
)
def test_a_size_of_the_design_in_the_target_unit(px, size, settings, text):
    assert px(size, **settings) == text


def test_the_keys_of_the_device_ratio_may_be_texts_as_in_json(px):
    assert px(100, designWidth=375, deviceRatio={"375": 2}) == "200rpx"


@pytest.mark.parametrize(
    ("platform", "text"),
    [("weapp", "100rpx"), ("alipay", "100rpx"), ("h5", "2.5rem"), ("rn", "50px"), ("harmony", "50px")],
)
def test_the_unit_is_the_platforms_until_another_is_set(platform, text):
    with taropy.create(platform) as t:
        assert t.pxTransform(100) == text
        t.initPxTransform(designWidth=640)
        assert t.pxTransform(0) == f"0{text.lstrip('0123456789.')}"


def test_vw_on_the_web_is_a_hundredth_of_the_design():
    with taropy.create("h5") as t:
        t.initPxTransform(targetUnit="vw")
        assert t.pxTransform(75) == "10vw"


def test_settings_may_be_given_by_name_and_what_is_not_given_is_the_default_again(taro):
    taro.initPxTransform(designWidth=640)
    taro.initPxTransform()
    assert taro.pxTransform(100) == "100rpx"


def test_settings_are_of_one_runtime(native):
    one, other = (taropy.create(native=native) for _ in range(2))
    one.initPxTransform(targetUnit="px")
    assert (one.pxTransform(2), other.pxTransform(2)) == ("1px", "2rpx")


def test_a_design_width_without_a_ratio_is_an_error(px):
    with pytest.raises(TaroError, match="deviceRatio has nothing for a design width of 1000"):
        px(1, designWidth=1000)


@pytest.mark.parametrize("size", ["100", None, True, [], float("nan"), float("inf")])
def test_a_size_must_be_a_number(taro, size):
    with pytest.raises(ParameterError, match=r"pxTransform:fail parameter error: parameter.size should be Number"):
        taro.pxTransform(size)


@pytest.mark.parametrize(
    "settings",
    [{"designWidth": "750"}, {"deviceRatio": 5}, {"baseFontSize": []}, {"targetUnit": 1}, {"unitPrecision": "five"}, 5],
)
def test_settings_of_the_wrong_type_are_refused(taro, settings):
    with pytest.raises(ParameterError, match="initPxTransform:fail parameter error"):
        taro.initPxTransform(settings)
    assert taro.pxTransform(100) == "100rpx"


@pytest.mark.parametrize(
    "ratio", [complex(1, 2), object(), {1}, print, range(3), Exception("x")], ids=lambda each: type(each).__name__
)
def test_ratios_that_are_no_plain_object_are_refused(taro, ratio):
    with pytest.raises(ParameterError, match=r"parameter.deviceRatio should be Object instead of "):
        taro.initPxTransform(deviceRatio=ratio)
    assert taro.pxTransform(100) == "100rpx"


@pytest.mark.parametrize("error", [ValueError("mine"), KeyError("mine"), RuntimeError("mine")])
def test_what_a_design_width_raises_comes_as_the_error_s_cause(px, error):
    def width(size):
        raise error

    with pytest.raises(TaroError, match=r"pxTransform:fail 100 with these settings: .*mine") as caught:
        px(100, designWidth=width)
    assert caught.value.__cause__ is error


@pytest.mark.parametrize(
    "settings",
    [
        {"deviceRatio": {750: 0}},
        {"deviceRatio": {750: "wide"}},
        {"targetUnit": "rem", "baseFontSize": 0},
        {"designWidth": lambda size: None},
        {"designWidth": lambda size: size / 0},
        {"deviceRatio": {750: 1e308}},
    ],
)
def test_settings_that_nothing_can_be_computed_with_are_an_error(px, settings):
    with pytest.raises(TaroError, match="pxTransform:fail"):
        px(100, **settings)


@pytest.mark.parametrize("platform", ["weapp", "alipay", "h5"])
@pytest.mark.parametrize(
    ("size", "settings", "text"),
    [
        (11, {"designWidth": 640, "unitPrecision": 0, "targetUnit": "px"}, "6px"),
        (75, {"designWidth": 750, "targetUnit": "vw"}, "10vw"),
        (100, {"designWidth": 640, "targetUnit": "vw", "unitPrecision": 1}, "15.6vw"),
    ],
)
def test_no_digits_and_vw_are_what_they_say_on_every_platform(native, platform, size, settings, text):
    """Taro takes 0 digits for 5, and converts nothing to vw on mini programs."""
    with taropy.create(platform, native=native) as taro:
        taro.initPxTransform(settings)
        assert taro.pxTransform(size) == text


@pytest.mark.parametrize(("platform", "text"), [("weapp", "100rpx"), ("rn", "100rpx"), ("h5", "2.5rpx")])
def test_on_the_web_a_size_is_in_rem_whatever_a_unit_that_is_not_known_there_is_called(platform, text):
    with taropy.create(platform) as taro:
        taro.initPxTransform(targetUnit="rpx")
        assert taro.pxTransform(100) == text
