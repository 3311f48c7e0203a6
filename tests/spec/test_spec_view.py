"""The view that programs read: members, options, results, fields and values of well-known functions."""

from __future__ import annotations

import pytest

from taropy import spec
from taropy.spec import (
    Array,
    Field,
    Function,
    Intersection,
    KeyOf,
    Literal,
    Object,
    Primitive,
    Ref,
    Type,
    Union,
)


def option_fields(name: str) -> dict[str, Field]:
    option = spec.member(name).option
    assert option is not None
    return dict(spec.fields_of(option))


def result_fields(name: str) -> dict[str, Field]:
    result = spec.member(name).result
    assert result is not None
    return dict(spec.fields_of(result))


def test_login_takes_options_and_promises_a_code() -> None:
    login = spec.member("login")
    assert login.is_function
    assert login.is_promise
    assert login.option == Ref("login.Option")
    assert login.result == Ref("login.SuccessCallbackResult")
    assert login.signatures[0].params[0].optional
    assert login.see == "https://developers.weixin.qq.com/miniprogram/dev/api/open-api/login/wx.login.html"


def test_the_options_of_login_with_defaults_and_platforms() -> None:
    fields = option_fields("login")
    assert set(fields) == {"complete", "fail", "success", "timeout", "force"}
    force = fields["force"]
    assert (force.default, force.has_default, force.tags) == (True, True, ("tt",))
    assert not fields["timeout"].has_default
    assert all(field.optional for field in fields.values())


def test_a_result_has_the_fields_that_it_inherits() -> None:
    fields = result_fields("pluginLogin")
    assert list(fields) == ["errMsg", "code"]
    assert not fields["errMsg"].optional


def test_request_takes_literal_methods() -> None:
    method = option_fields("request")["method"]
    assert method.type == KeyOf(Ref("request.Method"))
    assert spec.values_of(method.type) == (
        "OPTIONS", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT",
    )  # fmt: skip
    assert method.default == "GET"
    assert not option_fields("request")["url"].optional


def test_request_returns_a_task_that_can_be_awaited() -> None:
    request = spec.member("request")
    assert request.is_promise
    assert request.result == Ref("request.SuccessCallbackResult", (Primitive("any"),))
    task = spec.type_def("RequestTask")
    assert {"abort", "onHeadersReceived", "onChunkReceived"} <= set(task.methods)
    assert spec.awaited(Ref("RequestTask", (Primitive("string"),))) == Ref(
        "request.SuccessCallbackResult", (Primitive("string"),)
    )


def test_the_icons_of_a_toast_are_a_union_of_literals() -> None:
    icon = option_fields("showToast")["icon"].type
    assert isinstance(icon, Union)
    assert icon.items[0] == Literal("success")
    assert spec.values_of(icon) == ("success", "error", "loading", "none")


def test_a_synchronous_function_takes_positional_arguments() -> None:
    read = spec.member("getStorageSync")
    assert not read.is_promise
    assert read.option is None
    assert read.signatures[0].params[0].type == Primitive("string")
    assert read.result == Primitive("any")


def test_a_manager_has_its_methods_as_members() -> None:
    methods = spec.type_def("FileSystemManager").methods
    assert {"readFile", "writeFileSync", "readdir", "access"} <= set(methods)
    assert methods["readFile"].option == Ref("FileSystemManager.ReadFileOption")
    assert methods["readZipEntry"].is_promise
    assert methods["readFileSync"].result == Union((Primitive("string"), Ref("ArrayBuffer")))


def test_a_listener_receives_its_result() -> None:
    assert spec.member("onNetworkStatusChange").callback == Ref("onNetworkStatusChange.CallbackResult")
    assert spec.member("onAppHide").callback == Ref("onAppShow.CallbackResult")
    assert spec.member("request").callback is None
    assert spec.member("login").callback is None


def test_every_listener_function_tells_what_it_receives_or_that_it_receives_nothing() -> None:
    listeners = [name for name in spec.members() if name.startswith(("on", "off")) and name != "options"]
    assert len(listeners) > 90
    for name in listeners:
        member = spec.member(name)
        assert member.callback is not None or not _hears(member.signatures[0].params[0].type), name


def _hears(type_: Type) -> bool:
    return isinstance(type_, Function) and bool(type_.params)


def test_overloads_are_kept() -> None:
    preload = spec.member("preload")
    assert [len(signature.params) for signature in preload.signatures] == [1, 2]


def test_a_property_has_a_type_and_no_signature() -> None:
    env_type = spec.member("ENV_TYPE")
    assert not env_type.is_function
    assert env_type.type == Ref("TARO_ENV_TYPE")
    assert env_type.result is None
    assert env_type.option is None


def test_a_property_that_can_be_called_is_a_function() -> None:
    plugin = spec.member("requirePlugin")
    assert plugin.is_function
    assert len(plugin.signatures) == 2
    assert isinstance(plugin.type, Object)
    assert plugin.type.fields[0].name == "async"


def test_a_platform_plugin_of_upstream_may_add_fields() -> None:
    assert "appName" in result_fields("getSystemInfoSync")


