"""Results: attrs instances that read by attribute and by key, Records for JSON, and the converter that knows them."""

from __future__ import annotations

import json
from types import SimpleNamespace

import attrs
import pytest

import taropy
from taropy import Record, models
from taropy.models import LoginOption, LoginResult, converter


@pytest.fixture
def answering():
    """A runtime whose native functions answer with what they are told to."""

    def make(**results):
        def function(result):
            return lambda options=None: options["success"](result) if options else result

        native = SimpleNamespace(**{name: function(result) for name, result in results.items()})
        return taropy.create(native=native)

    return make


def test_a_result_reads_by_attribute_and_by_key(taro):
    res = taro.login().result()
    assert res.code == res["code"] == res.get("code") == "a-code"
    assert ("code" in res, "nothing" in res, res.get("nothing"), res.get("nothing", 7)) == (True, False, None, 7)


def test_success_is_told_a_result_of_its_class_also_by_functions_that_return_nothing(answering):
    heard = []
    answering(checkIsAddedToMyMiniProgram={"added": True}).checkIsAddedToMyMiniProgram(success=heard.append)
    assert [res.added for res in heard] == [True]
    assert isinstance(heard[0], models.CheckIsAddedToMyMiniProgramResult)


def test_a_result_is_an_instance_of_its_class(taro):
    res = taro.login().result()
    assert isinstance(res, LoginResult)
    assert attrs.has(type(res))
    assert {"code", "errMsg"} <= {field.name for field in attrs.fields(LoginResult)}
    assert repr(res) == "LoginResult(errMsg='login:ok', code='a-code')"


def test_a_result_spreads_into_a_dict(taro):
    res = taro.login().result()
    assert {**res} == dict(res) == {"errMsg": "login:ok", "code": "a-code"} == res
    assert (list(res), len(res)) == (["errMsg", "code"], 2)
    assert json.loads(json.dumps(dict(res))) == res


def test_fields_that_the_declaration_does_not_know_are_kept(answering):
    res = answering(login={"code": "c", "anonymousCode": "x", "扩展": 1}).login().result()
    assert (res.anonymousCode, res["anonymousCode"], res["扩展"]) == ("x", "x", 1)


def test_a_declared_field_that_did_not_come_reads_as_none_and_is_not_in_the_result(answering):
    res = answering(login={}).login().result()
    assert (res.code, "code" in res, "code" in dict(res)) == (None, False, False)
    with pytest.raises(KeyError):
        res["code"]


def test_a_field_that_nobody_knows_is_an_attribute_error(taro):
    with pytest.raises(AttributeError, match="LoginResult has no 'cod'; it has errMsg, code"):
        taro.login().result().cod  # noqa: B018


def test_a_null_in_the_answer_stays(answering):
    res = answering(login={"code": None}).login().result()
    assert ("code" in res, res.code) == (True, None)


def test_what_is_inside_a_result_reads_the_same_ways(answering):
    settings = {"authSetting": {"scope.userInfo": True}}
    res = answering(getSetting=settings).getSetting().result()
    assert res.authSetting["scope.userInfo"] is True
    info = answering(getSystemInfoSync={"safeArea": {"top": 47}}).getSystemInfoSync()
    assert info.safeArea.top == info["safeArea"]["top"] == 47


def test_lists_inside_a_result_have_models_too(answering):
    res = answering(getBLEDeviceServices={"services": [{"uuid": "a", "isPrimary": True}]})
    services = res.getBLEDeviceServices(deviceId="d").result().services
    assert (services[0].uuid, services[0]["isPrimary"]) == ("a", True)


def test_the_native_objects_own_answer_is_never_changed(answering):
    answer = {"data": {"a": [{"b": 1}]}, "header": {}, "statusCode": 200}
    before = json.dumps(answer)
    res = answering(request=answer).request("http://localhost").result()
    res.data.a[0].b = 2
    res["statusCode"] = 500
    assert json.dumps(answer) == before


