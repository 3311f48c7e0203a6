"""The descriptions: every function has one, and none speaks of something that Taro does not have."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from taropy import spec

FOLDER = Path(spec.__file__).parent / "docs"
FILES = {path.relative_to(FOLDER).with_suffix("").as_posix(): path for path in sorted(FOLDER.rglob("*.toml"))}
GROUPS_OF_TYPES = {spec.type_def(name).group for name in spec.type_names()}
LONGEST = 400
CJK = re.compile("[\u2e80-\u2fdf\u3000-\u30ff\u31c0-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]")


def document(group: str) -> dict[str, Any]:
    return tomllib.loads(FILES[group].read_text("utf-8"))


def faults(group: str, content: Mapping[str, Any]) -> list[str]:
    """What is wrong with the descriptions of a group, each fault with the path to it."""
    unknown = [f"{key}: no such section" for key in content if key not in ("members", "types")]
    return [
        *unknown,
        *(f"members.{fault}" for fault in member_faults(group, content.get("members", {}))),
        *(f"types.{fault}" for fault in type_faults(group, content.get("types", {}))),
    ]


def member_faults(group: str, members: Mapping[str, Any]) -> Iterator[str]:
    for name, entry in members.items():
        if not spec.has(name) or spec.group_of(name) != group:
            yield f"{name}: no such member in {group}"
            continue
        if "what" not in entry:
            yield f"{name}: no what"
        options = entry.get("options", {})
        yield from (f"{name}.{key}: no such key" for key in entry.keys() - {"what", "returns", "fails", "options"})
        yield from (f"{name}.options.{key}: no such option" for key in options.keys() - given_to(name))
        texts = {key: text for key, text in entry.items() if key != "options"}
        yield from text_faults(name, texts | {f"options.{key}": text for key, text in options.items()})


def type_faults(group: str, types: Mapping[str, Any]) -> Iterator[str]:
    for name, texts in types.items():
        if name not in spec.type_names() or spec.type_def(name).group != group:
            yield f"{name}: no such type in {group}"
            continue
        yield from (f"{name}.{key}: no such field" for key in texts.keys() - {""} - parts_of(name))
        yield from text_faults(name, texts)


def text_faults(owner: str, texts: Mapping[str, Any]) -> Iterator[str]:
    for key, text in texts.items():
        if not isinstance(text, str) or not text or text != text.strip():
            yield f"{owner}.{key}: not a text without spaces around it"
        elif len(text) > LONGEST:
            yield f"{owner}.{key}: {len(text)} characters"
        elif CJK.search(text):
            yield f"{owner}.{key}: not English"


def given_to(name: str) -> set[str]:
    """What a caller gives that no named type describes: parameters, and fields of an anonymous options object."""
    member = spec.member(name)
    params = {param.name for signature in member.signatures for param in signature.params}
    option = member.option if member.is_function else None
    return params | set(spec.fields_of(option)) if isinstance(option, spec.Object) else params


def parts_of(name: str) -> set[str]:
    """What a type consists of: its fields and methods, inherited ones too, and the values of a set of literals."""
    definition = spec.type_def(name)
    return {*spec.fields_of(spec.Ref(name)), *definition.methods, *map(str, definition.values)}


@pytest.mark.parametrize("group", spec.groups())
def test_every_function_says_what_it_does(group: str) -> None:
    functions = [name for name in spec.members() if spec.group_of(name) == group and spec.member(name).is_function]
    assert [name for name in functions if spec.member_text(name) is None] == []


# Fields that say what they are by their names and types, and so need no text of their own. Of `height`, `left` and the
# like the field in which they stand says what they measure, and in which unit.
PLAIN = """
    addressCity addressCountry addressPostalCode appId bottom city cityName cluster clusterId clusters config country
    district email errCode errMsg fileType height homeAddressCity homeAddressCountry homeAddressPostalCode homeFaxNumber
    homePhoneNumber id isSupported key layerId left leftEye markerIds middleName mobilePhoneNumber mouth muteConfig
    nickName northeast nose onError onTouchEnd onTouchMove onTouchStart port province provinceName right rightEye rule
    rules serviceName southwest text title top type url value width workAddressCity workAddressCountry
    workAddressPostalCode workFaxNumber workPhoneNumber x y