def test_an_option_of_functions_counts_as_a_field() -> None:
    check = option_fields("request")["dataCheck"]
    assert check.type == Function((), Primitive("boolean"))
    assert check.optional


def test_options_given_as_alternatives_have_all_their_fields() -> None:
    fields = option_fields("requestSubscribeMessage")
    assert {"tmplIds", "entityIds", "success"} <= set(fields)


def test_the_promised_result_of_functions_is_what_success_receives() -> None:
    for name in ("getStorageInfo", "getConnectedWifi", "batchGetStorage", "saveFile", "getGroupEnterInfo"):
        success = option_fields(name)["success"].type
        assert isinstance(success, Function)
        assert success.params[0].type == spec.member(name).result, name


def test_batch_storage_gives_its_data() -> None:
    assert result_fields("batchGetStorage")["dataList"].type == Array(Primitive("any"))


def test_type_parameters_become_the_arguments() -> None:
    result = Ref("request.SuccessCallbackResult", (Primitive("string"),))
    assert spec.fields_of(result)["data"].type == Primitive("string")


def test_type_parameters_without_arguments_become_their_default() -> None:
    assert spec.fields_of(Ref("request.SuccessCallbackResult"))["data"].type == Union(
        (Primitive("any"), Primitive("any"))
    )


@pytest.mark.parametrize(
    ("helper", "optional"),
    [("Partial", {"errMsg": True}), ("Required", {"errMsg": False}), ("Readonly", {"errMsg": False})],
)
def test_typescripts_helpers_change_what_is_optional(helper: str, optional: dict[str, bool]) -> None:
    fields = spec.fields_of(Ref(helper, (Ref("TaroGeneral.CallbackResult"),)))
    assert {name: field.optional for name, field in fields.items()} == optional


def test_pick_and_omit_choose_fields() -> None:
    option, keys = Ref("login.Option"), Union((Literal("timeout"), Literal("force")))
    assert set(spec.fields_of(Ref("Pick", (option, keys)))) == {"timeout", "force"}
    assert set(spec.fields_of(Ref("Omit", (option, keys)))) == {"complete", "fail", "success"}


def test_an_intersection_has_the_fields_of_all_its_parts() -> None:
    both = Intersection((Ref("TaroGeneral.CallbackResult"), Object((Field("code", Primitive("string")),))))
    assert list(spec.fields_of(both)) == ["errMsg", "code"]


def test_a_field_that_an_alternative_lacks_is_optional() -> None:
    either = Union((Ref("TaroGeneral.CallbackResult"), Ref("TaroGeneral.WifiError")))
    fields = spec.fields_of(either)
    assert (fields["errMsg"].optional, fields["errCode"].optional) == (False, True)


@pytest.mark.parametrize("type_", [Primitive("string"), Literal("a"), Array(Primitive("any")), Ref("ArrayBuffer")])
def test_other_types_have_no_fields(type_: Type) -> None:
    assert spec.fields_of(type_) == {}


@pytest.mark.parametrize(
    ("type_", "values"),
    [
        (KeyOf(Ref("TaroGeneral.AdErrCode")), tuple(range(1000, 1009))),
        (KeyOf(Ref("UserInfo.Language")), ("en", "zh_CN", "zh_TW")),
        (KeyOf(Ref("login.Option")), ("complete", "fail", "success", "timeout", "force")),
        (Union((Literal(True), Primitive("undefined"))), (True,)),
        (Union((Literal("a"), Primitive("string"))), None),
        (Primitive("string"), None),
        (Ref("ArrayBuffer"), None),
    ],
)
def test_values_of_literal_types(type_: Type, values: tuple[object, ...] | None) -> None:
    assert spec.values_of(type_) == values


def test_negative_error_codes_are_numbers() -> None:
    assert -20000 in spec.type_def("join1v1Chat.ChatErrCode").values


def test_the_enum_of_environments() -> None:
    environments = spec.values_of(Ref("TaroGeneral.ENV_TYPE"))
    assert environments is not None
    assert {"WEAPP", "WEB", "HARMONYHYBRID"} <= set(environments)


def test_every_member_and_type_can_be_read_and_asked() -> None:
    for name in spec.members():
        member = spec.member(name)
        assert member.name == name
        assert member.is_function == bool(member.signatures)
        if member.option is not None:
            assert spec.fields_of(member.option)
    for name in spec.type_names():
        assert spec.type_def(name).name == name
        spec.fields_of(Ref(name))


def test_the_views_objects_are_immutable_and_kept() -> None:
    login = spec.member("login")
    assert login is spec.member("login")
    with pytest.raises(AttributeError):
        login.name = "logout"  # type: ignore[misc]
    with pytest.raises(TypeError):
        spec.type_def("RequestTask").methods["abort"] = login  # type: ignore[index]


def test_a_name_that_the_package_does_not_have_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="Nothing"):
        spec.Nothing  # noqa: B018


@pytest.mark.parametrize("name", spec.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(spec, name) is not None
