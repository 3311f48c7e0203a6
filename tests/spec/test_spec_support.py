"""Which platform has what: tags and code agree, or an override decides, and each override is needed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from taropy import spec
from tools.spec import support
from tools.spec.overrides import OverrideError

FOLDER = Path(spec.__file__).parent
SOURCES = json.loads((FOLDER / "upstream" / "support.json").read_text())
OVERRIDES = json.loads((FOLDER / "overrides" / "support.json").read_text())


def overridden() -> set[tuple[str, str]]:
    return {
        (name, platform)
        for entry in OVERRIDES
        for name in entry["apis"]
        for platform in (support.PLATFORMS if entry["platforms"] == "all" else entry["platforms"])
    }


@pytest.mark.parametrize("platform", support.PLATFORMS)
def test_without_an_override_the_tag_decides(platform: str) -> None:
    decided_by_hand = overridden()
    for name in spec.members():
        if (name, platform) not in decided_by_hand:
            tags = spec.member(name).tags
            assert tags is not None, name
            assert (platform in spec.supported_on(name)) == bool({platform, "global"} & set(tags)), name


@pytest.mark.parametrize("platform", support.IMPLEMENTATIONS)
def test_without_an_override_an_implementation_has_what_is_supported(platform: str) -> None:
    decided_by_hand = overridden()
    for name in spec.members():
        if (name, platform) not in decided_by_hand:
            words = SOURCES["code"][platform].get(name, [])
            assert (platform in spec.supported_on(name)) == bool(words and words != ["stub"]), name


@pytest.mark.parametrize(
    ("name", "platforms"),
    [
        ("login", {"weapp", "alipay", "swan", "tt", "qq", "jd", "harmony-hybrid"}),
        ("checkSession", {"weapp", "swan", "qq", "tt"}),
        ("getEnv", set(support.PLATFORMS)),
        ("addInterceptor", set(support.PLATFORMS)),
        ("canIUse", set(support.PLATFORMS)),
        ("useDidShow", set(support.PLATFORMS)),
        ("requestPayment", {"weapp"}),
        ("router", {"weapp"}),
        ("PageConfig", set(support.PLATFORMS)),
    ],
)
def test_the_decided_platforms_of_well_known_members(name: str, platforms: set[str]) -> None:
    assert spec.supported_on(name) == platforms
    assert spec.member(name).platforms == platforms


def test_what_the_adapters_do_is_recorded() -> None:
    code = SOURCES["code"]
    assert code["alipay"]["login"] == ["alias:getAuthCode", "options", "result"]
    assert code["alipay"]["getStorageSync"] == ["sync"]
    assert {"alias:confirm", "alias:alert", "options"} <= set(code["alipay"]["showModal"])
    assert code["swan"]["login"] == ["alias:getLoginCode"]
    assert code["weapp"]["showShareMenu"] == ["options"]
    assert code["tt"]["showToast"] == ["options"]
    assert code["shared"]["checkSession"] == ["promise"]
    assert code["shared"]["interceptors"] == ["own"]
    assert code["h5"]["login"] == ["stub"]
    assert code["h5"]["request"] == ["implemented"]
    assert code["h5"]["scanCode"] == ["wechat"]
    assert code["rn"]["getStorageSync"] == ["stub"]
    assert code["harmony-hybrid"]["requestPayment"] == ["stub"]


def test_only_members_of_taro_are_recorded() -> None:
    for words in SOURCES["code"].values():
        assert all(spec.has(name) for name in words)


def test_interactive_functions_are_functions() -> None:
    assert {"showModal", "chooseImage", "scanCode", "requestPayment", "authorize"} <= spec.interactive()
    assert "request" not in spec.interactive()
    for name in spec.interactive():
        assert spec.member(name).is_function, name


# -- the rules, on a Taro of three members

MEMBERS: dict[str, Any] = {
    "agreed": {"supported": ["weapp", "h5"]},
    "stubbed": {"supported": ["h5"]},
    "untagged": {},
}
CODE: dict[str, dict[str, list[str]]] = {
    "shared": {},
    **{platform: {} for platform in support.PLATFORMS},
    "h5": {"agreed": ["implemented"], "stubbed": ["stub"]},
}
STUB = {"platforms": ["h5"], "supported": False, "reason": "It is a stub.", "apis": ["stubbed"]}
NOWHERE = {"platforms": "all", "supported": False, "reason": "Nobody has it.", "apis": ["untagged"]}


def test_overrides_decide_what_is_open() -> None:
    assert support.decide(MEMBERS, CODE, [STUB, NOWHERE]) == {"agreed": ["weapp", "h5"], "stubbed": [], "untagged": []}


def test_a_disagreement_without_an_override_fails_and_is_named() -> None:
    with pytest.raises(OverrideError, match=r"h5 \(tag yes, code no\): stubbed"):
        support.decide(MEMBERS, CODE, [NOWHERE])


def test_a_member_without_tags_needs_a_decision_on_every_platform() -> None:
    with pytest.raises(OverrideError, match=r"jd \(tag silent, code silent\): untagged"):
        support.decide(MEMBERS, CODE, [STUB])


@pytest.mark.parametrize(
    "idle",
    [
        {"platforms": ["h5"], "supported": True, "reason": "", "apis": ["agreed"]},
        {"platforms": ["weapp", "jd"], "supported": False, "reason": "", "apis": ["agreed"]},
        {"platforms": ["alipay"], "supported": False, "reason": "", "apis": ["agreed"]},
    ],
)
def test_an_override_that_decides_nothing_fails(idle: dict[str, Any]) -> None:
    with pytest.raises(OverrideError, match="decides nothing"):
        support.decide(MEMBERS, CODE, [STUB, NOWHERE, idle])


def test_an_override_for_all_platforms_must_decide_something_on_one() -> None:
    everywhere = {"everywhere": {"supported": ["global"]}}
    code = {platform: {"everywhere": ["implemented"]} for platform in ("shared", *support.PLATFORMS)}
    entry = {"platforms": "all", "supported": True, "reason": "", "apis": ["everywhere"]}
    with pytest.raises(OverrideError, match="decides nothing"):
        support.decide(everywhere, code, [entry])


def test_an_override_may_overturn_what_tags_and_code_agree_on() -> None:
    turned = {"platforms": ["jd"], "supported": True, "reason": "", "apis": ["agreed"]}
    assert support.decide(MEMBERS, CODE, [STUB, NOWHERE, turned])["agreed"] == ["weapp", "jd", "h5"]


def test_two_overrides_for_one_cell_fail() -> None:
    with pytest.raises(OverrideError, match="twice: stubbed on h5"):
        support.decide(MEMBERS, CODE, [STUB, NOWHERE, STUB])


def test_an_override_for_an_unknown_member_fails() -> None:
    unknown = {**STUB, "apis": ["nothing"]}
    with pytest.raises(OverrideError, match="does not exist: nothing on h5"):
        support.decide(MEMBERS, CODE, [STUB, NOWHERE, unknown])