"""


def undescribed() -> Iterator[str]:
    """Fields and methods without a text, of types that have none for all of theirs; callbacks of options apart."""
    for name in spec.type_names():
        definition, texts = spec.type_def(name), spec.type_text(name)
        if definition.kind == "interface" and "" not in texts:
            names = {*(field.name for field in definition.fields), *definition.methods}
            yield from names - {*texts, "success", "fail", "complete"}


def test_what_is_not_plain_from_its_name_has_a_description() -> None:
    assert set(undescribed()) == set(PLAIN.split())


@pytest.mark.parametrize("group", FILES)
def test_a_description_is_of_something_that_taro_has_and_is_short_english(group: str) -> None:
    assert group in {*spec.groups(), *GROUPS_OF_TYPES}
    assert faults(group, document(group)) == []


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ({"functions": {}}, "functions: no such section"),
        ({"members": {"logIn": {"what": "Logs in."}}}, "members.logIn: no such member in open-api/login"),
        ({"members": {"request": {"what": "Asks."}}}, "members.request: no such member in open-api/login"),
        ({"members": {"login": {}}}, "members.login: no what"),
        ({"members": {"login": {"what": "Logs in.", "note": "x"}}}, "members.login.note: no such key"),
        (
            {"members": {"login": {"what": "Logs in.", "options": {"timeout": "Milliseconds."}}}},
            "members.login.options.timeout: no such option",
        ),
        ({"types": {"login.Options": {}}}, "types.login.Options: no such type in open-api/login"),
        ({"types": {"request.Option": {}}}, "types.request.Option: no such type in open-api/login"),
        ({"types": {"login.Option": {"time": "Milliseconds."}}}, "types.login.Option.time: no such field"),
        ({"types": {"login.Option": {"timeout": "x" * 401}}}, "types.login.Option.timeout: 401 characters"),
        ({"types": {"login.Option": {"timeout": "超时"}}}, "types.login.Option.timeout: not English"),
        ({"types": {"login.Option": {"timeout": "Waits。"}}}, "types.login.Option.timeout: not English"),
        (
            {"types": {"login.Option": {"timeout": "Waits. "}}},
            "types.login.Option.timeout: not a text without spaces around it",
        ),
    ],
)
def test_a_description_of_something_else_is_noticed(content: dict[str, Any], fault: str) -> None:
    assert faults("open-api/login", content) == [fault]


def test_the_texts_of_a_member_are_those_of_its_file() -> None:
    for name, entry in document("base")["members"].items():
        text = spec.member_text(name)
        assert isinstance(text, spec.MemberText)
        assert (text.what, text.returns, text.fails) == (entry["what"], entry.get("returns"), entry.get("fails"))
        assert text.options == entry.get("options", {})


def test_a_type_has_the_texts_of_its_file_and_of_its_numbers_under_their_digits() -> None:
    codes = spec.type_text("TaroGeneral.AdErrCode")
    assert codes == document("general")["types"]["TaroGeneral.AdErrCode"]
    assert {str(code) for code in spec.type_def("TaroGeneral.AdErrCode").values} <= set(codes)


def test_what_speaks_for_itself_has_no_text() -> None:
    assert spec.type_text("faceDetect.point") == {}
    assert "success" not in spec.type_text("faceDetect.Option")


def test_the_descriptions_cannot_be_changed_by_their_readers() -> None:
    text = spec.member_text("canIUse")
    assert text is not None
    for texts in (text.options, spec.type_text("TaroGeneral.AdErrCode")):
        with pytest.raises(TypeError):
            texts["new"] = "A text."  # type: ignore[index]


def test_a_description_of_an_unknown_name_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        spec.member_text("logIn")
    with pytest.raises(KeyError):
        spec.type_text("login.Options")


def test_descriptions_cost_the_index_and_the_files_of_their_groups() -> None:
    program = """if True:
        import json, sys
        opened = []
        def watch(event, args):
            if event == "open" and str(args[0]).endswith((".json", ".toml")):
                opened.append(args[0].replace(chr(92), "/").rpartition("taropy/spec/")[2])
        sys.addaudithook(watch)
        from taropy import spec
        assert "tomllib" not in sys.modules
        for _ in range(2):
            spec.member_text("canIUse"), spec.member_text("preload"), spec.type_text("InterstitialAd")
        print(json.dumps(opened))
    """
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == ["upstream/index.json", "docs/base.toml", "upstream/types.json", "docs/ad.toml"]
