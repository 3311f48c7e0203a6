"""What the spec holds: all of Taro's surface, in the numbers in which upstream declares it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from taropy import spec

UPSTREAM = Path(spec.__file__).parent / "upstream"
PLATFORMS = ("weapp", "alipay", "swan", "tt", "qq", "jd", "h5", "rn", "harmony", "harmony-hybrid")


def test_every_member_of_taro_is_there() -> None:
    members = [spec.member(name) for name in spec.members()]
    assert len(members) == 513
    assert sum(member.is_function for member in members) == 480
    assert sum(member.is_promise for member in members) == 221


def test_the_named_types_are_there() -> None:
    types = [spec.type_def(name) for name in spec.type_names()]
    kinds = Counter(type_.kind for type_ in types)
    assert kinds["interface"] == 1287
    assert (kinds["alias"], kinds["class"], kinds["enum"]) == (163, 1, 1)
    assert sum(bool(type_.methods) for type_ in types) == 101
    assert sum(len(type_.methods) for type_ in types) == 801


def test_tags_are_kept_as_upstream_has_them() -> None:
    tags = Counter(tag for name in spec.members() for tag in spec.member(name).tags or ())
    assert tags == {
        "weapp": 430, "tt": 146, "h5": 125, "swan": 121, "alipay": 118, "harmony-hybrid": 115, "rn": 100,
        "jd": 95, "qq": 76, "harmony": 60, "global": 14, "quickapp": 3,
    }  # fmt: skip


def test_members_and_groups_are_sorted() -> None:
    assert list(spec.members()) == sorted(spec.members())
    assert list(spec.type_names()) == sorted(spec.type_names())
    assert list(spec.groups()) == sorted({spec.group_of(name) for name in spec.members()})


def test_a_member_stands_in_the_group_of_its_file() -> None:
    assert spec.group_of("login") == "open-api/login"
    assert spec.group_of("request") == "network/request"
    assert spec.group_of("getStorage") == "storage"
    assert spec.type_def("TaroGeneral.CallbackResult").group == "general"


def test_every_model_name_leads_to_its_type_and_back() -> None:
    models = spec.model_names()
    assert len(models) == len(spec.type_names())
    for model, qualified in models.items():
        assert model.isidentifier()
        assert spec.type_def(qualified).model == model


@pytest.mark.parametrize(
    ("qualified", "model", "role"),
    [
        ("login.Option", "LoginOption", "option"),
        ("login.SuccessCallbackResult", "LoginResult", "result"),
        ("TaroGeneral.CallbackResult", "CallbackResult", "result"),
        ("getSystemInfoSync.Result", "GetSystemInfoSyncResult", "result"),
        ("getStorageInfoSync.Option", "GetStorageInfoSyncResult", "result"),
        ("getStorageInfo.SuccessCallbackOption", "GetStorageInfoResult", "result"),
        ("RequestTask.onHeadersReceived.CallbackResult", "RequestTaskOnHeadersReceivedCallbackResult", "result"),
        ("RequestTask.onHeadersReceived.Callback", "RequestTaskOnHeadersReceivedCallback", "callback"),
        ("FileSystemManager", "FileSystemManager", "manager"),
        ("request.Method", "RequestMethod", "literals"),
        ("TaroGeneral.SafeAreaResult", "SafeAreaResult", "data"),
    ],
)
def test_types_have_the_model_name_and_role_that_their_use_gives_them(qualified: str, model: str, role: str) -> None:
    type_ = spec.type_def(qualified)
    assert (type_.model, type_.role) == (model, role)


def test_the_pin_names_exact_versions() -> None:
    packages = json.loads((UPSTREAM / "pin.json").read_text())["packages"]
    assert packages["@tarojs/taro"] == "4.2.1"
    assert packages["@tarojs/plugin-platform-harmony-hybrid"] == "4.1.11"
    assert len(packages) == 15


def test_generated_files_say_which_command_makes_them_on_their_first_line() -> None:
    for path in UPSTREAM.rglob("*.json"):
        first = path.read_text("utf-8").partition("\n")[0]
        assert first == '{"generated": "python -m tools.spec",', path


def test_a_generated_file_has_one_entry_a_line() -> None:
    text = (UPSTREAM / "groups" / "open-api" / "login.json").read_text("utf-8")
    (line,) = [line for line in text.splitlines() if line.startswith('"checkSession": ')]
    assert json.loads("{" + line.rstrip(",") + "}")["checkSession"]["promise"] is True


def test_no_sentence_of_upstream_is_in_the_facts() -> None:
    for path in UPSTREAM.rglob("*.json"):
        assert path.read_text("utf-8").isascii(), path


@pytest.mark.parametrize("name", ["", "Login", "login.Option", "wx", "__proto__", "toString"])
def test_a_name_that_taro_does_not_have_is_a_key_error(name: str) -> None:
    assert not spec.has(name)
    for question in (spec.member, spec.group_of, spec.supported_on):
        with pytest.raises(KeyError):
            question(name)


def test_a_type_that_taro_does_not_have_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        spec.type_def("login.Nothing")


def test_corrections_keep_what_upstream_said() -> None:
    storage = json.loads((UPSTREAM / "groups" / "storage.json").read_text())
    corrected = storage["members"]["batchGetStorage"]
    assert corrected["corrected"] is True
    assert corrected["was"] == {
        "signatures/0/returns": {"ref": "Promise", "args": [{"ref": "TaroGeneral.CallbackResult"}]}
    }


@pytest.mark.parametrize(
    ("qualified", "field", "type_"),
    [
        ("FileSystemManager.ReadSuccessCallbackResult", "bytesRead", spec.Primitive("number")),
        ("makeBluetoothPair.Option", "timeout", spec.Primitive("number")),
        ("onBLEMTUChange.CallbackResult", "mtu", spec.Primitive("number")),
        ("openStickerSetView.Option", "url", spec.Primitive("string")),
        ("joinVoIPChat.Option", "roomType", spec.KeyOf(spec.Ref("joinVoIPChat.RoomType"))),
        ("createVKSession.Option", "track", spec.Ref("VKSession.ITrack")),
    ],
)
def test_a_field_of_a_wrong_type_has_the_right_one(qualified: str, field: str, type_: spec.Type) -> None:
    assert spec.fields_of(spec.Ref(qualified))[field].type == type_


@pytest.mark.parametrize(
    ("qualified", "required"),
    [
        ("compressVideo.Option", {"src"}),
        ("createInnerAudioContext.Option", set()),
        ("CacheManager.RuleObject", {"url"}),
        ("MediaQueryObserver.descriptor", set()),
        ("startLocalServiceDiscovery.Option", {"serviceType"}),
        ("requestSubscribeMessage.BaseOption", set()),
    ],
)
def test_what_programs_need_not_give_is_not_required(qualified: str, required: set[str]) -> None:
    fields = spec.fields_of(spec.Ref(qualified))
    assert {name for name, field in fields.items() if not field.optional} == required
