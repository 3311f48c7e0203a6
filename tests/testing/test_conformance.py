"""The ten platforms that come with taropy, each in full through the suite that authors of platforms run."""

from __future__ import annotations

from taropy import spec
from taropy.testing.conformance import PlatformConformance


class TestWeapp(PlatformConformance):
    platform = "weapp"


class TestAlipay(PlatformConformance):
    platform = "alipay"


class TestSwan(PlatformConformance):
    platform = "swan"


class TestQq(PlatformConformance):
    platform = "qq"


class TestTt(PlatformConformance):
    platform = "tt"


class TestJd(PlatformConformance):
    platform = "jd"


class TestH5(PlatformConformance):
    platform = "h5"


class TestRn(PlatformConformance):
    platform = "rn"


class TestHarmony(PlatformConformance):
    platform = "harmony"


class TestHarmonyHybrid(PlatformConformance):
    platform = "harmony-hybrid"


def test_no_platform_of_taros_is_left_out():
    assert {each.platform for each in PlatformConformance.__subclasses__()} >= set(spec.PLATFORMS)