def test_json_data_reads_by_attribute_however_deep(answering):
    data = {"user": {"name": "Ada", "tags": [{"id": 1}, {"id": 2}]}}
    res = answering(request={"data": data, "statusCode": 200, "header": {}}).request("http://localhost").result()
    assert res.data.user.name == res.data["user"]["name"] == "Ada"
    assert [tag.id for tag in res.data.user.tags] == [1, 2]
    assert res.data == data


def test_two_results_with_the_same_fields_are_equal(taro):
    assert taro.login().result() == taro.login().result()
    assert taro.login().result() != LoginOption()


# --- Record --------------------------------------------------------------------------------------------------------


def test_a_record_is_a_dict_that_reads_by_attribute():
    record = Record(name="Ada", items=[1])
    assert (record.name, record["items"], dict(record)) == ("Ada", [1], {"name": "Ada", "items": [1]})
    record.name = "Grace"
    record["age"] = 5
    del record.age
    assert record == {"name": "Grace", "items": [1]}
    assert isinstance(record, dict)
    assert "name" in dir(record)


def test_a_records_missing_key_is_an_attribute_or_key_error():
    record = Record(name="Ada")
    with pytest.raises(AttributeError, match="this record has no 'nam'; it has name"):
        record.nam  # noqa: B018
    with pytest.raises(AttributeError):
        del record.nam
    with pytest.raises(KeyError):
        record["nam"]
    assert not hasattr(record, "nam")


def test_a_records_methods_stay_what_they_are():
    assert list(Record(items=[1], get=2).items()) == [("items", [1]), ("get", 2)]


# --- options classes -----------------------------------------------------------------------------------------------


def test_an_options_class_holds_what_was_given_and_nothing_else():
    option = LoginOption(timeout=5)
    assert dict(option) == {"timeout": 5}
    assert LoginOption(timeout=None) == {}


def test_an_options_class_refuses_what_the_declaration_does_not_know():
    with pytest.raises(TypeError):
        LoginOption(timout=5)


def test_an_options_class_needs_what_the_declaration_requires():
    with pytest.raises(TypeError):
        models.RequestOption(method="GET")


def test_all_models_are_listed_and_an_unknown_one_is_suggested():
    assert {"LoginOption", "LoginResult", "RequestOption"} <= set(dir(models))
    with pytest.raises(AttributeError, match="did you mean 'LoginResult'"):
        models.LoginResul  # noqa: B018


def test_every_model_is_a_class_of_its_own_name():
    for name in dir(models):
        made = getattr(models, name)
        assert made.__name__ == name


# --- the converter -------------------------------------------------------------------------------------------------


def test_models_go_through_the_converter_and_back():
    raw = {"errMsg": "login:ok", "code": "c", "extra": [1, {"a": 2}]}
    res = converter().structure(raw, LoginResult)
    assert (type(res), res.code, res.extra) == (LoginResult, "c", [1, {"a": 2}])
    assert converter().unstructure(res) == raw
    assert converter().structure(converter().unstructure(res), LoginResult) == res


def test_nested_models_and_records_go_through_the_converter_and_back():
    raw = {"model": "iPhone", "safeArea": {"top": 47, "left": 0}}
    info = converter().structure(raw, models.GetSystemInfoResult)
    assert info.safeArea.top == 47
    plain = converter().unstructure(info)
    assert plain == raw
    assert type(plain["safeArea"]) is dict


def test_a_program_can_use_models_in_its_own_attrs_classes():
    @attrs.define
    class Session:
        login: LoginResult
        data: Record

    session = converter().structure({"login": {"code": "c"}, "data": {"a": {"b": 1}}}, Session)
    assert (session.login.code, session.data.a.b) == ("c", 1)
    assert converter().unstructure(session) == {"login": {"code": "c"}, "data": {"a": {"b": 1}}}


def test_a_model_is_made_of_a_mapping_only():
    with pytest.raises(Exception, match="LoginResult is made of a mapping, not of int"):
        converter().structure(5, LoginResult)
